"""What happens away from the screen: the days at the company or face to face, and the practical test."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.editing import Part, Place, Raw, plans
from lmp.content.editing.plans import PlanName
from lmp.content.forms import plans as forms
from lmp.content.forms.sheets import Fields
from lmp.content.models import Draft, Verb
from lmp.content.views.blueprint import bp
from lmp.content.views.sheets import Reshape, Topic, answer
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.web import pages, rows
from lmp.web.rows import Reshaped, Sheet, Typed


def _ten_days(values: Typed, _document: Raw) -> Reshaped:
    """New days until there are ten."""
    made = Reshaped(values, "days")
    while len([one for one in Sheet(made.values).rows("days") if not one.is_gone]) < plans.USUAL_DAYS:
        made = rows.reshape(made.values, "add:days", forms.FRESH_DAY)
    return made


def _topic(
    name: Part, fields: Callable[[Raw], Fields], fresh: Mapping[str, Typed], acts: Mapping[str, Reshape] | None = None
) -> Topic:
    """A plan: the part of the course under its name, on the page of its name; findings inside it begin below that name."""

    def put(document: Raw, after: Raw, _values: Typed) -> None:
        document[name] = after

    return Topic(
        endpoint=f"content.{name}",
        template=f"content/plans/{name}.html",
        part=name,
        holder=lambda document: document.get(name) or {},
        fields=fields,
        put=put,
        covers=lambda path: path[1:] if path[:1] == (name,) else None,
        fresh=fresh,
        acts=acts or {},
    )


WORKPLACE = _topic("workplace", forms.workplace, forms.FRESH_DAY, {"ten": _ten_days})
MEETING = _topic("meeting", forms.meeting, forms.FRESH_MEETING)
PRACTICAL = _topic("practical", forms.practical, forms.FRESH_CRITERION)


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
    found = service.draft_to_write(slug, by=pages.actor())
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
        "title": service.readable_document(found).title,
        "topic": topic.endpoint,
        "name": name,
        "why_not": plans.why_not(document, name),
    }


@bp.route("/draft/<slug>/practical", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def practical(slug: str) -> ResponseReturnValue:
    """The practical test, for those who write the course."""
    found = service.draft_to_write(slug, by=pages.actor())
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
            title=service.readable_document(found).title,
            topic="content.practical",
            name="practical",
            why_not=None,
        )
    return answer(slug, PRACTICAL, _more)


def _more(found: Draft, document: Raw, _sheet: Sheet) -> dict[str, Any]:
    """The outcomes to tick, and what the parts add up to."""
    return {
        "outcomes": service.readable_document(found).outcomes,
        "minutes": document["minutes"],
        "sums": plans.part_sums(document),
        "can_go": plans.why_not(document, "workplace") is not None,
        "shape": document["shape"],
    }
