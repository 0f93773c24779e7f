"""The form that sets a day for tests, and the observation form, made from a course's checklist."""

from collections.abc import Iterable

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet
from wtforms.validators import ValidationError

from lmp.content.document import Criterion, Practical
from lmp.core import written
from lmp.core.errors import LmpError, RuleBroken
from lmp.core.messages import N_, Message
from lmp.practical import rules
from lmp.practical.service import Planned
from lmp.practical.wording import where
from lmp.web.fields import ClockField, DayField
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, said, tidy
from lmp.web.language import current_language


class TestForm(Form):
    """Day, start and remark; one choice a criterion is added for each checklist."""

    on = DayField(_l("Day of the test"), validators=[Filled(_l("Write the day of the test."))])
    starts = StringField(_l("Start"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    remark = TextAreaField(
        _l("Remark"),
        description=_l("What stood out, for the teacher and the centre."),
        validators=[AtMost(rules.LONGEST_REMARK)],
    )
    version = HiddenField(default="0")

    def validate_starts(self, field: StringField) -> None:
        """A time as people write it."""
        if written.parse_time(field.data or "") is None:
            raise ValidationError(said(Message(N_("Write the start as hours and minutes, like 09:30."))))

    def show(self, broken: LmpError) -> None:
        """A criterion named by a rule is the field made for it."""
        field = broken.field if isinstance(broken, RuleBroken) else None
        name = f"level_{field}".replace("-", "_")
        super().show(RuleBroken(broken.message, name if name in self._fields else field))
        self.status = broken.status

    def levels(self, of: Practical) -> dict[str, int]:
        """The chosen levels; criteria without a choice are left out."""
        chosen = ((one.id, self[_name(one)].data) for one in of.criteria)
        return {name: int(value) for name, value in chosen if value not in (None, "", "None")}


def _name(criterion: Criterion) -> str:
    return f"level_{criterion.id}".replace("-", "_")


def test_form(of: Practical, lang: str) -> type[TestForm]:
    """A form class with a radio group for every criterion, in the reader's language."""
    fields = {
        _name(one): RadioField(
            getattr(one.text, lang),
            choices=[SelectChoice(str(number), getattr(level.text, lang)) for number, level in enumerate(one.levels)],
            validate_choice=False,
        )
        for one in of.criteria
    }
    return type("ChecklistForm", (TestForm,), fields)


def criterion_field(form: TestForm, criterion: Criterion) -> RadioField:
    """The field of a criterion."""
    found: RadioField = form[_name(criterion)]
    return found


class DayForm(OnceForm):
    """Day, hour and place of the test, for some of those who wait."""

    on = DayField(_l("Day of the test"), validators=[Filled(_l("Write the day of the test."))])
    starts = ClockField(_l("Start"), validators=[Filled(_l("Write the start as hours and minutes, like 09:30."))])
    place = StringField(
        _l("Place"),
        description=_l("As people find it: workshop, building, school."),
        filters=[tidy],
        validators=[Filled(_l("Write where the test is held.")), AtMost(rules.LONGEST_PLACE)],
    )
    people = SelectMultipleField(
        _l("For whom"), validators=[Filled(_l("Choose the people whose test is on this day."))], validate_choice=False
    )

    def offer(self, waiting: Iterable[Planned]) -> dict[str, str]:
        """Offer those who wait; answers what stands below each name: the day that is set already."""
        people = list(waiting)
        self.people.choices = [SelectChoice(str(one.enrolment.id), one.enrolment.person.name) for one in people]
        lang = current_language()
        return {
            str(one.enrolment.id): where(one.day).in_language(lang)
            if one.day
            else said(Message(N_("No day is set yet")))
            for one in people
        }
