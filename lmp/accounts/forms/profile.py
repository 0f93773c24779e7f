"""What people change about themselves."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.accounts import rules
from lmp.accounts.forms.registration import EMAIL_KEYS
from lmp.core.ids import parse_id
from lmp.network.models import Branch, Province, School
from lmp.web.forms import AtMost, Filled, Form, _l, tidy

NONE = "none"


class NameForm(Form):
    """One name field, as people are called."""

    name = StringField(
        _l("Name and surname"),
        description=_l("As it should stand on your certificates. Those issued before keep the name of their day."),
        filters=[tidy],
        validators=[Filled(_l("Write your name and surname.")), AtMost(rules.LONGEST_NAME)],
        render_kw={"autocomplete": "name"},
    )


class AddressForm(Form):
    """Another address, allowed by the password."""

    email = StringField(
        _l("New e-mail address"),
        description=_l("We send a link there; the change takes effect when you open it and confirm."),
        filters=[tidy],
        validators=[Filled(_l("Write your e-mail address.")), AtMost(254)],
        render_kw=EMAIL_KEYS,
    )
    password = PasswordField(_l("Your password"), validators=[Filled(_l("Write your password."))])


class ConfirmForm(Form):
    """A button, nothing to type."""


class OwnPasswordForm(Form):
    """The password in use and the next one."""

    current = PasswordField(_l("Your password now"), validators=[Filled(_l("Write your password."))])
    password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(n)s characters. A few words in a row are easy to remember and hard to guess.",
            n=rules.SHORTEST_PASSWORD,
        ),
        validators=[Filled(_l("Choose a password."))],
    )


class DisplayForm(Form):
    """The colours of the pages."""

    scheme = RadioField(
        _l("Colours"),
        choices=[
            SelectChoice("", _l("As the device says")),
            SelectChoice("light", _l("Light")),
            SelectChoice("dark", _l("Dark")),
        ],
        default="",
    )
    next = HiddenField()


class OwnDisplayForm(DisplayForm):
    """Colours and language of somebody with an account."""

    language = RadioField(
        _l("Language of messages"),
        description=_l("E-mails come in this language."),
        choices=[SelectChoice("tr", "Türkçe"), SelectChoice("en", "English")],
    )


class TeachingForm(Form):
    """Branch and school as one declares them; the school is found by words or code."""

    branch = SelectField(_l("Branch"), validate_choice=False)
    province = SelectField(_l("Province of the school"), validate_choice=False)
    words = StringField(
        _l("School"),
        description=_l("A word or two of its name and district, or its institution code (kurum kodu)."),
        filters=[tidy],
        validators=[AtMost(200)],
        render_kw={"autocomplete": "off"},
    )
    school = RadioField(_l("Your school"), validate_choice=False)
    #: What was searched last; other words are searched before anything is saved.
    searched = HiddenField()
    next = HiddenField()
    new = HiddenField()

    def offer_branches(self, branches: Iterable[Branch]) -> None:
        """Every branch, in Turkish order."""
        self.branch.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(str(one.id), one.name) for one in branches),
        ]

    def offer_provinces(self, provinces: Iterable[Province]) -> None:
        """Every province, in Turkish order."""
        self.province.choices = [
            SelectChoice("", _l("All provinces")),
            *(SelectChoice(str(one.code), one.name) for one in provinces),
        ]

    def offer_schools(self, schools: Iterable[School]) -> None:
        """The schools that were found, and the way out."""
        found = [SelectChoice(str(one.id), one.name) for one in schools]
        self.school.choices = [*found, SelectChoice(NONE, _l("My school is not in the list"))]

    def wish(self) -> str:
        """What is searched for, as one text."""
        return f"{self.province.data or ''}|{self.words.data or ''}" if self.words.data else ""

    def province_code(self) -> int | None:
        """The province searched in, or None for all."""
        return int(self.province.data) if (self.province.data or "").isdigit() else None

    def branch_id(self) -> UUID | None:
        """The chosen branch."""
        return parse_id(self.branch.data)

    def school_id(self) -> UUID | None:
        """The chosen school."""
        return parse_id(self.school.data)
