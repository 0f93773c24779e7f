"""What administrators type about somebody's roles and account."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.access import ScopeKind
from lmp.network.models import Centre, Province
from lmp.web.fields import DayField, OptionalDayField
from lmp.web.forms import AtMost, Filled, OnceForm, _l, tidy
from lmp.web.language import current_language


class ReasonForm(OnceForm):
    """An act that needs a reason; `version` is what the page showed of the person."""

    version = HiddenField()
    reason = TextAreaField(
        _l("Reason"),
        description=_l("It stays in the history; the person may read it."),
        filters=[tidy],
        validators=[Filled(_l("Write the reason.")), AtMost(300)],
    )


class GrantForm(OnceForm):
    """Where a role reaches, and from when until when. Fields that the role does not need are taken away."""

    version = HiddenField()
    centre = SelectField(_l("Centre"), validators=[Filled(_l("Choose a centre."))])
    reach = RadioField(
        _l("Speaks for"),
        choices=[
            SelectChoice(ScopeKind.SCHOOL.value, _l("School")),
            SelectChoice(ScopeKind.DISTRICT.value, _l("District directorate")),
            SelectChoice(ScopeKind.PROVINCE.value, _l("Provincial directorate")),
        ],
        default=ScopeKind.SCHOOL.value,
    )
    school = StringField(
        _l("School"),
        description=_l("The institution code, or the name as it stands in the list of schools. For a school only."),
        filters=[tidy],
        render_kw={"autocomplete": "off"},
    )
    province = SelectField(_l("Province"), description=_l("For a district or province only."))
    district = StringField(_l("District"), filters=[tidy], render_kw={"autocomplete": "off"})
    from_on = DayField(_l("From"))
    until_on = OptionalDayField(_l("Until"), description=_l("Leave empty for no last day."))

    def offer(self, centres: list[Centre], provinces: list[Province]) -> None:
        """Fill the choices."""
        lang = current_language()
        self.centre.choices = [
            SelectChoice(str(one.id), f"{one.name.in_language(lang)} ({one.province.name})") for one in centres
        ]
        self.province.choices = [SelectChoice("", "—"), *(SelectChoice(str(one.code), one.name) for one in provinces)]

    def keep(self, *names: str) -> None:
        """Take away the fields of other roles."""
        for name in ("centre", "reach", "school", "province", "district"):
            if name not in names:
                delattr(self, name)
