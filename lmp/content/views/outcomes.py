"""The outcomes of a course, and where each is taught, asked, practised and looked at."""

from typing import Any

from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.editing import Raw, outcomes
from lmp.content.forms import plans as forms
from lmp.content.models import Draft
from lmp.content.views.blueprint import bp
from lmp.content.views.sheets import Faulty, Topic, answer
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.rows import KEY, Sheet, Typed, is_gone, tokens

#: Names the outcome that takes the place of one that goes.
INSTEAD = "instead"


def _put(document: Raw, after: Raw, values: Typed) -> None:
    """The outcomes as they are now; one that is used goes only when another takes its place. Raises Faulty."""
    staying = {outcome["id"] for outcome in after["outcomes"]}
    used, faults = outcomes.uses(document), {}
    for row in (f"outcomes-{token}" for token in tokens(values, "outcomes")):
        name = values[f"{row}-{KEY}"][0]
        if not is_gone(values, row) or not used.get(name):
            continue
        other = values.get(f"{row}-{INSTEAD}", [""])[0]
        if other in staying:
            outcomes.replace(document, name, other)
        else:
            sentence = Message(N_("This outcome is still used. Choose the one that takes its place, or bring it back."))
            faults[f"{row}-{INSTEAD}"] = [sentence]
    lost = [name for name in used if used[name] and name not in staying and name not in _going(values)]
    if faults:
        raise Faulty(faults)
    if lost:
        sentence = Message(N_("Outcome “%(name)s” is still used, so it stays."), name=lost[0])
        raise Faulty({"row-outcomes": [sentence]})
    document["outcomes"] = after["outcomes"]


def _going(values: Typed) -> set[str]:
    """The outcomes whose rows are marked to go."""
    rows = (f"outcomes-{token}" for token in tokens(values, "outcomes"))
    return {values[f"{row}-{KEY}"][0] for row in rows if is_gone(values, row)}


def _covers(path: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """The findings about outcomes."""
    return path if path[:1] == ("outcomes",) else None


TOPIC = Topic(
    endpoint="content.outcome_list",
    template="content/plans/outcomes.html",
    part="outcomes",
    holder=lambda document: {"outcomes": document["outcomes"]},
    fields=forms.outcome_list,
    put=_put,
    covers=_covers,
)


@bp.route("/draft/<slug>/outcome", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def outcome_list(slug: str) -> ResponseReturnValue:
    """The outcomes of a course, for those who write it."""
    return answer(slug, TOPIC, _more)


def _more(found: Draft, document: Raw, _sheet: Sheet) -> dict[str, Any]:
    """Where each outcome is used, with the words for the links."""
    return {
        "uses": outcomes.uses(document),
        "known": service.readable_document(found).outcomes,
        "unit_numbers": {unit["key"]: number for number, unit in enumerate(document["units"], 1)},
        "criteria": [one["id"] for one in (document.get("practical") or {}).get("criteria", [])],
        "has_workplace": "workplace" in document,
        "has_practical": "practical" in document,
    }
