"""A unit's last step taken by many hands at once, through HTTP: its minutes are posted once, on both databases."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from lmp.audit.models import AuditEntry
from lmp.core import db
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.learning import service
from lmp.learning.models import Answer, QuizAttempt
from tests.builders.content import RIGHT
from tests.builders.enrolment import a_running_enrolment
from tests.builders.learning import a_quiz, answered, checks_answered, filled_in, quiz_taken
from tests.races.hands import ROUNDS, at_once
from tests.visitor import Visitor

HANDS = 12
UNIT = "hazirlik"
Act = Callable[[], str]


class Hand:
    """One browser of the teacher; the same person may have several."""

    def __init__(self, app: Flask, enrolment_id: UUID) -> None:
        """Sign in and fetch the token that forms carry."""
        self.visitor = Visitor(app)
        with db.reading() as session:
            self.visitor.sign_in(session.get_one(Enrolment, enrolment_id).person)
        self.unit = f"/tr/training/{enrolment_id}/unit/{UNIT}"
        self.token = self.visitor.open(self.unit).all("input", name="csrf_token")[0].get("value")

    def send(self, path: str, **values: object) -> str:
        """Send a form; answers the status."""
        return str(self.visitor.client.post(path, data={"csrf_token": self.token, **values}).status_code)

    def answers(self, question_key: str) -> Act:
        """Answers a check correctly."""
        return lambda: self.send(f"{self.unit}/check/{question_key}", answer=RIGHT[question_key])

    def ends(self, attempt_id: UUID) -> Act:
        """Ends a quiz."""
        return lambda: self.send(f"/tr/quiz/{attempt_id}/answers")

    def starts(self) -> Act:
        """Begins the quiz from a start page of its own."""
        form = self.visitor.open(f"{self.unit}/quiz").form()
        return lambda: str(self.visitor.client.post(f"{self.unit}/quiz", data=form).status_code)


@pytest.fixture
def enrolment_id(app: Flask) -> UUID:
    """A teacher whose ledger is empty."""
    with db.transaction():
        return a_running_enrolment().id


def given(enrolment_id: UUID, act: Callable[[Enrolment], object]) -> object:
    """What happened before the race."""
    with db.transaction() as session:
        done = act(session.get_one(Enrolment, enrolment_id))
        return done.id if isinstance(done, QuizAttempt) else done


def race(app: Flask, enrolment_id: UUID, act: Callable[[Hand, int], Act]) -> Counter[str]:
    """Every hand does what `act` says for its number."""
    hands = [Hand(app, enrolment_id) for _ in range(HANDS)]
    return at_once([act(hand, number) for number, hand in enumerate(hands)])


def check_posted_once(enrolment_id: UUID) -> None:
    """The unit is proven, its minutes stand in the ledger and its act in the audit: each once."""
    with db.reading() as session:
        assert service.units_progress(session.get_one(Enrolment, enrolment_id))[0].proven
        assert hours.sums(enrolment_id)[Strand.ONLINE] == 45
        assert len(hours.entries(enrolment_id)) == 1
        proven = select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "learning.unit_proven")
        assert session.scalar(proven) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_last_check_sent_by_many_hands_posts_once(app: Flask, enrolment_id: UUID, _round: int) -> None:
    given(enrolment_id, lambda one: quiz_taken(one, UNIT))
    given(enrolment_id, lambda one: answered(one, UNIT, "kategori"))
    assert race(app, enrolment_id, lambda hand, _number: hand.answers("once-dene")) == {"303": HANDS}
    check_posted_once(enrolment_id)
    with db.reading() as session:
        saved = select(func.count()).select_from(Answer).where(Answer.question_key == "once-dene")
        assert session.scalar(saved) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_quiz_ended_by_many_hands_ends_once(app: Flask, enrolment_id: UUID, _round: int) -> None:
    given(enrolment_id, lambda one: checks_answered(one, UNIT))
    attempt_id = given(enrolment_id, lambda one: filled_in(a_quiz(one, UNIT)))
    assert isinstance(attempt_id, UUID)
    assert race(app, enrolment_id, lambda hand, _number: hand.ends(attempt_id)) == {"303": HANDS}
    check_posted_once(enrolment_id)
    with db.reading() as session:
        ended = select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "learning.quiz_ended")
        assert session.scalar(ended) == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_last_steps_at_the_same_moment_leave_no_unit_without_its_minutes(
    app: Flask, enrolment_id: UUID, _round: int
) -> None:
    given(enrolment_id, lambda one: answered(one, UNIT, "kategori"))
    attempt_id = given(enrolment_id, lambda one: filled_in(a_quiz(one, UNIT)))
    assert isinstance(attempt_id, UUID)

    def act(hand: Hand, number: int) -> Act:
        return hand.ends(attempt_id) if number % 2 else hand.answers("once-dene")

    assert race(app, enrolment_id, act) == {"303": HANDS}
    check_posted_once(enrolment_id)


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_quiz_begun_by_many_hands_is_one_attempt(app: Flask, enrolment_id: UUID, _round: int) -> None:
    assert race(app, enrolment_id, lambda hand, _number: hand.starts()) == {"303": HANDS}
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(QuizAttempt)) == 1
