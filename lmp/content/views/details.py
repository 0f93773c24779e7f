"""What a course says of itself: names, for whom, minutes by strand, sources."""

from typing import Any

from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.document.unwritten import NAME
from lmp.content.editing import Raw, plans
from lmp.content.forms import plans as forms
from lmp.content.models import Draft
from lmp.content.policy import STRANDS
from lmp.content.views.blueprint import bp
from lmp.content.views.sheets import Topic, answer
from lmp.network import service as network
from lmp.web import pages
from lmp.web.language import current_language
from lmp.web.rows import Reshaped, Sheet, Typed

_KEYS = ("title", "summary", "audience", "regulated", "fields", "licence", "minutes", "sources", "notes")


def _holder(document: Raw) -> Raw:
    """What the page edits."""
    return {key: document[key] for key in _KEYS if key in document}


def _put(document: Raw, after: Raw, _values: Typed) -> None:
    """The course as it was, with what the page edits; once a field is chosen, the one still to be chosen goes."""
    for key in _KEYS:
        document.pop(key, None)
    chosen = [name for name in after["fields"] if name != NAME]
    document.update(after, fields=chosen or after["fields"])


def _take_sums(values: Typed, document: Raw) -> Reshaped:
    """The minutes that the parts add up to."""
    sums = {f"minutes-{strand}": [str(minutes)] for strand, minutes in plans.part_sums(document).items()}
    return Reshaped({**values, **sums}, "minutes")


def _covers(path: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """The findings that are repaired here."""
    return path if path[:1] and path[0] in _KEYS and path[0] != "outcomes" else None


TOPIC = Topic(
    endpoint="content.details",
    template="content/plans/details.html",
    part="course",
    holder=_holder,
    fields=lambda _document: forms.details([one.slug for one in network.fields()]),
    put=_put,
    covers=_covers,
    acts={"sums": _take_sums},
)


@bp.route("/draft/<slug>/details", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def details(slug: str) -> ResponseReturnValue:
    """What a course says of itself, for those who write it."""
    return answer(slug, TOPIC, _more)


def _more(found: Draft, document: Raw, _sheet: Sheet) -> dict[str, Any]:
    """The fields of the network, and how the planned minutes stand beside what the parts add up to."""
    sums = plans.part_sums(document)
    return {
        "fields": [(one.slug, one.name.in_language(current_language())) for one in network.fields()],
        "strands": [(strand, document["minutes"][strand], sums.get(strand)) for strand in STRANDS],
        "differs": any(
            sums.get(strand, document["minutes"][strand]) != document["minutes"][strand] for strand in STRANDS
        ),
        "units": service.draft_outline(found),
    }
