"""What reviewers and authors say to each other beside the blocks of a draft."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import rules
from lmp.content.document import LANGS
from lmp.content.editing import Place, block_in, question_in, unit_in
from lmp.content.models import Draft, Review, ReviewComment
from lmp.content.rules import ReviewState
from lmp.content.service import reviewing
from lmp.core import clock, db
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message

_EMPTY = N_("Write your comment.")


@dataclass(frozen=True, slots=True)
class Said:
    """One comment or answer, with its author's name."""

    id: UUID
    author_id: UUID
    author: str
    written_at: datetime
    text: str

    @property
    def at(self) -> datetime:
        """When it was written, on the wall clock."""
        return clock.local(self.written_at)


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment at a place, its answers in order, and who settled it."""

    place: Place
    #: The language it is about; empty for both.
    lang: str
    first: Said
    answers: tuple[Said, ...]
    resolved_by: str | None
    resolved_at: datetime | None

    @property
    def id(self) -> UUID:
        """The comment's id."""
        return self.first.id

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.resolved_at is None


def threads(course_id: UUID) -> list[Thread]:
    """The comments on a course since its newest published version, in the order they were written."""
    resolver = aliased(Person)
    published = select(func.coalesce(func.max(Review.number), 0)).where(
        Review.course_id == course_id, Review.state == ReviewState.APPROVED
    )
    rows = (
        db.session()
        .execute(
            select(ReviewComment, Person.name, resolver.name)
            .join(Review, Review.id == ReviewComment.review_id)
            .join(Person, Person.id == ReviewComment.author_id)
            .outerjoin(resolver, resolver.id == ReviewComment.resolved_by_id)
            .where(Review.course_id == course_id, Review.number > published.scalar_subquery())
            .order_by(ReviewComment.written_at, ReviewComment.id)
        )
        .all()
    )
    answers: dict[UUID, list[Said]] = defaultdict(list)
    for row, author, _resolver in rows:
        if row.answers_id is not None:
            answers[row.answers_id].append(_said(row, author))
    return [
        Thread(
            Place(row.part, row.unit_key, row.thing),
            row.lang,
            _said(row, author),
            tuple(answers[row.id]),
            resolved_by,
            row.resolved_at,
        )
        for row, author, resolved_by in rows
        if row.answers_id is None
    ]


def _said(row: ReviewComment, author: str) -> Said:
    return Said(row.id, row.author_id, author, row.written_at, row.text)


def at_places(found: Iterable[Thread], unit: str) -> dict[tuple[str, str], list[Thread]]:
    """The threads of a unit (of the course itself where it is empty) by part and id, as pages place them."""
    places: dict[tuple[str, str], list[Thread]] = defaultdict(list)
    for thread in found:
        if thread.place.unit == unit:
            places[thread.place.part, thread.place.id].append(thread)
    return places


def may_comment(draft: Draft) -> bool:
    """Whether the newest request for review is one that people still talk about: it waits, or it was sent back."""
    return _talked_about(draft) is not None


def _talked_about(draft: Draft) -> Review | None:
    """The request that comments belong to."""
    review = reviewing.newest_review(draft.course_id)
    return review if review is not None and review.state in (ReviewState.OPEN, ReviewState.SENT_BACK) else None


def comment(draft: Draft, place: Place, *, text: str, lang: str = "", by: Actor) -> ReviewComment:
    """Say something about one place of a draft that is in review, or that was sent back.

    Raises NotFound for a place that is not there, RuleBroken for an empty or too long text or a draft that is not in review.
    """
    require(by, Action.COMMENT_DRAFT, draft)
    cleaned = rules.check_words(text, _EMPTY, "text")
    _check_place(draft, place)
    return _write(draft, place, lang if lang in LANGS else "", cleaned, by)


def answer(draft: Draft, comment_id: UUID, *, text: str, by: Actor) -> ReviewComment:
    """Answer a comment. Raises NotFound, RuleBroken."""
    require(by, Action.COMMENT_DRAFT, draft)
    asked = _comment(draft, comment_id)
    cleaned = rules.check_words(text, _EMPTY, "text")
    return _write(draft, Place(asked.part, asked.unit_key, asked.thing), asked.lang, cleaned, by, asked.id)


def resolve(draft: Draft, comment_id: UUID, *, by: Actor, done: bool = True) -> None:
    """Call a comment settled, or take that back. Done twice it is done once. Raises NotFound."""
    require(by, Action.COMMENT_DRAFT, draft)
    found = _comment(draft, comment_id)
    if (found.resolved_at is not None) == done:
        return
    db.session().execute(
        update(ReviewComment)
        .where(ReviewComment.id == found.id)
        .values(resolved_by_id=by.id if done else None, resolved_at=clock.now() if done else None)
        .execution_options(synchronize_session="fetch")
    )
    audit.record(by, "content.review_comment_resolved", draft.course, comment=str(found.id), done=done)


def _write(
    draft: Draft, place: Place, lang: str, text: str, by: Actor, answers_id: UUID | None = None
) -> ReviewComment:
    """The row. Raises RuleBroken when nobody asked for a review."""
    review = _talked_about(draft)
    if review is None:
        raise RuleBroken(Message(N_("Comments are possible once somebody has asked for a review of this draft.")))
    made = ReviewComment(
        review_id=review.id,
        answers_id=answers_id,
        part=place.part,
        unit_key=place.unit,
        thing=place.id,
        lang=lang,
        text=text,
        author_id=by.id,
        written_at=clock.now(),
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "content.review_commented", draft.course, place=place.as_list())
    return made


def _check_place(draft: Draft, place: Place) -> None:
    """Raises NotFound for a unit, block or question that the draft does not have."""
    if place.part == "unit":
        unit_in(draft.document, place.unit)
    elif place.part == "block":
        block_in(draft.document, place.unit, place.id)
    elif place.part == "question":
        question_in(draft.document, place.unit, place.id)


def _comment(draft: Draft, comment_id: UUID) -> ReviewComment:
    """A comment (no answer) on this course. Raises NotFound."""
    found = db.session().get(ReviewComment, comment_id)
    if found is None or found.answers_id is not None or found.review.course_id != draft.course_id:
        raise NotFound
    return found
