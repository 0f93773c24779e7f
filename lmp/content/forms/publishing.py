"""The form with which a reviewer publishes a course."""

from wtforms import HiddenField, TextAreaField

from lmp.content.rules import LONGEST_NOTE
from lmp.web.forms import AtMost, Filled, OnceForm, _l


class PublishForm(OnceForm):
    """What is new, in both languages; `seen` is the hash of the draft that the page showed, `review` the request it answers."""

    act = HiddenField(default="publish")
    note_tr = TextAreaField(
        _l("What is new, in Turkish"),
        validators=[Filled(_l("Write in Turkish what is new in this version.")), AtMost(LONGEST_NOTE)],
        render_kw={"lang": "tr"},
    )
    note_en = TextAreaField(
        _l("What is new, in English"),
        validators=[Filled(_l("Write in English what is new in this version.")), AtMost(LONGEST_NOTE)],
        render_kw={"lang": "en"},
    )
    seen = HiddenField()
    review = HiddenField()
