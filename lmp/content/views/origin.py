"""What a copy is offered by its origin: seen beside one's own text and decided piece by piece."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import differences, service
from lmp.content.differences import Row
from lmp.content.document import CourseDocument
from lmp.content.editing.offers import Offer, Thing
from lmp.content.forms.archives import DecideForm
from lmp.content.models import Draft
from lmp.content.naming import Names, block_name, first_words, question_name
from lmp.content.service import origins
from lmp.content.views.blueprint import bp
from lmp.content.views.comparing import unit_name
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.web import pages

#: A page shows so many things to decide; more are counted and come when these are decided.
MOST_SHOWN = 60
_KINDS = {
    "added": N_("New there: %(thing)s"),
    "changed": N_("Changed there: %(thing)s"),
    "removed": N_("Removed there: %(thing)s"),
}
_DETAILS = {
    "title": N_("title"),
    "summary": N_("summary"),
    "audience": N_("for whom the course is"),
    "regulated": N_("legal remark"),
    "minutes": N_("hours of the strands"),
    "policy": N_("completion rules"),
    "test": N_("test before and after"),
    "licence": N_("licence"),
    "sources": N_("sources"),
    "notes": N_("notes"),
}
_NAMED = {
    "outcome": N_("outcome “%(name)s”"),
    "criterion": N_("criterion “%(name)s”"),
    "term": N_("term “%(name)s”"),
}
_PLANS = {"workplace": N_("workplace plan"), "meeting": N_("meeting plan"), "practical": N_("practical test")}
_DAYS = {"workplace": N_("workplace day %(name)s"), "meeting": N_("meeting day %(name)s")}
#: Marks for programs that no reader meets.
_UNREAD = frozenset({"@files", "origin", "translation"})
_TAKEN = P_("%(n)s thing was taken from the origin.", "%(n)s things were taken from the origin.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to decide: its sentence, own text beside the new one, and what changed at the origin itself."""

    offer: Offer
    sentence: Message
    rows: tuple[Row, ...]
    there: tuple[Row, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"offer-{self.offer.thing.sort}-{self.offer.seen}"


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one unit; `name` is None for the course as a whole."""

    name: Message | None
    shown: list[Shown]


@bp.route("/draft/<slug>/origin", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def origin(slug: str) -> ResponseReturnValue:
    """What the origin of a copy changed since; nothing is taken by itself."""
    draft, form = service.see_draft(slug, viewer=pages.actor()), DecideForm()
    if form.sent():
        try:
            _decide(slug, form)
        except RuleBroken as broken:
            form.show(broken)
        else:
            return redirect(url_for("content.origin", slug=slug), 303)
    return _origin_page(draft, form), form.status


def _decide(slug: str, form: DecideForm) -> None:
    """Do what was pressed. Raises RuleBroken."""
    by, thing, seen = pages.actor(), form.thing.data or "", form.seen.data or ""
    act = request.form.get("act")
    if act == "take_easy":
        count = origins.take_easy(slug, seen, by=by)
        pages.notify("ok", Message(*_TAKEN, n=count))
    elif act == "take":
        origins.take(slug, thing, seen, by=by)
        pages.notify("ok", Message(*_TAKEN, n=1))
    elif act == "keep":
        origins.keep_own(slug, thing, seen, by=by)
        pages.notify("ok", Message(N_("Your text stays. It is offered again when the origin changes it again.")))
    else:
        origins.settle(slug, by=by)


def _origin_page(draft: Draft, form: DecideForm) -> str:
    """Everything to decide, under the unit it belongs to."""
    found = origins.offered(draft)
    theirs = CourseDocument.model_validate(found.version.document)
    return pages.render(
        "content/shelf/origin.html",
        form=form,
        draft=draft,
        document=service.readable_document(draft),
        found=found,
        groups=_grouped(found.offers[:MOST_SHOWN], theirs),
        left_out=max(len(found.offers) - MOST_SHOWN, 0),
        easy=len(found.easy),
        easy_seen=origins.mark_of_easy(found),
    )


def _grouped(found: list[Offer], theirs: CourseDocument) -> list[Group]:
    """Offers under the units of the origin, those of the course first."""
    names = {unit.key: unit_name(number, unit.title.tr, unit.title.en) for number, unit in enumerate(theirs.units, 1)}
    called = Names(theirs.model_dump(mode="json"))
    groups: dict[str, Group] = {}
    for one in found:
        key = one.thing.unit if one.thing.sort in ("unit", "block", "question") else ""
        name = names.get(key, Message(N_("Unit %(key)s"), key=key)) if key else None
        groups.setdefault(key, Group(name, [])).shown.append(_shown(one, called))
    return [groups[key] for key in sorted(groups, key=lambda key: ["", *names].index(key) if key in names else 0)]


def _shown(one: Offer, called: Names) -> Shown:
    """An offer as the page shows it."""
    sentence = Message(_KINDS[one.kind], thing=_said(one, called))
    own, old, new = (_readable(one.thing, value) for value in (one.own, one.old, one.new))
    there = differences.rows(old, new) if one.conflict and old is not None else ()
    return Shown(one, sentence, differences.rows(own, new), there)


def _readable(thing: Thing, value: Any) -> Any:
    """A value without marks for programs; a detail of the course under its name."""
    if value is None or thing.sort == "detail":
        return None if value is None else {thing.name: value}
    hidden = _UNREAD | {"id"} if "prompt" in value else _UNREAD
    return {key: inner for key, inner in value.items() if key not in hidden}


def _said(one: Offer, called: Names) -> Message:
    """What a thing is called: by its own words, or those of the origin."""
    thing, value = one.thing, one.own or one.new or one.old or {}
    if thing.sort == "detail":
        return Message(_DETAILS[thing.name])
    if thing.sort == "unit":
        return Message(N_("title and details"))
    if thing.sort == "plan":
        return Message(_PLANS[thing.unit])
    if thing.sort == "day":
        return Message(_DAYS[thing.unit], name=thing.name)
    if thing.sort == "term":
        return Message(_NAMED["term"], name=thing.name)
    if thing.sort in _NAMED:
        return Message(_NAMED[thing.sort], name=first_words(value["text"]))
    there = called.thing(thing.unit, thing.sort, thing.name)
    return there or (question_name(value) if thing.sort == "question" else block_name(value, {}))
