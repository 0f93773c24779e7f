"""The form around a question: what is saved is read by `lmp.content.editing.sheets`, because its rows come and go."""

from wtforms import HiddenField

from lmp.web.forms import Form, OnceForm


class QuestionForm(Form):
    """A question that is there; `seen` is the mark of it that the page showed."""

    seen = HiddenField()


class NewQuestionForm(OnceForm):
    """A question that is not there yet, and the block behind which the page is to ask it."""

    kind = HiddenField()
    after = HiddenField()
