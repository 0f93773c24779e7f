"""The pages of the log: the teacher's, the mentor's and the staff's."""

import re
from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from lmp.accounts.models import Person
from lmp.core import db
from lmp.core.ids import new_id
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace import rules
from lmp.workplace.models import DayEntry, DayState, Placement
from tests.builders.accounts import a_centre, a_centre_administrator, a_teacher
from tests.builders.workplace import (
    MONDAY,
    SATURDAY,
    SENTENCE,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_company,
    a_day,
    a_huge_picture,
    a_mentor,
    a_picture,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
    a_workplace,
    a_zip,
    found_again,
    mails,
    newest_token,
    today_is,
)
from tests.visitor import Page, Visitor

ELSEWHERE = "smm-bur-tophane"


@pytest.fixture
def placement(app: Any) -> Placement:
    """A committed placement."""
    with db.transaction():
        return a_placement()


@pytest.fixture
def teacher(visitor: Visitor, placement: Placement) -> Visitor:
    """The placed teacher's browser."""
    return visitor.sign_in(placement.enrolment.person)


def day_url(placement: Placement, on: date, lang: str = "tr") -> str:
    """The address of a day's page."""
    return f"/{lang}/log/{placement.id}/{on.isoformat()}"


def week_url(placement: Placement, number: int = 1) -> str:
    """The address of a week's page."""
    return f"/tr/log/{placement.id}/week/{number}"


def sent(placement: Placement, *days: date) -> str:
    """Send days and answer the mentor's address."""
    with db.transaction():
        a_sent_week(found_again(placement), days or (MONDAY, TUESDAY))
        return f"/m/{newest_token()}"


def entries(placement: Placement) -> dict[date, DayEntry]:
    """What the database holds."""
    with db.reading() as session:
        found = list(session.scalars(select(DayEntry).where(DayEntry.placement_id == placement.id)))
        session.expunge_all()
        return {entry.day: entry for entry in found}


def minutes_of(placement: Placement) -> int:
    """Confirmed minutes."""
    with db.reading():
        return hours.sums(placement.enrolment_id)[Strand.WORKPLACE]


def an_admin(placement: Placement, slug: str | None = None) -> Person:
    """An administrator of the placement's centre, or of another one."""
    with db.transaction():
        return a_centre_administrator(a_centre(slug) if slug else placement.enrolment.run.centre)


# --- the teacher's day ---------------------------------------------------------------------------------------------


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


# --- the teacher's week --------------------------------------------------------------------------------------------


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


def test_the_link_can_be_mailed_again(teacher: Visitor, placement: Placement) -> None:
    old = sent(placement)
    page = teacher.open(week_url(placement))
    button = page.all("button", name="again")[0]
    teacher.send(week_url(placement), page.form(), again=button.get("value"))
    assert "Alıcı: Demo Usta." in teacher.open(week_url(placement)).text
    Visitor(teacher.app).open(old, expect=410)


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


# --- the mentor ----------------------------------------------------------------------------------------------------


def press(mentor: Visitor, url: str, act: str, *, expect: int = 303, **values: Any) -> Page:
    """Press a button of the mentor's page."""
    return mentor.send(url, {"act": act, **values}, expect=expect)


def test_a_mentor_sees_who_how_long_and_every_day_without_an_account(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    page = visitor.open(url)
    assert page.h1 == "Gülşah Demo adlı öğretmenin 2 iş gününü onaylayın"
    for words in (
        "Demo Pano ve Elektrik için",
        "30 Kasım – 1 Aralık 2026",
        "2 gün, 12 saat",
        "2 günün tümü doğruysa",
        SENTENCE,
        "Demo Usta, pano montaj sorumlusu.",
        "Yalnızca kararınızı, gününü ve saatini saklarız.",
        "son günü: 16 Aralık 2026",
        "Bu bir onaydır, elektronik imza değildir.",
    ):
        assert words in page.text
    assert placement.enrolment.person.email not in page.html
    assert [button.get("value") for button in page.all("button", name="act")] == [
        "confirm",
        "correct",
        "correct",
        "confirm",
        "deny",
    ]
    assert page.response.headers["Cache-Control"] == "no-store"


def test_opening_the_link_confirms_nothing_however_often(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    for method in (visitor.client.get, visitor.client.head, visitor.client.get):
        assert method(url).status_code == 200
    assert minutes_of(placement) == 0
    assert {entry.state for entry in entries(placement).values()} == {DayState.SENT}


def test_one_press_confirms_the_week_and_the_link_says_so_from_then_on(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    answer = press(visitor, url, "confirm")
    assert urlsplit(answer.location).path == url
    for page in (visitor.open(url), press(visitor, url, "confirm", expect=200), Visitor(visitor.app).open(url)):
        assert page.h1 == "Bu hafta onaylandı"
        assert "Gülşah Demo adlı öğretmenin 2 iş günü onaylandı." in page.text
        assert SENTENCE not in page.text
    assert minutes_of(placement) == 720
    with db.reading():
        assert len(mails("workplace/week_confirmed")) == 1


def test_a_correction_needs_words_and_goes_back_with_them(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    monday = entries(placement)[MONDAY]
    page = press(visitor, url, "correct", entry=str(monday.id), why="  ", expect=422)
    assert "Neyin düzeltileceğini yazın." in page.text
    assert "".join(page.all("title")[0].itertext()).startswith("Hata:")
    assert [found.get("open") is not None for found in page.all("details")] == [True, False]
    press(visitor, url, "correct", entry=str(monday.id), why="Pazartesi 15.00'te çıktık; İş 17.30'da bitmedi.")
    page = visitor.open(url)
    assert page.h1 == "Gülşah Demo adlı öğretmenin 1 iş gününü onaylayın"
    assert "1 gün için düzeltme istediniz" in page.text
    press(visitor, url, "confirm")
    assert "1 gün düzeltilmek üzere öğretmene döndü" in visitor.open(url).text
    assert minutes_of(placement) == 360
    teacher = Visitor(visitor.app).sign_in(placement.enrolment.person)
    for told in (teacher.open(week_url(placement)), teacher.open(day_url(placement, MONDAY))):
        assert "Pazartesi 15.00'te çıktık; İş 17.30'da bitmedi." in told.text
        assert "Düzeltme istendi" in told.text


def test_a_too_long_correction_is_kept_in_its_field(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement, MONDAY)
    why = "ı" * 601
    page = press(visitor, url, "correct", entry=str(entries(placement)[MONDAY].id), why=why, expect=422)
    assert why in page.text
    assert "Bunu 600 karaktere kısaltın" in page.text


def test_a_mentor_reads_the_page_in_english(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement, MONDAY)
    page = visitor.open(f"{url}?lang=en")
    assert page.h1 == "Confirm 1 working day of Gülşah Demo"
    assert page.links()["Türkçe"] == f"{url}?lang=tr"
    answer = press(visitor, f"{url}?lang=en", "confirm")
    assert answer.location == f"{url}?lang=en"
    assert visitor.open(answer.location).h1 == "These days are confirmed"


def test_an_expired_an_invented_and_a_cut_off_link_say_what_to_do(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    with today_is(WEDNESDAY + timedelta(days=15)):
        page = visitor.open(url, expect=410)
        assert page.h1 == "Bu bağlantı kapandı"
        assert "Yardım: 0 000 000 00 00" in page.text
        press(visitor, url, "confirm", expect=410)
    visitor.open(url[:-4], expect=404)
    visitor.open("/m/" + "A" * 43, expect=404)
    assert minutes_of(placement) == 0


def test_somebody_who_is_not_the_mentor_can_say_so(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    page = press(visitor, url, "deny", expect=200)
    assert page.h1 == "Haber verdiğiniz için teşekkür ederiz"
    visitor.open(url, expect=410)
    assert minutes_of(placement) == 0
    with db.reading():
        assert len(mails("workplace/mentor_denied")) >= 2


def test_a_press_that_names_no_known_act_or_day_changes_nothing(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    press(visitor, url, "issue")
    press(visitor, url, "correct", entry="x", why="Yanlış.", expect=404)
    press(visitor, url, "correct", entry=str(new_id()), why="Yanlış.", expect=404)
    assert {entry.state for entry in entries(placement).values()} == {DayState.SENT}


def test_a_confirmation_needs_the_token_of_its_own_session(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    assert visitor.client.post(url, data={"act": "confirm"}).status_code == 400
    assert minutes_of(placement) == 0


def test_the_teacher_cannot_confirm_in_their_own_browser(teacher: Visitor, placement: Placement) -> None:
    url = sent(placement)
    page = teacher.open(url, expect=403)
    assert "Bunlar sizin günleriniz; onları işletme onaylar." in page.text
    press(teacher, url, "confirm", expect=403)
    assert minutes_of(placement) == 0


def test_a_mentor_sees_the_photos_under_the_link_only(visitor: Visitor, placement: Placement) -> None:
    with db.transaction():
        a_day(found_again(placement), MONDAY, photos=[a_picture()])
    url = sent(placement, MONDAY)
    page = visitor.open(url)
    source = page.all("img", class_="photo")[0].get("src") or ""
    assert source.startswith(f"{url}/photo/")
    answer = visitor.client.get(source)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"].startswith("private")
    assert visitor.client.get(source.replace(url, "/m/" + "A" * 43)).status_code in (302, 404)
    press(visitor, url, "confirm")
    assert visitor.client.get(source).status_code == 410


def test_a_day_that_clashes_goes_back_and_the_rest_is_confirmed(visitor: Visitor, placement: Placement) -> None:
    starts_at, ends_at = rules.interval(MONDAY, time(9), time(10))
    with db.transaction():
        hours.post(
            enrolment=found_again(placement).enrolment,
            strand=Strand.MEETING,
            minutes=60,
            day=MONDAY,
            source_kind="meeting",
            source_id="m1",
            starts_at=starts_at,
            ends_at=ends_at,
        )
    url = sent(placement)
    press(visitor, url, "confirm")
    page = visitor.open(url)
    assert "1 iş günü onaylandı." in page.text
    teacher = Visitor(visitor.app).sign_in(placement.enrolment.person)
    assert "30 Kasım 2026, 09.00–10.00" in teacher.open(day_url(placement, MONDAY)).text


def test_a_correction_of_a_confirmed_day_asks_for_its_reason(teacher: Visitor, placement: Placement) -> None:
    url = sent(placement, MONDAY)
    press(Visitor(teacher.app), url, "confirm")
    day = day_url(placement, MONDAY)
    page = teacher.open(day)
    assert "İşletme bu günü onayladı." in page.text
    page = teacher.send(day, page.form(), expect=422, ends="14.30")
    assert "Bu gün onaylı. Neden değiştiğini yazın" in page.text
    teacher.send(day, page.form(), reason="Bir saat erken çıktım.")
    assert minutes_of(placement) == 0
    again = sent(placement, MONDAY)
    mentor = Visitor(teacher.app)
    assert "Gerekçe: Bir saat erken çıktım." in mentor.open(again).text
    press(mentor, again, "confirm")
    assert minutes_of(placement) == 300


# --- the staff -----------------------------------------------------------------------------------------------------


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
