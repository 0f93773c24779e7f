"""The test before and after a course: when it is open, what it asks, and what was gained."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.core.errors import RuleBroken
from lmp.learning import gain
from lmp.learning.gain import Moment, Pair, Standing
from lmp.learning.rules import Period
from tests.content.samples import course, options, question, text, unit

PERIOD = Period(date(2026, 11, 30), date(2026, 12, 11), grace_days=14)
DURING = date(2026, 12, 3)
PERCENT = st.integers(0, 100)


def course_with(*outcomes: str, per_outcome: int = 1, use: str = "quiz") -> Any:
    """A course whose questions belong to these outcomes, one after the other."""
    bank = [
        {**question(number, "single", use=use, options=options(True, False)), "outcome": outcome}
        for number, outcome in enumerate(outcomes, 1)
    ]
    known = [{"id": one, "text": text(one, one), "you": text(one, one)} for one in ("o1", "o2", "o3")]
    return course(units=[unit(questions=bank, blocks=[], quiz=None)], outcomes=known, test={"per_outcome": per_outcome})


# what is asked


def test_so_many_questions_are_drawn_for_every_outcome_that_has_them() -> None:
    document = course_with("o1", "o2", "o1", "o2", "o1", "o3", per_outcome=2)
    drawn = gain.draw(document, "7")
    asked = [gain.drawable(document)[key].outcome for key in drawn]
    assert asked == ["o1", "o1", "o2", "o2"]
    assert drawn == gain.draw(document, "7")
    assert len({tuple(gain.draw(document, str(seed))) for seed in range(20)}) > 1


def test_a_course_without_a_test_and_questions_of_the_page_are_not_drawn() -> None:
    assert gain.draw(course(), "7") == []
    assert gain.draw(course_with("o1", "o1", use="check"), "7") == []


def test_each_outcome_has_its_own_result_and_an_open_question_is_worth_nothing() -> None:
    document = course_with("o1", "o1", "o2", "o2")
    keys = [f"soru-{number}" for number in range(1, 5)]
    found = gain.by_outcome(document, {"soru-1": 1000, "soru-3": 500, "soru-4": 500}, keys)
    assert found == {"o1": 50, "o2": 50}


# when it is open


def standing(moment: Moment, **facts: Any) -> Standing:
    """How it is with a test during the run, but for some facts."""
    usual: dict[str, Any] = {
        "taken": False,
        "begun": False,
        "quiz_begun": False,
        "all_proven": False,
        "period": PERIOD,
        "today": DURING,
        "is_closed": False,
    }
    return gain.standing(moment, **(usual | facts))


@pytest.mark.parametrize(
    ("moment", "facts", "expected"),
    [
        (Moment.BEFORE, {}, Standing.OPEN),
        (Moment.BEFORE, {"quiz_begun": True}, Standing.MISSED),
        (Moment.BEFORE, {"begun": True, "quiz_begun": True}, Standing.BEGUN),
        (Moment.BEFORE, {"today": PERIOD.starts_on - timedelta(days=1)}, Standing.NOT_YET),
        (Moment.BEFORE, {"today": PERIOD.last_on + timedelta(days=1)}, Standing.MISSED),
        (Moment.BEFORE, {"taken": True, "begun": True}, Standing.TAKEN),
        (Moment.AFTER, {}, Standing.NOT_YET),
        (Moment.AFTER, {"all_proven": True}, Standing.OPEN),
        (Moment.AFTER, {"today": PERIOD.ends_on}, Standing.OPEN),
        (Moment.AFTER, {"today": PERIOD.last_on}, Standing.OPEN),
        (Moment.AFTER, {"all_proven": True, "is_closed": True}, Standing.MISSED),
    ],
)
def test_each_test_is_open_in_its_time(moment: Moment, facts: dict[str, Any], expected: Standing) -> None:
    assert standing(moment, **facts) is expected


@pytest.mark.parametrize("found", [Standing.TAKEN, Standing.NOT_YET, Standing.MISSED])
@pytest.mark.parametrize("moment", Moment)
def test_a_test_that_is_not_open_says_why(found: Standing, moment: Moment) -> None:
    gain.check_open(Standing.OPEN, moment)
    gain.check_open(Standing.BEGUN, moment)
    with pytest.raises(RuleBroken):
        gain.check_open(found, moment)


# what was gained


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(40, 70, 0.5), (0, 100, 1.0), (50, 50, 0.0), (50, 25, -0.5), (100, 100, None), (100, 90, None), (99, 100, 1.0)],
)
def test_the_gain_is_the_share_of_what_was_left_to_learn(before: int, after: int, expected: float | None) -> None:
    assert gain.normalised(before, after) == expected


@given(PERCENT, PERCENT)
def test_a_gain_is_never_more_than_everything_and_has_the_sign_of_the_change(before: int, after: int) -> None:
    found = gain.normalised(before, after)
    if found is not None:
        assert found <= 1
        assert (found > 0) is (after > before)
        assert (found < 0) is (after < before)


def test_a_run_is_told_by_its_averages_from_five_people_on() -> None:
    few = gain.of_run([(f"K{number}", 40, 70) for number in range(4)])
    assert (few.before, few.after, few.gain, len(few.pairs)) == (None, None, None, 4)
    enough = gain.of_run([(f"K{number}", 20 * number, 20 * number + 20) for number in range(5)])
    assert (enough.before, enough.after) == (40, 60)
    assert enough.gain == pytest.approx(1 / 3)


def test_people_with_one_test_are_counted_and_not_averaged() -> None:
    found = gain.of_run([("A", 40, None), ("B", None, 80), ("C", 50, 75)])
    assert (found.only_before, found.only_after, found.pairs) == (1, 1, (Pair("C", 50, 75),))


def test_gains_fall_into_the_bands_of_hake_and_a_full_score_before_into_none() -> None:
    scores = [(50, 40), (50, 50), (50, 64), (50, 65), (50, 84), (50, 85), (50, 100), (100, 100)]
    assert gain.of_run((str(place), *pair) for place, pair in enumerate(scores)).bands == (1, 2, 2, 2)


def test_a_run_whose_average_was_full_before_says_no_gain() -> None:
    assert gain.of_run([(str(number), 100, 100) for number in range(5)]).gain is None


@pytest.mark.parametrize("pair", [(100, 80), (60, 50), (50, 60), (50, 70), (50, 90)])
def test_every_gain_has_words(pair: tuple[int, int]) -> None:
    assert gain.in_words(*pair).msgid
