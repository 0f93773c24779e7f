"""Checks of what happens away from the screen: workplace, meeting, practical test, and the policy that counts them."""

import re
from collections.abc import Iterator

from pydantic import ValidationError

from lmp.content import policy
from lmp.content.document.findings import Finding, error, unique, warning
from lmp.content.document.plans import clock_minutes
from lmp.content.document.tree import Node
from lmp.core.messages import N_, Message

CHIP = 40
USUAL_DAYS = 10
TASKS_A_DAY = (3, 5)
CRITERIA = (8, 12)
LEVELS = 3
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")


def shape_has_its_plan(root: Node) -> Iterator[Finding]:
    """A course of a shape has the plan of that shape and no other."""
    shape = root["shape"]
    for name in ("workplace", "meeting"):
        if shape.text == name and not root[name].present:
            yield error(shape, "shape", Message(N_("A course of shape “%(shape)s” needs %(shape)s.yaml."), shape=name))
        if shape.text in ("workplace", "meeting", "online") and shape.text != name and root[name].present:
            message = Message(N_("A course of shape “%(shape)s” has no %(name)s.yaml."), shape=shape.text, name=name)
            yield error(shape, "shape", message)
        if not root[name].present and shape.text != name and root["minutes"][name].whole:
            message = Message(N_("Minutes are planned here, but there is no %(name)s.yaml."), name=name)
            yield error(root["minutes"][name], "shape", message)


def days_are_in_order(root: Node) -> Iterator[Finding]:
    """Days are numbered from one; a workplace usually has ten."""
    for plan in (root["workplace"], root["meeting"]):
        for place, day in enumerate(plan["days"].items, start=1):
            if day["day"].whole not in (None, place):
                message = Message(N_("Days are numbered from 1; this one is day %(day)s."), day=place)
                yield error(day["day"], "days", message)
    count = len(root["workplace"]["days"].items)
    if root["workplace"]["days"].present and count != USUAL_DAYS:
        message = Message(
            N_("On-the-job learning has %(usual)s days; here are %(count)s."), usual=USUAL_DAYS, count=count
        )
        yield warning(root["workplace"]["days"], "days", message)


def tasks_fit_their_chips(root: Node) -> Iterator[Finding]:
    """Three to five tasks a day, each short enough for a chip, none with the id of another."""
    fewest, most = TASKS_A_DAY
    tasks = [task for day in root["workplace"]["days"].items for task in day["tasks"].items]
    yield from unique(task["id"] for task in tasks)
    for day in root["workplace"]["days"].items:
        if day["tasks"].present and not fewest <= len(day["tasks"].items) <= most:
            message = Message(N_("A day has %(fewest)s to %(most)s tasks."), fewest=fewest, most=most)
            yield error(day["tasks"], "tasks", message)
    for task in tasks:
        for text in task["text"].keys.values():
            if len(text.text or "") > CHIP:
                yield error(text, "task-length", _too_long(len(text.text or "")))


def _too_long(count: int) -> Message:
    """The sentence about a task that does not fit its chip."""
    return Message(N_("A task is at most %(limit)s characters long; this one has %(count)s."), limit=CHIP, count=count)


def meeting_minutes(meeting: Node) -> list[int | None]:
    """The length of every half day, None where a time cannot be read."""
    return [_length(unit) for day in meeting["days"].items for unit in day["units"].items]


def _length(unit: Node) -> int | None:
    """The length of a half day in minutes."""
    start, end = unit["start"].text or "", unit["end"].text or ""
    if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end)):
        return None
    return clock_minutes(end) - clock_minutes(start)


def meeting_times_are_ordered(root: Node) -> Iterator[Finding]:
    """A half day ends after it began, and the next begins no earlier than that."""
    for day in root["meeting"]["days"].items:
        if day["units"].present and not day["units"].items:
            yield error(day["units"], "times", Message(N_("A day face to face has at least one half day.")))
        ended = ""
        for unit in day["units"].items:
            length = _length(unit)
            if length is not None and length <= 0:
                yield error(unit["end"], "times", Message(N_("The end comes before the start.")))
            if (unit["start"].text or "") < ended:
                yield error(unit["start"], "times", Message(N_("This begins before the one before it has ended.")))
            ended = unit["end"].text or ""


def practical_can_be_scored(root: Node) -> Iterator[Finding]:
    """Eight to twelve criteria with three levels each, the worst first."""
    practical = root["practical"]
    if root["policy"]["practical"].flag and not practical.present:
        message = Message(N_("The policy asks for a practical test, but there is no practical.yaml."))
        yield error(root["policy"]["practical"], "practical", message)
    fewest, most = CRITERIA
    criteria = practical["criteria"]
    if criteria.present and not fewest <= len(criteria.items) <= most:
        message = Message(N_("A practical test has %(fewest)s to %(most)s criteria."), fewest=fewest, most=most)
        yield error(criteria, "criteria", message)
    yield from unique(criterion["id"] for criterion in criteria.items)
    for criterion in criteria.items:
        yield from _levels_rise(criterion["levels"])


def _levels_rise(levels: Node) -> Iterator[Finding]:
    """Three levels whose points increase."""
    points = [level["points"].whole for level in levels.items]
    if levels.present and len(points) != LEVELS:
        yield error(levels, "levels", Message(N_("A criterion has exactly %(count)s levels."), count=LEVELS))
    known = [point for point in points if point is not None]
    if known != sorted(set(known)):
        yield error(levels, "levels", Message(N_("Levels stand worst first, and their points increase.")))


def policy_is_reachable(root: Node) -> Iterator[Finding]:
    """The default policy asks for no more than the course plans."""
    try:
        planned = policy.StrandMinutes.model_validate(root["minutes"].value)
        wanted = policy.CompletionPolicy.model_validate(root["policy"].value)
    except ValidationError:
        return
    for strand, message in policy.unreachable(wanted, planned).items():
        yield error(root["policy"]["strands"][strand], "policy", message)
