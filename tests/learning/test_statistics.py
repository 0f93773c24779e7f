"""What answers tell about a question."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.learning import statistics
from lmp.learning.statistics import FEWEST, Item

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def tries(*scores: tuple[float, ...]) -> list[Item]:
    """One try after the other, with the scores of questions one, two, three…"""
    return [
        Item(UUID(int=place + 1), UUID(int=1000 + number), score)
        for number, row in enumerate(scores)
        for place, score in enumerate(row)
    ]


def test_facility_is_the_mean_score() -> None:
    found = statistics.of_questions(tries(*[(1, 0.5)] * 15, *[(0, 0.5)] * 15))
    assert (found[ONE].facility, found[TWO].facility, found[ONE].answers) == (0.5, 0.5, 30)


def test_a_question_that_the_better_ones_answer_discriminates_and_its_opposite_does_too_the_other_way() -> None:
    found = statistics.of_questions(tries(*[(1, 1, 0)] * 20, *[(0, 0, 1)] * 20))
    assert found[THREE].discrimination == pytest.approx(-1)
    mixed = statistics.of_questions(tries(*[(1, 1)] * 20, *[(0, 0)] * 20))
    assert mixed[ONE].discrimination == pytest.approx(1)


def test_the_correlation_is_pearsons() -> None:
    assert statistics.correlation([(1, 2), (2, 4), (3, 5), (4, 4), (5, 5)]) == pytest.approx(0.7746, abs=1e-4)


def test_where_scores_do_not_differ_nothing_is_said() -> None:
    assert statistics.of_questions(tries(*[(1, 1)] * 40))[ONE].discrimination is None


def test_with_too_few_answers_nothing_is_said() -> None:
    found = statistics.of_questions(tries(*[(1, 0)] * (FEWEST - 1)))[ONE]
    assert (found.answers, found.facility, found.discrimination) == (FEWEST - 1, None, None)


def test_a_question_asked_alone_has_no_others_to_agree_with() -> None:
    found = statistics.of_questions(tries(*[(1,)] * 20, *[(0,)] * 20))[ONE]
    assert (found.facility, found.discrimination) == (0.5, None)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=FEWEST, max_size=60))
def test_both_numbers_stay_in_their_bounds(scores: list[tuple[float, float, float]]) -> None:
    for found in statistics.of_questions(tries(*scores)).values():
        assert found.facility is not None
        assert -1e-9 <= found.facility <= 1 + 1e-9
        assert found.discrimination is None or -1 <= found.discrimination <= 1
