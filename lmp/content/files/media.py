"""Media files: every one that is named is there, and holds what its name says."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lmp.content import svg
from lmp.content.document.tree import Node
from lmp.content.document.tree import Path as DocumentPath
from lmp.content.files.problems import Places, Problem, spoken_path
from lmp.content.texts import MediaName
from lmp.core.messages import N_, Message

_NAME: TypeAdapter[str] = TypeAdapter(MediaName)
_HEAD_BYTES = 16


def named_media(root: Node) -> Iterator[tuple[DocumentPath, str]]:
    """Every file that a block names, with its place."""
    for unit in root["units"].items:
        for block in unit["blocks"].items:
            for node in (*block["file"].keys.values(), *block["captions"].keys.values()):
                if node.text:
                    yield node.path, node.text


def missing_media(root: Node, media: dict[str, Path], places: Places) -> list[Problem]:
    """Names for which there is no file, each on the line that names it."""
    return [
        Problem(
            *places.locate(path),
            spoken_path(root.value, path),
            Message(N_("There is no file “%(name)s” in media/."), name=name),
            "missing-media",
        )
        for path, name in named_media(root)
        if name not in media and _is_name(name)
    ]


def unsound_media(root: Node, media: dict[str, Path]) -> list[Problem]:
    """Files with a wrong name or content, and files that nothing names."""
    named = {name for _, name in named_media(root)}
    problems: list[Problem] = []
    for name, path in media.items():
        problems += [Problem(f"media/{name}", 1, "", message, rule) for rule, message in _mistakes(name, path)]
        if name not in named:
            message = Message(N_("No block uses this file."))
            problems.append(Problem(f"media/{name}", 1, "", message, "unused-media", "warning"))
    return problems


def _mistakes(name: str, path: Path) -> Iterator[tuple[str, Message]]:
    """What is wrong with one file, as rule and sentence."""
    if not _is_name(name):
        yield (
            "file-name",
            Message(
                N_(
                    "A file in media/ is named in small letters, digits, dots and dashes, "
                    "and ends in svg, png, jpg, mp4, vtt or pdf."
                )
            ),
        )
        return
    kind = name.rpartition(".")[2]
    if kind == "svg":
        for refusal in svg.refusals(path.read_bytes()):
            yield "svg", refusal
    elif not _begins_as(kind, path):
        yield "magic", Message(N_("The content of this file is not what its name says (%(kind)s)."), kind=kind)


def _is_name(name: str) -> bool:
    """Whether a file may have this name."""
    try:
        return bool(_NAME.validate_python(name))
    except ValidationError:
        return False


def _begins_as(kind: str, path: Path) -> bool:
    """Whether the first bytes are those of a kind of file."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return {
        "png": head.startswith(b"\x89PNG\r\n\x1a\n"),
        "jpg": head.startswith(b"\xff\xd8\xff"),
        "mp4": head[4:8] == b"ftyp",
        "vtt": head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
        "pdf": head.startswith(b"%PDF-"),
    }[kind]
