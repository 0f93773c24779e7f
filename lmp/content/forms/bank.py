"""The forms of the question banks."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from lmp.content import bank, bank_words
from lmp.content.document import LANGS, CourseDocument, Lang
from lmp.content.models import BankCategory, BankQuestion
from lmp.content.service.bank_categories import LONGEST_NAME
from lmp.core.messages import N_, Message
from lmp.core.text import MAX_MARKDOWN
from lmp.network.models import Field
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, said, tidy
from lmp.web.language import current_language

_LANGUAGES = {"tr": Message(N_("%(part)s, in Turkish")), "en": Message(N_("%(part)s, in English"))}


def category_choices(categories: Iterable[BankCategory]) -> list[tuple[str, str]]:
    """Categories for a select, those below another one set off by a dash."""
    lang = current_language()
    return [(str(one.id), ("– " if one.parent_id else "") + one.name.in_language(lang)) for one in categories]


def field_choices(fields: Iterable[Field]) -> list[tuple[str, str]]:
    """Fields for a select, in the page's language."""
    return [(one.slug, one.name.in_language(current_language())) for one in fields]


class _PlacedForm(Form):
    """Where a question of the bank belongs."""

    category = SelectField(_l("Category"), choices=[])
    field = SelectField(_l("Field"), choices=[])

    def offer(self, categories: Sequence[BankCategory], fields: Sequence[Field]) -> None:
        """What can be chosen; neither has to be."""
        self.category.choices = [("", said(Message(N_("None")))), *category_choices(categories)]
        self.field.choices = [("", said(Message(N_("None")))), *field_choices(fields)]


class KeepForm(_PlacedForm, OnceForm):
    """Copies a course's question into the bank."""


class BankQuestionForm(_PlacedForm):
    """A question of the bank: where it belongs, and its texts in both languages."""

    difficulty = RadioField(
        _l("Difficulty"), choices=[], validate_choice=False, validators=[Filled(_l("Choose the difficulty."))]
    )
    version = HiddenField()

    def texts(self) -> dict[tuple[str, Lang], str]:
        """(name, language) → what was written."""
        return {key: str(self[name].data or "") for name, key in self.names.items()}

    def seen(self) -> int:
        """The version that the page showed; 0 for none that exists."""
        written = str(self.version.data or "")
        return int(written) if written.isdecimal() and len(written) < 9 else 0

    names: dict[str, tuple[str, Lang]]


def bank_question_form(of: BankQuestion, **more: Any) -> BankQuestionForm:
    """The form of a question of the bank, with a field for each of its texts in each language."""
    ids = {
        rows: [str(each["id"]) for each in of.question.get(rows, [])]
        for rows in ("options", "pairs", "others", "items")
    }
    names: dict[str, tuple[str, Lang]] = {}
    fields: dict[str, Any] = {"names": names}
    kept: dict[str, str] = {
        "category": str(of.category_id or ""),
        "field": of.field.slug if of.field else "",
        "difficulty": str(of.difficulty),
        "version": str(of.version),
    }
    for name in bank.names_of(of.question):
        part = said(bank_words.part_words(name, ids))
        for lang in LANGS:
            field = f"{name.replace('.', '-')}-{lang}"
            names[field] = (name, lang)
            kept[field] = bank.text_in(of.question, name, lang)
            label = said(Message(_LANGUAGES[lang].msgid, part=part))
            fields[field] = TextAreaField(label, validators=[AtMost(MAX_MARKDOWN)], render_kw={"lang": lang})
    form: BankQuestionForm = type("BankQuestionForm", (BankQuestionForm,), fields)(data=kept, **more)
    form.difficulty.choices = [(value, said(words)) for value, words in bank_words.DIFFICULTIES.items()]
    return form


class CategoryForm(OnceForm):
    """A category's name in both languages, and where it stands."""

    name_tr = StringField(
        _l("Name in Turkish"),
        filters=[tidy],
        validators=[Filled(_l("Write the name in Turkish.")), AtMost(LONGEST_NAME)],
    )
    name_en = StringField(
        _l("Name in English"),
        filters=[tidy],
        validators=[Filled(_l("Write the name in English.")), AtMost(LONGEST_NAME)],
    )


class NewCategoryForm(CategoryForm):
    """A new category, at the top or below one that stands there."""

    parent = SelectField(_l("Parent category"), choices=[])

    def offer(self, tops: Sequence[BankCategory]) -> None:
        """The categories at the top."""
        self.parent.choices = [("", said(Message(N_("None, at the top")))), *category_choices(tops)]


class CopyForm(OnceForm):
    """Copies a question of the bank into a unit of a course."""

    unit = SelectField(_l("Unit"), choices=[])
    outcome = SelectField(_l("Outcome"), choices=[])
    use = RadioField(_l("Where it is asked"), choices=[], default="quiz", validate_choice=False)

    def offer(self, document: CourseDocument) -> None:
        """The units and outcomes of the course."""
        lang = current_language()
        self.unit.choices = [
            (unit.key, f"{number}. {unit.title.in_language(lang)}") for number, unit in enumerate(document.units, 1)
        ]
        self.outcome.choices = [
            (one.id, f"{number}. {one.text.in_language(lang)}") for number, one in enumerate(document.outcomes, 1)
        ]
        self.use.choices = [(value, said(words)) for value, words in bank_words.USES.items()]


class TakeForm(Form):
    """Lets a course's question say what the bank's says; the marks are those of the texts on the page."""

    seen = HiddenField()
    seen_bank = HiddenField()


class ActForm(OnceForm):
    """One of the small acts of a page: retire, bring back, move, remove."""

    act = HiddenField()
