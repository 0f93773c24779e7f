"""What happens away from the screen: the days at the company or face to face, and the practical test."""

from collections.abc import Callable
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.editing import Part, Place, Raw, plans
from lmp.content.editing.plans import PlanName
from lmp.content.forms import plans as forms
from lmp.content.models import Draft, Verb
from lmp.content.views.blueprint import bp
from lmp.content.views.sheets import Topic, answer, draft_to_write
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages, rows
from lmp.web.rows import Reshaped, Sheet, Typed


def _put(part: Part) -> Callable[[Raw, Raw, Typed], None]:
    """Puts a plan back under its name."""

    def put(document: Raw, after: Raw, _values: Typed) -> None:
        document[part] = after

    return put


def _covers(part: Part) -> Callable[[tuple[str | int, ...]], tuple[str | int, ...] | None]:
    """The findings inside a plan; their path in the form begins below it."""

    def covers(path: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
        return path[1:] if path[:1] == (part,) else None

    return covers


def _ten_days(values: Typed, _document: Raw) -> Reshaped:
    """New days until there are ten."""
    made = Reshaped(values, "days")
    while len([one for one in Sheet(made.values).rows("days") if not one.is_gone]) < plans.USUAL_DAYS:
        made = rows.reshape(made.values, "add:days", forms.FRESH_DAY)
    return made


WORKPLACE = Topic(
    endpoint="content.workplace",
    template="content/plans/workplace.html",
    part="workplace",
    holder=lambda document: document.get("workplace") or {},
    fields=forms.workplace,
    put=_put("workplace"),
    covers=_covers("workplace"),
    fresh=forms.FRESH_DAY,
    acts={"ten": _ten_days},
)
MEETING = Topic(
    endpoint="content.meeting",
    template="content/plans/meeting.html",
    part="meeting",
    holder=lambda document: document.get("meeting") or {},
    fields=forms.meeting,
    put=_put("meeting"),
    covers=_covers("meeting"),
    fresh=forms.FRESH_MEETING,
)
PRACTICAL = Topic(
    endpoint="content.practical",
    template="content/plans/practical.html",
    part="practical",
    holder=lambda document: document.get("practical") or {},
    fields=forms.practical,
    put=_put("practical"),
    covers=_covers("practical"),
    fresh=forms.FRESH_CRITERION,
)


@bp.route("/draft/<slug>/workplace", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def workplace(slug: str) -> ResponseReturnValue:
    """The days at the company, for those who write the course."""
    return _plan(slug, WORKPLACE, "workplace")


@bp.route("/draft/<slug>/meeting", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def meeting(slug: str) -> ResponseReturnValue:
    """The days face to face, for those who write the course."""
    return _plan(slug, MEETING, "meeting")


def _plan(slug: str, topic: Topic, name: PlanName) -> ResponseReturnValue:
    """The form of a plan, or why there is none."""
    found = draft_to_write(slug)
    document = service.raw_document(found)
    asked = request.form.get("plan", "")
    if asked in ("add", "remove"):
        return _with_or_without(slug, topic, name, asked)
    if name not in document:
        return pages.render("content/plans/none.html", **_absent(found, document, topic, name))
    return answer(slug, topic, _more)


def _with_or_without(slug: str, topic: Topic, name: PlanName, asked: str) -> ResponseReturnValue:
    """Give a course its plan, or take out one that its shape does not ask for."""
    change: Callable[[Raw, PlanName], None] = plans.add_plan if asked == "add" else plans.remove_plan
    verb = Verb.ADD if asked == "add" else Verb.REMOVE
    try:
        act = service.Act(verb, Place(topic.part))
        service.edit(slug, lambda document: change(document, name), act, by=pages.actor())
    except RuleBroken as broken:
        pages.notify("bad", broken.message)
    else:
        pages.notify("ok", Message(N_("Saved.")))
    return redirect(url_for(topic.endpoint, slug=slug), 303)


def _absent(found: Draft, document: Raw, topic: Topic, name: PlanName) -> dict[str, Any]:
    """What the page says where there is no plan."""
    return {
        "draft": found,
        "slug": found.course.slug,
        "title": service.draft_document(found).title,
        "topic": topic.endpoint,
        "name": name,
        "why_not": plans.why_not(document, name),
    }


@bp.route("/draft/<slug>/practical", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def practical(slug: str) -> ResponseReturnValue:
    """The practical test, for those who write the course."""
    found = draft_to_write(slug)
    if request.form.get("plan") == "add":
        act = service.Act(Verb.ADD, Place("practical"))
        service.edit(slug, plans.add_practical, act, by=pages.actor())
        pages.notify("ok", Message(N_("Saved.")))
        return redirect(url_for("content.practical", slug=slug), 303)
    document = service.raw_document(found)
    if "practical" not in document:
        return pages.render(
            "content/plans/none.html",
            draft=found,
            slug=slug,
            title=service.draft_document(found).title,
            topic="content.practical",
            name="practical",
            why_not=None,
        )
    return answer(slug, PRACTICAL, _more)


def _more(found: Draft, document: Raw, _sheet: Sheet) -> dict[str, Any]:
    """The outcomes to tick, and what the parts add up to."""
    return {
        "outcomes": service.draft_document(found).outcomes,
        "minutes": document["minutes"],
        "sums": plans.part_sums(document),
        "can_go": plans.why_not(document, "workplace") is not None,
        "shape": document["shape"],
    }
