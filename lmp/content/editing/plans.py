"""What is planned away from the screen: the plan of a shape, the practical test, and what the parts add up to."""

from typing import Any, Literal

from lmp.content.document.plans import clock_minutes
from lmp.content.editing.places import Raw
from lmp.content.policy import STRANDS, Strand
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

PlanName = Literal["workplace", "meeting"]
PLANS: tuple[PlanName, ...] = ("workplace", "meeting")
USUAL_DAYS = 10
USUAL_MINUTES = 360
#: Minutes and pass mark with which a practical test begins.
_TEST = {"minutes": 120, "pass": 70}
_NOT_THIS_SHAPE: dict[PlanName, Message] = {
    "workplace": Message(N_("Only a course whose main part is on-the-job training has a workplace plan.")),
    "meeting": Message(N_("Only a course whose main part is face-to-face training has a meeting plan.")),
}


def why_not(document: Raw, name: PlanName) -> Message | None:
    """Why a course has no such plan; None where its shape asks for it."""
    return None if document["shape"] == name else _NOT_THIS_SHAPE[name]


def add_plan(document: Raw, name: PlanName) -> None:
    """An empty plan, for a course of that shape that has none. Raises RuleBroken for another shape."""
    refused = why_not(document, name)
    if refused is not None:
        raise RuleBroken(refused)
    empty: dict[str, Any] = {"days": []}
    if name == "workplace":
        empty |= {"hazard": {"tr": "", "en": ""}, "photos": False}
    document.setdefault(name, empty)


def remove_plan(document: Raw, name: PlanName) -> None:
    """Take a plan out of a course whose shape asks for none. Raises RuleBroken where the shape needs it."""
    if why_not(document, name) is None:
        raise RuleBroken(Message(N_("This course needs its plan, because of its shape.")))
    document.pop(name, None)


def add_practical(document: Raw) -> None:
    """An empty practical test, for a course that has none."""
    document.setdefault("practical", {**_TEST, "place": {"tr": "", "en": ""}, "criteria": []})


def part_sums(document: Raw) -> dict[Strand, int]:
    """What the parts of each strand add up to, in minutes; a strand without parts is left out."""
    sums: dict[Strand, int] = {"online": sum(unit["minutes"] for unit in document["units"])}
    if "meeting" in document:
        halves = [half for day in document["meeting"]["days"] for half in day["units"]]
        sums["meeting"] = sum(clock_minutes(half["end"]) - clock_minutes(half["start"]) for half in halves)
    if "workplace" in document:
        sums["workplace"] = sum(day["minutes"] for day in document["workplace"]["days"])
    if "practical" in document:
        sums["practical"] = document["practical"]["minutes"]
    return {strand: sums[strand] for strand in STRANDS if strand in sums}
