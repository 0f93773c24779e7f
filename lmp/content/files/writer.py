"""Writes a document as the one canonical form of its files."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lmp.content.document import CourseDocument
from lmp.content.document.translation import is_bilingual
from lmp.content.document.tree import Node
from lmp.content.files.emit import yaml_text
from lmp.content.files.folder import CourseFolder
from lmp.content.texts import LANGS, Lang

Raw = dict[str, Any]

_HEAD_KEYS = tuple(
    name
    for name in CourseDocument.model_fields
    if name not in ("units", "workplace", "meeting", "practical", "glossary")
)
_UNIT_KEYS = ("minutes", "outcomes", "quiz", "notes")
_ASKED = ("key", "id", "origin", "kind", "outcome", "use", "difficulty", "prompt")
_CHOSEN = ("options", "pairs", "others", "items")
_ANSWERED = ("correct", "value", "tolerance", "unit", "accept", "explanation", "translation", "notes")
_QUESTION_KEYS = (*_ASKED, *_CHOSEN, *_ANSWERED)
_ATTRIBUTES = ("file", "captions", "ask", "minutes", "tone")
_NOT_IN_BODY = frozenset({"id", "kind", "translation", *_ATTRIBUTES})


def write_course(document: CourseDocument, media: Mapping[str, Path], folder: Path) -> list[str]:
    """Make `folder` hold exactly this course; answer the names of the files that changed.

    Files of a course that the document no longer has are deleted; what never belonged to a course stays.
    """
    wanted = canonical_files(document) | {f"media/{name}": path.read_bytes() for name, path in media.items()}
    folder.mkdir(parents=True, exist_ok=True)
    present = CourseFolder(folder)
    changed = [name for name, content in wanted.items() if _write(folder, name, content)]
    for name in {*present.texts, *(f"media/{name}" for name in present.media)} - wanted.keys():
        (folder / name).unlink()
        changed.append(name)
    for name, _ in present.units:
        if not any((folder / name).iterdir()):
            (folder / name).rmdir()
    return sorted(changed)


def _write(folder: Path, name: str, content: bytes) -> bool:
    """Replace a file at once; answer whether anything changed. Links are replaced, never written through."""
    path = folder / name
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise OSError(f"{name} lies behind a link")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
    return True


def canonical_files(document: CourseDocument) -> dict[str, bytes]:
    """Every text file of a course by its name relative to the folder."""
    raw = _without_empty_texts(document.model_dump(mode="json", exclude_none=True))
    texts = {"course.yaml": yaml_text({key: raw[key] for key in _HEAD_KEYS if raw.get(key) not in (None, [])})}
    for number, unit in enumerate(raw["units"], start=1):
        folder = f"units/{number:02}-{unit['key']}"
        texts |= {f"{folder}/{name}": text for name, text in _unit_files(unit, document.source)}
    for key in ("workplace", "meeting", "practical", "glossary"):
        if raw.get(key):
            texts[f"{key}.yaml"] = yaml_text(raw[key])
    return {name: text.encode() for name, text in texts.items()}


def _without_empty_texts(value: Any) -> Any:
    """The value without languages in which nothing is written; Turkish stays where neither is, to hold the text's place."""
    if isinstance(value, list):
        return [_without_empty_texts(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if is_bilingual(Node(value)):
        return {lang: text for lang, text in value.items() if text} or {"tr": value.get("tr", "")}
    return {key: _without_empty_texts(inner) for key, inner in value.items()}


def _unit_files(unit: Raw, source: Lang) -> Iterator[tuple[str, str]]:
    """The files of one unit."""
    for lang in LANGS:
        if lang in ("tr", source) or _is_begun(unit, lang):
            yield f"{lang}.md", _unit_text(unit, lang, source)
    if unit["questions"]:
        questions = [
            {key: question[key] for key in _QUESTION_KEYS if key in question} for question in unit["questions"]
        ]
        yield "questions.yaml", yaml_text(questions)


def _is_begun(unit: Raw, lang: Lang) -> bool:
    """Whether anything of a unit exists in a language."""
    heading = lang in unit["title"] or lang in unit["summary"]
    return heading or any(_has(block, lang) and block["kind"] != "question" for block in unit["blocks"])


def _has(block: Raw, lang: Lang) -> bool:
    """Whether a language's file needs a block: it has its texts or its own file, or is a question."""
    texts = (value for value in block.values() if isinstance(value, dict))
    return block["kind"] == "question" or any(lang in value for value in texts)


def _unit_text(unit: Raw, lang: Lang, source: Lang) -> str:
    """One language's file of a unit."""
    front: Raw = {key: unit[key][lang] for key in ("title", "summary") if lang in unit[key]}
    if lang == "tr":
        front |= {key: unit[key] for key in _UNIT_KEYS if key in unit}
    if lang != source and any(front.get(key) for key in ("title", "summary")) and "translation" in unit:
        front["translation"] = unit["translation"]
    parts = [f"---\n{yaml_text(front) if front else ''}---\n"]
    parts += [_fence(block, lang, source) for block in unit["blocks"] if lang == "tr" or _has(block, lang)]
    return "\n".join(parts)


def _fence(block: Raw, lang: Lang, source: Lang) -> str:
    """One block in one language."""
    body = _body(block, lang)
    attributes = {key: _in_language(block[key], lang) for key in _ATTRIBUTES if key in block}
    if lang != "tr":
        attributes = {key: attributes[key] for key in ("file", "captions") if key in attributes}
    if lang != source and body and "translation" in block:
        attributes |= block["translation"]
    pairs = "".join(f" {key}={value}" for key, value in attributes.items() if value is not None)
    return f"::: {block['kind']} #{block['id']}{pairs}\n{body}:::\n"


def _body(block: Raw, lang: Lang) -> str:
    """What stands between the fence lines, empty or ending with a newline."""
    if block["kind"] == "text":
        text = block["body"].get(lang)
        return f"{text}\n" if text else ""
    texts = {key: value[lang] for key, value in block.items() if key not in _NOT_IN_BODY and lang in value}
    return yaml_text(texts) if texts else ""


def _in_language(value: Any, lang: Lang) -> Any:
    """The value of an attribute that each language may have for itself."""
    return value.get(lang) if isinstance(value, dict) else value
