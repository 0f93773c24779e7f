"""What the pages of the online strand share."""

from flask import Blueprint

from lmp.content.document import Lang
from lmp.learning.forms import AnswerForm
from lmp.web.language import current_language

bp = Blueprint("learning", __name__, template_folder="../templates", url_prefix="/<any(tr, en):lang>")


def lang() -> Lang:
    """The language of the request, as the content knows it."""
    return "en" if current_language() == "en" else "tr"


def problems(form: AnswerForm, place: str) -> list[dict[str, str]]:
    """What is to be mended, for the summary on top, with the place where the question stands."""
    return [
        *({"text": str(error), "url": f"#{place}"} for error in form.answer.errors),
        *({"text": sentence} for sentence in form.general),
    ]
