"""Forms for the ways in which a question is answered, and the one that begins a quiz."""

from collections.abc import Callable, Sequence
from typing import TypedDict

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from lmp.content.asked import Control, Response
from lmp.content.marking import LONGEST_ANSWER
from lmp.core.messages import N_, Message
from lmp.learning.limits import LONGEST_REASON
from lmp.learning.service.extensions import QuizLine
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, said, tidy
from lmp.web.language import current_language


class AnswerForm(Form):
    """What every answer shares: one field, `answer`. Whether it fits the question is the marking's to say."""

    answer: Field

    def response(self) -> Response:
        """The answer as the marking takes it; empty where nothing was given."""
        data = self.answer.data
        return list(data) if isinstance(data, list) else str(data or "")


class OneOptionForm(AnswerForm):
    """One of several options."""

    answer = RadioField(
        _l("Answer"), choices=[], validate_choice=False, validators=[Filled(_l("Choose one of the answers."))]
    )


class SeveralOptionsForm(AnswerForm):
    """Any number of options."""

    answer = SelectMultipleField(
        _l("Answer"), choices=[], validate_choice=False, validators=[Filled(_l("Choose at least one answer."))]
    )


class NumberForm(AnswerForm):
    """A number, with comma or point, with or without its unit."""

    answer = StringField(
        _l("Answer"), filters=[tidy], validators=[Filled(_l("Write a number.")), AtMost(LONGEST_ANSWER)]
    )


class WordsForm(AnswerForm):
    """A few words."""

    answer = StringField(
        _l("Answer"), filters=[tidy], validators=[Filled(_l("Write your answer.")), AtMost(LONGEST_ANSWER)]
    )


class RowsForm(AnswerForm):
    """A choice in each of several rows, sent one after the other; an open row is sent empty."""

    answer = SelectMultipleField(_l("Answer"), choices=[], validate_choice=False)


class StartQuizForm(OnceForm):
    """Begins an attempt, once."""


class EndQuizForm(Form):
    """Ends an attempt."""


class Added(TypedDict):
    """What a trainer gives."""

    attempts: int
    minutes: int
    reason: str


class ExtendForm(OnceForm):
    """More tries or more time for one person."""

    unit = SelectField(_l("Unit quiz"), choices=[], validators=[Filled(_l("Choose a unit."))])
    attempts = StringField(_l("More tries"), default="0", filters=[tidy])
    minutes = StringField(_l("More minutes for each try"), default="0", filters=[tidy])
    reason = TextAreaField(
        _l("Reason"),
        description=_l("The teacher reads it in the mail; it stays in the record."),
        validators=[Filled(_l("Write the reason.")), AtMost(LONGEST_REASON)],
    )

    @classmethod
    def of(cls, lines: Sequence[QuizLine]) -> "ExtendForm":
        """The form for the quizzes that have a limit."""
        form = cls()
        lang = current_language()
        form.unit.choices = [(line.unit.key, f"{line.number}. {line.unit.title.in_language(lang)}") for line in lines]
        return form

    def validate_attempts(self, field: Field) -> None:
        """A whole number that is not negative."""
        _whole(field)

    def validate_minutes(self, field: Field) -> None:
        """A whole number that is not negative."""
        _whole(field)

    def added(self) -> Added:
        """What is given, as the service takes it."""
        return {"attempts": _number(self.attempts), "minutes": _number(self.minutes), "reason": self.reason.data or ""}


def _number(field: Field) -> int:
    """A field's whole number; nothing typed is none."""
    return int(field.data or 0)


def _whole(field: Field) -> None:
    """Refuse what is no whole number."""
    if field.data and not (field.data.isascii() and field.data.isdecimal() and len(field.data) < 5):
        raise ValidationError(said(Message(N_("Write a whole number, for example 1."))))


_FORMS: dict[Control, Callable[..., AnswerForm]] = {
    Control.RADIO: OneOptionForm,
    Control.CHECKBOX: SeveralOptionsForm,
    Control.NUMBER: NumberForm,
    Control.TEXT: WordsForm,
    Control.MATCHING: RowsForm,
    Control.ORDERING: RowsForm,
}


def answer_form(control: Control) -> AnswerForm:
    """The form for the way in which a question is answered, bound to the request."""
    return _FORMS[control]()
