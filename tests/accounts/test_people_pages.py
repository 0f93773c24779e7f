"""The pages of people, roles and invitations of many, as administrators use them."""

import io

import openpyxl
import pytest

from lmp.accounts.models import Person, RoleGrant
from lmp.accounts.service import grants
from lmp.app import job_handlers
from lmp.core import db, jobs
from tests.accounts import forty
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.visitor import Visitor


@pytest.fixture
def cast(visitor: Visitor) -> dict[str, Person]:
    """A Ministry official, a coordinator, a trainer and a teacher."""
    with db.transaction():
        return {
            "official": a_network_administrator("Bakan Demo"),
            "coordinator": a_centre_administrator(name="Koray Demo"),
            "trainer": a_trainer(name="İlke =Işık"),
            "teacher": a_teacher("Gülşah Demo"),
        }


def path_of(who: Person, act: str = "") -> str:
    return f"/tr/people/{who.id}{act}"


def test_people_are_searched_and_the_file_holds_exactly_that(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["official"])
    page = visitor.open("/tr/people?q=isik")
    assert "İlke" in page.text
    assert "Gülşah" not in page.text
    links = page.links()
    csv = visitor.client.get(links["CSV"], buffered=True).get_data(as_text=True)
    assert len(csv.strip().splitlines()) == 2
    book = openpyxl.load_workbook(io.BytesIO(visitor.client.get(links["XLSX"], buffered=True).get_data()))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["İlke =Işık"]


def test_nobody_found_says_what_to_do(visitor: Visitor, cast: dict[str, Person]) -> None:
    assert "uyan kimse yok" in visitor.sign_in(cast["coordinator"]).open("/tr/people?q=gulsah").text


def test_a_coordinator_gives_and_ends_a_role(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["coordinator"])
    who = cast["trainer"]
    choose = visitor.open(path_of(who, "/grant"))
    assert "Bakanlık" not in " ".join(choose.links())
    form = visitor.open(choose.links()["Değerlendirici"]).form()
    visitor.send(path_of(who, "/grant/assessor"), form)
    page = visitor.open(path_of(who))
    assert "değerlendirici" in page.text
    assert "Koray Demo" in page.text
    end = next(url for url in page.links().values() if url.endswith("/end"))
    visitor.send(end, visitor.open(end).form(), expect=422)
    visitor.send(end, visitor.open(end).form(), reason="Görev bitti")
    assert "Önceki roller" in visitor.open(path_of(who)).text


def test_a_wrong_day_is_told_and_the_form_keeps_what_was_typed(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["official"])
    path = path_of(cast["teacher"], "/grant/trainer")
    page = visitor.send(path, visitor.open(path).form(), until_on="yarın", expect=422)
    assert page.form()["until_on"] == "yarın"
    page = visitor.send(path, page.form(), until_on="01.01.2020", expect=422)
    assert "Son gün ilk günden önce" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reach": "school", "school": "Yok Böyle Okul"}, "Bu adda bir okul yok"),
        ({"reach": "district", "province": "6", "district": "Yokilçe"}, "Bu ilde bu adda bir ilçe yok"),
        ({"reach": "province", "province": ""}, "İli seçin"),
    ],
)
def test_a_principals_reach_is_read_as_it_is_written(
    visitor: Visitor, cast: dict[str, Person], typed: dict[str, str], said: str
) -> None:
    visitor.sign_in(cast["official"])
    path = path_of(cast["teacher"], "/grant/approver")
    form = visitor.open(path).form()
    assert said in visitor.send(path, form | typed, expect=422).text
    visitor.send(path, form | {"reach": "district", "province": "6", "district": "ETİMESGUT"})
    assert "Etimesgut" in visitor.open(path_of(cast["teacher"])).text


def test_of_two_administrators_the_second_sees_what_happened(visitor: Visitor, cast: dict[str, Person]) -> None:
    who, path = cast["trainer"], path_of(cast["trainer"], "/suspend")
    visitor.sign_in(cast["official"])
    form = visitor.open(path).form()
    with db.transaction() as session:
        again = session.get_one(Person, who.id)
        held = session.query(RoleGrant).filter(RoleGrant.person_id == who.id).one()
        grants.end_grant(held, "Başka merkeze geçti", seen=again.access_version, by=acting(cast["coordinator"]))
    page = visitor.send(path, form, reason="Soruşturma açıldı", expect=409)
    assert "Soruşturma açıldı" in page.form()["reason"]
    assert "Başka merkeze geçti" in page.text
    visitor.send(path, page.form())
    assert "Bu hesap askıda" in visitor.open(path_of(who)).text


def test_a_suspended_administrators_open_pages_and_files_are_shut(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["coordinator"])
    page = visitor.open("/tr/people")
    official = Visitor(visitor.app).sign_in(cast["official"])
    path = path_of(cast["coordinator"], "/suspend")
    official.send(path, official.open(path).form(), reason="Ayrıldı")
    assert "/sign-in" in visitor.open(page.links()["CSV"], expect=302).location
    assert "/sign-in" in visitor.open("/tr/people", expect=302).location


def test_an_official_looks_with_somebodys_eyes_and_changes_nothing(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["official"])
    path = path_of(cast["teacher"], "/act-as")
    visitor.send(path, visitor.open(path).form(), reason="Günlüğünü göremiyor")
    page = visitor.open("/tr/today")
    assert "Gülşah Demo adlı kişinin gözünden" in page.text
    for public in ("/tr/", "/tr/course", "/tr/training"):
        assert "gözünden" in visitor.open(public).text
    visitor.open("/tr/people", expect=403)
    visitor.open("/tr/security", expect=403)
    refused = visitor.send(
        "/tr/role", {"role": "teacher"}, expect=403, csrf_token=page.form("/act-as/end")["csrf_token"]
    )
    assert "yalnızca okuyabilirsiniz" in refused.text
    visitor.send("/tr/act-as/end", page.form("/act-as/end"))
    assert "gözünden" not in visitor.open("/tr/people").text
    shown = Visitor(visitor.app).sign_in(cast["teacher"]).open("/tr/security")
    assert "Günlüğünü göremiyor" in shown.text


def test_signing_out_while_looking_ends_ones_own_session(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["official"])
    path = path_of(cast["teacher"], "/act-as")
    visitor.send(path, visitor.open(path).form(), reason="Destek")
    form = visitor.open("/tr/today").form("/sign-out")
    visitor.send("/tr/sign-out", form)
    assert "/sign-in" in visitor.open("/tr/people", expect=302).location


def test_forty_mistakes_are_listed_by_cell_and_a_right_file_is_sent(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["coordinator"])
    data, cells = forty.file_of(a_code())
    path = "/tr/people/invite-many"
    page = visitor.send(path, visitor.open(path).form(), file=(data, "davet.csv"), expect=422)
    heads = ["".join(one.itertext()) for one in page.all("th", scope="row")]
    assert heads == [cell for cell, _value in cells]
    assert "40 hücre" in page.text
    right = f"Ad soyad;E-posta;Rol;Merkez\nYeni Biri;yeni@okul.example;eğitim görevlisi;{a_code()}\n"
    sent = visitor.send(path, page.form(), file=(right.encode(), "davet.csv"))
    ready = visitor.open(sent.location)
    assert "yeni hesap" in ready.text
    visitor.send(sent.location, ready.form("/invite-many/"), act="send")
    assert "0" in visitor.open(sent.location).text
    jobs.run_all(job_handlers())
    assert "1 satır gönderildi" in visitor.open(sent.location).text
    assert "Yeni Biri" in visitor.open("/tr/people").text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Ad soyad;E-posta;Rol\n"])
def test_what_is_no_list_is_refused_at_the_field(visitor: Visitor, cast: dict[str, Person], data: bytes) -> None:
    visitor.sign_in(cast["official"])
    path = "/tr/people/invite-many"
    visitor.send(path, visitor.open(path).form(), file=(data, "davet.csv"), expect=422)
    visitor.send(path, visitor.open(path).form(), expect=422)


def test_the_example_can_be_sent_back(visitor: Visitor, cast: dict[str, Person]) -> None:
    visitor.sign_in(cast["official"])
    path = "/tr/people/invite-many"
    example = visitor.client.get(f"{path}/example.csv").get_data()
    assert example.startswith(b"\xef\xbb\xbf")
    visitor.send(path, visitor.open(path).form(), file=(example, "ornek.csv"))


def a_code() -> str:
    """The code of the coordinator's centre."""
    with db.reading():
        return a_centre().code
