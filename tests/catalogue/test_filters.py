"""What the list of courses can be narrowed to, by the address alone."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from lmp.core import db
from tests.builders.workplace import today_is
from tests.catalogue.shelf import a_course, a_run_in
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(date(2026, 12, 2)):
        yield


@pytest.fixture
def shelf(app: Flask) -> None:
    with db.transaction():
        a_run_in(a_course("acik", "Açık kurs"), 20)
        a_run_in(a_course("sonra", "Sonra açılan kurs", centre="smm-ank-gazi", field="bilisim"), 40, open_in=10)
        a_course("uzun", "Uzun kurs").course.planned_minutes = 70 * 60


def found(visitor: Visitor, query: str) -> set[str]:
    links = visitor.open(f"/tr/course?{query}").links()
    return {name for name in ("Açık kurs", "Sonra açılan kurs", "Uzun kurs") if name in links}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Açık kurs", "Sonra açılan kurs", "Uzun kurs"}),
        ("open=1", {"Açık kurs"}),
        ("centre=smm-ank-gazi", {"Sonra açılan kurs"}),
        ("shape=workplace", {"Açık kurs", "Sonra açılan kurs", "Uzun kurs"}),
        ("shape=meeting", set()),
        ("hours=more", {"Uzun kurs"}),
        ("hours=30&hours=more&open=1", {"Açık kurs"}),
        ("language=tr", {"Açık kurs", "Sonra açılan kurs", "Uzun kurs"}),
        ("shape=%27&hours=-1&language=de&open=yes&centre=%00", {"Açık kurs", "Sonra açılan kurs", "Uzun kurs"}),
    ],
)
def test_the_address_narrows_the_list(visitor: Visitor, shelf: None, query: str, titles: set[str]) -> None:
    assert found(visitor, query) == titles


def test_a_set_filter_is_taken_away_by_its_chip(visitor: Visitor, shelf: None) -> None:
    page = visitor.open("/tr/course?open=1&hours=30&q=kurs")
    assert "2 süzgeç açık" in page.text
    taken = next(url for name, url in page.links().items() if name.endswith("Şu anda başvuruya açık"))
    assert taken == "/tr/course?q=kurs&hours=30"


def test_the_calendar_opens_at_the_next_month_that_has_a_training(visitor: Visitor, shelf: None) -> None:
    page = visitor.open("/tr/calendar")
    assert "Aralık 2026" in page.text
    assert "Açık kurs" in page.links()
    assert "Sonra açılan kurs" in visitor.open("/tr/calendar?month=2027-01").links()
    assert "Bu ay başlayan eğitim yok" in visitor.open("/tr/calendar?month=2027-09").text
    for strange in ("2027-13", "x", "9999-01", "%00"):
        visitor.open(f"/tr/calendar?month={strange}")


def test_the_calendar_goes_into_ones_own(visitor: Visitor, shelf: None) -> None:
    from icalendar import Calendar

    answer = visitor.client.get("/en/calendar.ics")
    events = Calendar.from_ical(answer.get_data()).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [date(2026, 12, 22), date(2027, 1, 11)]
    assert str(events[0]["URL"]) == "http://lmp.test/en/course/acik"


def test_both_languages_of_a_public_page_name_each_other(visitor: Visitor, shelf: None) -> None:
    body = visitor.client.get("/en/course/acik?x=1", headers={"Host": "evil.example"}).get_data(as_text=True)
    assert '<link rel="alternate" hreflang="tr" href="http://lmp.test/tr/course/acik">' in body
    assert '<link rel="canonical" href="http://lmp.test/en/course/acik">' in body
    assert 'content="http://lmp.test/card/en/acik.png"' in body
    assert "evil.example" not in body


def test_search_engines_find_every_public_page_in_both_languages(visitor: Visitor, shelf: None) -> None:
    import defusedxml.ElementTree

    answer = visitor.client.get("/sitemap.xml")
    places = [
        one.text for one in defusedxml.ElementTree.fromstring(answer.get_data()).iter() if one.tag.endswith("loc")
    ]
    assert {"http://lmp.test/tr/course/uzun", "http://lmp.test/en/course/uzun"} <= set(places)
    assert len(places) == len(set(places)) == 2 * (8 + 3 + 28 + 15)
    for place in places:
        assert visitor.client.get(str(place).removeprefix("http://lmp.test")).status_code == 200
    robots = visitor.client.get("/robots.txt").get_data(as_text=True)
    assert "Sitemap: http://lmp.test/sitemap.xml" in robots


def test_a_shared_link_shows_a_picture_of_ours(visitor: Visitor, shelf: None) -> None:
    import io

    from PIL import Image

    for path in ("/card/tr/uzun.png", "/card/en.png"):
        assert Image.open(io.BytesIO(visitor.client.get(path).get_data())).size == (1200, 630)
    assert visitor.client.get("/card/de.png").status_code == 404
    assert visitor.client.get("/card/tr/yok.png").status_code == 404
