"""The pages of the question banks, as trainers and others meet them."""

import csv
import io

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.content import service
from lmp.core import db
from tests.builders.accounts import a_centre, a_network_administrator, a_trainer
from tests.builders.bank import a_bank_question, a_category, reworded
from tests.builders.content import a_draft
from tests.visitor import Page, Visitor, values_of

ELSEWHERE = "smm-bur-tophane"
COURSE = "/tr/draft/demo-kurs/question"
MOST_QUERIES = 15


@pytest.fixture
def trainer(app: Flask) -> Person:
    """Somebody who writes the sample course, whose draft is there."""
    with db.transaction():
        person = a_trainer(name="Yazar Demo")
        a_draft(person)
    return person


@pytest.fixture
def desk(app: Flask, visitor: Visitor, trainer: Person) -> Visitor:
    """The trainer, signed in."""
    return visitor.sign_in(trainer)


def prompts(page: Page) -> list[str]:
    """The questions a list shows."""
    return [
        " ".join("".join(one.itertext()).split())
        for one in page.all("a", class_="title")
        if "question" in (one.get("href") or "") or "/bank/" in (one.get("href") or "")
    ]


def bank_id() -> str:
    with db.reading():
        centres = [a_centre()]
        return str(service.bank_list("", {}, centres).page(None).rows[0].id)


def test_every_question_of_a_course_stands_in_its_bank_in_reading_order(desk: Visitor) -> None:
    page = desk.open(COURSE)
    assert len(prompts(page)) == 6
    assert prompts(page)[0].startswith("Dağıtım panosunda")
    assert page.statements <= MOST_QUERIES


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("unit=kayit", 3),
        ("kind=truefalse", 2),
        ("use=check", 2),
        ("difficulty=2&unit=kayit", 1),
        ("translation=reviewed", 6),
        ("translation=stale", 0),
        ("bank=none", 6),
        ("q=DAGITIM", 1),
        ("q=surges", 1),
        ("kind=yok", 6),
    ],
)
def test_a_course_bank_is_narrowed_by_the_address(desk: Visitor, asked: str, number: int) -> None:
    assert len(prompts(desk.open(f"{COURSE}?{asked}"))) == number


def test_a_course_bank_is_taken_away_as_it_is_shown(desk: Visitor) -> None:
    with desk.client.get(f"{COURSE}?unit=kayit&order=hard&format=csv") as answer:
        rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 4
    assert [row[0] for row in rows[1:]] == ["2", "2", "2"]
    with desk.client.get(f"{COURSE}?format=xlsx") as sheet:
        assert "sheet" in (sheet.mimetype or "")


def test_a_question_goes_into_the_bank_and_from_there_into_another_unit(desk: Visitor) -> None:
    address = "/tr/draft/demo-kurs/unit/hazirlik/question/kategori/bank"
    desk.send(address, desk.open(address).form(), expect=303)
    again = desk.send(address, desk.open(address).form(), expect=422)
    assert "bankada zaten var" in again.text
    copy = f"/tr/draft/demo-kurs/question/add/{bank_id()}"
    desk.send(copy, desk.open(copy).form(), unit="kayit", outcome="o3", expect=303)
    assert len(prompts(desk.open(COURSE))) == 7
    assert len(prompts(desk.open(f"{COURSE}?bank=same"))) == 2


def test_the_bank_is_found_searched_and_its_questions_changed(desk: Visitor, trainer: Person) -> None:
    with db.transaction():
        a_bank_question(category=a_category())
    assert "Soru bankası" in desk.open("/tr/draft").links()
    page = desk.open("/tr/bank?q=dagitim&kind=single")
    assert (len(prompts(page)), page.statements <= MOST_QUERIES) == (1, True)
    assert "Sonuç bulunamadı" in desk.open("/tr/bank?q=yokboyle").text
    edit = f"/tr/bank/{bank_id()}/edit"
    form = desk.open(edit).form()
    desk.send(edit, form, **{"prompt-tr": "Pano önünde hangi kategori gerekir?"}, expect=303)
    assert "Pano önünde hangi kategori" in desk.open(f"/tr/bank/{bank_id()}").h1
    late = desk.send(edit, form, **{"prompt-tr": "Benim metnim"}, expect=409)
    assert late.form()["prompt-tr"] == "Benim metnim"
    assert "Pano önünde hangi kategori gerekir?" in late.text
    refused = desk.send(edit, desk.open(edit).form(), **{"prompt-tr": " "}, expect=422)
    assert "Soruyu yazın" in refused.text


def test_a_course_is_offered_the_newer_text_and_takes_it(desk: Visitor) -> None:
    with db.transaction():
        reworded(a_bank_question())
    assert "Bankada 1 sorunun daha yeni metni var." in desk.open(COURSE).text
    address = "/tr/draft/demo-kurs/unit/hazirlik/question/kategori/newer"
    page = desk.open(address)
    assert "Pano önünde en az hangi kategori gerekir?" in page.text
    desk.send(address, page.form(), expect=303)
    assert "Pano önünde" in prompts(desk.open(COURSE))[0]
    assert "Bankada 1 sorunun" not in desk.open(COURSE).text


def test_a_question_is_retired_and_offered_again(desk: Visitor) -> None:
    with db.transaction():
        a_bank_question()
    address = f"/tr/bank/{bank_id()}"
    desk.send(address, desk.open(address).form(address), expect=303)
    assert prompts(desk.open("/tr/bank")) == []
    assert len(prompts(desk.open("/tr/bank?state=retired"))) == 1
    desk.send(address, desk.open(address).form(address), expect=303)
    assert len(prompts(desk.open("/tr/bank"))) == 1


def test_categories_are_added_named_moved_and_taken_away(desk: Visitor) -> None:
    address = "/tr/bank/category/smm-ank-cezeri"
    for name in ("Bir", "İki"):
        desk.send(address, desk.open(address).form(), name_tr=name, name_en=f"{name} en", expect=303)
    missing = desk.send(address, desk.open(address).form(), name_tr="Üç", name_en="", expect=422)
    assert missing.form()["name_tr"] == "Üç"
    edit = next(url for text, url in desk.open(address).links().items() if text.startswith("Değiştir İki"))
    desk.send(edit, desk.open(edit).form(), name_tr="Dört", name_en="Four", expect=303)
    act = edit.replace("/edit", "/act")
    forms = [one for one in desk.open(edit).all("form") if (one.get("action") or "").endswith("/act")]
    values = [values_of(one) for one in forms]
    desk.send(act, values[0], expect=303)
    assert desk.open(address).text.index("Dört") < desk.open(address).text.index("Bir")
    desk.send(act, values[2], expect=303)
    assert "Dört" not in " ".join(desk.open(address).links())


def test_another_centre_finds_no_bank_and_the_ministry_only_reads(app: Flask, trainer: Person) -> None:
    with db.transaction():
        a_bank_question()
        stranger, reader = a_trainer(a_centre(ELSEWHERE), "Yabancı Demo"), a_network_administrator()
    outside, ministry = Visitor(app).sign_in(stranger), Visitor(app).sign_in(reader)
    for path in (f"/tr/bank/{bank_id()}", "/tr/bank/category/smm-ank-cezeri", COURSE):
        assert outside.client.get(path).status_code == 404
        assert ministry.client.get(path).status_code == 200
    assert prompts(outside.open("/tr/bank")) == []
    assert ministry.client.get(f"/tr/bank/{bank_id()}/edit").status_code == 404
