"""The trainer's course pages and the files of courses, as a visitor meets them."""

import re

import pytest
from flask import Flask, url_for

from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.files import format_course
from lmp.content.gate import RULES
from lmp.core import db
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.builders.content import BY, FIRST_NOTE, SAMPLE, UNITS, a_draft, a_published_course, course_files, edit
from tests.visitor import Visitor

ELSEWHERE = "smm-bur-tophane"


def _author_with_draft(slug: str = "demo-kurs") -> Person:
    """A committed draft; answers its author."""
    with db.transaction():
        author = a_trainer(name="Yazar Demo")
        a_draft(author, slug=slug)
        return author


def _reviewer(name: str = "İnceleyen Demo") -> Person:
    with db.transaction():
        return a_trainer(name=name)


def test_the_list_says_what_waits_and_what_is_published(visitor: Visitor) -> None:
    with db.transaction():
        version = a_published_course(slug="bir-kurs")
        a_draft(a_trainer(name="Yazar Demo"), slug="iki-kurs")
        stranger = a_trainer(a_centre(ELSEWHERE))
    visitor.sign_in(_reviewer())
    page = visitor.open("/tr/draft")
    assert page.h1 == "Kurslar"
    assert ("Sürüm 1, " in page.text, "Yayımda" in page.text, "Taslak" in page.text) == (True, True, True)
    assert "Henüz yayımlanmadı" in page.text
    assert version.number == 1
    assert "Henüz kurs yok" in visitor.sign_in(stranger).open("/tr/draft").text


def test_a_draft_page_shows_both_languages_units_and_words(visitor: Visitor) -> None:
    author = _author_with_draft()
    page = visitor.sign_in(author).open("/tr/draft/demo-kurs")
    assert page.h1 == "Atölyede güvenli ölçüm"
    for words in ("Safe measurement in the workshop", "Gerilim yokluğunu doğrular.", "Proves the absence of voltage."):
        assert words in page.text
    assert re.search(r"Sözcük: \d+ Türkçe, \d+ İngilizce", page.text)
    assert visitor.open("/en/draft/demo-kurs").h1 == "Safe measurement in the workshop"


def test_the_last_author_reads_who_may_review_and_cannot_publish(visitor: Visitor) -> None:
    author, _colleague = _author_with_draft(), _reviewer("Tülin Demo")
    page = visitor.sign_in(author).open("/tr/draft/demo-kurs/review")
    assert "Tülin Demo" in page.text
    assert page.all("form", id="publish") == []
    visitor.send("/tr/draft/demo-kurs/review", act="publish", note_tr="x", note_en="x", seen="x", expect=403)


def test_a_reviewer_publishes_with_the_prefilled_note(visitor: Visitor) -> None:
    _author_with_draft()
    visitor.sign_in(_reviewer())
    form = visitor.open("/tr/draft/demo-kurs/review").form()
    assert (form["note_tr"], form["note_en"]) == ("İlk sürüm", "First version")
    done = visitor.send("/tr/draft/demo-kurs/review", form)
    page = visitor.open(done.location)
    assert "1. sürüm olarak yayımlandı" in page.text
    assert "Yayımda" in page.text
    with db.reading():
        assert service.current_version("demo-kurs").number == 1


def test_sending_the_publish_form_twice_publishes_once(visitor: Visitor) -> None:
    _author_with_draft()
    visitor.sign_in(_reviewer())
    form = visitor.open("/tr/draft/demo-kurs/review").form()
    assert (
        visitor.send("/tr/draft/demo-kurs/review", form).location
        == visitor.send("/tr/draft/demo-kurs/review", form).location
    )
    with db.reading():
        assert [row.number for row in service.history(service.course("demo-kurs").id)] == [1]


def test_a_note_in_one_language_is_refused_at_the_other_field(visitor: Visitor) -> None:
    _author_with_draft()
    visitor.sign_in(_reviewer())
    form = visitor.open("/tr/draft/demo-kurs/review").form()
    page = visitor.send("/tr/draft/demo-kurs/review", form, note_en=" ", expect=422)
    assert "Bu sürümde neyin yeni olduğunu İngilizce yazın." in page.text
    assert page.form()["note_tr"] == "İlk sürüm"


def test_switching_the_language_keeps_the_note_and_publishes_nothing(visitor: Visitor) -> None:
    _author_with_draft()
    visitor.sign_in(_reviewer())
    form = visitor.open("/tr/draft/demo-kurs/review").form()
    page = visitor.send("/tr/draft/demo-kurs/review", form, note_tr="Yarım cümle", _lang="en", expect=200)
    assert page.form()["note_tr"] == "Yarım cümle"
    assert page.tree.get("lang") == "en"
    with db.reading():
        assert service.find_current(service.course("demo-kurs").id) is None


def test_a_draft_that_changed_meanwhile_is_not_published(visitor: Visitor) -> None:
    _author_with_draft()
    visitor.sign_in(_reviewer())
    form = visitor.open("/tr/draft/demo-kurs/review").form()
    with db.transaction(), course_files() as folder:
        edit(folder / "course.yaml", ("CC-BY-4.0", "CC-BY-SA-4.0"))
        service.import_course(folder, author=None, by=BY)
    page = visitor.send("/tr/draft/demo-kurs/review", form, expect=409)
    assert "taslak değişti" in page.text


def test_a_draft_with_blocking_findings_offers_no_publishing_and_refuses_it(visitor: Visitor) -> None:
    with db.transaction(), course_files() as folder:
        (folder / "units/02-kayit/en.md").unlink()
        service.import_course(folder, author=None, by=BY)
    visitor.sign_in(_reviewer())
    assert visitor.open("/tr/draft/demo-kurs/review").all("form", id="publish") == []
    page = visitor.open("/tr/draft/demo-kurs")
    assert "Bu dilde metin yok: İngilizce." in page.text
    assert "Yayımı engelliyor" in page.text
    with db.reading():
        seen = service.draft("demo-kurs").hash
    values = {
        "act": "publish",
        "note_tr": "x",
        "note_en": "x",
        "seen": seen,
        "_once": "01a203f0-cc07-7000-ab09-6d6445dcef2e",
    }
    assert "yayımı engelliyor" in visitor.send("/tr/draft/demo-kurs/review", values, expect=422).text


def test_what_is_new_since_the_last_version_is_listed_block_by_block(visitor: Visitor) -> None:
    with db.transaction(), course_files() as folder:
        a_published_course()
        edit(folder / "units/01-hazirlik/tr.md", ("Aletinizi denetleyin", "Aletinizi gözden geçirin"))
        edit(folder / "units/02-kayit/tr.md", ("::: note #ipucu tone=tip", "::: note #fotograf tone=tip"))
        edit(folder / "units/02-kayit/en.md", ("::: note #ipucu", "::: note #fotograf"))
        service.import_course(folder, author=None, by=BY)
    page = visitor.sign_in(_reviewer()).open("/tr/draft/demo-kurs/review")
    for sentence in (
        "Değişti: “Aletinizi gözden geçirin” görevi, Türkçede",
        "Eklendi: “Fotoğraf yetmez” notu, iki dilde",
        "Kaldırıldı: “Fotoğraf yetmez” notu, iki dilde",
    ):
        assert sentence in page.text


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_unit_can_be_read_in_both_languages_with_its_drawing(visitor: Visitor, lang: str) -> None:
    visitor.sign_in(_author_with_draft())
    links = [url for url in visitor.open(f"/{lang}/draft/demo-kurs").links().values() if "?in=" in url]
    assert len(links) == 2 * len(UNITS)
    for url in links:
        page = visitor.open(url)
        for image in page.all("img"):
            drawing = visitor.client.get(image.get("src"))
            assert (drawing.status_code, drawing.data) == (200, (SAMPLE / "media" / "baglanti.svg").read_bytes())
    assert "Measurement category" in visitor.open(f"/{lang}/draft/demo-kurs/unit/hazirlik?in=en").text
    visitor.open(f"/{lang}/draft/demo-kurs/unit/no-such-unit", expect=404)
    assert "Kilitleme ve etiketleme" in visitor.open(f"/{lang}/draft/demo-kurs/plan").text


def test_strangers_find_no_draft(visitor: Visitor) -> None:
    _author_with_draft()
    with db.transaction():
        trainer, teacher = a_trainer(a_centre(ELSEWHERE)), a_teacher()
    paths = ("", "/unit/hazirlik", "/plan", "/media/baglanti.svg")
    for path in paths:
        visitor.sign_in(trainer).open(f"/tr/draft/demo-kurs{path}", expect=404)
        assert visitor.sign_in(teacher).client.get(f"/tr/draft/demo-kurs{path}").status_code in (403, 404)
    visitor.open("/tr/draft/no-such-course", expect=403)


def test_a_network_administrator_reads_but_does_not_publish(visitor: Visitor) -> None:
    _author_with_draft()
    with db.transaction():
        administrator = a_network_administrator()
    page = visitor.sign_in(administrator).open("/tr/draft/demo-kurs/review")
    assert page.all("textarea") == []
    visitor.send("/tr/draft/demo-kurs/review", act="publish", note_tr="x", note_en="x", seen="x", expect=403)


def test_staff_pages_cost_the_same_few_queries_whatever_there_is(visitor: Visitor) -> None:
    with db.transaction():
        a_published_course()
        viewer = a_centre_administrator()
    visitor.sign_in(viewer)
    paths = ("/tr/draft", "/tr/draft/demo-kurs", "/tr/draft/demo-kurs/unit/hazirlik", "/tr/draft/demo-kurs/plan")
    alone = [visitor.open(path).statements for path in paths]
    with db.transaction():
        for number in range(12):
            a_draft(a_trainer(name="Yazar Demo"), slug=f"kurs-{number}")
    assert [visitor.open(path).statements for path in paths] == alone
    assert max(alone) <= 15


def test_a_published_file_is_public_for_ever_and_harmless(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        version = a_published_course()
    address = f"/media/{version.hash[:16]}/baglanti.svg"
    answer = visitor.client.get(address)
    assert (answer.status_code, answer.data) == (200, (SAMPLE / "media" / "baglanti.svg").read_bytes())
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = visitor.client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    with app.test_request_context("/tr/"):
        assert url_for("content_neutral.media", prefix=version.hash[:16], name="baglanti.svg") == address


def test_a_film_is_sent_in_the_range_a_player_asks_for(visitor: Visitor) -> None:
    film = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 8
    with db.transaction(), course_files() as folder:
        (folder / "media" / "tanitim.mp4").write_bytes(film)
        for lang in ("tr", "en"):
            (folder / "media" / f"tanitim.{lang}.vtt").write_bytes(b"WEBVTT\n")
            with (folder / f"units/02-kayit/{lang}.md").open("a", encoding="utf-8") as file:
                marks = f"{' file=tanitim.mp4' if lang == 'tr' else ''} captions=tanitim.{lang}.vtt"
                file.write(f"\n::: video #film{marks}\ntitle: Film\ntranscript: Film\n:::\n")
        format_course(folder)
        service.import_course(folder, author=None, by=BY)
        version = service.publish(service.draft("demo-kurs"), by=acting(a_trainer()), note=FIRST_NOTE)
    address = f"/media/{version.hash[:16]}/tanitim.mp4"
    answer = visitor.client.get(address, headers={"Range": "bytes=4-11"})
    assert (answer.status_code, answer.data, answer.mimetype) == (206, b"ftypmp42", "video/mp4")
    assert answer.headers["Content-Range"] == f"bytes 4-11/{len(film)}"
    assert visitor.client.get(address).data == film
    page = visitor.sign_in(_reviewer()).open("/tr/draft/demo-kurs/unit/kayit")
    (shown,) = page.all("video")
    assert visitor.client.get(shown.get("src") or "").data == film


@pytest.mark.parametrize(
    "address",
    ["/media/%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25/baglanti.svg", "/media/0000000000000000/baglanti.svg"],
)
def test_an_address_that_names_no_version_has_no_file(visitor: Visitor, address: str) -> None:
    with db.transaction():
        a_published_course()
    assert visitor.client.get(address).status_code == 404


def test_a_reviewer_reads_which_rules_stop_publication(visitor: Visitor) -> None:
    page = visitor.sign_in(_reviewer()).open("/tr/draft-rules")
    assert page.text.count("Yayımı engelliyor") == sum(rule.effect == "block" for rule in RULES.values())
    assert "İki dilde aynı sayılar yazar." in page.text
