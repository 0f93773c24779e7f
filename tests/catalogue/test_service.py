"""Lists in the right order and number, whatever runs and courses there are."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from lmp.catalogue import service
from lmp.catalogue.service import Filters
from lmp.core import clock, db
from lmp.core.errors import NotFound
from lmp.core.messages import text
from lmp.enrolment import service as enrolment
from lmp.enrolment.models import Run, RunState
from lmp.network import service as network
from tests.builders.accounts import a_centre, a_trainer
from tests.builders.content import a_draft
from tests.builders.enrolment import NOBODY, a_run, a_seated_teacher
from tests.builders.network import the_network
from tests.builders.workplace import today_is
from tests.catalogue.shelf import a_course, a_run_in


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(date(2026, 12, 2)):
        yield


def slugs(filters: Filters | None = None, after: str = "") -> list[str]:
    return [line.slug for line in service.course_list(filters or Filters(), "tr", after).lines]


def cancelled(run: Run) -> None:
    run.state = RunState.CANCELLED
    db.session().flush()


def test_courses_stand_by_their_next_date_and_those_without_one_at_the_end(database: db.Scope) -> None:
    a_run_in(a_course("gec", "Ağaç"), 40)
    a_run_in(a_course("erken", "Zeytin"), 20)
    for slug, title in (("iz", "İz"), ("irmak", "Irmak"), ("cay", "Çay")):
        a_course(slug, title)
    assert slugs() == ["erken", "gec", "cay", "irmak", "iz"]


def test_only_runs_one_can_still_apply_for_give_a_course_its_date(database: db.Scope) -> None:
    version = a_course("kurs", "Kurs")
    a_run_in(version, 10, closed_after=3)
    cancelled(a_run_in(version, 12))
    later = a_run_in(version, 30, open_in=5)
    with today_is(date(2026, 12, 6)):
        (line,) = service.course_list(Filters(), "tr").lines
        assert line.offer is not None
        assert line.offer.id == later.id
        assert [offer.starts_on for offer in service.offers_of(version.course_id)] == [
            date(2026, 12, 12),
            later.starts_on,
        ]
        assert [offer.id for offer in service.coming_offers(4)] == [later.id]


def test_both_ends_of_the_window_are_open(database: db.Scope) -> None:
    version = a_course("kurs", "Kurs")
    a_run_in(version, 30, open_in=5, closed_after=10)
    (offer,) = service.offers_of(version.course_id)
    today = clock.today()
    assert [offer.is_open(today + timedelta(days=day)) for day in (4, 5, 10, 11)] == [False, True, True, False]
    assert [offer.opens_later(today + timedelta(days=day)) for day in (4, 5, 11)] == [True, False, False]


def test_places_left_are_those_nobody_has_taken(database: db.Scope) -> None:
    run = a_run(a_course("kurs", "Kurs"), capacity=2, chain=NOBODY)
    a_seated_teacher(run)
    (offer,) = service.offers_of(run.course_id)
    assert (offer.left, enrolment.places_left(run)) == (1, 1)


def test_a_page_asks_to_apply_for_the_next_run_that_is_open(database: db.Scope) -> None:
    version = a_course("kurs", "Kurs")
    a_run_in(version, 10, closed_after=0)
    a_run_in(version, 20, open_in=8)
    third = a_run_in(version, 30)
    fourth = a_run_in(version, 30, open_in=8)
    cancelled(fourth)
    page = service.course_page("kurs")
    found = page.next_offer(clock.today() + timedelta(days=1))
    assert found is not None
    assert found.id == third.id


def test_an_open_course_counts_once_however_many_runs_it_has(database: db.Scope) -> None:
    version = a_course("kurs", "Kurs", field="bilisim")
    a_run_in(version, 10)
    a_run_in(version, 20)
    cancelled(a_run_in(a_course("iptal", "İptal", field="bilisim"), 20))
    a_run_in(a_course("sonra", "Sonra", field="bilisim"), 60, open_in=30)
    line = next(line for line in service.field_lines("tr") if line.slug == "bilisim")
    assert (line.courses, line.open) == (3, 1)
    ankara = next(line for line in service.province_lines() if line.code == 6)
    assert (ankara.centres, ankara.courses) == (3, 3)


def test_the_pages_of_a_list_hold_every_course_once(database: db.Scope) -> None:
    for number in range(3):
        a_run_in(a_course(f"tarihli-{number}", "Aynı ad"), 20)
    for number in range(4):
        a_course(f"tarihsiz-{number}", "Aynı ad")
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        found = service.course_list(Filters(), "tr", after, most=2)
        assert found.number == 7
        seen += [line.slug for line in found.lines]
        after = found.after
    assert seen == [*(f"tarihli-{number}" for number in range(3)), *(f"tarihsiz-{number}" for number in range(4))]


def test_a_page_after_nothing_known_is_the_first(database: db.Scope) -> None:
    a_course("kurs", "Kurs")
    assert slugs(after="hic-yok") == ["kurs"]


def test_a_list_costs_the_same_for_few_and_many_courses(database: db.Scope) -> None:
    costs = []
    for number in (1, 8):
        for one in range(number):
            a_run_in(
                a_course(f"kurs-{number}-{one}", f"Kurs {number} {one}", english=f"Course {number} {one}"), 20 + one
            )
        service.course_list(Filters(query="kurs"), "tr")
        before = database.statements
        assert service.course_list(Filters(query="kurs"), "tr").lines
        costs.append(database.statements - before)
    assert costs[0] == costs[1] <= 3


def test_every_word_may_lead_by_another_way(database: db.Scope) -> None:
    a_course("ruzgar", "Rüzgâr türbini bakımı", field="yenilenebilir-enerji")
    a_course("boya", "Su bazlı boya", field="bilisim", centre="smm-ank-gazi")
    for query in ("rüzgar", "RUZGÂR ankara", "türbin enerji", "yenilenebilir cezeri", "turbini etimesgut"):
        assert slugs(Filters(query=query)) == ["ruzgar"], query
    assert slugs(Filters(query="rüzgar istanbul")) == []
    assert slugs(Filters(query="?!")) == []


def test_a_search_says_why(database: db.Scope) -> None:
    a_course("ruzgar", "Rüzgâr türbini bakımı", field="yenilenebilir-enerji")
    said = {}
    for query in ("rüzgar", "enerji", "cezeri", "gerilim"):
        (line,) = service.course_list(Filters(query=query), "tr").lines
        said[query] = text(line.why, "tr") if line.why else ""
    assert said == {
        "rüzgar": "",
        "enerji": "Alan: Yenilenebilir Enerji Teknolojileri",
        "cezeri": "Merkez: Cezeri Yeşil Teknoloji Mesleki ve Teknik Anadolu Lisesi",
        "gerilim": "Kursun içeriğinde geçiyor",
    }


def test_filters_of_one_kind_widen_and_of_two_kinds_narrow(database: db.Scope) -> None:
    a_course("kodlama", "Kodlama", field="bilisim", centre="smm-ank-gazi")
    a_course("peynir", "Peynir", field="gida", centre="smm-koc-aslancimento")
    assert slugs(Filters(fields=("bilisim", "gida"))) == ["kodlama", "peynir"]
    assert slugs(Filters(fields=("bilisim", "gida"), provinces=(41,))) == ["peynir"]
    assert slugs(Filters(provinces=(6, 41), query="kod")) == ["kodlama"]
    assert slugs(Filters(centres=("smm-ank-gazi",))) == ["kodlama"]


def test_a_course_that_is_only_a_draft_is_nowhere(database: db.Scope) -> None:
    a_draft(a_trainer(), slug="taslak", field="bilisim")
    assert slugs() == []
    assert next(line for line in service.field_lines("tr") if line.slug == "bilisim").courses == 0
    with pytest.raises(NotFound):
        service.course_page("taslak")


def test_english_lists_stand_in_english_order(database: db.Scope) -> None:
    names = [line.name.en for line in service.field_lines("en")]
    assert names == sorted(names, key=str.casefold)
    a_course("bir", "Zeytin", english="Apple")
    a_course("iki", "Armut", english="Yarn")
    assert [line.slug for line in service.course_list(Filters(), "en").lines] == ["bir", "iki"]
    assert slugs() == ["iki", "bir"]


def test_the_network_names_the_fields_and_centres_of_a_search(database: db.Scope) -> None:
    assert [line.slug for line in service.field_lines("tr", "SECILMIS gida") if line.found] == []
    assert [line.slug for line in service.field_lines("tr", "GIDA") if line.found] == ["gida"]
    assert [centre.slug for centre in service.centres_found("mimar sinan bursa")] == ["smm-bur-mimarsinan"]
    assert service.centres_found("  ") == []


def test_a_closed_centre_stands_in_no_list_and_no_filter_but_keeps_its_courses(database: db.Scope) -> None:
    a_course("kapali", "Kapalı", centre="smm-koc-aslancimento")
    a_course("acik", "Açık", centre="smm-ank-cezeri")
    network.close_centre(a_centre("smm-koc-aslancimento"), by=the_network())
    network.close_centre(a_centre("smm-ank-gazi"), by=the_network())
    closed = {"smm-koc-aslancimento", "smm-ank-gazi"}
    assert len(service.centre_lines()) == 13
    assert not closed & {line.centre.slug for line in service.centre_lines()}
    assert [one.slug for one in service.centres_with_courses()] == ["smm-ank-cezeri"]
    assert not closed & set(service.public_slugs()["catalogue.centre"])
    assert service.centres_found("aslan") == []
    provinces = {line.code: line.centres for line in service.province_lines()}
    assert provinces[6] == 2
    assert sum(provinces.values()) == 13
    assert slugs() == ["acik", "kapali"]
