"""The way of a new course to its first version: its stages in order, each with what is still missing. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lmp.content.document import Finding
from lmp.content.editing import Part, Place, Raw
from lmp.content.editing.located import place_of
from lmp.core.messages import N_, Message

#: Stage → the parts of the course that are written there.
_PARTS: Mapping[str, frozenset[Part]] = {
    "details": frozenset({"course", "sources"}),
    "outcomes": frozenset({"outcomes"}),
    "units": frozenset({"units", "unit", "block", "question"}),
    "plan": frozenset({"workplace", "meeting"}),
    "practical": frozenset({"practical"}),
    "completion": frozenset({"policy", "test"}),
    "glossary": frozenset({"glossary"}),
}
NAMES: Mapping[str, Message] = {
    "details": Message(N_("Course details")),
    "outcomes": Message(N_("Outcomes")),
    "units": Message(N_("Units")),
    "plan": Message(N_("Plan of the days")),
    "practical": Message(N_("Practical test")),
    "completion": Message(N_("Completion")),
    "glossary": Message(N_("Glossary")),
    "review": Message(N_("Review")),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: how many findings stop publication there, and whether something is there at all."""

    name: str
    missing: int
    is_begun: bool

    @property
    def message(self) -> Message:
        """What it is called."""
        return NAMES[self.name]

    @property
    def is_done(self) -> bool:
        """Whether one may go on to the next."""
        return self.is_begun and not self.missing


def way(document: Raw, findings: Iterable[Finding]) -> list[Stage]:
    """The stages of a course that was never published, the review last; it begins once nothing stops publication."""
    places = [_place(document, one) for one in findings if one.severity == "error"]
    stages = [
        Stage(name, sum(place.part in parts for place in places), _is_begun(document, name))
        for name, parts in _PARTS.items()
        if name != "plan" or document["shape"] != "online"
    ]
    return [*stages, Stage("review", len(places), is_begun=False)]


def _place(document: Raw, finding: Finding) -> Place:
    """Where a finding is mended; a plan that is not there yet is missing where it is written."""
    return Place("workplace") if finding.path == ("shape",) else place_of(document, finding.path)


def _is_begun(document: Raw, name: str) -> bool:
    """Whether a stage has anything; a practical test may be left out where nobody has to pass one."""
    if name == "plan":
        return bool(document.get(document["shape"]))
    if name == "practical":
        return bool(document.get("practical")) or not document["policy"]["practical"]
    return name in ("details", "completion") or bool(document.get(name))


def next_stage(stages: Iterable[Stage]) -> Stage | None:
    """The first stage that is not done."""
    return next((stage for stage in stages if not stage.is_done), None)
