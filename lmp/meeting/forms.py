"""What people type about half days: the marks of a roster, a change of the timetable, a correction."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any
from uuid import UUID

from flask import request
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.accounts.models import Person
from lmp.core.db import Bilingual
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.meeting import rules
from lmp.meeting.models import HalfDay
from lmp.meeting.rules import Choice, Excuse, Mark
from lmp.meeting.service import Clash, Details, Line
from lmp.web.fields import ClockField, DayField
from lmp.web.forms import AtMost, Filled, Form, _l, said, tidy

NOBODY = ""
_MARKS = [(Mark.PRESENT, _l("Present")), (Mark.ABSENT, _l("Absent")), (Mark.EXCUSED, _l("Excused"))]
_EXCUSES = [
    (Excuse.REPORT, _l("Medical report")),
    (Excuse.LEAVE, _l("On leave")),
    (Excuse.DUTY, _l("On official duty")),
]


def read_choice(mark: str | None, excuse: str | None) -> Choice | None:
    """A mark and an excuse as a form sends them; none where nothing that we know was chosen."""
    if mark not in set(Mark):
        return None
    return Choice(Mark(mark), Excuse(excuse) if mark == Mark.EXCUSED and excuse in set(Excuse) else None)


def written(choice: Choice | None) -> str:
    """A choice in one word, for the hidden field that remembers what the page showed."""
    if choice is None:
        return ""
    return f"{choice.mark.value}:{choice.excuse.value}" if choice.excuse else choice.mark.value


def said_bring(half: HalfDay) -> str:
    """What to bring to a half day, as a sentence of the request's language; empty where nothing is said."""
    return said(Message(N_("Bring along: %(things)s"), things=half.bring)) if half.bring else ""


class RosterForm(Form):
    """The marks of a roster: three choices a person, in fields named after the person's enrolment."""

    def __init__(self, lines: Sequence[Line], **kwargs: Any) -> None:
        """Take the roster as it stands."""
        super().__init__(**kwargs)
        self.lines = [line for line in lines if line.takes_part]
        #: Sentences about single people, each with the address of the place to mend.
        self.problems: list[dict[str, str]] = []
        self.clashes: tuple[Clash, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever is excused has a kind of excuse."""
        good = bool(super().validate(extra_validators))
        for line in self.lines:
            if self.typed(line) == Choice(Mark.EXCUSED):
                self.problems.append(
                    {
                        "text": said(Message(N_("%(name)s: choose the kind of excuse."), name=line.name)),
                        "url": f"#excuse-{line.enrolment_id}",
                    }
                )
        return good and not self.problems

    def typed(self, line: Line) -> Choice | None:
        """What the page shows for a person: what was typed, else what is saved."""
        if not self.is_submitted():
            return line.choice
        key = line.enrolment_id
        return read_choice(request.form.get(f"mark-{key}"), request.form.get(f"excuse-{key}"))

    def choices(self) -> dict[UUID, Choice]:
        """Everybody who was given a mark on this page; also people who left meanwhile, so that they can be named."""
        found: dict[UUID, Choice] = {}
        for name in request.form:
            key = parse_id(name.removeprefix("mark-")) if name.startswith("mark-") else None
            choice = read_choice(request.form[name], request.form.get(f"excuse-{key}"))
            if key is not None and choice is not None:
                found[key] = choice
        return found

    def seen(self) -> dict[UUID, Choice | None]:
        """What the page showed of everybody before anything was typed."""
        found = {}
        for name in request.form:
            key = parse_id(name.removeprefix("seen-")) if name.startswith("seen-") else None
            if key is not None:
                mark, _, excuse = request.form[name].partition(":")
                found[key] = read_choice(mark, excuse)
        return found

    def without(self) -> set[UUID]:
        """People whose hours are not to be counted again."""
        return {key for key in map(parse_id, request.form.getlist("without")) if key is not None}

    def show_clashes(self, clashes: Sequence[Clash]) -> None:
        """Say whose time is counted already."""
        self.status = 422
        self.clashes = tuple(clashes)
        self.problems += [{"text": said(clash.message), "url": f"#person-{clash.enrolment_id}"} for clash in clashes]

    def clash_of(self, line: Line) -> Clash | None:
        """What stands against counting this person's hours, if anything does."""
        return next((clash for clash in self.clashes if clash.enrolment_id == line.enrolment_id), None)

    @property
    def has_errors(self) -> bool:
        """Whether the page shows an error summary."""
        return super().has_errors or bool(self.problems)


class ChangeForm(Form):
    """A half day: when, where, with whom, about what."""

    on = DayField(_l("Day"))
    starts = ClockField(_l("Start"), validators=[Filled(_l("Write the start as hours and minutes."))])
    ends = ClockField(_l("End"), validators=[Filled(_l("Write the end as hours and minutes."))])
    reason = StringField(
        _l("Why on this day?"),
        description=_l("Only for weekends, holidays and half days of the calendar."),
        filters=[tidy],
        validators=[AtMost(rules.LONGEST_REASON)],
    )
    room = StringField(
        _l("Room"), description=_l("As people find it."), filters=[tidy], validators=[AtMost(rules.LONGEST_ROOM)]
    )
    trainer_id = SelectField(_l("Trainer"))
    bring = StringField(
        _l("What to bring"),
        description=_l("Participants read it in their timetable."),
        filters=[tidy],
        validators=[AtMost(rules.LONGEST_BRING)],
    )
    title_tr = StringField(
        _l("Title, in Turkish"),
        filters=[tidy],
        validators=[Filled(_l("Write what this half day is about.")), AtMost(rules.LONGEST_TITLE)],
    )
    title_en = StringField(_l("Title, in English"), filters=[tidy], validators=[AtMost(rules.LONGEST_TITLE)])
    topic_tr = TextAreaField(_l("Topic, in Turkish"), validators=[AtMost(rules.LONGEST_TOPIC)])
    topic_en = TextAreaField(_l("Topic, in English"), validators=[AtMost(rules.LONGEST_TOPIC)])
    version = HiddenField()

    def offer(self, trainers: Iterable[Person]) -> None:
        """Offer the trainers of the run."""
        nobody = SelectChoice(NOBODY, said(Message(N_("Not decided yet"))))
        self.trainer_id.choices = [nobody, *(SelectChoice(str(one.id), one.name) for one in trainers)]

    def details(self) -> Details:
        """What was typed, as the service takes it."""
        return Details(
            on=self.on.data,
            starts=self.starts.data or time(),
            ends=self.ends.data or time(),
            title=Bilingual(self.title_tr.data or "", self.title_en.data or ""),
            topic=Bilingual(self.topic_tr.data or "", self.topic_en.data or ""),
            room=self.room.data or "",
            bring=self.bring.data or "",
            trainer_id=parse_id(self.trainer_id.data),
            reason=self.reason.data or "",
        )

    def seen_version(self) -> int:
        """The version the page showed; none where it is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def change_values(half: HalfDay) -> dict[str, Any]:
    """A half day as the form's first values."""
    names = ("on", "starts", "ends", "room", "bring", "reason", "version")
    return {
        **{name: getattr(half, name) for name in names},
        "trainer_id": str(half.trainer_id or NOBODY),
        "title_tr": half.title.tr,
        "title_en": half.title.en,
        "topic_tr": half.topic.tr,
        "topic_en": half.topic.en,
    }


class CorrectForm(Form):
    """What a closed roster should say about one person, and why."""

    mark = RadioField(
        _l("What is right?"),
        choices=[SelectChoice(mark.value, word) for mark, word in _MARKS],
        validators=[Filled(_l("Choose what is right."))],
    )
    excuse = SelectField(
        _l("Kind of excuse"),
        choices=[
            SelectChoice("", _l("Choose, only for excused people")),
            *(SelectChoice(kind.value, word) for kind, word in _EXCUSES),
        ],
    )
    reason = StringField(
        _l("Why does the roster change?"),
        description=_l("The teacher reads this sentence."),
        filters=[tidy],
        validators=[
            Filled(_l("Write why the roster changes; the teacher reads this sentence.")),
            AtMost(rules.LONGEST_REASON),
        ],
    )

    def choice(self) -> Choice:
        """What was chosen."""
        return read_choice(self.mark.data, self.excuse.data) or Choice(Mark.ABSENT)
