"""Rules: texts are built alike in both languages, and no step of a safety note or a task is lost."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lmp.content.document.findings import Finding
from lmp.content.gate.passages import REMEMBERED, Course, Passage, list_marks, without_code
from lmp.content.gate.policy import finding
from lmp.core.messages import N_, Message

_HEADING = re.compile(r"(?m)^#{1,6}[ \t]")
_ROW = re.compile(r"(?m)^\|")
_NAMES: Mapping[str, Message] = {
    "headings": Message(N_("headings")),
    "steps": Message(N_("list items")),
    "rows": Message(N_("table rows")),
}
_STEPWISE = frozenset({"note", "task"})


def texts_are_built_alike(course: Course) -> Iterator[Finding]:
    """Both languages have the same number of headings, list items and table rows; safety notes and tasks above all."""
    for passage in course.passages:
        if passage.is_complete:
            yield from _differences(passage)


def _differences(passage: Passage) -> Iterator[Finding]:
    """One finding for each kind of part whose number differs."""
    turkish, english = _parts(passage.get("tr")), _parts(passage.get("en"))
    is_stepwise = passage.thing["kind"].text in _STEPWISE
    for name, spoken in _NAMES.items():
        if turkish[name] != english[name]:
            message = Message(
                N_("Turkish has %(turkish)s, English %(english)s: %(parts)s. Write what is missing."),
                turkish=turkish[name],
                english=english[name],
                parts=spoken,
            )
            rule = "steps" if name == "steps" and is_stepwise else "structure"
            yield finding(rule, passage.at("tr" if turkish[name] < english[name] else "en"), message)


@lru_cache(REMEMBERED)
def _parts(text: str) -> Mapping[str, int]:
    """How many headings, list items and table rows a text has."""
    running = without_code(text)
    return {
        "headings": len(_HEADING.findall(running)),
        "steps": len(list_marks(text)),
        "rows": len(_ROW.findall(running)),
    }
