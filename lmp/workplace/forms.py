"""What people type into the log: a day, a week to send, a placement, a late day, a correction."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from lmp.core import images, written
from lmp.core.ids import new_id, parse_id
from lmp.core.messages import N_, Message
from lmp.network.models import MentorContact, Workplace
from lmp.web.fields import Between, ClockField, DayField, OptionalDayField, WholeField
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, said, tidy
from lmp.workplace import rules
from lmp.workplace.models import Placement, Presence
from lmp.workplace.service import Plan, Row, is_written


class DayForm(Form):
    """One day of the log; its id is made with the page, so that the day arrives once."""

    entry_id = HiddenField()
    version = HiddenField()
    tasks = SelectMultipleField(
        _l("Which tasks did you do on this day?"),
        description=_l("The tasks of your plan are ticked already"),
        validate_choice=False,
    )
    more_tasks = SelectMultipleField(_l("Other tasks of the plan"), validate_choice=False)
    other_work = StringField(_l("Other work, in your words"), filters=[tidy], validators=[AtMost(rules.LONGEST_WORK)])
    starts = ClockField(_l("Start"))
    ends = ClockField(_l("End"))
    break_minutes = WholeField(_l("Break (min)"))
    reason = StringField(_l("Why did you work on this day?"), filters=[tidy], validators=[AtMost(rules.LONGEST_REASON)])
    reflection = TextAreaField(
        _l("One sentence about this day"),
        description=_l("What will you take to your class?"),
        validators=[AtMost(rules.LONGEST_REFLECTION)],
    )
    photos = MultipleFileField(_l("Photos"), description=_l("Nobody’s face should be seen. At most 4 photos"))
    remove = SelectMultipleField(_l("Remove photos"), validate_choice=False)
    absent = BooleanField(_l("I was not at the workplace on this day"))
    away_why = StringField(_l("Reason"), filters=[tidy], validators=[AtMost(rules.LONGEST_REASON)])

    def validate_break_minutes(self, field: WholeField) -> None:
        """No break may be left empty; anything else has to be a number."""
        if field.data is None and (field.typed or "").strip():
            raise ValidationError(said(Message(N_("Write the break in minutes, for example 60."))))

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        away = bool(self.absent.data)
        return {
            "entry_id": parse_id(self.entry_id.data) or new_id(),
            "version": _whole(self.version.data),
            "presence": Presence.ABSENT if away else Presence.PRESENT,
            "starts": self.starts.data,
            "ends": self.ends.data,
            "break_minutes": self.break_minutes.data or 0,
            "tasks": [*(self.tasks.data or []), *(self.more_tasks.data or [])],
            "other_work": self.other_work.data or "",
            "reflection": self.reflection.data or "",
            "reason": (self.away_why.data if away else self.reason.data) or "",
            "photos": _uploads(self.photos.data or []),
            "without": _ids(self.remove.data or []),
        }


def _whole(text: str | None) -> int:
    """The version a page showed; none where the text is no number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _uploads(files: Iterable[FileStorage | str]) -> list[bytes]:
    """The bytes of the files that were chosen; of one that is too large no more than shows that it is."""
    chosen = [file for file in files if isinstance(file, FileStorage) and file.filename]
    return [file.stream.read(images.MAX_BYTES + 1) for file in chosen]


def _ids(texts: Iterable[str]) -> list[UUID]:
    """The ids among some texts."""
    return [found for found in map(parse_id, texts) if found is not None]


def day_form(row: Row, plan: Plan, placement: Placement, lang: str) -> DayForm:
    """The form of a day: what is saved, else what the plan and the usual hours propose."""
    form = DayForm(data=_saved(row) or _proposed(row, placement))
    planned = {task.id for task in row.planned.tasks} if row.planned else set()
    choices = [(task.id, task.text.in_language(lang)) for task in plan.tasks().values()]
    form.tasks.choices = [choice for choice in choices if choice[0] in planned]
    form.more_tasks.choices = [choice for choice in choices if choice[0] not in planned]
    if row.state == "confirmed":
        form.reason.label.text = _l("Why does this confirmed day change?")
        form.reason.description = _l("The company sees this sentence and confirms the day again.")
    form.remove.choices = [
        (str(photo.id), said(Message(N_("Photo %(number)s"), number=number)))
        for number, photo in enumerate(row.photos, 1)
    ]
    return form


def _saved(row: Row) -> dict[str, Any]:
    """The values of an entry; empty where nothing is written yet."""
    entry = row.entry
    if entry is None or not is_written(entry):
        return {}
    return {
        "entry_id": str(entry.id),
        "version": str(entry.version),
        "tasks": entry.tasks,
        "more_tasks": entry.tasks,
        "other_work": entry.other_work,
        "starts": entry.starts,
        "ends": entry.ends,
        "break_minutes": entry.break_minutes,
        "reason": "" if row.is_away else entry.reason,
        "reflection": entry.reflection,
        "absent": row.is_away,
        "away_why": entry.reason if row.is_away else "",
    }


def _proposed(row: Row, placement: Placement) -> dict[str, Any]:
    """What a fresh day begins with; a day the centre opened keeps the centre's reason."""
    return {
        "entry_id": str(row.entry.id if row.entry else new_id()),
        "version": str(row.entry.version if row.entry else 0),
        "tasks": [task.id for task in row.planned.tasks] if row.planned else [],
        "starts": placement.day_starts,
        "ends": placement.day_ends,
        "break_minutes": placement.break_minutes,
        "reason": row.entry.reason if row.entry else "",
    }


class SendForm(OnceForm):
    """Sending a week has nothing to fill in; sent twice it is sent once."""


class PlacementForm(OnceForm):
    """Where, with whom and when a teacher learns on the job."""

    workplace_id = SelectField(_l("Workplace"), validators=[Filled(_l("Choose a workplace."))])
    mentor_id = SelectField(
        _l("Mentor at the workplace"),
        description=_l("Confirms the days without an account, by a link in an e-mail."),
        validators=[Filled(_l("Choose a mentor."))],
    )
    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    planned_days = WholeField(_l("Planned working days"), validators=[Between(1, 60)])
    day_starts = ClockField(_l("Start"), validators=[Filled(_l("Write when the usual day starts, for example 8.30."))])
    day_ends = ClockField(_l("End"), validators=[Filled(_l("Write when the usual day ends, for example 15.30."))])
    break_minutes = WholeField(_l("Break (min)"), validators=[Between(0, 240)])
    briefed_on = OptionalDayField(
        _l("Day of the safety briefing"), description=_l("No day before it can be written into the log.")
    )

    def offer(self, workplaces: Iterable[Workplace], mentors: Iterable[MentorContact]) -> None:
        """The workplaces and mentors to choose from, each with its company."""
        self.workplace_id.choices = [("", "—"), *((str(one.id), _at(one.company.name, one.name)) for one in workplaces)]
        self.mentor_id.choices = [("", "—"), *((str(one.id), _at(one.company.name, one.name)) for one in mentors)]

    def values(self) -> dict[str, Any]:
        """What was chosen and typed, as the service takes it."""
        names = ("starts_on", "ends_on", "planned_days", "day_starts", "day_ends", "break_minutes", "briefed_on")
        return {
            "workplace_id": UUID(self.workplace_id.data),
            "mentor_id": UUID(self.mentor_id.data),
            **{name: self._fields[name].data for name in names},
        }


def _at(company: str, name: str) -> str:
    """A workplace or a person with the company first, so that the list is sorted by company."""
    return f"{company}, {name}"


class OpenDayForm(OnceForm):
    """The centre opens a day that is too old for its teacher to begin."""

    on = DayField(_l("Day to open"))
    reason = StringField(_l("Reason"), filters=[tidy], validators=[AtMost(rules.LONGEST_REASON)])


class CorrectionForm(Form):
    """What the mentor wants corrected on one day."""

    entry = HiddenField()
    why = TextAreaField(_l("What is to be corrected?"), validators=[AtMost(rules.LONGEST_WHY)])


class TakeBackForm(Form):
    """Confirmed days that the mentor takes back, and why."""

    days = SelectMultipleField(
        _l("Days"), description=_l("A day that is not ticked stays confirmed."), validate_choice=False
    )
    why = TextAreaField(
        _l("What is wrong?"),
        description=_l("The teacher reads this sentence and corrects the day."),
        validators=[AtMost(rules.LONGEST_WHY)],
    )

    def offer(self, rows: Iterable[Row], lang: str) -> None:
        """The days whose confirmation stands."""
        self.days.choices = [(str(row.entry.id), _day_in_words(row, lang)) for row in rows if row.entry is not None]
        if len(self.days.choices) == 1 and not self.days.data:
            self.days.data = [self.days.choices[0][0]]

    def chosen(self) -> list[UUID]:
        """The ids of the ticked days."""
        return _ids(self.days.data or [])


def _day_in_words(row: Row, lang: str) -> str:
    """A day to choose: 1 Aralık 2026 Salı, 6 saat."""
    return f"{written.day(row.on, lang, 'weekday')}, {written.hours(row.minutes, lang)}"
