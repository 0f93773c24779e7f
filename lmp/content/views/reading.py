"""One unit of a draft as its reviewer reads it: both languages, what is new, what was said, and room to say more."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.differences import Difference
from lmp.content.document import AnyQuestion, CourseDocument, Unit
from lmp.content.editing import Part, Place
from lmp.content.forms.review import CommentForm
from lmp.content.models import CourseVersion, Draft
from lmp.content.naming import Names
from lmp.content.render import RenderedBlock
from lmp.content.views.blueprint import bp
from lmp.content.views.commenting import may_comment, place_said, say
from lmp.content.views.comparing import grouped, said_change
from lmp.core.ids import new_id
from lmp.core.messages import N_, Message
from lmp.web import pages

#: The parts of a course that are no unit, as a comment names them.
COURSE_PARTS: tuple[tuple[Part, Message], ...] = (
    ("course", Message(N_("Course details"))),
    ("outcomes", Message(N_("Outcomes"))),
    ("units", Message(N_("Order of the units"))),
    ("workplace", Message(N_("On-the-job training"))),
    ("meeting", Message(N_("Face-to-face training"))),
    ("practical", Message(N_("Practical test"))),
    ("glossary", Message(N_("Glossary"))),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One block or question of a unit: how it is shown in each language, what is new in it, what was said."""

    part: Part
    id: str
    name: Message
    kind: str
    tone: str
    turkish: RenderedBlock | None
    english: RenderedBlock | None
    question: AnyQuestion | None
    difference: Difference | None
    threads: tuple[service.Thread, ...]


@bp.route("/draft/<slug>/review/unit/<key>", methods=["GET", "POST"])
@pages.needs(Action.SEE_DRAFT)
def review_unit(slug: str, key: str) -> ResponseReturnValue:
    """A unit in both languages, block by block, with what is new since the newest version and the comments."""
    found = service.see_draft(slug, viewer=pages.actor())
    wanted = service.draft_unit(found, key)
    form = CommentForm()
    if request.method == "POST" and (answer := _said(found, form, key)) is not None:
        return answer
    document = service.readable_document(found)
    current = service.find_current(found.course_id)
    news = _news(found, current, key)
    places = service.at_places(service.threads(found.course_id), key)
    items = _items(found, document, wanted, news, places)
    return pages.render(
        "content/review/unit.html",
        form=form if form.status != 200 else None,
        draft=found,
        document=document,
        unit=wanted,
        number=document.number_of(wanted),
        current=current,
        items=items,
        others=_others(news, items),
        unit_threads=places.get(("unit", ""), []),
        gone_threads=_of_gone(places, items),
        said_change=said_change,
        **_shared(found, slug),
    ), form.status


@bp.route("/draft/<slug>/review/course", methods=["GET", "POST"])
@pages.needs(Action.SEE_DRAFT)
def review_course(slug: str) -> ResponseReturnValue:
    """What is new in the course outside of its units, and the comments about it."""
    found = service.see_draft(slug, viewer=pages.actor())
    form = CommentForm()
    if request.method == "POST" and (answer := _said(found, form, "")) is not None:
        return answer
    document = service.readable_document(found)
    current = service.find_current(found.course_id)
    said = service.at_places(service.threads(found.course_id), "")
    return pages.render(
        "content/review/course.html",
        form=form if form.status != 200 else None,
        draft=found,
        document=document,
        current=current,
        groups=grouped(_news(found, current, ""), document),
        parts=_parts(document, said),
        said=said,
        **_shared(found, slug),
    ), form.status


#: Parts that not every course has.
_PLANS = frozenset({"workplace", "meeting", "practical"})


def _parts(document: CourseDocument, said: Collection[tuple[str, str]]) -> list[tuple[Part, Message]]:
    """The parts that a course has, or that somebody spoke about."""
    gone = {part for part in _PLANS if getattr(document, part) is None and (part, "") not in said}
    return [(part, words) for part, words in COURSE_PARTS if part not in gone]


def _shared(found: Draft, slug: str) -> dict[str, object]:
    """What both pages need beside their matter."""
    return {
        "may_comment": may_comment(found),
        "key": lambda: str(new_id()),
        "media_url": lambda name: url_for("content.draft_media", slug=slug, name=name),
        "media_size": lambda name: service.picture_size(service.medium_of(found, name)),
    }


def _said(found: Draft, form: CommentForm, unit: str) -> ResponseReturnValue | None:
    """Write what the form says and go back to its place; None where the page is shown again with what is wrong."""
    done = say(found, form, unit, request.form.get("act", "comment"))
    if done is None:
        return None
    pages.notify("ok", done)
    return redirect(_back(found, place_said(form, unit)), 303)


def _back(found: Draft, place: Place) -> str:
    """Where somebody was when they wrote."""
    slug = found.course.slug
    anchor = f"{'block' if place.part == 'block' else place.part}-{place.id}" if place.id else place.part
    if not place.unit:
        return url_for("content.review_course", slug=slug, _anchor=anchor)
    return url_for("content.review_unit", slug=slug, key=place.unit, _anchor=anchor)


def _news(found: Draft, current: CourseVersion | None, unit: str) -> list[Difference]:
    """What is new in a unit since the newest version; nothing is called new in a course that has none."""
    news = service.differences_since(found, current) if current is not None else []
    return [one for one in news if one.change.thing.unit == unit]


def _items(
    found: Draft,
    document: CourseDocument,
    unit: Unit,
    news: list[Difference],
    places: dict[tuple[str, str], list[service.Thread]],
) -> list[Item]:
    """The blocks of a unit in order, a question where it is asked; then the questions that only the quiz draws."""
    turkish, english = (
        {one.id: one for one in service.render_draft_unit(found, unit.key, lang)} for lang in ("tr", "en")
    )
    called = Names(found.document)
    changed = {(str(one.change.thing.sort), one.change.thing.name): one for one in news}
    questions, items = {question.key: question for question in unit.questions}, []
    for block in unit.blocks:
        asked = questions.pop(block.ask, None) if block.kind == "question" else None
        part, name = ("question", asked.key) if asked is not None else ("block", block.id)
        items.append(
            Item(
                part=part,  # type: ignore[arg-type]  # one of two literals
                id=name,
                name=called.thing(unit.key, part, name) or Message(""),
                kind=block.kind,
                tone=getattr(block, "tone", ""),
                turkish=replace(turkish[block.id], id=f"tr-{block.id}"),
                english=replace(english[block.id], id=f"en-{block.id}"),
                question=asked,
                difference=changed.get((part, name)),
                threads=tuple(places.get((part, name), ())),
            )
        )
    for key, question in questions.items():
        news_of, said = changed.get(("question", key)), tuple(places.get(("question", key), ()))
        words = called.thing(unit.key, "question", key) or Message("")
        items.append(Item("question", key, words, "question", "", None, None, question, news_of, said))
    return items


def _others(news: list[Difference], items: list[Item]) -> list[Difference]:
    """What is new in the unit and stands at no block or question that is there."""
    shown = {id(item.difference) for item in items}
    return [one for one in news if id(one) not in shown]


def _of_gone(places: dict[tuple[str, str], list[service.Thread]], items: list[Item]) -> list[service.Thread]:
    """Comments on blocks and questions that are not there any more."""
    there = {("unit", ""), *((item.part, item.id) for item in items)}
    return [thread for place, found in places.items() if place not in there for thread in found]
