"""The teacher's pages of the log: the day and the week."""

import re
from datetime import date, time
from typing import Any

import pytest

from lmp.core import db
from lmp.core.ids import new_id
from lmp.workplace.models import DayState, Placement
from tests.builders.accounts import a_teacher
from tests.builders.mails import mails
from tests.builders.workplace import (
    MONDAY,
    SATURDAY,
    SENTENCE,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_day,
    a_huge_picture,
    a_picture,
    a_placement,
    a_teacher_in_a_run,
    a_zip,
    found_again,
    today_is,
)
from tests.visitor import Visitor
from tests.workplace.steps import day_url, entries, sent, week_url


def test_the_log_leads_to_the_current_week(teacher: Visitor, placement: Placement) -> None:
    assert teacher.open("/tr/log", expect=302).location == week_url(placement)
    with today_is(date(2026, 12, 9)):
        teacher.sign_in(placement.enrolment.person)
        assert teacher.open("/tr/log", expect=302).location == week_url(placement, 2)


def test_a_teacher_without_a_placement_is_told_when_the_log_begins(visitor: Visitor) -> None:
    with db.transaction():
        alone = a_teacher("Yalnız Demo")
    page = visitor.sign_in(alone).open("/tr/log")
    assert "Henüz bir iş yeriniz yok" in page.text


def test_several_placements_are_listed(visitor: Visitor, placement: Placement) -> None:
    with db.transaction():
        here = found_again(placement).enrolment
        again = a_placement(a_teacher_in_a_run(here.run.version, here.person))
    page = visitor.sign_in(placement.enrolment.person).open("/tr/log")
    assert {week_url(placement), week_url(again)} <= set(page.links().values()) | {
        link.get("href") for link in page.all("a")
    }


def test_a_fresh_day_is_filled_in_from_the_plan(teacher: Visitor, placement: Placement) -> None:
    page = teacher.open(day_url(placement, WEDNESDAY))
    form = page.form()
    assert page.h1 == "2 Aralık Çarşamba"
    assert "İş başı günlüğü, 3. gün / 10" in page.text
    assert (form["starts"], form["ends"], form["break_minutes"], form["version"]) == ("08.30", "15.30", "60", "0")
    assert form["tasks"] == ["t7", "t8", "t9"]
    assert [box.get("value") for box in page.all("input", name="more_tasks")] == ["t1", "t2", "t3", "t4", "t5", "t6"]
    assert "6 saat 360 dakika sayılır" in page.text
    assert page.statements <= 8


def test_saving_takes_one_sentence_and_one_press(teacher: Visitor, placement: Placement) -> None:
    url = day_url(placement, WEDNESDAY)
    form = teacher.open(url).form()
    assert teacher.send(url, form, reflection=SENTENCE).location == url
    page = teacher.open(url)
    assert "Gün kaydedildi." in page.text
    assert "Kaydedildi 14.30" in page.text
    assert "Onaya gönderildi" not in page.text
    assert (page.form()["reflection"], page.form()["version"]) == (SENTENCE, "1")
    entry = entries(placement)[WEDNESDAY]
    assert (entry.minutes, entry.tasks, str(entry.id)) == (360, ["t7", "t8", "t9"], form["entry_id"])


def test_times_are_taken_as_people_write_them(teacher: Visitor, placement: Placement) -> None:
    url = day_url(placement, WEDNESDAY)
    form = teacher.open(url).form()
    teacher.send(url, form, reflection=SENTENCE, starts="22:00", ends="0530", break_minutes=" 30 ")
    entry = entries(placement)[WEDNESDAY]
    assert (entry.starts, entry.ends, entry.minutes) == (time(22), time(5, 30), 420)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts": "25.99"}, "Saati saat ve dakika olarak yazın"),
        ({"ends": ""}, "Ne zaman bitirdiğinizi yazın"),
        ({"ends": "18.00"}, "Bir gün, ara dışında en çok 480 dakika sayılır; bu saatler 510 dakika ediyor."),
        ({"break_minutes": "bir saat"}, "Arayı dakika olarak yazın, örneğin 60."),
        ({"break_minutes": "600"}, "Ara, günün kendisi kadar uzun."),
        ({"tasks": []}, "En az bir iş seçin ya da yaptığınız başka işi yazın."),
        ({"tasks": ["t99"]}, "İşlerden biri planınızda yok."),
        ({"reflection": ""}, "Bir cümle yazın: Sınıfa ne götüreceksiniz?"),
        ({"reflection": "ğ" * 601}, "Bunu 600 karaktere kısaltın; şu anda 601 karakter."),
        ({"absent": "y", "away_why": ""}, "Neden iş yerinde olmadığınızı yazın."),
        ({"photos": (a_zip(), "fotoğraf.jpg")}, "okuyabildiğimiz bir fotoğraf değil"),
        ({"photos": (a_huge_picture(), "dev.png")}, "50 megapiksel"),
    ],
)
def test_what_cannot_be_is_said_clearly_and_nothing_typed_is_lost(
    teacher: Visitor, placement: Placement, changes: dict[str, Any], sentence: str
) -> None:
    url = day_url(placement, WEDNESDAY)
    form = {**teacher.open(url).form(), "reflection": "İş bitti, IŞIK yandı.", "other_work": "Şalt sahası ığırdadı"}
    if "tasks" in changes and not changes["tasks"]:
        form["other_work"] = ""
    page = teacher.send(url, form, expect=422, **changes)
    assert sentence in page.text
    assert page.all("div", id="error-summary")
    assert "".join(page.all("title")[0].itertext()).startswith("Hata:")
    kept = page.form()
    for name in ("reflection", "other_work", "entry_id", "starts", "ends"):
        assert kept[name] == changes.get(name, form[name])
    assert entries(placement) == {}


def test_a_stale_window_keeps_its_text_and_can_be_saved_on_purpose(teacher: Visitor, placement: Placement) -> None:
    url = day_url(placement, MONDAY)
    first, second = teacher.open(url).form(), teacher.open(url).form()
    teacher.send(url, first, reflection="Telefondan yazdım.")
    page = teacher.send(url, second, expect=409, reflection="Bilgisayardan yazdım.")
    assert "başka bir pencerede ya da cihazda değişti" in page.text
    assert "Telefondan yazdım." in page.text
    assert page.form()["reflection"] == "Bilgisayardan yazdım."
    assert entries(placement)[MONDAY].reflection == "Telefondan yazdım."
    teacher.send(url, page.form())
    assert entries(placement)[MONDAY].reflection == "Bilgisayardan yazdım."


def test_pressing_save_twice_saves_once(teacher: Visitor, placement: Placement) -> None:
    url = day_url(placement, MONDAY)
    form = {**teacher.open(url).form(), "reflection": SENTENCE, "photos": (a_picture(), "foto.jpg")}
    for _ in range(2):
        assert teacher.send(url, form).location == url
    assert entries(placement)[MONDAY].version == 1
    assert len(teacher.open(url).all("img", class_="photo")) == 1


def test_switching_the_language_keeps_what_was_typed_and_saves_nothing(teacher: Visitor, placement: Placement) -> None:
    url = day_url(placement, MONDAY)
    form = teacher.open(url).form()
    page = teacher.send(url, form, expect=200, reflection="Yarım kalmış cümle", _lang="en")
    assert page.h1 == "Monday 30 November"
    assert page.form()["reflection"] == "Yarım kalmış cümle"
    assert entries(placement) == {}


def test_a_day_of_the_future_and_an_old_day_explain_themselves(teacher: Visitor, placement: Placement) -> None:
    page = teacher.open(day_url(placement, THURSDAY))
    assert "Bu gün henüz gelmedi" in page.text
    assert not page.all("textarea")
    with today_is(date(2026, 12, 8)):
        teacher.sign_in(placement.enrolment.person)
        page = teacher.open(day_url(placement, WEDNESDAY))
        assert "yalnızca merkez koordinatörü açabilir. Merkezinize başvurun: Ankara Cezeri" in page.text
        assert not page.all("textarea")


def test_a_weekend_asks_for_a_reason_and_shows_every_task(teacher: Visitor, placement: Placement) -> None:
    with today_is(SATURDAY):
        teacher.sign_in(placement.enrolment.person)
        url = day_url(placement, SATURDAY)
        page = teacher.open(url)
        assert "olağan bir iş günü değil: Cumartesi" in page.text
        form = {**page.form(), "reflection": SENTENCE, "more_tasks": ["t1"]}
        page = teacher.send(url, form, expect=422)
        assert "Bu gün olağan bir iş günü değil (Cumartesi). Neden çalıştığınızı yazın." in page.text
        teacher.send(url, page.form(), reason="Devreye alma cumartesiye kaldı.")
        assert "5 Ara Cmt" in teacher.open(week_url(placement)).text


def test_a_day_away_is_saved_with_its_reason(teacher: Visitor, placement: Placement) -> None:
    url = day_url(placement, MONDAY)
    teacher.send(url, teacher.open(url).form(), absent="y", away_why="Raporluydum.")
    page = teacher.open(url)
    assert (page.form()["absent"], page.form()["away_why"]) == (["y"], "Raporluydum.")
    assert "İş yerinde değildi" in teacher.open(week_url(placement)).text


def test_photos_are_shown_served_to_nobody_else_and_removed(teacher: Visitor, placement: Placement) -> None:
    url = day_url(placement, MONDAY)
    form = teacher.open(url).form()
    teacher.send(
        url, form, reflection=SENTENCE, photos=[(a_picture(), "bir.jpg"), (a_picture(colour="#003300"), "iki.jpg")]
    )
    page = teacher.open(url)
    sources = [image.get("src") or "" for image in page.all("img", class_="photo")]
    assert len(sources) == 2
    answer = teacher.client.get(sources[0])
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    stranger = Visitor(teacher.app)
    with db.transaction():
        other = a_teacher("Başka Demo")
    assert stranger.client.get(sources[0]).status_code == 302
    assert stranger.sign_in(other).client.get(sources[0]).status_code == 404
    box = page.all("input", name="remove")[0]
    teacher.send(url, page.form(), remove=[box.get("value")])
    assert len(teacher.open(url).all("img", class_="photo")) == 1


def test_no_photo_is_asked_for_where_none_is_allowed(visitor: Visitor) -> None:
    with db.transaction():
        placement = a_placement(photos_allowed=False)
    page = visitor.sign_in(placement.enrolment.person).open(day_url(placement, MONDAY))
    assert "Bu iş yerinde fotoğraf çekilmez" in page.text
    assert not page.all("input", type="file")


@pytest.mark.parametrize("path", ["2026-02-30", "dün", "2026-11-29", "2027-01-04"])
def test_a_day_that_is_none_or_outside_the_placement_does_not_exist(
    teacher: Visitor, placement: Placement, path: str
) -> None:
    teacher.open(f"/tr/log/{placement.id}/{path}", expect=404)


def _without_token(html: str) -> str:
    """A page without its CSRF tokens, which change with the second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", html)


def test_strangers_do_not_learn_that_a_log_exists(visitor: Visitor, placement: Placement) -> None:
    with db.transaction():
        other = a_teacher("Başka Demo")
    visitor.sign_in(other)
    unknown = new_id()
    for url in (day_url(placement, MONDAY), week_url(placement)):
        found = visitor.open(url, expect=404)
        missing = visitor.open(url.replace(str(placement.id), str(unknown)), expect=404)
        assert _without_token(found.html.replace(str(placement.id), str(unknown))) == _without_token(missing.html)
    assert Visitor(visitor.app).open(week_url(placement), expect=302).location.startswith("/tr/sign-in")


def test_a_week_shows_what_the_mentor_will_see_and_sends_it(teacher: Visitor, placement: Placement) -> None:
    with db.transaction():
        a_day(found_again(placement), MONDAY, photos=[a_picture()])
        a_day(found_again(placement), TUESDAY, other_work="Etiket yazımı")
    page = teacher.open(week_url(placement))
    assert page.h1 == "1. hafta"
    for words in (SENTENCE, "Güvenlik bilgilendirmesi, Etiket yazımı", "08.30–15.30, 360 dk", "Gönderilecek 2 gün"):
        assert words in page.text
    assert page.statements <= 9
    teacher.send(week_url(placement), page.form())
    page = teacher.open(week_url(placement))
    assert "Bağlantıyı içeren e-postanın alıcısı: Demo Usta." in page.text
    assert "Onaya gönderildi" in page.text
    assert {entry.state for entry in entries(placement).values()} == {DayState.SENT}


def test_a_week_sent_twice_by_a_double_press_is_sent_once(teacher: Visitor, placement: Placement) -> None:
    with db.transaction():
        a_day(found_again(placement), MONDAY)
    form = teacher.open(week_url(placement)).form()
    for _ in range(2):
        teacher.send(week_url(placement), form)
    with db.reading():
        assert len(mails("workplace/week_sent")) == 1


def test_an_empty_week_explains_itself_and_cannot_be_sent(teacher: Visitor, placement: Placement) -> None:
    page = teacher.open(week_url(placement))
    assert "Bu haftaya henüz bir şey yazılmadı" in page.text
    page = teacher.send(week_url(placement), {"_once": str(new_id())}, expect=422)
    assert "Gönderilecek gün yok. Önce en az bir gün kaydedin." in page.text
    teacher.open(week_url(placement, 3), expect=404)


def test_the_link_can_be_mailed_again_an_hour_later(teacher: Visitor, placement: Placement) -> None:
    old = sent(placement)
    page = teacher.open(week_url(placement))
    assert page.all("button", name="again") == []
    assert "Bağlantı saat 15.30 olunca yeniden gönderilebilir." in page.text
    with today_is(at=time(15, 31)):
        page = teacher.open(week_url(placement))
        button = page.all("button", name="again")[0]
        teacher.send(week_url(placement), page.form(), again=button.get("value"))
        assert "Alıcı: Demo Usta." in teacher.open(week_url(placement)).text
        over = Visitor(teacher.app).open(old, expect=410)
    assert "Bu bağlantının yerine yenisi gönderildi: 2 Aralık 2026, 15.31." in over.text


def test_a_sent_day_says_what_changing_it_means_and_changing_pulls_the_week_back(
    teacher: Visitor, placement: Placement
) -> None:
    link = sent(placement)
    page = teacher.open(day_url(placement, MONDAY))
    assert "Bu gün işletme onayında." in page.text
    teacher.send(day_url(placement, MONDAY), page.form(), ends="15.00")
    assert {entry.state for entry in entries(placement).values()} == {DayState.DRAFT}
    over = Visitor(teacher.app).open(link, expect=410)
    assert over.h1 == "Bu bağlantı kapandı"
    assert "Hiçbir şey kaybolmadı" in over.text
