"""What a course asks for before it counts as completed, and the test before and after it."""

from typing import Any

from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import policy_words
from lmp.content.editing import Raw
from lmp.content.forms import plans as forms
from lmp.content.models import Draft
from lmp.content.policy import LESSONS, STRANDS
from lmp.content.views.blueprint import bp
from lmp.content.views.sheets import Topic, answer
from lmp.web import pages
from lmp.web.rows import Sheet, Typed

_KEYS = ("policy", "test")


def _holder(document: Raw) -> Raw:
    """What the page edits."""
    return {key: document[key] for key in _KEYS if key in document}


def _put(document: Raw, after: Raw, _values: Typed) -> None:
    """The course as it was, with what the page edits."""
    document.pop("test", None)
    document.update(after)


def _covers(path: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """The findings about completion and the test."""
    return path if path[:1] and path[0] in _KEYS else None


TOPIC = Topic(
    endpoint="content.completion",
    template="content/plans/completion.html",
    part="policy",
    holder=_holder,
    fields=forms.completion,
    put=_put,
    covers=_covers,
)


@bp.route("/draft/<slug>/policy", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def completion(slug: str) -> ResponseReturnValue:
    """What a course asks for, for those who write it."""
    return answer(slug, TOPIC, _more)


def _more(_found: Draft, document: Raw, _sheet: Sheet) -> dict[str, Any]:
    """What is planned beside what is asked for, and what the test would be drawn from."""
    asked = [question["outcome"] for unit in document["units"] for question in unit.get("questions", [])]
    return {
        "strands": [(strand, document["minutes"][strand]) for strand in STRANDS],
        "outcomes": len(document["outcomes"]),
        "fewest": min((asked.count(outcome["id"]) for outcome in document["outcomes"]), default=0),
        "words": policy_words,
        "lessons": LESSONS,
    }
