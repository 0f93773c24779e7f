"""Asking about one's data, and answering."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.privacy.rules import LONGEST_TEXT
from lmp.web.forms import AtMost, Filled, OnceForm, _l


class AskForm(OnceForm):
    """What is wrong, or why one wants to be erased."""

    kind = HiddenField()
    text = TextAreaField(
        _l("What should be corrected"),
        description=_l(
            "Say what is wrong and how it should be. Your name on an issued certificate is corrected by a new one."
        ),
        validators=[AtMost(LONGEST_TEXT)],
    )


class AnswerForm(OnceForm):
    """Accepted or refused, and what the person reads."""

    decision = RadioField(
        _l("Decision"),
        choices=[SelectChoice("accept", _l("Accept and carry out")), SelectChoice("refuse", _l("Refuse"))],
        validators=[Filled(_l("Choose whether you accept or refuse."))],
    )
    answer = TextAreaField(
        _l("Answer to the person"),
        description=_l("The person gets this by e-mail. A refusal needs its reason and the law it rests on."),
        validators=[AtMost(LONGEST_TEXT)],
    )
