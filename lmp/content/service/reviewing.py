"""Asking for a review and deciding about it. Approving is publishing, and `versions.publish` is its only door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from lmp.access import Action, Actor, Role, ScopeKind, require
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import rules
from lmp.content.models import Course, CourseVersion, Draft, Review, Revision
from lmp.content.rules import ReviewState
from lmp.core import addresses, clock, db
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message
from lmp.notice import service as notice

_NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One request for review with the names of the people in it."""

    id: UUID
    number: int
    revision: int
    hash: str
    asked_by_id: UUID
    asked_by: str
    asked_at: datetime
    note: str
    reviewer: str | None
    state: ReviewState
    decided_by: str | None
    decided_at: datetime | None
    words: str
    published: int | None

    @property
    def asked_local(self) -> datetime:
        """When it was asked for, on the wall clock."""
        return clock.local(self.asked_at)

    @property
    def decided_local(self) -> datetime | None:
        """When it was decided, on the wall clock."""
        return clock.local(self.decided_at) if self.decided_at else None


def reviews(course_id: UUID, limit: int = 20) -> list[ReviewRow]:
    """The requests for review of a course, the newest first."""
    asked, named, decided = aliased(Person), aliased(Person), aliased(Person)
    rows: Iterable[tuple[Any, ...]] = db.session().execute(
        select(
            Review.id,
            Review.number,
            Review.revision,
            Review.hash,
            Review.asked_by_id,
            asked.name,
            Review.asked_at,
            Review.note,
            named.name,
            Review.state,
            decided.name,
            Review.decided_at,
            Review.words,
            Review.published,
        )
        .join(asked, asked.id == Review.asked_by_id)
        .outerjoin(named, named.id == Review.reviewer_id)
        .outerjoin(decided, decided.id == Review.decided_by_id)
        .where(Review.course_id == course_id)
        .order_by(Review.number.desc())
        .limit(limit)
    )
    return [ReviewRow(*row) for row in rows]


def newest_review(course_id: UUID) -> Review | None:
    """The newest request for review of a course, read from the database whatever the session knows."""
    newest = select(Review).where(Review.course_id == course_id).order_by(Review.number.desc()).limit(1)
    return db.session().scalar(newest.execution_options(populate_existing=True))


def reviewers(draft: Draft) -> list[Person]:
    """The people who may publish the draft as it is: trainers and administrators of the centre, but not its last author."""
    scope = str(draft.course.centre_id)
    found = {
        person.id: person
        for role in (Role.TRAINER, Role.CENTRE_ADMINISTRATOR)
        for person in accounts.holders(role, ScopeKind.CENTRE, scope)
        if person.id != draft.author_id
    }
    return list(found.values())


def writers(draft: Draft) -> list[str]:
    """The names of everybody who has written the course since its newest version, in the order they first did."""
    since = select(func.max(CourseVersion.published_at)).where(CourseVersion.course_id == draft.course_id)
    published_at = db.session().scalar(since)
    wrote = (
        select(Person.name)
        .join(Revision, Revision.author_id == Person.id)
        .where(Revision.course_id == draft.course_id)
        .group_by(Person.id, Person.name)
        .order_by(func.min(Revision.number))
    )
    if published_at is not None:
        wrote = wrote.where(Revision.saved_at > published_at)
    return list(db.session().scalars(wrote))


def claim(draft: Draft, seen: str) -> None:
    """Hold the draft against others who save it or decide about it. Raises Conflict unless it still says what was read."""
    held = db.session().execute(
        update(Draft)
        .where(Draft.course_id == draft.course_id, Draft.hash == seen, Draft.revision == draft.revision)
        .values(revision=Draft.revision)
        .execution_options(synchronize_session=False)
    )
    if seen != draft.hash or not isinstance(held, CursorResult) or held.rowcount != 1:
        raise Conflict(Message(N_("The draft has changed since you opened this page. Read what is new, then decide.")))


def ask_review(draft: Draft, *, note: str, reviewer_id: UUID | None, by: Actor) -> Review:
    """Ask for a review of the draft as it is, from one person or from everybody who may decide.

    A request that waits already is overtaken by the new one. Nothing else refuses it: what still stops publication is
    said, not demanded. Raises RuleBroken for a draft that is published as it is, or somebody who may not decide; Conflict when
    somebody else asks or saves at the same moment; NotAllowed.
    """
    require(by, Action.ASK_REVIEW, draft)
    cleaned = rules.check_length(note, "note")
    asked = _asked_people(draft, reviewer_id, by)
    claim(draft, draft.hash)
    check_new(draft)
    earlier = newest_review(draft.course_id)
    if earlier is not None:
        _close(earlier.id, ReviewState.OVERTAKEN, by)
    review = Review(
        course_id=draft.course_id,
        number=earlier.number + 1 if earlier is not None else 1,
        revision=draft.revision,
        hash=draft.hash,
        asked_by_id=by.id,
        asked_at=clock.now(),
        note=cleaned,
        reviewer_id=reviewer_id,
        state=ReviewState.OPEN,
        words="",
    )
    try:
        with db.session().begin_nested():
            db.session().add(review)
    except IntegrityError:
        raise Conflict(Message(N_("Somebody else asked for a review at the same moment."))) from None
    audit.record(by, "content.review_asked", draft.course, number=review.number, revision=review.revision)
    _tell("review.asked", "content/review_asked", asked, draft.course, review, said=cleaned, by=by.name)
    return review


def check_new(draft: Draft) -> None:
    """Raises RuleBroken when the newest version says what the draft says. An earlier one may: that is a roll back."""
    newest = select(CourseVersion.number, CourseVersion.hash).where(CourseVersion.course_id == draft.course_id)
    found = db.session().execute(newest.order_by(CourseVersion.number.desc()).limit(1)).first()
    if found is not None and found.hash == draft.hash:
        raise RuleBroken(Message(N_("This content is published already, as version %(number)s."), number=found.number))


def _asked_people(draft: Draft, reviewer_id: UUID | None, by: Actor) -> list[Person]:
    """Who is asked. Raises RuleBroken for somebody who may not decide."""
    able = [person for person in reviewers(draft) if person.id != by.id]
    if reviewer_id is None:
        return able
    named = [person for person in able if person.id == reviewer_id]
    if not named:
        raise RuleBroken(Message(N_("This person may not decide about this draft. Choose somebody else.")), "reviewer")
    return named


def withdraw_review(draft: Draft, review_id: UUID, *, by: Actor) -> None:
    """Take a request back before anybody decided. Raises Conflict when it is decided, NotAllowed."""
    require(by, Action.ASK_REVIEW, draft)
    hold_open(draft, review_id)
    _close(review_id, ReviewState.WITHDRAWN, by)
    audit.record(by, "content.review_withdrawn", draft.course, revision=draft.revision)


def send_back(draft: Draft, review_id: UUID, *, words: str, seen: str, by: Actor) -> None:
    """Send the draft back to its authors with a reason. `seen` is the hash of the draft that was read.

    Raises NotAllowed for everybody but a reviewer of the centre who did not write last, RuleBroken for a missing reason,
    Conflict when the draft has changed or somebody else has decided.
    """
    require(by, Action.SEND_BACK_DRAFT, draft)
    cleaned = rules.check_words(words, N_("Write what has to be changed."), "words")
    claim(draft, seen)
    review = hold_open(draft, review_id)
    _close(review_id, ReviewState.SENT_BACK, by, words=cleaned)
    audit.record(by, "content.review_sent_back", draft.course, revision=draft.revision, reason=cleaned)
    _tell_authors(draft, review, "content/review_sent_back", by, said=cleaned)


def hold_open(draft: Draft, review_id: UUID) -> Review:
    """The request, if it is the newest one of the course and still open. Raises Conflict with who was first."""
    review = newest_review(draft.course_id)
    if review is None or review.id != review_id or review.state is not ReviewState.OPEN:
        raise Conflict(_decided(review))
    return review


def _decided(review: Review | None) -> Message:
    """Why a request cannot be decided any more."""
    if review is None or review.decided_by_id is None:
        return Message(N_("This request for review is not open any more."))
    who = accounts.person(review.decided_by_id).name
    if review.state is ReviewState.SENT_BACK:
        return Message(N_("%(name)s has sent this draft back in the meantime."), name=who)
    if review.state is ReviewState.APPROVED:
        return Message(
            N_("%(name)s has published this draft in the meantime, as version %(number)s."),
            name=who,
            number=review.published or 0,
        )
    return Message(N_("This request for review is not open any more."))


def approve(draft: Draft, number: int, *, by: Actor) -> None:
    """What publishing says to a request that waits: it is approved, and its people hear it."""
    review = newest_review(draft.course_id)
    if review is None or review.state is not ReviewState.OPEN:
        return
    _close(review.id, ReviewState.APPROVED, by, published=number)
    _tell_authors(draft, review, "content/review_approved", by, number=number)


def _close(review_id: UUID, state: ReviewState, by: Actor, **values: Any) -> None:
    """End a request that is open; one that is not stays as it is."""
    db.session().execute(
        update(Review)
        .where(Review.id == review_id, Review.state == ReviewState.OPEN)
        .values(state=state, decided_by_id=by.id, decided_at=clock.now(), **values)
        .execution_options(synchronize_session="fetch")
    )


def _tell_authors(draft: Draft, review: Review, template: str, by: Actor, said: str = "", **values: Any) -> None:
    """Tell whoever asked and whoever wrote last, but nobody what they did themselves."""
    people = {who for who in (review.asked_by_id, draft.author_id) if who is not None and who != by.id}
    readers = [accounts.person(who) for who in sorted(people)]
    _tell("review.decided", template, readers, draft.course, review, said=said, by=by.name, **values)


def _tell(
    key: str, template: str, people: Iterable[Person], course: Course, review: Review, *, said: str, **values: Any
) -> None:
    """A notice to each of them, and a mail as they wish."""
    for person in people:
        notice.tell(
            key,
            person,
            template,
            page=addresses.page("content.review", slug=course.slug),
            topic=notice.Topic(course.id, course.title),
            subject=review.id,
            detail=said or _NOTHING,
            once=f"{template}:{review.id}",
            title=course.title,
            words=said,
            **values,
        )
