"""Acts on the outcomes of a course, and where each of them is used."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lmp.content.editing.places import Raw


@dataclass
class Uses:
    """Where one outcome is named: units by key, questions by unit and key, tasks by day and id, criteria by id."""

    units: list[str] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[tuple[int, str]] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)

    @property
    def questions_by_unit(self) -> dict[str, int]:
        """How many questions of each unit ask for it."""
        return dict(Counter(unit for unit, _ in self.questions))

    @property
    def tasks_by_day(self) -> dict[int, int]:
        """How many tasks of each day, from nought, name it."""
        return dict(Counter(day for day, _ in self.tasks))

    def __bool__(self) -> bool:
        """Whether anything names it."""
        return bool(self.units or self.questions or self.tasks or self.criteria)


def uses(document: Raw) -> dict[str, Uses]:
    """Where each outcome is named, in the order of the course; an outcome nobody names stands there too."""
    found = {outcome["id"]: Uses() for outcome in document["outcomes"]}
    for name, kind, place in _named(document):
        getattr(found.setdefault(name, Uses()), kind).append(place)
    return found


def _named(document: Raw) -> Iterator[tuple[str, str, Any]]:
    """Every outcome that is named: its id, the list of `Uses` it belongs in, and where."""
    for unit in document["units"]:
        yield from ((name, "units", unit["key"]) for name in unit["outcomes"])
        yield from ((one["outcome"], "questions", (unit["key"], one["key"])) for one in unit.get("questions", []))
    for place, task in _tasks(document):
        yield from ((name, "tasks", (place, task["id"])) for name in task["outcomes"])
    for criterion in _criteria(document):
        yield from ((name, "criteria", criterion["id"]) for name in criterion["outcomes"])


def _tasks(document: Raw) -> Iterator[tuple[int, Raw]]:
    """Every task with the place of its day, from nought."""
    for place, day in enumerate((document.get("workplace") or {}).get("days", [])):
        for task in day["tasks"]:
            yield place, task


def _criteria(document: Raw) -> list[Raw]:
    """The criteria of the practical test."""
    found: list[Raw] = (document.get("practical") or {}).get("criteria", [])
    return found


def replace(document: Raw, old: str, new: str) -> None:
    """Name another outcome wherever one is named."""
    for unit in document["units"]:
        _swap(unit, old, new)
        for question in unit.get("questions", []):
            if question["outcome"] == old:
                question["outcome"] = new
    for _, task in _tasks(document):
        _swap(task, old, new)
    for criterion in _criteria(document):
        _swap(criterion, old, new)


def _swap(thing: dict[str, Any], old: str, new: str) -> None:
    """One name for another in a list in which each stands once."""
    if old in thing["outcomes"]:
        thing["outcomes"] = list(dict.fromkeys(new if name == old else name for name in thing["outcomes"]))


def next_name(letter: str, taken: set[str]) -> str:
    """A name of a letter and the first number behind those that are taken: o7, t12, c3."""
    numbers = [int(name[1:]) for name in taken if name[:1] == letter and name[1:].isdecimal() and name.isascii()]
    return f"{letter}{max(numbers, default=0) + 1}"
