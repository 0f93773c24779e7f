"""The pages of a place that is held for somebody, as people use them."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.core import db
from lmp.enrolment import service
from lmp.enrolment.models import Enrolment, EnrolmentState
from tests.builders.accounts import a_centre_administrator, a_teacher, acting
from tests.builders.enrolment import NOBODY, a_run, an_application
from tests.builders.workplace import today_is
from tests.visitor import Page, Visitor

S = EnrolmentState
MONDAY = date(2026, 11, 30)
UNTIL = "2 Aralık 2026, 10.00"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with today_is(MONDAY, time(9, 50)):
        yield


@pytest.fixture
def held(app: Flask) -> tuple[Enrolment, Enrolment, Person]:
    """Somebody for whom a place is held, the next on the reserve list, and the coordinator."""
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_run(capacity=1, chain=NOBODY, offer_hours=48, starts_on=date(2026, 12, 14), administrator=administrator)
        names = ("Giden Demo", "Ayşe Demo", "Bülent Demo", "Ceyda Demo")
        leaving, first, second, _third = (an_application(run, a_teacher(name)) for name in names)
        service.withdraw(leaving, reason="", by=acting(leaving.person))
        return first, second, administrator


def state_of(enrolment: Enrolment) -> EnrolmentState:
    with db.reading() as session:
        return session.get_one(Enrolment, enrolment.id).state


def first_thing(page: Page) -> str:
    return " ".join("".join(page.all("h2", id="next-step")[0].itertext()).split())


def test_today_begins_with_the_place_and_one_press_accepts_it(
    visitor: Visitor, held: tuple[Enrolment, Enrolment, Person]
) -> None:
    first, second, _administrator = held
    visitor.sign_in(first.person)
    page = visitor.open("/tr/today")
    assert first_thing(page) == "Sizin için bir yer ayrıldı"
    assert f"Son yanıt: {UNTIL}" in page.text
    assert page.links()["Vazgeç"].endswith(f"/enrolment/{first.id}/withdraw")
    path = f"/tr/enrolment/{first.id}/offer"
    assert page.form(action=path) is not None
    done = visitor.open(visitor.send(path, page.form(action=path)).location)
    assert "Asıl listedesiniz, yeriniz ayrıldı." in done.text
    assert "Asıl listede" in done.text
    assert "Yer kabul edildi, asıl listede" in done.text
    assert (state_of(first), state_of(second)) == (S.MAIN_LIST, S.RESERVE_LIST)
    assert "Sizin için bir yer ayrıldı" not in visitor.open("/tr/today").text


def test_the_page_of_the_offer_says_beforehand_what_each_answer_means(
    visitor: Visitor, held: tuple[Enrolment, Enrolment, Person]
) -> None:
    first, _second, _administrator = held
    visitor.sign_in(first.person)
    page = visitor.open(visitor.open(f"/tr/training/{first.id}").links()["Öneriye bak"])
    assert page.h1 == "Sizin için bir yer ayrıldı"
    for words in (UNTIL, "Kabul ederseniz", "Vazgeçerseniz", "Yanıt vermezseniz", "yedek listenin sonuna geçersiniz"):
        assert words in page.text
    assert page.statements <= 9
    english = visitor.open(page.path.replace("/tr/", "/en/", 1))
    assert "2 December 2026" in english.text
    visitor.send(page.path, page.form())
    assert state_of(first) is S.MAIN_LIST
    assert visitor.open(page.path, expect=302).location.endswith(f"/training/{first.id}")


def test_giving_the_place_up_says_who_gets_it_and_asks_the_next(
    visitor: Visitor, held: tuple[Enrolment, Enrolment, Person]
) -> None:
    first, second, _administrator = held
    visitor.sign_in(first.person)
    page = visitor.open(visitor.open("/tr/today").links()["Vazgeç"])
    assert "yedek listede sıradaki kişiye önerilir" in page.text
    visitor.send(page.path, page.form(), reason="O hafta sınav var")
    assert (state_of(first), state_of(second)) == (S.WITHDRAWN, S.OFFERED)


def test_too_late_is_said_with_the_hour_and_changes_nothing(
    visitor: Visitor, held: tuple[Enrolment, Enrolment, Person]
) -> None:
    first, _second, _administrator = held
    path = f"/tr/enrolment/{first.id}/offer"
    with today_is(MONDAY + timedelta(days=2), time(10)):
        visitor.sign_in(first.person)
        page = visitor.open(path)
        assert f"Bu yeri kabul etme süresi doldu: {UNTIL}." in page.text
        assert "Yeri kabul et" not in page.text
        assert "Sizin için bir yer ayrıldı" not in visitor.open("/tr/today").text
        late = visitor.send(path, {"csrf_token": visitor.token()}, expect=409)
        assert UNTIL in late.text
    assert state_of(first) is S.OFFERED


def test_the_coordinator_sees_who_has_until_when_and_hands_the_place_on(
    visitor: Visitor, held: tuple[Enrolment, Enrolment, Person]
) -> None:
    first, second, administrator = held
    visitor.sign_in(administrator)
    assert "1 yer önerildi" in visitor.open("/tr/run").text
    page = visitor.open(f"/tr/run/{first.run_id}")
    assert "yer önerisi yanıt bekliyor" in page.text
    page = visitor.open(page.links()["Yer önerildi 1"])
    assert UNTIL in page.text
    page = visitor.open(page.links()["Ayşe Demo"])
    assert f"Yer, {UNTIL} saatine kadar ayrıldı." in page.text
    page = visitor.open(page.links()["Öneriyi geri al"])
    assert page.form()["chosen"] == [str(second.id)]
    wrong = visitor.send(page.path, page.form(), reason=" ", expect=422)
    assert "Öneriyi neden geri aldığınızı yazın." in wrong.text
    done = visitor.send(page.path, page.form(), reason="Telefonla vazgeçtiğini bildirdi")
    assert "Yer şu kişiye veriliyor: Bülent Demo." in visitor.open(done.location).text
    assert (state_of(first), state_of(second)) == (S.RESERVE_LIST, S.OFFERED)
    story = visitor.open(f"/tr/participant/{first.id}")
    assert "Öneri geri alındı, yedek listenin sonunda" in story.text
    assert "Gerekçe: Telefonla vazgeçtiğini bildirdi" in story.text


def test_where_nobody_else_waits_the_page_says_so(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_run(capacity=1, chain=NOBODY, offer_hours=48, administrator=administrator)
        leaving, first = (an_application(run) for _ in range(2))
        service.withdraw(leaving, reason="", by=acting(leaving.person))
    page = visitor.sign_in(administrator).open(f"/tr/participant/{first.id}/offer")
    assert "Yedek listede başka kimse yok" in page.text


def test_seats_and_time_to_think_are_changed_in_the_settings(visitor: Visitor) -> None:
    with db.transaction():
        administrator = a_centre_administrator()
        run = a_run(capacity=1, chain=NOBODY, administrator=administrator)
        _seated, first = (an_application(run) for _ in range(2))
    path = f"/tr/run/{run.id}/settings"
    form = visitor.sign_in(administrator).open(path).form()
    assert (form["capacity"], form["offer_hours"]) == ("1", "0")
    assert "2 ile 336 arasında" in visitor.send(path, form, offer_hours="1", reason="Yeni kural", expect=422).text
    visitor.send(path, form, capacity="2", offer_hours="24", reason="Yeni kural")
    assert state_of(first) is S.OFFERED
    refused = visitor.send(path, visitor.open(path).form(), capacity="1", reason="Yeni kural", expect=422)
    assert "2 yer dolu veya önerilmiş durumda." in refused.text
