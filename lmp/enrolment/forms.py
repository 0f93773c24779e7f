"""What people type about runs, applications and decisions."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.access import ScopeKind
from lmp.accounts.models import Person
from lmp.content import policy_words as named
from lmp.content.policy import LESSONS, STRANDS, CompletionPolicy
from lmp.core.db import Bilingual
from lmp.core.ids import parse_id
from lmp.core.messages import Message
from lmp.enrolment import changing, offering, rules, service, words
from lmp.network.models import Province
from lmp.web.fields import Between, DayField, WholeField
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, said, tidy

NOBODY = ""
MOST_MINUTES = 100_000


def _word(message: Message) -> Any:
    """A word that courses and runs share, as a form's label."""
    return _l(message.msgid)


class PolicyForm(Form):
    """The completion policy of a run."""

    online_minutes = WholeField(_word(named.STRANDS["online"]), validators=[Between(0, MOST_MINUTES)])
    meeting_minutes = WholeField(_word(named.STRANDS["meeting"]), validators=[Between(0, MOST_MINUTES)])
    workplace_minutes = WholeField(_word(named.STRANDS["workplace"]), validators=[Between(0, MOST_MINUTES)])
    practical_minutes = WholeField(_word(named.STRANDS["practical"]), validators=[Between(0, MOST_MINUTES)])
    absence = WholeField(_word(named.ABSENCE), description=_word(named.ABSENCE_HINT), validators=[Between(0, 100)])
    excused = SelectMultipleField(
        _word(named.EXCUSED),
        description=_l("For half days face to face. Where none is ticked, every missed half day counts."),
        choices=[SelectChoice(name, _word(words_of)) for name, words_of in named.EXCUSES.items()],
    )
    pass_mark = WholeField(_word(named.PASS_MARK), validators=[Between(0, 100)])
    practical = BooleanField(_word(named.PRACTICAL))
    document = RadioField(
        _word(named.DOCUMENT),
        choices=[SelectChoice(name, _word(words_of)) for name, words_of in named.DOCUMENTS.items()],
        description=_word(named.DOCUMENT_HINT),
        validators=[Filled(_l("Choose a document."))],
    )
    lesson_minutes = RadioField(
        _word(named.LESSON),
        choices=[SelectChoice(str(length)) for length in LESSONS],
        validators=[Filled(_l("Choose the length of a lesson hour."))],
    )
    grace_days = WholeField(_word(named.GRACE), description=_word(named.GRACE_HINT), validators=[Between(0, 366)])
    confirmed = BooleanField(_word(named.CONFIRMED))

    def policy(self) -> CompletionPolicy:
        """The values as a policy; until somebody confirms them they stay an example."""
        return CompletionPolicy.model_validate(
            {
                "strands": {strand: self._fields[service.field_of(strand)].data for strand in STRANDS},
                "absence_share": self.absence.data / 100,
                "excused": self.excused.data or None,
                "pass_mark": self.pass_mark.data,
                "practical": self.practical.data,
                "document": self.document.data,
                "lesson_minutes": int(self.lesson_minutes.data or 0),
                "grace_days": self.grace_days.data,
                "example": not self.confirmed.data,
            }
        )


def policy_values(policy: CompletionPolicy) -> dict[str, Any]:
    """A policy as the form's first values."""
    return {
        **{service.field_of(strand): minutes for strand, minutes in policy.strands.by_strand().items()},
        "absence": round(policy.absence_share * 100),
        "excused": list(policy.excused or ()),
        "pass_mark": policy.pass_mark,
        "practical": policy.practical,
        "document": policy.document,
        "lesson_minutes": str(policy.lesson_minutes),
        "grace_days": policy.grace_days,
        "confirmed": not policy.example,
    }


class SeatsForm(Form):
    """How many seats a run has, and what happens when one becomes free."""

    capacity = WholeField(_l("Seats"), validators=[Between(1, rules.MOST_SEATS)])
    offer_hours = WholeField(
        _l("Time to accept a place that became free, hours"),
        description=_l("The first person on the reserve list has this long to accept it. 0 moves them up at once."),
        validators=[Between(0, offering.LONGEST_HOURS)],
    )


class SettingsForm(SeatsForm, PolicyForm):
    """What may change about an open run: its seats, its policy, with the reason, and its number in MEBBİS."""

    activity_no = StringField(
        _l("MEBBİS activity number"),
        description=_l("Only when MEBBİS has given one; it is printed as you type it."),
        filters=[tidy],
        validators=[AtMost(40)],
    )
    reason = TextAreaField(_l("Reason"), validators=[AtMost(rules.LONGEST_REASON)])


class OpenRunForm(SeatsForm, PolicyForm, OnceForm):
    """Everything a new run needs; its course is in the address."""

    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    apply_from_on = DayField(_l("Applications open on"))
    apply_until_on = DayField(_l("Last day to apply"), description=_l("People can apply until the end of this day."))
    kind = RadioField(_l("Kind"), validators=[Filled(_l("Choose a kind."))])
    venue_tr = StringField(
        _l("Place, in Turkish"),
        filters=[tidy],
        validators=[Filled(_l("Write where the run takes place.")), AtMost(200)],
    )
    venue_en = StringField(_l("Place, in English"), filters=[tidy], validators=[AtMost(200)])
    activity_no = StringField(
        _l("MEBBİS activity number"),
        description=_l("Only when MEBBİS has given one; it is printed as you type it."),
        filters=[tidy],
        validators=[AtMost(40)],
    )
    trainers = SelectMultipleField(_l("Trainers"), validators=[Filled(_l("Choose at least one trainer."))])
    assessors = SelectMultipleField(
        _l("Assessors"),
        description=_l("Nobody assesses a run they train."),
        validators=[Filled(_l("Choose at least one assessor."))],
    )
    signatory = SelectField(
        _l("Signatory"), description=_l("Whoever is named here confirms the certificates before they are issued.")
    )
    school = BooleanField(_l("The school principal approves"))
    school_days = WholeField(_l("Days for the school"))
    district = BooleanField(_l("The district directorate approves"))
    district_days = WholeField(_l("Days for the district"))
    province = BooleanField(_l("The provincial directorate approves"))
    province_days = WholeField(_l("Days for the province"))

    def offer(self, *, trainers: Iterable[Person], assessors: Iterable[Person], signatories: Iterable[Person]) -> None:
        """Offer the people who may be named, and the kinds in the page's language."""
        self.kind.choices = [SelectChoice(kind.value, said(word)) for kind, word in words.KINDS.items()]
        self.trainers.choices = _people(trainers)
        self.assessors.choices = _people(assessors)
        self.signatory.choices = [SelectChoice(NOBODY, said(words.NO_SIGNATORY)), *_people(signatories)]

    def chain(self) -> list[dict[str, Any]]:
        """The approval chain as data: the ticked levels with their days."""
        ticked = [level for level in rules.LEVELS if self._fields[level.value].data]
        return [{"scope_kind": level.value, "days": self._fields[days_field(level)].data} for level in ticked]

    def validate_school_days(self, field: Field) -> None:
        """Days are needed where the school is asked."""
        self._needs_days(ScopeKind.SCHOOL, field)

    def validate_district_days(self, field: Field) -> None:
        """Days are needed where the district is asked."""
        self._needs_days(ScopeKind.DISTRICT, field)

    def validate_province_days(self, field: Field) -> None:
        """Days are needed where the province is asked."""
        self._needs_days(ScopeKind.PROVINCE, field)

    def _needs_days(self, level: ScopeKind, field: Field) -> None:
        if self._fields[level.value].data:
            Between(1, rules.LONGEST_WAIT)(self, field)


def days_field(level: ScopeKind) -> str:
    """The form field that holds a level's days."""
    return f"{level.value}_days"


def _people(people: Iterable[Person]) -> list[Any]:
    """People as choices, each once."""
    return [SelectChoice(str(person.id), person.name) for person in dict.fromkeys(people)]


class ApplyForm(OnceForm):
    """An application; `step` says whether the answers have been checked."""

    motivation = TextAreaField(
        _l("Why do you want to attend?"),
        description=_l("One or two sentences. Your school and the centre read them."),
        validators=[AtMost(rules.LONGEST_MOTIVATION)],
    )
    step = HiddenField()


class DecisionForm(Form):
    """An approver's answer."""

    decision = RadioField(
        _l("Your decision"),
        choices=[SelectChoice("approve", _l("Approve")), SelectChoice("refuse", _l("Refuse"))],
        validators=[Filled(_l("Choose one: approve or refuse."))],
    )
    declared = RadioField(
        _l("Branch and school"),
        choices=[
            SelectChoice(rules.Declared.RIGHT.value, _l("Both are right")),
            SelectChoice(rules.Declared.BRANCH.value, _l("The branch is wrong")),
            SelectChoice(rules.Declared.SCHOOL.value, _l("This teacher does not work at our school")),
        ],
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Needed when you refuse or something is wrong. The teacher reads it."),
        validators=[AtMost(rules.LONGEST_REASON)],
    )


class WithdrawForm(Form):
    """Giving up an application or a place."""

    reason = TextAreaField(_l("Reason"), validators=[AtMost(rules.LONGEST_REASON)])


class AcceptForm(Form):
    """Accepting the place that was offered: nothing to type."""


class AskOfficeForm(OnceForm):
    """Mailing an office a new link: nothing to type, and two presses are one."""


class TakeBackForm(Form):
    """Handing an offered place on to somebody of the reserve list."""

    chosen = RadioField(
        _l("Who gets the place instead?"),
        validators=[Filled(_l("Choose one person."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("The teacher reads it, and it stays in the record."),
        validators=[AtMost(rules.LONGEST_REASON)],
    )

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Offer the people who are next on the reserve list (id, name), the first first."""
        self.chosen.choices = [SelectChoice(key, name) for key, name in people]


class WhyForm(Form):
    """A reason that everybody in a run reads in their own language."""

    why_tr = TextAreaField(_l("Reason, in Turkish"), validators=[AtMost(changing.LONGEST_WHY)])
    why_en = TextAreaField(_l("Reason, in English"), validators=[AtMost(changing.LONGEST_WHY)])

    def why(self) -> Bilingual:
        """The reason in both languages."""
        return Bilingual(self.why_tr.data or "", self.why_en.data or "")


class CancelForm(WhyForm):
    """Cancelling a run."""


class DatesForm(WhyForm):
    """Other days for a run; the last day to apply only while people can apply."""

    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    apply_until_on = DayField(_l("Last day to apply"), description=_l("People can apply until the end of this day."))

    def offer(self, *, applications_open: bool) -> None:
        """Ask for the last day to apply only where it has not passed."""
        if not applications_open:
            del self._fields["apply_until_on"]


class EndForm(Form):
    """Ending one enrolment."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The teacher reads it, and it stays in the record."),
        validators=[AtMost(rules.LONGEST_REASON)],
    )


class InterestForm(OnceForm):
    """Asking to be told when a run takes applications; people without an account give their address."""

    email = StringField(
        _l("E-mail address"),
        description=_l("We mail you a link; your wish counts once you follow it."),
        filters=[tidy],
        validators=[Filled(_l("Write your e-mail address.")), AtMost(254)],
    )
    province = SelectField(_l("Only in this province"))

    def offer(self, provinces: Iterable[Province], *, known: bool) -> None:
        """Offer the provinces; somebody whose address is known is not asked for it."""
        everywhere = SelectChoice(NOBODY, said(words.ANYWHERE))
        self.province.choices = [everywhere, *(SelectChoice(str(one.code), one.name) for one in provinces)]
        if known:
            del self._fields["email"]

    def province_code(self) -> int | None:
        """The chosen province, or None for anywhere."""
        return int(self.province.data) if self.province.data else None


class MessageForm(OnceForm):
    """A message to a run's participants; `step` says whether it was previewed."""

    audience = SelectField(_l("To"))
    subject_tr = StringField(_l("Subject, in Turkish"), filters=[tidy], validators=[AtMost(rules.LONGEST_SUBJECT)])
    text_tr = TextAreaField(_l("Message, in Turkish"), validators=[AtMost(rules.LONGEST_MESSAGE)])
    subject_en = StringField(_l("Subject, in English"), filters=[tidy], validators=[AtMost(rules.LONGEST_SUBJECT)])
    text_en = TextAreaField(_l("Message, in English"), validators=[AtMost(rules.LONGEST_MESSAGE)])
    important = BooleanField(_l("Important: mail it at once instead of in the daily mail"))
    step = HiddenField()

    def offer(self, participants: Iterable[tuple[str, str]]) -> None:
        """Offer the groups, and each participant (id, name)."""
        groups = [SelectChoice(one.value, said(word)) for one, word in words.AUDIENCES.items()]
        self.audience.choices = [*groups, *(SelectChoice(key, name) for key, name in participants)]

    def draft(self) -> service.messages.Draft:
        """What was written."""
        chosen = parse_id(self.audience.data)
        return service.messages.Draft(
            audience=rules.Audience.ONE if chosen else rules.Audience(self.audience.data),
            subject=Bilingual(self.subject_tr.data or "", self.subject_en.data or ""),
            text=Bilingual(self.text_tr.data or "", self.text_en.data or ""),
            is_important=self.important.data,
            enrolment_id=chosen,
        )


class NoteForm(OnceForm):
    """A staff note."""

    text = TextAreaField(
        _l("Note"),
        description=_l("Only the staff of this run read it. Whoever it is about gets it when they ask for their data."),
        validators=[Filled(_l("Write the note.")), AtMost(rules.LONGEST_NOTE)],
    )
