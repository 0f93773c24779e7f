"""What happens away from the screen: workplace days, meeting days, the practical test; and the glossary."""

from typing import Annotated

from pydantic import Field, StringConstraints

from lmp.content.texts import Flag, Label, Minutes, Part, Percent, Plain, Slug, Text

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
DayNumber = Annotated[int, Field(strict=True, ge=1, le=366)]


class Task(Part):
    """One piece of work, short enough for a chip."""

    id: Slug
    text: Label
    outcomes: tuple[Slug, ...]


class WorkplaceDay(Part):
    """One day at the company, as planned."""

    day: DayNumber
    title: Label
    minutes: Minutes
    tasks: tuple[Task, ...]


class Workplace(Part):
    """The days at the company, the main hazards, and whether photos may be taken."""

    hazard: Text
    photos: Flag
    days: tuple[WorkplaceDay, ...]
    notes: Plain | None = None


class MeetingUnit(Part):
    """One half day face to face, with its times on the wall clock."""

    title: Label
    start: Clock
    end: Clock
    topic: Text

    @property
    def minutes(self) -> int:
        """The length of the half day."""
        return clock_minutes(self.end) - clock_minutes(self.start)


class MeetingDay(Part):
    """One day face to face."""

    day: DayNumber
    title: Label
    units: tuple[MeetingUnit, ...]


class Meeting(Part):
    """The days face to face."""

    days: tuple[MeetingDay, ...]
    notes: Plain | None = None


class Level(Part):
    """How well a criterion was met, and the points for it."""

    points: Annotated[int, Field(strict=True, ge=0, le=100)]
    text: Text


class Criterion(Part):
    """One thing the assessor observes; `must` marks a critical step."""

    id: Slug
    text: Text
    must: Flag
    outcomes: tuple[Slug, ...]
    levels: tuple[Level, ...]


class Practical(Part):
    """The practical test by observation checklist."""

    minutes: Minutes
    pass_mark: Percent = Field(validation_alias="pass", serialization_alias="pass")
    place: Text
    criteria: tuple[Criterion, ...]
    notes: Plain | None = None


class Term(Part):
    """A word of the trade in both languages."""

    term: Label
    definition: Text


def clock_minutes(clock: str) -> int:
    """Minutes after midnight of a time written as 08:30."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
