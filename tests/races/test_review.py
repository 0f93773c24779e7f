"""Two reviewers who decide at the same moment: one decides, the other reads who was first."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lmp.access import Actor
from lmp.content import service
from lmp.content.models import CourseVersion, Review
from lmp.content.rules import ReviewState
from lmp.core import db
from lmp.core.errors import Conflict, RuleBroken
from tests.builders.accounts import a_centre, a_trainer, acting
from tests.builders.content import FIRST_NOTE, a_draft
from tests.builders.review import asked
from tests.races.hands import ROUNDS, at_once

pytestmark = pytest.mark.usefixtures("app")


def _waiting() -> tuple[UUID, str, Actor, Actor]:
    """A draft that waits, what it says, and two people who may decide about it."""
    with db.transaction():
        author = a_trainer(a_centre(), "Yazar Demo")
        draft = a_draft(author)
        review = asked(draft, author)
        first, second = (acting(a_trainer(a_centre(), f"İnceleyen {number}")) for number in (1, 2))
        return review.id, draft.hash, first, second


def _publishes(by: Actor, seen: str, review_id: UUID | None) -> Callable[[], str]:
    def act() -> str:
        try:
            with db.transaction():
                draft = service.draft("demo-kurs")
                service.publish(draft, by=by, note=FIRST_NOTE, seen=seen, review_id=review_id)
        except Conflict:
            return "late"
        except RuleBroken:
            return "published already"
        return "published"

    return act


def _sends_back(by: Actor, seen: str, review_id: UUID) -> Callable[[], str]:
    def act() -> str:
        try:
            with db.transaction():
                service.send_back(service.draft("demo-kurs"), review_id, words="Kaynak eksik.", seen=seen, by=by)
        except Conflict:
            return "late"
        return "sent back"

    return act


def _state(review_id: UUID) -> tuple[ReviewState | None, int]:
    with db.reading() as session:
        state = session.scalar(select(Review.state).where(Review.id == review_id))
        return state, session.scalar(select(func.count()).select_from(CourseVersion)) or 0


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_publishes_and_one_sends_back_but_not_both(_round: int) -> None:
    review_id, seen, first, second = _waiting()
    outcomes = at_once([_publishes(first, seen, review_id), _sends_back(second, seen, review_id)])
    expected = {
        "published": (Counter({"published": 1, "late": 1}), (ReviewState.APPROVED, 1)),
        "sent back": (Counter({"sent back": 1, "late": 1}), (ReviewState.SENT_BACK, 0)),
    }
    assert (outcomes, _state(review_id)) in expected.values()


@pytest.mark.parametrize("_round", ROUNDS)
@pytest.mark.parametrize("with_request", [True, False])
def test_two_who_publish_make_one_version(_round: int, with_request: bool) -> None:
    review_id, seen, first, second = _waiting()
    named = review_id if with_request else None
    outcomes = at_once([_publishes(first, seen, named), _publishes(second, seen, named)])
    assert outcomes == Counter({"published": 1, "late" if with_request else "published already": 1})
    assert _state(review_id) == (ReviewState.APPROVED, 1)
