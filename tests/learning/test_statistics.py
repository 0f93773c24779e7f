"""What answers tell about a question."""

from collections.abc import Sequence
from pathlib import Path
from statistics import correlation, mean
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.content import service as content
from lmp.content.document import AnyQuestion
from lmp.content.models import CourseVersion
from lmp.core import db
from lmp.learning import service, statistics
from lmp.learning.models import Answer, QuizAttempt
from lmp.learning.statistics import FEWEST, QuestionStatistics, Sums, Verdict
from tests.builders.accounts import a_trainer, acting
from tests.builders.content import FIRST_NOTE, RIGHT, WRONG, course_files, edit
from tests.builders.enrolment import a_running_enrolment
from tests.learning.crowd import tries

ONE = UUID(int=1)


def sums(pairs: Sequence[tuple[float, float | None]]) -> Sums:
    """The sums over (score, mean score of the others in the same try) of one question."""
    beside = [(x, y) for x, y in pairs if y is not None]
    return Sums(
        ONE,
        len(pairs),
        sum(x for x, _y in pairs),
        len(beside),
        *(sum(each) for each in ([x for x, _ in beside], [y for _, y in beside])),
        *(sum(each) for each in ([x * x for x, _ in beside], [y * y for _, y in beside], [x * y for x, y in beside])),
    )


def found(pairs: Sequence[tuple[float, float | None]]) -> QuestionStatistics:
    return statistics.of_sums(sums(pairs))


def test_facility_is_the_mean_score() -> None:
    assert found([(1, 0.5), (0, 0.5)] * 15).facility == 0.5


def test_a_question_that_the_better_ones_answer_discriminates_and_its_opposite_does_too_the_other_way() -> None:
    assert found([(1, 1), (0, 0)] * 20).discrimination == pytest.approx(1)
    assert found([(0, 1), (1, 0)] * 20).discrimination == pytest.approx(-1)


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=FEWEST, max_size=80))
def test_the_correlation_is_pearsons_and_both_numbers_stay_in_their_bounds(scores: list[tuple[int, int]]) -> None:
    pairs = [(x / 1000, y / 1000) for x, y in scores]
    one = found(pairs)
    assert one.facility == pytest.approx(mean(x for x, _y in pairs))
    if len({x for x, _y in pairs}) == 1 or len({y for _x, y in pairs}) == 1:
        assert one.discrimination is None
    elif one.discrimination is not None:
        assert -1 <= one.discrimination <= 1
        assert one.discrimination == pytest.approx(correlation(*zip(*pairs, strict=True)), abs=1e-3)


def test_where_scores_do_not_differ_nothing_is_said() -> None:
    assert found([(1, 1)] * 40).discrimination is None


def test_with_too_few_answers_nothing_is_said() -> None:
    one = found([(1, 0.0)] * (FEWEST - 1))
    assert (one.answers, one.facility, one.discrimination, one.verdict) == (FEWEST - 1, None, None, None)


def test_a_question_asked_alone_has_no_others_to_agree_with() -> None:
    one = found([(1, None), (0, None)] * 20)
    assert (one.facility, one.discrimination) == (0.5, None)


@pytest.mark.parametrize(
    ("facility", "discrimination", "verdict"),
    [
        (0.5, -0.2, Verdict.REVERSED),
        (0.5, -0.02, Verdict.WEAK),
        (0.97, -0.4, Verdict.EASY),
        (0.2, 0.4, Verdict.HARD),
        (0.97, 0.1, Verdict.EASY),
        (0.5, 0.1, Verdict.WEAK),
        (0.5, 0.3, Verdict.GOOD),
        (0.5, None, Verdict.GOOD),
    ],
)
def test_the_figures_are_put_in_a_word(facility: float, discrimination: float | None, verdict: Verdict) -> None:
    assert QuestionStatistics(ONE, 40, facility, discrimination).verdict is verdict


def questions(version: CourseVersion) -> dict[str, AnyQuestion]:
    return {one.key: one for unit in content.document(version).units for one in unit.questions}


def test_the_database_adds_up_what_the_definition_says(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    version, papers = enrolment.run.version, []
    for number in range(40):
        kept = ("kategori", "kesme-sirasi", "akim-hesabi")[: 1 + number % 3]
        papers.append({key: (RIGHT if (number * 7 + place * 3) % 5 else WRONG)[key] for place, key in enumerate(kept)})
    tries([enrolment], papers)
    answers = db.session().query(Answer).all()
    by_try: dict[object, list[Answer]] = {}
    for one in answers:
        by_try.setdefault(one.attempt_id, []).append(one)
    pairs: list[tuple[float, float | None]] = []
    for held in by_try.values():
        mine = next(one.score_thousandths / 1000 for one in held if one.question_key == "kategori")
        others = [one.score_thousandths / 1000 for one in held if one.question_key != "kategori"]
        pairs.append((mine, mean(others) if others else None))
    wanted, counted = found(pairs), service.question_statistics(version)[questions(version)["kategori"].id]
    assert counted.answers == 40
    assert counted.facility == pytest.approx(wanted.facility)
    assert len([y for _x, y in pairs if y is not None]) < FEWEST
    assert counted.discrimination is None
    tries([enrolment], papers[1:3] * 15)
    again = service.question_statistics(version)[questions(version)["kategori"].id]
    assert again.discrimination is not None


def test_only_ended_first_tries_count_and_in_them_the_newest_answer(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    version = enrolment.run.version
    question = questions(version)["kategori"]
    tries([enrolment], [{"kategori": "b"}] * 30)
    tries([enrolment], [{"kategori": "a"}] * 5, ended=False)
    tries([enrolment], [{"kategori": "a"}] * 5, number=2)
    first = db.session().query(Answer).order_by(Answer.id).first()
    assert first is not None
    values = {name: getattr(first, name) for name in ("enrolment_id", "unit_key", "question_key", "question_id")}
    values |= {name: getattr(first, name) for name in ("version_hash", "attempt_id", "at")}
    db.session().add(Answer(**values, number=2, response={"given": "a"}, correct=False, score_thousandths=0))
    db.session().flush()
    one = service.question_statistics(version)[question.id]
    assert one.answers == 30
    assert one.facility == pytest.approx(29 / 30)
    assert {choice.id: round(choice.share * 30) for choice in service.chosen(version, question)} == {
        "a": 1,
        "b": 29,
        "c": 0,
    }
    assert db.session().query(QuizAttempt).count() == 40


def _publish_again(change: tuple[str, str]) -> CourseVersion:
    """The course with one file changed, as its next version."""
    with course_files() as folder:
        edit(Path(folder) / "units/01-hazirlik/questions.yaml", change)
        content.import_course(folder, author=a_trainer(name="Yazar Demo"), by=acting(a_trainer(name="Yazar Demo")))
    return content.publish(content.draft("demo-kurs"), by=acting(a_trainer(name="İnceleyen Demo")), note=FIRST_NOTE)


def test_answers_to_an_earlier_version_count_for_questions_that_still_read_alike(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    tries([enrolment], [{"kategori": "b", "kesme-sirasi": ["a", "b"]}] * 30)
    newer = _publish_again(("difficulty: 1", "difficulty: 2"))
    counted = service.question_statistics(newer)
    assert {one.answers for one in counted.values()} == {30}
    changed = _publish_again(("The category does not matter", "Any category will do"))
    kept = questions(changed)
    assert kept["kategori"].id not in service.question_statistics(changed)
    assert service.question_statistics(changed)[kept["kesme-sirasi"].id].answers == 30
