"""The forms with which a course begins: five things about a new one, three about a copy."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.content.files.hours import FEWEST_HOURS, MOST_HOURS
from lmp.content.texts import LONGEST_LINE
from lmp.core.db import Bilingual
from lmp.network.models import Centre, Field
from lmp.web.fields import Between, WholeField
from lmp.web.forms import AtMost, Filled, OnceForm, _l, tidy
from lmp.web.language import current_language


class CentreForm(OnceForm):
    """The centre, for those who write for several."""

    centre = SelectField(_l("Centre"), validate_choice=False)

    def offer_centres(self, centres: Iterable[Centre]) -> None:
        """The centres somebody writes for; the only one, or the first, is chosen already."""
        lang = current_language()
        offered = [*centres]
        self.centre.choices = [SelectChoice(one.slug, one.name.in_language(lang)) for one in offered]
        if not self.centre.data and offered:
            self.centre.data = offered[0].slug


class TitledForm(CentreForm):
    """A title in both languages, and the centre."""

    title_tr = StringField(
        _l("Title in Turkish"),
        description=_l("The short name of the course, which stands in its address, is made from it."),
        filters=[tidy],
        validators=[Filled(_l("Write the title in Turkish.")), AtMost(LONGEST_LINE)],
        render_kw={"lang": "tr"},
    )
    title_en = StringField(
        _l("Title in English"),
        filters=[tidy],
        validators=[Filled(_l("Write the title in English.")), AtMost(LONGEST_LINE)],
        render_kw={"lang": "en"},
    )

    @property
    def title(self) -> Bilingual:
        """Both titles."""
        return Bilingual(self.title_tr.data or "", self.title_en.data or "")


class NewCourseForm(TitledForm):
    """What the template needs to know."""

    field = SelectField(_l("Field or subject"), validators=[Filled(_l("Choose the field of the course."))])
    hours = WholeField(
        _l("Hours, all parts together"),
        description=_l("Of 60 minutes. The course is spread over its parts; every value can be changed later."),
        validators=[Between(FEWEST_HOURS, MOST_HOURS)],
    )
    shape = RadioField(
        _l("What the course mainly is"),
        choices=[
            SelectChoice("workplace", _l("On-the-job training")),
            SelectChoice("meeting", _l("Face-to-face training")),
            SelectChoice("online", _l("Distance learning")),
        ],
        default="workplace",
        validators=[Filled(_l("Choose what the course mainly is."))],
    )

    def offer_fields(self, fields: Iterable[Field]) -> None:
        """The fields in use."""
        lang = current_language()
        every: list[Any] = [SelectChoice(one.slug, one.name.in_language(lang)) for one in fields]
        self.field.choices = [SelectChoice("", _l("Choose")), *every]
