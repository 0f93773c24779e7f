"""What everybody may read, in both languages, with few queries."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from lmp.core import db
from lmp.network import service as network
from tests.builders.accounts import a_centre
from tests.builders.content import a_published_course
from tests.builders.enrolment import a_run, a_seated_teacher
from tests.builders.network import the_network
from tests.builders.workplace import today_is
from tests.visitor import Visitor

MOST_QUERIES = 8


@pytest.fixture(autouse=True)
def _a_day_before_the_run() -> Iterator[None]:
    with today_is(date(2026, 12, 2)):
        yield


@pytest.fixture
def course(app: Flask) -> None:
    with db.transaction():
        run = a_run(a_published_course(), capacity=2, chain=())
        a_seated_teacher(run)


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_home_explains_the_network_at_a_glance(visitor: Visitor, course: None, lang: str) -> None:
    page = visitor.open(f"/{lang}/")
    words = {
        "tr": ("15 merkez", "25 alan ve 3 ders", "6 il"),
        "en": ("15 centres", "25 fields and 3 subjects", "6 provinces"),
    }
    for word in words[lang]:
        assert word.replace(" ", "") in page.text.replace(" ", "")
    assert page.statements <= MOST_QUERIES


def test_the_index_stands_in_turkish_order(visitor: Visitor) -> None:
    names = [name for name in visitor.open("/tr/").links() if name.endswith(("Teknolojisi", "Teknolojileri"))]
    assert names.index("Gıda Teknolojisi") < names.index("İnşaat Teknolojisi") < names.index("Kimya Teknolojisi")


@pytest.mark.parametrize("query", ["OLCUM", "ölçüm", "elektrik", "cezeri", "guvenli olcum", "ELEKTRİK"])
def test_a_course_is_found_without_marks_and_in_any_case(visitor: Visitor, course: None, query: str) -> None:
    assert "Atölyede güvenli ölçüm" in visitor.open(f"/tr/course?q={query}").text


def test_what_nobody_teaches_is_said_kindly(visitor: Visitor, course: None) -> None:
    assert "Uygun kurs bulunamadı" in visitor.open("/tr/course?q=astronomi").text


@pytest.mark.parametrize("query", ["%", "'; DROP TABLE course;--", "ı" * 500, "\u202e", "   "])
def test_strange_searches_harm_nothing(visitor: Visitor, course: None, query: str) -> None:
    visitor.open("/tr/course?q=" + query)


def test_filters_live_in_the_address(visitor: Visitor, course: None) -> None:
    assert "Atölyede güvenli ölçüm" in visitor.open("/tr/course?field=elektrik-elektronik&province=6").text
    assert "Atölyede güvenli ölçüm" not in visitor.open("/tr/course?province=16").text
    visitor.open("/tr/course?province=xx&field=yok")


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_a_course_page_says_hours_places_and_languages(visitor: Visitor, course: None, lang: str) -> None:
    page = visitor.open(f"/{lang}/course/demo-kurs")
    assert ("1 yer kaldı" if lang == "tr" else "1 place left") in page.text
    assert ("1.230 dakika" if lang == "tr" else "1,230 minutes") in page.text
    assert page.statements <= MOST_QUERIES


def test_a_full_run_says_that_the_reserve_list_is_open(visitor: Visitor, app: Flask) -> None:
    with db.transaction():
        run = a_run(a_published_course(), capacity=1, chain=())
        a_seated_teacher(run)
    assert "Yedek liste açık" in visitor.open("/tr/course/demo-kurs").text


@pytest.mark.parametrize(
    "path",
    [
        "/tr/course",
        "/tr/centre",
        "/tr/centre/smm-ank-mimarsinan",
        "/en/field/bilisim",
        "/tr/help",
        "/en/privacy",
        "/tr/accessibility",
    ],
)
def test_public_pages_are_good_pages_with_few_queries(visitor: Visitor, course: None, path: str) -> None:
    assert visitor.open(path).statements <= MOST_QUERIES


def test_the_page_of_a_closed_centre_stays_and_says_since_when(visitor: Visitor, course: None) -> None:
    with db.transaction():
        network.close_centre(a_centre(), by=the_network())
    page = visitor.open("/tr/centre/smm-ank-cezeri")
    assert "Bu merkez 2 Aralık 2026 tarihinden beri kapalıdır" in page.text
    assert "closed since 2 December 2026" in visitor.open("/en/centre/smm-ank-cezeri").text
    assert "Cezeri" not in visitor.open("/tr/centre").text
    assert 'value="smm-ank-cezeri"' not in visitor.open("/tr/course").html
    assert "14merkez" in visitor.open("/tr/").text.replace(" ", "")


def test_both_centres_called_mimar_sinan_are_told_apart(visitor: Visitor) -> None:
    text = visitor.open("/tr/centre").text
    assert "Yıldırım, Bursa" in text
    assert "Yenimahalle, Ankara" in text


def test_an_address_without_a_language_follows_the_reader(visitor: Visitor) -> None:
    english = visitor.client.get("/course", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert english.location == "/en/course"
    visitor.client.delete_cookie("lang")
    assert visitor.client.get("/", headers={"Accept-Language": "tr-TR"}).location == "/tr/"
    assert visitor.open("/nowhere", expect=404).h1 == "Sayfa bulunamadı"
