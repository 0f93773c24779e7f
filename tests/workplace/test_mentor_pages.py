"""The mentor's page, and how a confirmed day is corrected."""

import re
from datetime import time, timedelta
from urllib.parse import urlsplit

from lmp.core import db
from lmp.core.ids import new_id
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace import rules
from lmp.workplace.models import DayState, Placement
from tests.builders.mails import mails, told
from tests.builders.workplace import (
    MONDAY,
    SENTENCE,
    WEDNESDAY,
    a_day,
    a_picture,
    found_again,
    today_is,
)
from tests.visitor import Visitor
from tests.workplace.steps import day_url, entries, minutes_of, press, sent, week_url


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
        assert len(told("workplace/week_confirmed")) == 1


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
    for page in (teacher.open(week_url(placement)), teacher.open(day_url(placement, MONDAY))):
        assert "Pazartesi 15.00'te çıktık; İş 17.30'da bitmedi." in page.text
        assert "Düzeltme istendi" in page.text


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
    assert page.links()["Türkçe TR"] == f"{url}?lang=tr"
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


def test_a_mentor_takes_a_confirmation_back_from_the_same_link(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    assert "Onayınızı 7 gün içinde geri alabilirsiniz." in visitor.open(url).text
    press(visitor, url, "confirm")
    page = visitor.open(url)
    assert "Onayınızı geri almanın son günü: 9 Aralık 2026." in page.text
    assert [box.get("checked") for box in page.all("input", type="checkbox")] == [None, None]
    assert minutes_of(placement) == 720
    monday = str(entries(placement)[MONDAY].id)
    page = press(visitor, url, "take_back", days=monday, why=" ", expect=422)
    assert "Neyin düzeltileceğini yazın." in page.text
    assert page.all("details")[0].get("open") is not None
    press(visitor, url, "take_back", days=monday, why="Pazartesi yoktu.")
    page = visitor.open(url)
    assert "Onay geri alındı. Öğretmene haber verildi." in page.text
    assert "1 iş günü onaylandı" in page.text
    assert "1 gün düzeltilmek üzere öğretmene döndü" in page.text
    assert minutes_of(placement) == 360
    teacher = Visitor(visitor.app).sign_in(placement.enrolment.person)
    shown = teacher.open(day_url(placement, MONDAY))
    assert "İşletme onayını geri aldı" in shown.text
    assert "Pazartesi yoktu." in shown.text
    week = teacher.open(week_url(placement))
    assert "Onay: 2 Aralık 2026, Demo Usta. Geri alındı: 2 Aralık 2026. Gerekçe: Pazartesi yoktu." in week.text


def test_the_receipts_link_opens_the_same_page_and_is_refused_kindly_after_seven_days(
    visitor: Visitor, placement: Placement
) -> None:
    url = sent(placement)
    press(visitor, url, "confirm")
    with db.reading():
        found = re.search(r"/m/[\w-]+", mails("workplace/receipt")[0].text)
    assert found is not None
    assert "9 Aralık 2026" in visitor.open(found[0]).text
    monday = str(entries(placement)[MONDAY].id)
    with today_is(WEDNESDAY + timedelta(days=8)):
        for one in (url, found[0]):
            page = visitor.open(one)
            assert "Bir onay 7 gün içinde geri alınabilir; son gün 9 Aralık 2026 idi." in page.text
            assert page.all("input", type="checkbox") == []
            page = press(visitor, one, "take_back", days=monday, why="Geç kaldım.", expect=422)
            assert "son gün 9 Aralık 2026 idi" in page.text
    assert minutes_of(placement) == 720
    press(visitor, found[0], "take_back", days=monday, why="Pazartesi yoktu.")
    assert minutes_of(placement) == 360


def test_a_teacher_cannot_take_the_companys_confirmation_back(visitor: Visitor, placement: Placement) -> None:
    url = sent(placement)
    press(visitor, url, "confirm")
    teacher = Visitor(visitor.app).sign_in(placement.enrolment.person)
    monday = str(entries(placement)[MONDAY].id)
    press(teacher, url, "take_back", days=monday, why="Bir şey.", expect=403)
    assert minutes_of(placement) == 720
