"""What people type into the network's records; each form carries the version of the record it was opened with."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet
from wtforms.validators import StopValidation

from lmp.core.db import Bilingual
from lmp.core.messages import N_, Message
from lmp.network import rules, words
from lmp.network.models import Centre, Province
from lmp.network.models import Field as NetworkField
from lmp.web.fields import DayField, OptionalBetween, OptionalDayField, WholeField
from lmp.web.forms import AtMost, Filled, OnceForm, _l, said, tidy
from lmp.web.language import current_language


@dataclass(frozen=True)
class Difference:
    """A value that differs between what was typed and what somebody else has saved meanwhile."""

    label: str
    yours: str
    theirs: str
    field_id: str


class RecordForm(OnceForm):
    """A record's form. When somebody else was faster, their values join those that were not touched here.

    `base` holds what the form was opened with, so that it is known which values somebody touched.
    """

    version = HiddenField(default="0")
    base = HiddenField()
    #: Filled by `compare`: what both have changed.
    differences: tuple[Difference, ...] = ()

    def seen(self) -> int:
        """The version the page was opened with; nonsense is none."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    def remember(self) -> None:
        """Keep what the form is opened with, unless it was sent with it."""
        if not self.base.data:
            self.base.data = json.dumps(self._said(), ensure_ascii=False)

    def compare(self, fresh: "RecordForm") -> None:
        """Keep what was typed, take over what was not touched, show what both changed; the next sending is about that."""
        said, base = self._said(), self._opened_with()
        for name, field in self._drawn():
            if said[name] == base.get(name):
                _take_over(field, fresh._fields[name])
        pairs = [(field, _shown(field), _shown(fresh._fields[name])) for name, field in self._drawn()]
        self.differences = tuple(
            Difference(field.label.text, yours, theirs, field.id) for field, yours, theirs in pairs if yours != theirs
        )
        self.version.data = fresh.version.data
        self.base.data = json.dumps(fresh._said(), ensure_ascii=False)

    def _drawn(self) -> list[tuple[str, Field]]:
        """The fields that a person sees."""
        return [(name, field) for name, field in self._fields.items() if _is_shown(field)]

    def _said(self) -> dict[str, str]:
        """Every value in words."""
        return {name: _shown(field) for name, field in self._drawn()}

    def _opened_with(self) -> dict[str, Any]:
        """What the page carried as its first values; nothing where it was tampered with."""
        try:
            found = json.loads(self.base.data or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def _take_over(field: Any, other: Any) -> None:
    """Give a field the value of another form's."""
    field.data = other.data
    if hasattr(field, "typed"):
        field.typed = None


def _is_shown(field: Field) -> bool:
    return field.type not in ("HiddenField", "CSRFTokenField")


def _shown(field: Any) -> str:
    """A field's value in words."""
    if isinstance(field, SelectField | SelectMultipleField):
        return ", ".join(str(choice[1]) for choice in field.iter_choices() if choice[2] and choice[0])
    if isinstance(field, BooleanField):
        return said(words.YES if field.data else words.NO)
    return str(field._value()).replace("\r\n", "\n").strip()


def _named(choices: Iterable[tuple[str, Message]]) -> list[SelectChoice]:
    """Codes with their words in the page's language."""
    return [SelectChoice(code, said(word)) for code, word in choices]


class Select(SelectField):
    """A select that says in our words what is none of its answers; an empty one is for the validators."""

    def pre_validate(self, form: Any) -> None:
        """Only what the page offered."""
        if self.data and not any(str(choice[0]) == self.data for choice in self.iter_choices()):
            raise StopValidation(said(Message(N_("Choose one from the list."))))


class FieldsField(SelectMultipleField):
    """Which fields something is about."""

    def offer(self, fields: Iterable[NetworkField]) -> None:
        """All fields, in the page's language."""
        lang = current_language()
        in_order = sorted(fields, key=lambda one: (one.kind, one.sort_key_en if lang == "en" else one.sort_key_tr))
        self.choices = [SelectChoice(one.slug, one.name.in_language(lang)) for one in in_order]


def offer_provinces(field: Select, provinces: Iterable[Province]) -> None:
    """The 81 provinces."""
    field.choices = [SelectChoice("", "—"), *(SelectChoice(str(one.code), one.name) for one in provinces)]


class NameForm(RecordForm):
    """A name in both languages."""

    name_tr = StringField(
        _l("Name in Turkish"),
        filters=[tidy],
        validators=[Filled(_l("Write the Turkish name.")), AtMost(rules.LONGEST_NAME)],
    )
    name_en = StringField(
        _l("Name in English"),
        filters=[tidy],
        validators=[Filled(_l("Write the English name.")), AtMost(rules.LONGEST_NAME)],
    )

    def name(self) -> Bilingual:
        """Both names."""
        return Bilingual(self.name_tr.data or "", self.name_en.data or "")


class FieldForm(NameForm):
    """A field or subject."""

    mtal_code = StringField(_l("MTAL code"), filters=[tidy], validators=[AtMost(10)])
    mesem_code = StringField(_l("MESEM code"), filters=[tidy], validators=[AtMost(10)])
    isced_f = StringField(_l("ISCED-F code"), filters=[tidy], validators=[AtMost(10)])
    aliases = TextAreaField(
        _l("Other names"),
        description=_l("One name a line. The search finds the field by them too."),
        validators=[AtMost(2_000)],
    )


class NewFieldForm(FieldForm):
    """A new field or subject."""

    kind = Select(_l("Type"), validators=[Filled(_l("Choose a kind."))])

    def offer(self) -> None:
        """Fields and subjects."""
        self.kind.choices = [
            SelectChoice("", "—"),
            *_named((kind.value, word) for kind, word in words.FIELD_KINDS.items()),
        ]


class CentreContactForm(RecordForm):
    """How a centre is reached."""

    website = StringField(_l("Website"), filters=[tidy], validators=[AtMost(200)])
    office_email = StringField(_l("Office e-mail"), filters=[tidy], validators=[AtMost(200)])
    office_phone = StringField(_l("Office phone"), filters=[tidy], validators=[AtMost(rules.LONGEST_PHONE)])


class CentreForm(NameForm):
    """All about a centre."""

    host_school = StringField(
        _l("Host school"), filters=[tidy], validators=[Filled(_l("Write the host school.")), AtMost(rules.LONGEST_NAME)]
    )
    short_name = StringField(
        _l("Short name of the host school"),
        description=_l("As people write it, for example Cezeri MTAL."),
        filters=[tidy],
        validators=[Filled(_l("Write the short name.")), AtMost(rules.LONGEST_NAME)],
    )
    province = Select(_l("Province"), validators=[Filled(_l("Choose the province."))])
    district = StringField(_l("District"), filters=[tidy], validators=[Filled(_l("Write the district.")), AtMost(100)])
    website = StringField(_l("Website"), filters=[tidy], validators=[AtMost(200)])
    office_email = StringField(_l("Office e-mail"), filters=[tidy], validators=[AtMost(200)])
    office_phone = StringField(_l("Office phone"), filters=[tidy], validators=[AtMost(rules.LONGEST_PHONE)])
    fields = FieldsField(_l("Fields the centre serves"), validate_choice=False)


class BranchForm(RecordForm):
    """A branch and the fields its teachers may attend."""

    name = StringField(
        _l("Branch"),
        filters=[tidy],
        validators=[Filled(_l("Write the name of the branch.")), AtMost(rules.LONGEST_NAME)],
    )
    fields = FieldsField(
        _l("Fields"),
        description=_l("Teachers of this branch can apply for the courses of these fields."),
        validate_choice=False,
    )


class SchoolForm(RecordForm):
    """A school or office."""

    name = StringField(
        _l("School or office"),
        filters=[tidy],
        validators=[Filled(_l("Write the name of the school or office.")), AtMost(rules.LONGEST_NAME)],
    )
    code = StringField(_l("Institution code"), filters=[tidy], validators=[AtMost(20)])
    province = Select(_l("Province"), validators=[Filled(_l("Choose the province."))])
    district = StringField(_l("District"), filters=[tidy], validators=[Filled(_l("Write the district.")), AtMost(100)])
    office_email = StringField(
        _l("Office e-mail"),
        description=_l("Applications are sent here when nobody of the school has an account."),
        filters=[tidy],
        validators=[AtMost(200)],
    )


class DirectorateForm(RecordForm):
    """Where the directorate of a province or district is reached."""

    office_email = StringField(
        _l("Office e-mail"),
        description=_l("Applications are sent here when nobody of the directorate has an account."),
        filters=[tidy],
        validators=[AtMost(200)],
    )


class CalendarForm(NameForm):
    """Why a day is not an ordinary one."""

    kind = Select(_l("Type"), validators=[Filled(_l("Choose a kind."))])

    def offer(self) -> None:
        """The kinds of days."""
        self.kind.choices = [
            SelectChoice("", "—"),
            *_named((kind.value, word) for kind, word in words.DAY_KINDS.items()),
        ]


class NewDayForm(CalendarForm):
    """A day for the calendar."""

    on = DayField(_l("Day"))


class PartnerForm(RecordForm):
    """A company or another partner."""

    name = StringField(
        _l("Company or institution"),
        filters=[tidy],
        validators=[Filled(_l("Write the name of the company or institution.")), AtMost(rules.LONGEST_NAME)],
    )
    kind = Select(_l("Type"), validators=[Filled(_l("Choose a kind."))])
    website = StringField(_l("Website"), filters=[tidy], validators=[AtMost(200)])

    def offer(self) -> None:
        """The kinds of partners."""
        self.kind.choices = _named((kind.value, word) for kind, word in words.PARTNER_KINDS.items())


class NewPartnerForm(PartnerForm):
    """A new partner; somebody who keeps several centres says for which."""

    centre = Select(_l("Centre that works with it"), validators=[Filled(_l("Choose the centre."))])

    def offer_centres(self, centres: Iterable[Centre]) -> None:
        """The centres for which the reader keeps records; a single one is chosen already."""
        lang = current_language()
        found = [SelectChoice(one.slug, f"{one.name.in_language(lang)}, {one.province.name}") for one in centres]
        self.centre.choices = found if len(found) == 1 else [SelectChoice("", "—"), *found]


class WorkplaceForm(RecordForm):
    """A workplace of a company."""

    name = StringField(
        _l("Workplace"),
        description=_l("For example: OSTİM panel workshop."),
        filters=[tidy],
        validators=[Filled(_l("Write the name of the workplace.")), AtMost(rules.LONGEST_NAME)],
    )
    province = Select(_l("Province"), validators=[Filled(_l("Choose the province."))])
    district = StringField(_l("District"), filters=[tidy], validators=[Filled(_l("Write the district.")), AtMost(100)])
    hazard_class = Select(_l("Hazard class"), validators=[Filled(_l("Choose the hazard class."))])
    capacity = WholeField(
        _l("Places"),
        description=_l("How many teachers can learn here at one time."),
        validators=[OptionalBetween(1, rules.MOST_PLACES)],
    )
    photos_allowed = BooleanField(_l("Photographs may be taken here"))

    def offer(self, provinces: Iterable[Province]) -> None:
        """Provinces and hazard classes."""
        offer_provinces(self.province, provinces)
        self.hazard_class.choices = [SelectChoice("", "—"), *_named(words.HAZARD_CLASSES.items())]


class ContactForm(RecordForm):
    """The person at a company who confirms days."""

    name = StringField(
        _l("Name and surname"),
        filters=[tidy],
        validators=[Filled(_l("Write the name and surname.")), AtMost(rules.LONGEST_PERSON)],
    )
    title = StringField(_l("Duty at the company"), filters=[tidy], validators=[AtMost(rules.LONGEST_PERSON)])
    email = StringField(
        _l("E-mail"),
        description=_l("The links for confirming days are sent here."),
        filters=[tidy],
        validators=[Filled(_l("Write the e-mail address; the days are confirmed by it.")), AtMost(200)],
    )
    phone = StringField(_l("Phone"), filters=[tidy], validators=[AtMost(rules.LONGEST_PHONE)])
    lang = Select(_l("Language of the e-mails"))
    certificate_kind = Select(_l("Certificate"), validators=[Filled(_l("Choose the kind of certificate."))])
    checked = BooleanField(_l("I have spoken to this person today; name, address and number are right"))

    def offer(self) -> None:
        """Languages and kinds of certificates."""
        self.lang.choices = _named(words.LANGUAGES.items())
        self.certificate_kind.choices = [SelectChoice("", "—"), *_named(words.CERTIFICATE_KINDS.items())]


class ProtocolForm(RecordForm):
    """What a centre and a partner agreed on."""

    title = StringField(
        _l("Subject of the protocol"),
        filters=[tidy],
        validators=[Filled(_l("Write what the protocol is about.")), AtMost(rules.LONGEST_NAME)],
    )
    signed_on = OptionalDayField(
        _l("Signed on"), description=_l("Leave it empty while the protocol is being prepared.")
    )
    starts_on = DayField(_l("First day"))
    ends_on = OptionalDayField(_l("Last day"), description=_l("Leave it empty when the protocol has no end."))
    fields = FieldsField(_l("Fields"), validate_choice=False)
    duties = TextAreaField(
        _l("Duties of the parties"),
        description=_l("In a few sentences: who does what."),
        validators=[AtMost(rules.LONGEST_DUTIES)],
    )


class ActForm(OnceForm):
    """Closing, opening again or removing a record."""

    act = HiddenField()
    sure = HiddenField()
