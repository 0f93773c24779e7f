"""The network's pages as administrators use them."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from flask import Flask

from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.core import db
from lmp.core.errors import RuleBroken
from lmp.core.tables import MEDIA_TYPES, Format
from lmp.network import service
from lmp.network.models import Company, School
from tests.builders.accounts import (
    BY,
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_school,
    a_teacher,
    a_trainer,
)
from tests.builders.content import a_published_course
from tests.builders.mails import mails
from tests.builders.network import a_protocol, the_network
from tests.builders.workplace import a_company, a_mentor, a_placement, a_sent_week, a_workplace, newest_token, today_is
from tests.visitor import Page, Visitor


@pytest.fixture
def official(app: Flask) -> Visitor:
    """A ministry official who is signed in."""
    with db.transaction():
        person = a_network_administrator("Bakan Demo")
    return Visitor(app).sign_in(person)


def coordinator(app: Flask, slug: str = "smm-ank-cezeri") -> Visitor:
    with db.transaction():
        person = a_centre_administrator(a_centre(slug))
    return Visitor(app).sign_in(person)


def rows(page: Page) -> list[str]:
    """The names in a list's table."""
    return [" ".join("".join(one.itertext()).split()) for one in page.all("th", scope="row")]


def csv_of(visitor: Visitor, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file_of(visitor, path, "text/csv").decode("utf-8-sig")), delimiter=";"))


def file_of(visitor: Visitor, path: str, kind: str) -> bytes:
    with visitor.client.get(path) as answer:
        assert answer.mimetype == kind
        return answer.get_data()


def the_school(name: str = "Demo Mesleki ve Teknik Anadolu Lisesi") -> School:
    with db.transaction():
        return a_school(name)


def the_company(name: str = "Demo Pano ve Elektrik", slug: str = "smm-ank-cezeri") -> Company:
    with db.transaction():
        return a_company(a_centre(slug), name)


def test_the_management_page_leads_everywhere_its_reader_may_go(app: Flask, official: Visitor) -> None:
    page = official.open("/tr/management")
    assert page.h1 == "Yönetim"
    for name, path in page.links().items():
        if "/management/" in path:
            assert official.open(path).h1.startswith(name)
    with db.transaction():
        trainer = a_trainer()
    seen = {
        path for path in Visitor(app).sign_in(trainer).open("/tr/management").links().values() if "/management/" in path
    }
    assert seen == {"/tr/management/partner"}


def test_a_list_is_searched_filtered_and_taken_away_as_it_is_shown(app: Flask, official: Visitor) -> None:
    with db.transaction():
        for name, province, district in (
            ("Çınar MTAL", 6, "Çankaya"),
            ("İnci MTAL", 34, "Kadıköy"),
            ("Zeytin MTAL", 6, "Sincan"),
        ):
            service.add_school(name=name, province_code=province, district_name=district, by=BY)
    assert rows(official.open("/tr/management/school")) == ["Çınar MTAL", "İnci MTAL", "Zeytin MTAL"]
    assert rows(official.open("/tr/management/school?q=inci")) == ["İnci MTAL"]
    filtered = official.open("/tr/management/school?province=6")
    assert rows(filtered) == ["Çınar MTAL", "Zeytin MTAL"]
    assert "Süzgeci kaldır: Ankara" in " ".join(filtered.links())
    found = csv_of(official, filtered.links()["CSV"])
    assert found[0] == [" ".join("".join(one.itertext()).split()) for one in filtered.all("th", scope="col")]
    assert [row[0] for row in found[1:]] == rows(filtered)
    book = openpyxl.load_workbook(io.BytesIO(file_of(official, filtered.links()["XLSX"], MEDIA_TYPES[Format.XLSX])))
    assert [line[0] for line in book.active.iter_rows(min_row=2, values_only=True)] == rows(filtered)  # type: ignore[union-attr]


def test_a_name_that_looks_like_a_formula_is_only_a_name(app: Flask, official: Visitor) -> None:
    the_school("=HYPERLINK(1)")
    assert csv_of(official, "/tr/management/school?format=csv")[1][0] == "'=HYPERLINK(1)"


def test_the_second_of_two_administrators_sees_both_values_and_loses_nothing(app: Flask, official: Visitor) -> None:
    school = the_school("Demo Lisesi")
    path = f"/tr/management/school/{school.id}/edit"
    mine, theirs = official.open(path).form(), official.open(path).form()
    official.send(path, theirs, name="Onların adı", office_email="onlar@demo.example")
    stale = official.send(path, mine, name="Benim adım", code="123456", expect=409)
    table = " ".join(" ".join(one.itertext()) for one in stale.all("table"))
    assert "Benim adım" in table
    assert "Onların adı" in table
    kept = stale.form()
    assert kept["office_email"] == "onlar@demo.example", "what I did not touch is theirs"
    assert kept["name"] == "Benim adım"
    assert kept["code"] == "123456"
    official.send(path, kept)
    with db.reading():
        saved = service.school(school.id)
        assert (saved.name, saved.code, saved.office_email) == ("Benim adım", "123456", "onlar@demo.example")


EDITED = (
    "field/elektrik-elektronik",
    "centre/smm-ank-cezeri",
    "branch",
    "partner",
    "workplace",
    "contact",
    "protocol",
    "calendar/2026-10-29",
    "province/6",
    "district",
)


@pytest.mark.parametrize("kind", EDITED)
def test_every_form_notices_that_somebody_else_was_faster(app: Flask, official: Visitor, kind: str) -> None:
    with db.transaction():
        company, district = a_company(), a_school().district
        ids: dict[str, Any] = {
            "branch": service.branches()[0].id,
            "partner": company.id,
            "workplace": a_workplace(company).id,
            "contact": a_mentor(company).id,
            "protocol": a_protocol(company).id,
        }
    path = f"/tr/management/{kind}/{ids[kind]}/edit" if kind in ids else f"/tr/management/{kind}/edit"
    path = f"/tr/management/province/6/district/{district.id}/edit" if kind == "district" else path
    first, second = official.open(path).form(), official.open(path).form()
    name = next(one for one in ("name", "name_tr", "title", "office_email") if one in first)
    mails = name == "office_email"
    one, two = ("bir@demo.example", "iki@demo.example") if mails else ("Birinci yazan", "İkinci yazan")
    official.send(path, {**first, name: one})
    stale = official.send(path, {**second, name: two}, expect=409)
    assert one in stale.text
    assert stale.form()[name] == two
    official.send(path, stale.form())
    shown = official.open(path.removesuffix("/edit"))
    assert two in shown.text
    private = kind == "contact"
    assert (one in shown.text) != private


def test_a_wrong_entry_is_told_at_its_field_and_kept(app: Flask, official: Visitor) -> None:
    path = "/tr/management/school/new"
    page = official.send(
        path,
        official.open(path).form(),
        name="Demo",
        district="Çankaya",
        province="6",
        code="12-A",
        office_email="okul",
        expect=422,
    )
    assert page.form()["office_email"] == "okul"
    assert "Kurum kodunu yalnızca rakamla yazın" in page.text
    empty = official.send(path, official.open(path).form(), expect=422)
    assert "Okulun ya da kurumun adını yazın." in empty.text
    assert "İli seçin." in empty.text


def test_sending_a_new_record_twice_makes_it_once(app: Flask, official: Visitor) -> None:
    path = "/tr/management/school/new"
    sent = {**official.open(path).form(), "name": "Tek Demo MTAL", "province": "6", "district": "Çankaya"}
    first, second = official.send(path, sent), official.send(path, sent)
    assert first.location == second.location
    assert rows(official.open("/tr/management/school")) == ["Tek Demo MTAL"]


def test_a_record_is_closed_opened_again_and_removed_after_a_question(app: Flask, official: Visitor) -> None:
    school = the_school("Demo Lisesi")
    path = f"/tr/management/school/{school.id}"
    official.send(path, official.open(path).form(), act="close")
    assert "tarihinde kapatıldı" in official.open(path).text
    assert not rows(official.open("/tr/management/school"))
    assert rows(official.open("/tr/management/school?state=closed")) == ["Demo Lisesi"]
    official.send(path, official.open(path).form(), act="reopen")
    asked = official.send(path, official.open(path).form(), act="remove", expect=200)
    assert "silinsin mi?" in asked.h1
    official.send(path, asked.form())
    official.open(path, expect=404)


def test_what_is_in_use_is_not_removed_and_the_page_says_what_to_do(app: Flask, official: Visitor) -> None:
    school = the_school("Demo Lisesi")
    with db.transaction():
        a_teacher(school=db.session().get_one(School, school.id))
    path = f"/tr/management/school/{school.id}"
    official.send(path, official.open(path).form(), act="remove", sure="1")
    assert "Silmek yerine kapatın" in official.open(path).text


def test_a_coordinator_of_two_centres_chooses_for_which_one(app: Flask) -> None:
    with db.transaction():
        person = a_centre_administrator(a_centre())
        accounts.grant(person, Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(a_centre("smm-bur-oib").id), by=BY)
    visitor, path = Visitor(app).sign_in(person), "/tr/management/partner/new"
    page = visitor.open(path)
    assert page.form()["centre"] == ""
    assert "Merkezi seçin." in visitor.send(path, page.form(), name="Demo Yan Sanayi", expect=422).text
    made = visitor.send(path, page.form(), name="Demo Yan Sanayi", centre="smm-bur-oib")
    assert "Bursa" in visitor.open(made.location).text
    visitor.send(path, visitor.open(path).form(), name="Başkası", centre="smm-ank-gazi", expect=422)


def test_a_closed_centre_is_offered_for_no_new_partner_role_or_run(app: Flask, official: Visitor) -> None:
    with db.transaction():
        a_published_course()
        both = a_centre_administrator(a_centre())
        accounts.grant(both, Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(a_centre("smm-bur-oib").id), by=BY)
        somebody = a_trainer()
        service.close_centre(a_centre(), by=the_network())
        closed = str(a_centre().id)
    visitor = Visitor(app).sign_in(both)
    assert visitor.open("/tr/management/partner/new").form()["centre"] == "smm-bur-oib"
    assert "/run/new/demo-kurs" not in visitor.open("/tr/run/new").html
    role = f"/tr/people/{somebody.id}/grant/trainer"
    for who in (visitor, official):
        assert closed not in who.open(role).html
    with db.transaction(), pytest.raises(RuleBroken, match="nobody gets a new role"):
        accounts.grant(somebody, Role.ASSESSOR, ScopeKind.CENTRE, closed, by=BY)


def test_a_coordinator_sees_partners_of_other_centres_without_people_and_cannot_edit(app: Flask) -> None:
    with db.transaction():
        company = a_company()
        where, mentor, agreed = (
            a_workplace(company),
            a_mentor(company, "Gizli Usta"),
            a_protocol(company, title="Gizli protokol"),
        )
    stranger = coordinator(app, "smm-bur-oib")
    page = stranger.open(f"/tr/management/partner/{company.id}")
    assert "Gizli" not in page.text
    assert "başka bir merkez" in page.text
    for path in (
        f"partner/{company.id}/edit",
        f"workplace/{where.id}",
        f"contact/{mentor.id}",
        f"contact/{mentor.id}/edit",
        f"protocol/{agreed.id}",
        f"partner/{company.id}/contact/new",
        "centre/smm-ank-cezeri/edit",
    ):
        stranger.open(f"/tr/management/{path}", expect=404)
    stranger.send(f"/tr/management/partner/{company.id}", {}, act="close", expect=404)


def test_a_trainer_reads_the_companies_of_the_own_centre(app: Flask) -> None:
    own, other = the_company(), the_company("Uzak Demo", "smm-bur-oib")
    with db.transaction():
        trainer = a_trainer()
    visitor = Visitor(app).sign_in(trainer)
    assert rows(visitor.open("/tr/management/partner")) == [own.name]
    page = visitor.open(f"/tr/management/partner/{own.id}")
    assert "Değiştir" not in page.text
    visitor.open(f"/tr/management/partner/{other.id}", expect=404)


def test_a_mentor_with_a_new_address_gets_the_waiting_week_there_and_the_old_link_dies(app: Flask) -> None:
    with today_is():
        with db.transaction():
            placement = a_placement()
            a_sent_week(placement)
        old, mentor = newest(), placement.mentor_id
        visitor = coordinator(app)
        path = f"/tr/management/contact/{mentor}/edit"
        done = visitor.send(path, visitor.open(path).form(), email="yeni.usta@demo.example")
        assert "onay bekleyen 1 hafta yeni adrese gönderildi" in visitor.open(done.location).text
        with db.reading():
            assert mails("workplace/week_sent")[-1].to_address == "yeni.usta@demo.example"
        assert Visitor(app).client.get(f"/m/{old}").status_code == 410
        assert Visitor(app).client.get(f"/m/{newest()}").status_code == 200
        page = visitor.send(path, visitor.open(path).form(), email=placement.enrolment.person.email, expect=422)
        assert page.all("input", name="email")[0].get("aria-invalid") == "true"


def newest() -> str:
    with db.reading():
        return newest_token()


def test_the_calendar_of_a_year_is_kept_by_month(app: Flask, official: Visitor) -> None:
    page = official.open("/tr/management/calendar?year=2026")
    assert "Cumhuriyet Bayramı" in page.text
    path = "/tr/management/calendar/new"
    sent = {
        **official.open(path).form(),
        "on": "11.05.2026",
        "kind": "leave",
        "name_tr": "İdari izin",
        "name_en": "Leave",
    }
    assert official.send(path, sent).location.endswith("year=2026")
    day = official.open("/tr/management/calendar/2026-05-11")
    assert "11 Mayıs 2026" in day.text
    twice = official.send(
        path, {**official.open(path).form(), **{k: v for k, v in sent.items() if k != "_once"}}, expect=422
    )
    assert "takvimde zaten var" in twice.text
    asked = official.send("/tr/management/calendar/2026-05-11", day.form(), act="remove", expect=200)
    official.send("/tr/management/calendar/2026-05-11", asked.form())
    official.open("/tr/management/calendar/2026-05-11", expect=404)
    official.open("/tr/management/calendar/yarin", expect=404)
    assert csv_of(official, "/tr/management/calendar?year=2026&format=csv")[1][0] == "01.01.2026"


def test_an_administrator_gives_a_branch_a_field_with_a_tick(app: Flask, official: Visitor) -> None:
    with db.reading():
        branch_id = service.branches()[0].id
        before = service.fields_of_branch(branch_id)
    path = f"/tr/management/branch/{branch_id}/edit"
    form = official.open(path).form()
    official.send(path, {**form, "fields": [*form.get("fields", []), "gida"]})
    with db.reading():
        assert len(service.fields_of_branch(branch_id)) == len(before) + 1


def test_nonsense_in_the_address_is_an_ordinary_list(app: Flask, official: Visitor) -> None:
    for query in ("?province=x&state=y&at=zzz&format=exe", "?q=%00%F0&province=-1", "?before=1"):
        official.open(f"/tr/management/school{query}")
    official.open("/tr/management/calendar?year=99999999")
    official.open("/tr/management/province/99", expect=404)


def test_the_network_adds_a_field_and_a_centre_on_their_pages(app: Flask, official: Visitor) -> None:
    assert official.open("/tr/management/field").links()["Alan ya da ders ekle"] == "/tr/management/field/new"
    page = official.send("/tr/management/field/new", official.open("/tr/management/field/new").form(), expect=422)
    assert "Türkçe adını yazın" in page.text
    sent = {**official.open("/tr/management/field/new").form(), "name_tr": "Robotik", "name_en": "Robotics"}
    refused = official.send("/tr/management/field/new", sent, expect=422, kind="field", mtal_code="07")
    assert refused.form()["mtal_code"] == "07"
    assert "07 kodu başka bir kayıtta" in refused.text
    made = official.send("/tr/management/field/new", sent, kind="field")
    field = official.open(made.location)
    assert field.h1 == "Robotik"
    centre = {
        **official.open("/tr/management/centre/new").form(),
        "name_tr": "Ankara Deneme Merkezi",
        "name_en": "Ankara Trial Centre",
        "host_school": "Deneme Lisesi",
        "short_name": "Deneme MTAL",
        "province": "6",
        "district": "Çankaya",
        "fields": ["robotik"],
    }
    there = official.send("/en/management/centre/new", centre)
    page = official.open(there.location)
    assert "Robotics" in page.text
    assert "Added" in page.text
    official.send(there.location, page.form(), act="close")
    assert "Ankara Trial Centre" in official.open("/en/management/centre?state=closed").text
    assert "Ankara Trial Centre" not in official.open("/en/management/centre").text
