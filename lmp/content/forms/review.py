"""The forms of a review: asking, commenting, sending back, taking back."""

from wtforms import HiddenField, SelectField, TextAreaField

from lmp.content.rules import LONGEST_COMMENT
from lmp.web.forms import AtMost, Filled, OnceForm, _l


class AskForm(OnceForm):
    """Who reads, and what they ought to know."""

    act = HiddenField(default="ask")
    reviewer = SelectField(_l("Who reads it"), choices=[])
    note = TextAreaField(
        _l("Note for the reader"),
        description=_l("For example: what is new, and what you are not sure about."),
        validators=[AtMost(LONGEST_COMMENT)],
    )


class SendBackForm(OnceForm):
    """Why a draft goes back; `seen` is the hash of the draft that was read, `review` the request."""

    act = HiddenField(default="send_back")
    words = TextAreaField(
        _l("What has to be changed"),
        validators=[Filled(_l("Write what has to be changed.")), AtMost(LONGEST_COMMENT)],
    )
    seen = HiddenField()
    review = HiddenField()


class WithdrawForm(OnceForm):
    """Takes a request back."""

    act = HiddenField(default="withdraw")
    review = HiddenField()


class CommentForm(OnceForm):
    """A comment or an answer. `part` and `thing` are the place, `answers` the comment that is answered or settled."""

    part = HiddenField()
    thing = HiddenField()
    about = HiddenField()
    answers = HiddenField()
    back = HiddenField()
    text = TextAreaField(_l("Your comment"), validators=[Filled(_l("Write your comment.")), AtMost(LONGEST_COMMENT)])
