"""The pages of notices, the choices, the link at the foot of a mail, and the outbox."""

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.core import db, mail
from lmp.notice import service
from lmp.notice.rules import Delivery
from tests.builders.accounts import a_network_administrator, a_teacher
from tests.builders.notice import a_notice, a_topic
from tests.visitor import Visitor


@pytest.fixture
def teacher(app: Flask) -> Person:
    with db.transaction():
        return a_teacher()


def stop_path(who: Person, key: str = "practical", lang: str = "tr") -> str:
    return service.stop_address("person", who.id, key, lang).removeprefix("http://lmp.test")


def choices(who: Person) -> dict[str, Delivery]:
    with db.reading():
        return dict(service.settings_of(who.id).choices)


def test_the_bell_counts_and_opening_a_notice_marks_it_and_leads_there(visitor: Visitor, teacher: Person) -> None:
    with db.transaction():
        one = a_notice(teacher, topic=a_topic())
        a_notice(teacher, passed=False)
    assert one is not None
    visitor.sign_in(teacher)
    page = visitor.open("/tr/notice")
    assert page.h1 == "Bildirimler"
    assert "Elektrikli araç bakımı, 4–15 Ocak 2027" in page.text
    assert "2 okunmamış" in page.text
    led = visitor.send(f"/en/notice/{one.id}", page.form(f"/notice/{one.id}"))
    assert led.location == "/en/today"
    assert "1 unread" in visitor.open("/en/notice").text
    assert len(visitor.open("/en/notice?show=unread").all("li", class_="row")) == 1
    assert visitor.open("/tr/today").statements <= 8


def test_everything_can_be_marked_as_read_at_once(visitor: Visitor, teacher: Person) -> None:
    with db.transaction():
        for _ in range(3):
            a_notice(teacher)
    visitor.sign_in(teacher)
    page = visitor.open("/tr/notice")
    visitor.send("/tr/notice/read", page.form("/notice/read"))
    assert "Yeni bildirim yok" in visitor.open("/tr/notice?show=unread").text


def test_a_long_list_goes_on_on_the_next_page_at_the_same_cost(visitor: Visitor, teacher: Person) -> None:
    with db.transaction():
        for _ in range(65):
            a_notice(teacher)
    visitor.sign_in(teacher)
    first = visitor.open("/tr/notice")
    second = visitor.open(first.links()["Daha eski"])
    third = visitor.open(second.links()["Daha eski"])
    assert [len(page.all("li", class_="row")) for page in (first, second, third)] == [30, 30, 5]
    assert first.statements == third.statements


def test_somebody_chooses_what_they_hear(visitor: Visitor, teacher: Person) -> None:
    visitor.sign_in(teacher)
    page = visitor.open("/tr/notice/settings")
    assert "Her zaman e-postayla" in page.text
    values = page.form("/notice/settings") if "/notice/settings" in page.html else page.form()
    assert "kind_application_decide" not in values
    assert "kind_place_offered" not in values
    assert "Sizin için boşalan yer" in page.text
    visitor.send("/tr/notice/settings", values, kind_practical="here", quiet_from="21:00")
    assert choices(teacher)["practical"] is Delivery.HERE
    again = visitor.open("/tr/notice/settings").form()
    assert (again["kind_practical"], again["quiet_from"]) == ("here", "21:00")


def test_a_choice_that_does_not_exist_is_refused(visitor: Visitor, teacher: Person) -> None:
    visitor.sign_in(teacher)
    values = visitor.open("/tr/notice/settings").form()
    visitor.send("/tr/notice/settings", values, kind_practical="never", expect=422)
    assert choices(teacher) == {}


@pytest.mark.parametrize(
    ("lang", "title"), [("tr", "Bu tür e-postalar gelmesin mi?"), ("en", "Stop e-mails of this kind?")]
)
def test_opening_the_link_of_a_mail_only_shows_a_page(visitor: Visitor, teacher: Person, lang: str, title: str) -> None:
    page = visitor.open(stop_path(teacher, lang=lang))
    assert page.h1 == title
    assert choices(teacher) == {}


def test_a_mail_reader_presses_without_a_token_of_ours_as_rfc_8058_says(app: Flask, teacher: Person) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post(stop_path(teacher), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert choices(teacher) == {"practical": Delivery.HERE}
    refused = app.test_client().post("/tr/notice/settings", data={"digest": "y"})
    assert refused.status_code in (302, 400, 401)


def test_whoever_ended_mails_by_mistake_turns_them_on_again(visitor: Visitor, teacher: Person) -> None:
    path = stop_path(teacher)
    ended = visitor.send(path, visitor.open(path).form("/notice/stop"), expect=200)
    assert ended.h1 == "Artık bu tür e-posta almayacaksınız"
    back = visitor.send(path, ended.form("/notice/stop"), expect=200)
    assert back.h1 == "Bu tür e-postaları yeniden alacaksınız"
    assert choices(teacher)["practical"] is Delivery.DIGEST


def test_a_broken_link_says_what_to_do(visitor: Visitor) -> None:
    assert "Bu bağlantı eksik" in visitor.open("/notice/stop/abc?lang=tr", expect=404).text


def test_the_outbox_shows_states_and_reasons_but_never_what_a_mail_says(visitor: Visitor, teacher: Person) -> None:
    with db.transaction():
        administrator = a_network_administrator()
        a_notice(teacher, "workplace.returned")
        (made,) = mail.outbox()
        mail.note_failure({"mail": str(made.id)}, "SMTPRecipientsRefused: 550 no such user", given_up=True)
    visitor.sign_in(administrator)
    page = visitor.open("/tr/outbox?state=failed")
    assert "550 no such user" in page.text
    assert "Uygulamalı sınavı geçtiniz" not in page.html
    assert "Bildirimler" in visitor.open("/tr/notice").text
    visitor.send(f"/tr/outbox/{made.id}", page.form(f"/outbox/{made.id}"))
    assert "550" not in visitor.open("/tr/outbox").text
    visitor.send(f"/tr/outbox/{made.id}", expect=409)
    taken = visitor.open("/tr/outbox?format=csv")
    assert teacher.email in taken.response.get_data(as_text=True)
    taken.response.close()


def test_a_teacher_never_sees_the_outbox(visitor: Visitor, teacher: Person) -> None:
    visitor.sign_in(teacher).open("/tr/outbox", expect=403)
