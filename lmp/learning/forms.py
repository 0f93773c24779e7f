"""Forms for the ways in which a question is answered, and the one that begins a quiz."""

from collections.abc import Callable

from wtforms import Field, RadioField, SelectMultipleField, StringField

from lmp.content.marking import LONGEST_ANSWER
from lmp.learning.asked import Control, Response
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, tidy


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
