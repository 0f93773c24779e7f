"""The assessor's pages: save as you go, see the result, make it final."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from lmp.core import db
from lmp.enrolment.models import Enrolment
from lmp.practical import service
from tests.builders.certificate import TEST_DAY, person_on_duty
from tests.builders.workplace import a_teacher_in_a_run, today_is
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _test_day() -> Iterator[None]:
    with today_is(TEST_DAY):
        yield


@pytest.fixture
def enrolment(app: Flask) -> Enrolment:
    with db.transaction():
        made = a_teacher_in_a_run()
        service.checklist(made)
        return made


@pytest.fixture
def path(visitor: Visitor, enrolment: Enrolment) -> str:
    with db.reading():
        visitor.sign_in(person_on_duty(enrolment.run, "assessor"))
    return f"/tr/test/{enrolment.id}"


def levels(value: str, number: int = 8) -> dict[str, Any]:
    return {f"level_c{place}": value for place in range(1, number + 1)}


def test_a_passed_test_is_made_final_on_a_page_of_its_own(visitor: Visitor, path: str) -> None:
    values = visitor.open(path).form()
    result = visitor.send(path, values, act="decide", on="03.12.2026", starts="9.30", **levels("2"))
    page = visitor.open(result.location)
    assert page.h1 == "Sonuç: geçti"
    done = visitor.send(result.location, page.form())
    assert "Sonuç kesinleşti" in visitor.open(done.location).text


def test_an_open_criterion_is_named_and_the_others_are_kept(visitor: Visitor, path: str) -> None:
    answer = visitor.send(path, visitor.open(path).form(), act="decide", **levels("2", 5))
    page = visitor.open(answer.location)
    assert "3 ölçüt henüz açık" in page.text
    assert page.form()["level_c5"] == ["2"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("starts", "yarım", "örneğin 09.30"), ("on", "32.13.2026", ""), ("on", "04.12.2026", "ileri bir tarih")],
)
def test_a_wrong_day_or_time_is_a_sentence_and_nothing_is_lost(
    visitor: Visitor, path: str, field: str, value: str, words: str
) -> None:
    page = visitor.send(path, {**visitor.open(path).form(), **levels("1"), field: value}, act="save", expect=422)
    assert words in page.text
    assert page.form()["level_c1"] == ["1"]


def test_a_stale_window_is_told_so(visitor: Visitor, path: str) -> None:
    first = visitor.open(path).form()
    visitor.send(path, first, act="save", **levels("2", 3))
    second = visitor.open(path).form()
    visitor.send(path, second, act="save", **levels("2", 4))
    page = visitor.send(path, second, act="save", **levels("0", 4), expect=409)
    assert "başka bir pencerede" in page.text


def test_an_assessor_sets_the_day_and_the_teacher_reads_it(visitor: Visitor, path: str, enrolment: Enrolment) -> None:
    tests = visitor.open("/tr/test")
    assert "1 kişinin günü belli değil" in tests.text
    url = f"/tr/test/day/{enrolment.run_id}"
    page = visitor.open(url)
    assert "Günü henüz belli değil" in page.text
    refused = visitor.send(url, page.form(), expect=422, on="01.12.2026", starts="10", place="Atölye 2")
    assert "Bu gün geçti" in refused.text
    empty = visitor.send(url, page.form(), expect=422, on="04.12.2026", starts="10", place="Atölye 2", people=[])
    assert "Sınavı bu gün olacak kişileri seçin" in empty.text
    visitor.send(url, page.form(), on="04.12.2026", starts="10", place="Atölye 2")
    shown = visitor.open("/tr/test").text
    assert "1 kişiye sınav günü bildirildi" in shown
    assert "Sınav: 4 Aralık 2026, 10.00, Atölye 2" in shown
    assert "Bütün günler belli" in shown
    teacher = visitor.sign_in(enrolment.person)
    assert "10.00" in teacher.open(f"/tr/training/{enrolment.id}").text
    today = teacher.open("/en/today")
    assert "Atölye 2" in today.text
    assert today.statements <= 8
