"""The pages on which a course begins, is copied, goes out and comes in, as a visitor meets them."""

import pytest

from lmp.access import Actor, Role, ScopeKind, system
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import Place, blocks
from lmp.content.service import Act, Verb
from lmp.core import db
from lmp.core.db import Bilingual
from tests.builders.accounts import a_centre, a_network_administrator, a_teacher, a_trainer, acting
from tests.builders.content import a_draft, a_published_course
from tests.content.hostile import one
from tests.visitor import Page, Visitor, values_of

ELSEWHERE = "smm-bur-tophane"
NEW = {
    "title_tr": "Kaynağa ilk adım",
    "title_en": "First steps in welding",
    "field": "elektrik-elektronik",
    "hours": "30",
    "shape": "workplace",
}


@pytest.fixture
def trainer(visitor: Visitor) -> Person:
    """A trainer of the centre, signed in."""
    with db.transaction():
        made = a_trainer(a_centre(), "Yazar Demo")
    visitor.sign_in(made)
    return made


def test_five_inputs_lead_to_the_course_and_its_short_name(visitor: Visitor, trainer: Person) -> None:
    page = visitor.open("/tr/draft/new")
    form = page.form()
    assert {"title_tr", "title_en", "field", "hours", "shape", "centre"} <= set(form)
    assert page.all("select", id="centre") == []
    done = visitor.send("/tr/draft/new", {**form, **NEW})
    assert done.location.endswith("/tr/draft/kaynaga-ilk-adim")
    assert "kaynaga-ilk-adim" in visitor.open(done.location).text
    assert visitor.send("/tr/draft/new", {**form, **NEW}).location == done.location


def test_a_new_course_says_nothing_of_files_and_each_kind_of_finding_once(visitor: Visitor, trainer: Person) -> None:
    form = visitor.open("/tr/draft/new").form()
    at = visitor.send("/tr/draft/new", {**form, **NEW}).location
    home = visitor.open(at)
    assert "bulgu daha var" in home.text
    assert home.text.count("Oraya git") < 30
    for place in ("", "/unit", "/unit/birinci", "/unit/birinci/edit", "/plan", "/question", "/outcome", "/print"):
        assert "TODO" not in visitor.open(at + place).text, place


def test_who_writes_for_two_centres_chooses_one(visitor: Visitor) -> None:
    with db.transaction():
        from_both = a_trainer(a_centre(ELSEWHERE), "İki Merkez")
        accounts.grant(from_both, Role.TRAINER, ScopeKind.CENTRE, str(a_centre().id), by=system("tests"))
    visitor.sign_in(from_both)
    form = visitor.open("/tr/draft/new").form()
    done = visitor.send("/tr/draft/new", {**form, **NEW, "centre": ELSEWHERE})
    with db.reading():
        assert service.draft(done.location.rpartition("/")[2]).course.centre.slug == ELSEWHERE


def test_what_is_missing_is_said_and_what_was_typed_stays(visitor: Visitor, trainer: Person) -> None:
    form = visitor.open("/tr/draft/new").form()
    page = visitor.send("/tr/draft/new", {**form, **NEW, "hours": "2", "field": ""}, expect=422)
    assert "4 ile 240 arasında" in page.text
    assert page.form()["title_tr"] == "Kaynağa ilk adım"


def test_a_title_of_the_centre_leads_to_the_course_that_has_it(visitor: Visitor, trainer: Person) -> None:
    form = visitor.open("/tr/draft/new").form()
    visitor.send("/tr/draft/new", {**form, **NEW})
    again = visitor.open("/tr/draft/new").form()
    page = visitor.send("/tr/draft/new", {**again, **NEW}, expect=422)
    assert "/tr/draft/kaynaga-ilk-adim" in page.links().values()
    assert "/tr/draft/kaynaga-ilk-adim/copy" in page.links().values()


def test_a_trainer_copies_a_published_course_of_another_centre(visitor: Visitor, trainer: Person) -> None:
    with db.transaction():
        a_published_course(centre=a_centre(ELSEWHERE))
        a_draft(a_trainer(a_centre(ELSEWHERE)), a_centre(ELSEWHERE), slug="taslak-kurs")
    page = visitor.open("/tr/draft/demo-kurs/copy")
    assert "Sürüm 1" in page.text
    done = visitor.send("/tr/draft/demo-kurs/copy", page.form())
    assert done.location.endswith("/tr/draft/atolyede-guvenli-olcum-kopya")
    visitor.open("/tr/draft/taslak-kurs/copy", expect=404)
    visitor.open("/tr/draft/demo-kurs", expect=404)


def test_teachers_and_the_ministry_begin_nothing(visitor: Visitor) -> None:
    with db.transaction():
        a_published_course()
        strangers = a_teacher(), a_network_administrator()
    for stranger in strangers:
        visitor.sign_in(stranger)
        for path in ("new", "take-in", "demo-kurs/copy"):
            visitor.open(f"/tr/draft/{path}", expect=403)


def test_a_course_goes_out_as_a_zip_and_comes_in_again(visitor: Visitor, trainer: Person) -> None:
    with db.transaction():
        a_draft(trainer)
    sent = visitor.client.get("/tr/draft/demo-kurs/archive")
    assert (sent.status_code, sent.mimetype) == (200, "application/zip")
    assert sent.headers["Content-Disposition"] == "attachment; filename=demo-kurs.zip"
    form = visitor.open("/tr/draft/take-in").form()
    looked = visitor.send("/tr/draft/take-in", {**form, "file": (sent.get_data(), "demo-kurs.zip")})
    page = visitor.open(looked.location)
    assert (page.h1, "Nothing" in page.text) == ("Atölyede güvenli ölçüm", False)
    assert "Taslak zaten aynısını söylüyor" in page.text
    done = visitor.send(looked.location, page.form())
    assert done.location.endswith("/tr/draft/demo-kurs")
    visitor.open(looked.location, expect=404)


def test_a_course_that_is_here_already_is_named_as_such_before_it_is_taken_in(
    visitor: Visitor, trainer: Person
) -> None:
    with db.transaction():
        a_draft(trainer)
    before = visitor.client.get("/tr/draft/demo-kurs/archive").get_data()
    with db.transaction():
        _write("demo-kurs", "kategori", "body.tr", "Bizim sözümüz", acting(trainer))
    form = visitor.open("/tr/draft/take-in").form()
    looked = visitor.send("/tr/draft/take-in", {**form, "file": (before, "demo-kurs.zip")})
    page = visitor.open(looked.location)
    for words in ("1 parça değişir", "Bu kurs burada zaten var", "bugünkü hâli geçmişte kalır"):
        assert words in page.text
    with db.transaction():
        _write("demo-kurs", "kategori", "body.tr", "Bu arada yazılan söz", acting(trainer))
    page = visitor.send(looked.location, page.form(), expect=409)
    assert "Siz bu sayfayı açtıktan sonra" in page.text
    visitor.send(looked.location, page.form())
    assert "4. kayıt" in visitor.open("/tr/draft/demo-kurs/history").text


def test_what_is_not_taken_in_is_forgotten(visitor: Visitor, trainer: Person) -> None:
    with db.transaction():
        a_draft(trainer)
    data = visitor.client.get("/tr/draft/demo-kurs/archive").get_data()
    form = visitor.open("/tr/draft/take-in").form()
    looked = visitor.send("/tr/draft/take-in", {**form, "file": (data, "demo-kurs.zip")})
    page = visitor.open(looked.location)
    visitor.send(looked.location, {**page.form(), "act": "forget"})
    visitor.open(looked.location, expect=404)


def test_a_bad_archive_is_refused_by_name_and_nothing_is_kept(visitor: Visitor, trainer: Person) -> None:
    form = visitor.open("/tr/draft/take-in").form()
    for upload in ((one("kurs/../../kaçak"), "kurs.zip"), (b"x" * 99, "kurs.zip")):
        page = visitor.send("/tr/draft/take-in", {**form, "file": upload}, expect=422)
        assert page.all("div", class_="error-summary")
    assert "ZIP" in visitor.send("/tr/draft/take-in", form, expect=422).text


def test_another_centres_people_get_no_archive(visitor: Visitor) -> None:
    with db.transaction():
        a_published_course()
        stranger = a_trainer(a_centre(ELSEWHERE))
    visitor.sign_in(stranger)
    for query in ("", "?version=1"):
        visitor.open(f"/tr/draft/demo-kurs/archive{query}", expect=404)


def test_a_version_goes_out_too_and_a_forged_one_does_not(visitor: Visitor, trainer: Person) -> None:
    with db.transaction():
        a_published_course()
    sent = visitor.client.get("/tr/draft/demo-kurs/archive?version=1")
    assert sent.headers["Content-Disposition"] == "attachment; filename=demo-kurs-v1.zip"
    for forged in ("2", "x", "-1", "99999999999999999999"):
        visitor.open(f"/tr/draft/demo-kurs/archive?version={forged}", expect=404)


@pytest.fixture
def news(visitor: Visitor, trainer: Person) -> Person:
    """The trainer has copied a course of another centre, which has published two changes since."""
    with db.transaction():
        centre = a_centre(ELSEWHERE)
        a_published_course(centre=centre)
        title = Bilingual("Bizim ölçüm", "Our measurement")
        service.copy_course("demo-kurs", title=title, centre=a_centre().slug, by=acting(trainer))
        writer = acting(a_trainer(centre, "Öteki Yazar"))
        _write("demo-kurs", "kategori", "body.tr", "Yeni metin", writer)
        _write("demo-kurs", "aletini-denetle", "text.tr", "Yeni görev", writer)
        _write("bizim-olcum", "aletini-denetle", "text.tr", "Bizim görev", acting(trainer))
        reviewer = acting(a_trainer(centre, "Öteki İnceleyen"))
        service.publish(service.draft("demo-kurs"), by=reviewer, note=Bilingual("İki metin", "Two texts"))
    return trainer


def _write(slug: str, block: str, name: str, words: str, by: Actor) -> None:
    act = Act(Verb.WRITE, Place("block", "hazirlik", block), ("tr",))
    service.edit(slug, lambda raw: blocks.write(raw, "hazirlik", block, {name: words}, {}), act, by=by)


def _pressed(page: Page, act: str, thing: str = "") -> dict[str, str]:
    """The form of a page that holds these hidden values."""
    for form in page.all("form"):
        values = values_of(form)
        if values.get("act") == act and thing in values.get("thing", ""):
            return values
    raise AssertionError(f"no form {act} {thing}")


def test_the_list_the_course_and_its_origin_say_what_is_new(visitor: Visitor, news: Person) -> None:
    assert "Asıl kursun yeni sürümü var" in visitor.open("/tr/draft").text
    assert "“Atölyede güvenli ölçüm” kursunun kopyası" in visitor.open("/tr/draft/bizim-olcum").text
    page = visitor.open("/tr/draft/bizim-olcum/origin")
    for words in ("İki metin", "Yeni metin", "Yeni", "Bizim", "Burayı siz de değiştirdiniz"):
        assert words in page.text
    assert page.statements <= 15
    visitor.open("/en/draft/bizim-olcum/origin")


def test_pieces_are_taken_and_kept_one_by_one(visitor: Visitor, news: Person) -> None:
    address = "/tr/draft/bizim-olcum/origin"
    page = visitor.open(address)
    visitor.send(address, _pressed(page, "take", "kategori"))
    page = visitor.open(address)
    assert "Yeni metin" not in page.text
    stale = _pressed(page, "keep", "aletini-denetle")
    visitor.send(address, stale)
    assert "Bekleyen bir şey yok" in visitor.open(address).text
    visitor.send(address, stale, expect=409)
    assert "Asıl kursun yeni sürümü var" not in visitor.open("/tr/draft").text


def test_strangers_and_readers_decide_nothing(visitor: Visitor, news: Person) -> None:
    with db.transaction():
        stranger, reader = a_trainer(a_centre(ELSEWHERE)), a_network_administrator()
    visitor.sign_in(stranger).open("/tr/draft/bizim-olcum/origin", expect=404)
    visitor.sign_in(reader).open("/tr/draft/bizim-olcum/origin", expect=403)


def test_a_course_that_is_no_copy_has_no_origin(visitor: Visitor, trainer: Person) -> None:
    with db.transaction():
        a_draft(trainer)
    visitor.open("/tr/draft/demo-kurs/origin", expect=404)


def test_the_public_page_names_licence_and_origin_and_lets_trainers_copy(visitor: Visitor, news: Person) -> None:
    page = visitor.open("/tr/course/demo-kurs")
    assert "Lisans: CC-BY-4.0" in page.text
    assert "/tr/draft/demo-kurs/copy" in page.links().values()
    with db.transaction():
        teacher = a_teacher()
    assert "/tr/draft/demo-kurs/copy" not in visitor.sign_in(teacher).open("/tr/course/demo-kurs").links().values()
