"""What an author has still to write: a text that begins with TODO, as in the template of a new course."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lmp.content.document.findings import Finding, error
from lmp.content.document.translation import is_bilingual, texts_of
from lmp.content.document.tree import Node, Path
from lmp.content.texts import LANGS, Label
from lmp.core.messages import N_, Message

RULE = "unwritten"
#: The word a text begins with, also behind the signs of a heading or list, and what follows says what is wanted.
WORD = "TODO"
#: The same for a name that has to be chosen: of a centre, a field.
NAME = "todo"
_LINE = re.compile(rf"((?:[#>*\s-]|[0-9]+\.)*){WORD}\b[:\s]*(.*)")
_SHOWN = 120


def texts_are_written(root: Node) -> Iterator[Finding]:
    """Nothing says that it is still to be written; each place is named once, on its first such line."""
    asked: dict[Path, Label] = {}
    for node in root.walk():
        if is_bilingual(node) and any(WORD in (node[lang].text or "") for lang in LANGS):
            asked[node.path] = Label(**{lang: _first_wanted(node[lang]) for lang in LANGS})
        if "notes" not in node.path:
            yield from _unwritten(node, asked.get(node.path[:-1]))
    for name in (root["centre"], *root["fields"].items):
        if name.text == NAME:
            message = Message(N_("Still to be chosen: the short name, as it stands in the address of its page."))
            yield error(name, RULE, message)


def _first_wanted(node: Node) -> str:
    """What the first unwritten line of a text asks for, as a sentence has room for it; empty when there is none."""
    return next(filter(None, map(_wanted, (node.text or "").split("\n"))), "")[:_SHOWN]


def _unwritten(node: Node, asked: Label | None = None) -> Iterator[Finding]:
    """The first line of a text that is still to be written, if any; `asked` says in both languages what is wanted."""
    for below, line in enumerate((node.text or "").split("\n")):
        found = _wanted(line)
        if found is not None:
            message = Message(N_("Still to be written: %(what)s"), what=found[:_SHOWN], asked=asked)
            yield Finding(node.path, RULE, message, below=below if "body" in node.path else 0)
            return


def _wanted(line: str) -> str | None:
    """What a line asks for; None when it is written."""
    found = _LINE.match(line)
    return found[2] if found else None


def told_once(found: Iterable[Finding]) -> list[Finding]:
    """Findings for people on a page, who see both languages at once: a text that neither language has is missing once."""
    told, texts = [], set()
    for one in found:
        text = one.path[:-1] if one.rule == RULE and one.path[-1] in LANGS else None
        if text is None or text not in texts:
            told.append(one)
        texts.add(text)
    return told


def wanted_in(text: object) -> str | None:
    """What is asked for where the whole text is still to be written; None when some of it is there."""
    lines = [line for line in text.split("\n") if line.strip()] if isinstance(text, str) else []
    found = [_wanted(line) for line in lines]
    return " ".join(filter(None, found)) if found and None not in found else None


def bracketed(text: str) -> str:
    """A text as its readers see it: what is still to be written stands in brackets, as in any form."""
    if WORD not in text:
        return text
    found = ((_LINE.match(line), line) for line in text.split("\n"))
    return "\n".join(f"{match[1]}[{match[2] or '…'}]" if match else line for match, line in found)


def readable(raw: Any) -> Any:
    """A document in its JSON form, or a part of it, with every text bracketed; itself where all is written."""
    if isinstance(raw, str):
        return bracketed(raw)
    if isinstance(raw, list):
        made: Any = [readable(one) for one in raw]
        return raw if all(new is old for new, old in zip(made, raw, strict=True)) else made
    if isinstance(raw, dict):
        made = {key: readable(one) for key, one in raw.items()}
        return raw if all(made[key] is raw[key] for key in raw) else made
    return raw


def written(text: str) -> str:
    """Only the lines of a text that are written."""
    return "\n".join(line for line in text.split("\n") if _wanted(line) is None) if WORD in text else text


def unwritten_places(root: Node) -> list[Path]:
    """Where something is still to be written."""
    return [finding.path for finding in texts_are_written(root)]


def is_unwritten(thing: Node) -> bool:
    """Whether a text that is translated with this thing is still to be written."""
    texts = (node for text in texts_of(thing).values() for node in text.walk())
    return any(next(_unwritten(node), None) is not None for node in texts)
