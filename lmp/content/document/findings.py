"""One thing that does not fit in a document, with the place where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lmp.content.document.tree import Node, Path
from lmp.core.messages import N_, Message

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about one place of a document; `rule` names the rule for programs, `path` the place."""

    path: Path
    rule: str
    message: Message
    severity: Severity = "error"
    #: How many lines below the beginning of the place; known for running text only.
    below: int = 0


def error(node: Node, rule: str, message: Message) -> Finding:
    """Something that must be repaired before publishing."""
    return Finding(node.path, rule, message)


def warning(node: Node, rule: str, message: Message) -> Finding:
    """Something an author ought to look at."""
    return Finding(node.path, rule, message, "warning")


def unique(nodes: Iterable[Node], rule: str = "duplicate") -> Iterator[Finding]:
    """Every later use of a name that must be used once."""
    seen: set[str] = set()
    for node in nodes:
        name = (node.text or "").casefold()
        if name in seen:
            yield error(node, rule, Message(N_("“%(name)s” is used twice; it must be unique."), name=node.text))
        if name:
            seen.add(name)
