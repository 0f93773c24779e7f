"""Pages that lead people to a course: filters, reasons, dates, and who is asked to apply."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from lmp.content import service as content
from lmp.core import db
from tests.builders.accounts import a_centre_administrator, a_teacher, a_trainer, acting
from tests.builders.content import BY, course_files, edit
from tests.builders.workplace import today_is
from tests.catalogue.shelf import NOTE, a_course, a_run_in
from tests.visitor import Visitor

STRANGE = ("%00", "%F0%9F%98%80", "..%2F..", "A" * 300)


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(date(2026, 12, 2)):
        yield


@pytest.fixture
def two_courses(app: Flask) -> None:
    with db.transaction():
        a_run_in(a_course("ruzgar", "Rüzgâr türbini bakımı", field="yenilenebilir-enerji"), 30)
        a_course("boya", "Su bazlı boya", field="mobilya", centre="smm-bur-inegol")


def test_each_set_filter_is_a_chip_that_takes_itself_away(visitor: Visitor, two_courses: None) -> None:
    links = visitor.open("/tr/course?q=bak%C4%B1m&field=yenilenebilir-enerji&province=6&province=16").links()
    chips = {text.removeprefix("Süzgeci kaldır: "): url for text, url in links.items() if text.startswith("Süzgeci")}
    assert set(chips) == {"Yenilenebilir Enerji Teknolojileri", "Ankara", "Bursa"}
    assert chips["Ankara"] == "/tr/course?q=bak%C4%B1m&field=yenilenebilir-enerji&province=16"
    assert "field" not in visitor.open(chips["Yenilenebilir Enerji Teknolojileri"]).links()["Süzgeci kaldır: Ankara"]


def test_a_list_says_why_and_names_the_field_itself(visitor: Visitor, two_courses: None) -> None:
    page = visitor.open("/tr/course?q=ENERJI")
    assert "1 kurs bulundu" in page.text
    assert "Alan: Yenilenebilir Enerji Teknolojileri" in page.text
    assert page.links()["Yenilenebilir Enerji Teknolojileri"] == "/tr/field/yenilenebilir-enerji"


def test_the_other_language_keeps_search_and_filters(visitor: Visitor, two_courses: None) -> None:
    page = visitor.open("/tr/course?q=enerji&province=6")
    assert page.links()["English EN"] == "/en/course?q=enerji&province=6"


def test_courses_without_a_date_come_last_and_say_so(visitor: Visitor, two_courses: None) -> None:
    text = visitor.open("/tr/course").text
    assert text.index("Rüzgâr türbini bakımı") < text.index("Su bazlı boya") < text.index("Açık tarih yok")


def test_a_stranger_who_applies_signs_in_first_and_comes_back(visitor: Visitor, two_courses: None) -> None:
    page = visitor.open("/tr/course/ruzgar")
    apply = next(link.get("href") for link in page.all("a", class_="button") if "Başvur" in "".join(link.itertext()))
    wall = visitor.open(str(apply), expect=302)
    assert wall.location == f"/tr/sign-in?next={apply}"


def test_only_who_could_attend_is_asked_to_apply(app: Flask, two_courses: None) -> None:
    with db.transaction():
        teacher, coordinator = a_teacher(), a_centre_administrator()
    seen = {
        name: [link for link in Visitor(app).sign_in(person).open("/tr/course/ruzgar").links() if "Başvur" in link]
        for name, person in (("teacher", teacher), ("coordinator", coordinator))
    }
    assert seen["teacher"]
    assert seen["coordinator"] == []


def test_before_and_after_the_window_nobody_is_asked_to_apply(visitor: Visitor, app: Flask) -> None:
    with db.transaction():
        a_run_in(a_course("yakin", "Yakında"), 30, open_in=5, closed_after=10)
    early = visitor.open("/tr/course/yakin")
    assert "Başvuru 7 Aralık günü açılır" in early.text
    assert "24 yer" in early.text
    with today_is(date(2026, 12, 13)):
        late = visitor.open("/tr/course/yakin")
    assert "Başvuru kapandı" in late.text
    assert not any("Başvur " in f"{link} " for page in (early, late) for link in page.links())


def test_a_course_page_names_the_branches_that_may_apply(visitor: Visitor, two_courses: None) -> None:
    text = visitor.open("/tr/course/ruzgar").text
    assert "Branşlar: Elektrik-Elektronik Teknolojisi, Yenilenebilir Enerji Teknolojileri" in text
    assert "Türkçe yazıldı. İngilizce: %100 gözden geçirildi." in text
    assert "Sürüm 1, 2 Aralık 2026" in text


def test_a_regulated_trade_is_told_what_the_course_does_not_replace(visitor: Visitor, app: Flask) -> None:
    sentence = "Bu kurs yetki belgesinin yerine geçmez."
    regulated = ("minutes: {", f"regulated: {{tr: {sentence}, en: This course replaces no licence.}}\nminutes: {{")
    with db.transaction():
        a_course("gerilim", "Gerilim", changes=(regulated,))
    assert sentence in visitor.open("/tr/course/gerilim").text


@pytest.mark.parametrize("place", ["course", "field", "centre"])
@pytest.mark.parametrize("name", ["hic-yok", *STRANGE])
def test_what_cannot_be_there_is_not_found(visitor: Visitor, place: str, name: str) -> None:
    assert visitor.client.get(f"/tr/{place}/{name}").status_code == 404


@pytest.mark.parametrize(
    "query", [f"{name}={value}" for name in ("q", "field", "province", "after") for value in STRANGE]
)
def test_an_address_that_nobody_would_write_is_forgiven(visitor: Visitor, two_courses: None, query: str) -> None:
    visitor.open(f"/tr/course?{query}")


def test_home_counts_open_courses_and_leads_to_the_verification(visitor: Visitor, two_courses: None) -> None:
    page = visitor.open("/tr/")
    entries = {"".join(one.itertext()).strip() for one in page.all("li")}
    assert "Yenilenebilir Enerji Teknolojileri1" in entries
    assert "Mobilya ve İç Mekân Tasarımı0" in entries
    assert "24 yer kaldı" in page.text
    verify = next(form for form in page.all("form") if any(one.get("name") == "code" for one in form.iter("input")))
    assert (verify.get("method"), verify.get("action")) == ("get", "/tr/verify")


def test_a_field_without_courses_or_a_centre_of_its_own_says_so(visitor: Visitor, two_courses: None) -> None:
    assert "Henüz kurs yok" in visitor.open("/tr/field/tekstil").text
    page = visitor.open("/tr/centre/smm-bur-inegol")
    assert page.links()["Mobilya ve İç Mekân Tasarımı"] == "/tr/field/mobilya"
    assert "Su bazlı boya" in page.text


def test_a_course_says_how_far_its_translation_is_and_what_is_behind(visitor: Visitor, app: Flask) -> None:
    title = "title: Ölçüme hazırlık"
    with db.transaction():
        with course_files("geride") as folder:
            english = folder / "units/01-hazirlik/en.md"
            edit(english, ("state=reviewed", "state=draft"))
            edit(folder / "units/01-hazirlik/tr.md", (title, f"{title}, birinci adım"))
            content.import_course(folder, author=a_trainer(name="Yazar Demo"), by=BY)
        content.publish(content.draft("geride"), by=acting(a_trainer(name="İnceleyen Demo")), note=NOTE)
    page = visitor.open("/tr/course/geride").text
    assert "Türkçe yazıldı. İngilizce: %" in page
    assert "1 parça kaynağından eski, " in page
    assert "parça taslak" in page
    listed = visitor.open("/en/course").text
    assert "EN" in listed
    assert "100% reviewed" not in listed
    assert "% reviewed" in listed
