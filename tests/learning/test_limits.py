"""How often and how long one may try, what a trainer adds, and when the review opens."""

from datetime import UTC, datetime, timedelta

import pytest

from lmp.content.document import Quiz
from lmp.core.errors import RuleBroken
from lmp.learning import limits
from lmp.learning.limits import GRACE, NOTHING_EXTRA, Extra, TimeOver

FREE = Quiz(draw=3, pass_mark=60)
LIMITED = Quiz(draw=3, pass_mark=60, attempts=2, minutes=20)
START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
UNTIL = START + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("quiz", "extra", "begun", "left"),
    [
        (FREE, NOTHING_EXTRA, 50, None),
        (LIMITED, NOTHING_EXTRA, 0, 2),
        (LIMITED, NOTHING_EXTRA, 2, 0),
        (LIMITED, NOTHING_EXTRA, 3, 0),
        (LIMITED, Extra(attempts=1), 2, 1),
    ],
)
def test_tries_run_out_unless_there_are_more(quiz: Quiz, extra: Extra, begun: int, left: int | None) -> None:
    assert limits.attempts_left(quiz, extra, begun) == left


def test_a_used_up_quiz_says_who_can_help() -> None:
    limits.check_may_begin(None, 9)
    limits.check_may_begin(1, 1)
    with pytest.raises(RuleBroken, match="trainer"):
        limits.check_may_begin(0, 2)


def test_the_time_ends_so_many_minutes_after_the_start_and_later_with_more() -> None:
    assert limits.deadline(FREE, Extra(minutes=5), START) is None
    assert limits.deadline(LIMITED, NOTHING_EXTRA, START) == UNTIL
    assert limits.deadline(LIMITED, Extra(minutes=15), START) == UNTIL + timedelta(minutes=15)


def test_an_answer_on_its_way_when_the_time_ends_still_counts() -> None:
    limits.check_in_time(None, START)
    limits.check_in_time(UNTIL, UNTIL + GRACE)
    with pytest.raises(TimeOver):
        limits.check_in_time(UNTIL, UNTIL + GRACE + timedelta(microseconds=1))


def test_a_try_may_be_closed_with_open_questions_once_its_time_is_over() -> None:
    assert not limits.is_over(None, START)
    assert not limits.is_over(UNTIL, UNTIL - timedelta(microseconds=1))
    assert limits.is_over(UNTIL, UNTIL)


@pytest.mark.parametrize(
    ("review", "passed", "left", "is_closed", "is_open"),
    [
        (None, False, None, False, True),
        ("each", False, 2, False, True),
        ("last", False, 2, False, False),
        ("last", False, None, False, False),
        ("last", True, 2, False, True),
        ("last", False, 0, False, True),
        ("last", False, 2, True, True),
        ("closed", True, 0, False, False),
        ("closed", False, 2, True, True),
    ],
)
def test_the_review_opens_when_the_course_says(
    review: str | None, passed: bool, left: int | None, is_closed: bool, is_open: bool
) -> None:
    quiz = FREE.model_copy(update={"review": review})
    assert limits.opens_review(quiz, passed=passed, left=left, is_closed=is_closed) is is_open


@pytest.mark.parametrize(
    ("quiz", "attempts", "minutes", "reason", "field"),
    [
        (FREE, 1, 0, "Hasta", "attempts"),
        (FREE, 0, 5, "Hasta", "minutes"),
        (LIMITED, 0, 0, "Hasta", "attempts"),
        (LIMITED, 11, 0, "Hasta", "attempts"),
        (LIMITED, -1, 5, "Hasta", "attempts"),
        (LIMITED, 0, 241, "Hasta", "minutes"),
        (LIMITED, 1, 0, "  ", "reason"),
        (LIMITED, 1, 0, "x" * 501, "reason"),
    ],
)
def test_what_a_trainer_gives_fits_the_quiz_and_has_a_reason(
    quiz: Quiz, attempts: int, minutes: int, reason: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        limits.check_extra(quiz, attempts, minutes, reason)
    assert refusal.value.field == field


def test_a_reason_is_tidied() -> None:
    assert limits.check_extra(LIMITED, 1, 10, "  Elektrik kesildi. ") == "Elektrik kesildi."
