"""The staff's pages: placing, reading the log, opening a late day."""

import re
from datetime import date, time

from sqlalchemy import select

from lmp.core import db
from lmp.core.ids import new_id
from lmp.workplace.models import Placement, SentWeek
from tests.builders.accounts import a_centre_administrator
from tests.builders.mails import mails
from tests.builders.workplace import (
    MONDAY,
    SENTENCE,
    TUESDAY,
    WEDNESDAY,
    a_company,
    a_day,
    a_mentor,
    a_picture,
    a_teacher_in_a_run,
    a_workplace,
    found_again,
    today_is,
)
from tests.visitor import Visitor
from tests.workplace.steps import an_admin, day_url, entries, press, sent, week_url

ELSEWHERE = "smm-bur-tophane"


def placement_url(placement: Placement) -> str:
    """The address of the placing page."""
    return f"/tr/enrolment/{placement.enrolment_id}/placement"


def log_url(placement: Placement) -> str:
    """The address of the log as staff read it."""
    return f"/tr/enrolment/{placement.enrolment_id}/log"


def test_an_administrator_places_a_teacher(visitor: Visitor) -> None:
    with db.transaction():
        enrolment = a_teacher_in_a_run()
        company = a_company(enrolment.run.centre)
        workplace, mentor = a_workplace(company), a_mentor(company)
        admin = a_centre_administrator(enrolment.run.centre)
    url = f"/tr/enrolment/{enrolment.id}/placement"
    page = visitor.sign_in(admin).open(url)
    assert page.h1 == "İşletme eşleştirme: Gülşah Demo"
    assert (page.form()["day_starts"], page.form()["day_ends"], page.form()["planned_days"]) == ("08.30", "15.30", "3")
    assert page.statements <= 15
    told = {
        **page.form(),
        "workplace_id": str(workplace.id),
        "mentor_id": str(mentor.id),
        "starts_on": "30.11.2026",
        "ends_on": "11 12 2026",
    }
    page = visitor.send(url, told, expect=422, ends_on="31.11.2026")
    assert "Tarihi gün, ay ve yıl olarak yazın" in page.text
    page = visitor.send(url, told, expect=422, planned_days="30")
    assert "Bu tarihler arasında 10 iş günü var, ama 30 gün planlandı." in page.text
    visitor.send(url, told)
    page = visitor.open(url)
    assert "İşletme eşleştirmesi kaydedildi." in page.text
    assert (page.form()["starts_on"], page.form()["briefed_on"]) == ("30.11.2026", "")


def test_the_teacher_cannot_be_the_mentor_on_the_page_either(visitor: Visitor, placement: Placement) -> None:
    with db.transaction():
        own = a_mentor(found_again(placement).workplace.company, email=placement.enrolment.person.email)
    admin = an_admin(placement)
    page = visitor.sign_in(admin).open(placement_url(placement))
    page = visitor.send(placement_url(placement), page.form(), expect=422, mentor_id=str(own.id))
    assert "İş yeri eğitmeninin e-posta adresi öğretmeninkiyle aynı." in page.text


def test_a_centre_without_companies_is_told_to_add_one(visitor: Visitor) -> None:
    with db.transaction():
        enrolment = a_teacher_in_a_run()
        admin = a_centre_administrator(enrolment.run.centre)
    page = visitor.sign_in(admin).open(f"/tr/enrolment/{enrolment.id}/placement")
    assert "Önce bir işletme ekleyin." in page.text


def test_staff_read_the_log_and_write_nothing(visitor: Visitor, placement: Placement) -> None:
    with db.transaction():
        a_day(found_again(placement), MONDAY, photos=[a_picture()])
        trainer = next(duty.person for duty in found_again(placement).enrolment.run.duties if duty.duty == "trainer")
    page = visitor.sign_in(trainer).open(log_url(placement))
    assert page.h1 == "İş başı günlüğü: Gülşah Demo"
    assert SENTENCE in page.text
    assert page.statements <= 15
    assert not page.all("textarea")
    assert visitor.client.get(page.all("img", class_="photo")[0].get("src") or "").status_code == 200
    visitor.send(
        log_url(placement), {"on": "30.11.2026", "reason": "Ben de açayım.", "_once": str(new_id())}, expect=403
    )
    visitor.open(placement_url(placement), expect=404)
    visitor.open(day_url(placement, MONDAY), expect=404)


def test_an_administrator_opens_an_old_day_and_the_teacher_writes_it(visitor: Visitor, placement: Placement) -> None:
    with today_is(date(2026, 12, 8)):
        visitor.sign_in(an_admin(placement))
        page = visitor.open(log_url(placement))
        page = visitor.send(log_url(placement), page.form(), expect=422, on="01.12.2026", reason="")
        assert "Günün neden geç açıldığını yazın." in page.text
        visitor.send(log_url(placement), page.form(), on="01.12.2026", reason="Gemide bağlantı yoktu.")
        page = visitor.open(log_url(placement))
        assert "Gün açıldı." in page.text
        assert "Merkez açtı, henüz yazılmadı" in page.text
        teacher = Visitor(visitor.app).sign_in(placement.enrolment.person)
        form = teacher.open(day_url(placement, TUESDAY)).form()
        assert form["reason"] == "Gemide bağlantı yoktu."
        teacher.send(day_url(placement, TUESDAY), form, reflection=SENTENCE)
        assert entries(placement)[TUESDAY].minutes == 360


def test_other_centres_see_neither_log_nor_placement(visitor: Visitor, placement: Placement) -> None:
    visitor.sign_in(an_admin(placement, ELSEWHERE))
    for url in (log_url(placement), placement_url(placement)):
        visitor.open(url, expect=404)


def test_a_log_without_a_placement_says_so(visitor: Visitor) -> None:
    with db.transaction():
        enrolment = a_teacher_in_a_run()
        admin = a_centre_administrator(enrolment.run.centre)
    page = visitor.sign_in(admin).open(f"/tr/enrolment/{enrolment.id}/log")
    assert "Henüz bir iş yeri yok" in page.text


def test_ten_written_days_cost_as_many_statements_as_one(teacher: Visitor, placement: Placement) -> None:
    with db.transaction():
        a_day(found_again(placement), MONDAY, photos=[a_picture()])
    few = teacher.open(week_url(placement)).statements
    with db.transaction():
        for on in (TUESDAY, WEDNESDAY):
            a_day(found_again(placement), on, photos=[a_picture()])
    assert teacher.open(week_url(placement)).statements == few
    assert teacher.open(day_url(placement, MONDAY)).statements <= 8


def test_every_page_is_complete_in_english(teacher: Visitor, placement: Placement) -> None:
    with db.transaction():
        a_day(found_again(placement), MONDAY)
    turkish = re.compile(r"[ğışİĞŞ]")
    known = (SENTENCE, "Gülşah Demo", "OSTİM pano atölyesi", "SMM Training", "Türkçe")
    for path in (day_url(placement, TUESDAY, "en"), f"/en/log/{placement.id}/week/1"):
        text = teacher.open(path).text
        for words in known:
            text = text.replace(words, "")
        assert not turkish.search(text), text


def test_the_centre_sees_how_a_sent_week_stands_and_mails_the_link_again(
    visitor: Visitor, placement: Placement
) -> None:
    old, admin = sent(placement), an_admin(placement)
    page = visitor.sign_in(admin).open(log_url(placement))
    for words in (
        "İşletme onayında",
        "30 Kasım – 1 Aralık 2026",
        "2 Aralık 2026, 14.30",
        "giden kutusunda; bu kurulum e-posta göndermiyor",
        "henüz görülmedi",
        "E-postaların gittiği adres: usta@demo.example.",
        "Bağlantı saat 15.30 olunca yeniden gönderilebilir.",
    ):
        assert words in page.text, words
    assert page.statements <= 15
    assert page.links()["Adresi düzelt"] == f"/tr/management/contact/{placement.mentor_id}/edit"
    press(Visitor(visitor.app), old, "opened", expect=204)
    with today_is(at=time(15, 45)):
        page = visitor.open(log_url(placement))
        assert "henüz görülmedi" not in page.text
        again = page.all("button", name="again")[0].get("value")
        visitor.send(log_url(placement), {"_once": str(new_id())}, again=again)
        assert "Alıcı: Demo Usta." in visitor.open(log_url(placement)).text
        page = visitor.send(log_url(placement), {"_once": str(new_id())}, again=again, expect=409)
        assert "saat 16.45 olmadan yeniden yazılmaz" in page.text
        assert "Bu bağlantının yerine yenisi gönderildi" in Visitor(visitor.app).open(old, expect=410).text


def test_a_trainer_reads_how_a_week_stands_but_mails_nobody(visitor: Visitor, placement: Placement) -> None:
    sent(placement)
    with db.reading():
        trainer = next(one.person for one in placement.enrolment.run.duties if one.duty.value == "trainer")
    page = visitor.sign_in(trainer).open(log_url(placement))
    assert "Son gönderim" in page.text
    assert "usta@demo.example" not in page.text
    with db.reading() as session:
        week = session.scalars(select(SentWeek.id)).one()
    with today_is(at=time(16)):
        visitor.send(log_url(placement), {"_once": str(new_id())}, again=str(week), expect=403)


def test_a_week_of_another_placement_is_not_mailed_from_here(visitor: Visitor, placement: Placement) -> None:
    sent(placement)
    visitor.sign_in(an_admin(placement))
    visitor.send(log_url(placement), {"_once": str(new_id())}, again=str(new_id()), expect=404)


def test_correcting_the_mentors_address_ends_every_link_at_the_old_one(visitor: Visitor, placement: Placement) -> None:
    waiting = sent(placement, MONDAY)
    receipt_of = sent(placement, TUESDAY)
    press(Visitor(visitor.app), receipt_of, "confirm")
    with db.reading():
        found = re.search(r"/m/[\w-]+", mails("workplace/receipt")[-1].text)
    assert found is not None
    visitor.sign_in(an_admin(placement))
    url = f"/tr/management/contact/{placement.mentor_id}/edit"
    visitor.send(url, visitor.open(url).form(), email="yeni.usta@demo.example")
    someone = Visitor(visitor.app)
    assert "Bu bağlantının yerine yenisi gönderildi" in someone.open(waiting, expect=410).text
    someone.open(found[0], expect=410)
    with db.reading():
        assert mails("workplace/week_sent")[-1].to_address == "yeni.usta@demo.example"
