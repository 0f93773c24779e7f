"""Review, history, comparison and previews as people open them."""

import re

from flask import Flask

from lmp.accounts.models import Person
from lmp.content import service
from lmp.core import db
from tests.builders.accounts import a_centre, a_network_administrator, a_trainer, acting
from tests.builders.content import FIRST_NOTE, UNITS, a_draft, a_published_course
from tests.builders.mails import newest
from tests.builders.review import asked, commented, written
from tests.visitor import Page, Visitor

REVIEW, READ = "/tr/draft/demo-kurs/review", "/tr/draft/demo-kurs/review/unit/hazirlik"
HISTORY, HUB = "/tr/draft/demo-kurs/history", "/tr/draft/demo-kurs"


def _people() -> tuple[Person, Person]:
    """A committed draft; its author and somebody who may decide."""
    with db.transaction():
        author, reviewer = a_trainer(name="Yazar Demo"), a_trainer(name="İnceleyen Demo")
        a_draft(author)
        return author, reviewer


def _second_draft() -> tuple[Person, Person]:
    """A published course whose draft says one thing differently."""
    author, reviewer = _people()
    with db.transaction():
        service.publish(service.draft("demo-kurs"), by=acting(reviewer), note=FIRST_NOTE)
        said = "Ölçme kategorisi aletin üstünde yazar, sözlükte değil."
        written("demo-kurs", said, author)
    return author, reviewer


def _act(page: Page, act: str) -> dict[str, str]:
    """The values of the form of the review that does something."""
    forms = [one for one in page.all("form") if one.get("id") == act.replace("_", "-")]
    return {one.get("name", ""): one.get("value") or "" for one in forms[0].iter("input")}


def test_an_author_asks_and_the_reviewer_is_led_from_the_mail_to_the_decision(visitor: Visitor) -> None:
    author, reviewer = _people()
    page = visitor.sign_in(author).open(REVIEW)
    assert "İnceleme iste" in page.text
    done = visitor.send(REVIEW, _act(page, "ask"), reviewer=str(reviewer.id), note="Birimlere bakın.")
    assert "İncelemede" in visitor.open(done.location).text
    mail = newest("content/review_asked")
    assert (mail.to_address, "Birimlere bakın." in mail.text) == (reviewer.email, True)
    (path,) = re.findall(r"/tr/draft/\S+/review", mail.text)
    page = visitor.sign_in(reviewer).open(path)
    assert "Birimlere bakın." in page.text
    done = visitor.send(path, _act(page, "publish"), note_tr="İlk sürüm", note_en="First version")
    assert "1. sürüm olarak yayımlandı" in visitor.open(done.location).text


def test_sending_back_needs_a_reason_and_the_author_reads_it(visitor: Visitor) -> None:
    author, reviewer = _people()
    with db.transaction():
        asked(service.draft("demo-kurs"), author)
    page = visitor.sign_in(reviewer).open(REVIEW)
    refused = visitor.send(REVIEW, _act(page, "send_back"), words=" ", expect=422)
    assert "Nelerin değişmesi gerektiğini yazın." in refused.text
    visitor.send(REVIEW, _act(page, "send_back"), words="Kaynak eksik.")
    page = visitor.sign_in(author).open(HUB)
    assert ("Kaynak eksik." in page.text, "Geri gönderildi" in page.text) == (True, True)
    assert "Geri gönderildi" in visitor.open("/tr/draft").text


def test_a_second_reviewer_reads_who_was_first(app: Flask, visitor: Visitor) -> None:
    author, reviewer = _people()
    with db.transaction():
        other = a_trainer(name="Öteki Demo")
        asked(service.draft("demo-kurs"), author)
    form = _act(visitor.sign_in(other).open(REVIEW), "send_back")
    quicker = Visitor(app).sign_in(reviewer)
    quicker.send(REVIEW, _act(quicker.open(REVIEW), "send_back"), words="Kaynak eksik.")
    late = visitor.send(REVIEW, form, words="Bence de.", expect=409)
    assert "Geri gönderen: İnceleyen Demo" in late.text


def test_an_edit_after_asking_is_seen_and_the_old_text_is_not_decided(visitor: Visitor) -> None:
    author, reviewer = _people()
    with db.transaction():
        asked(service.draft("demo-kurs"), author)
    form = _act(visitor.sign_in(reviewer).open(REVIEW), "publish")
    with db.transaction():
        written("demo-kurs", "Sonradan yazıldı.", author)
    assert "taslak değişti" in visitor.open(REVIEW).text
    late = visitor.send(REVIEW, form, note_tr="x", note_en="x", expect=409)
    assert "taslak değişti" in late.text


def test_what_is_new_is_listed_by_unit_and_shown_word_by_word_at_its_block(visitor: Visitor) -> None:
    _author, reviewer = _second_draft()
    page = visitor.sign_in(reviewer).open(REVIEW)
    assert "Değişti: “Ölçme kategorisi aletin üstünde yazar, sözlükte değil.” metni, Türkçede" in page.text
    page = visitor.open(READ)
    assert [one for one in page.all("ins") if "sözlükte" in "".join(one.itertext())]
    assert page.all("del")
    assert "Önce" not in page.text


def test_comments_are_written_answered_and_settled_without_a_script(visitor: Visitor) -> None:
    author, reviewer = _people()
    with db.transaction():
        asked(service.draft("demo-kurs"), author)
    page = visitor.sign_in(reviewer).open(READ)
    form = page.form(READ)
    sent = {**form, "part": "block", "thing": "kategori", "text": "Kaynak <b>yazın</b>.", "act": "comment"}
    done = visitor.send(READ, sent)
    assert done.location.endswith("/review/unit/hazirlik#block-kategori")
    page = visitor.sign_in(author).open(READ)
    assert "Kaynak <b>yazın</b>." in page.text
    with db.reading():
        (thread,) = service.threads(service.draft("demo-kurs").course_id)
    answer = {"part": "block", "thing": "kategori", "answers": str(thread.id), "text": "Yazdım.", "act": "answer"}
    visitor.send(READ, _fresh(page, answer))
    settle = {"part": "block", "thing": "kategori", "answers": str(thread.id), "act": "resolve"}
    visitor.send(READ, _fresh(page, settle, 1))
    page = visitor.open(READ)
    assert ("Yazdım." in page.text, "Çözüldü: Yazar Demo" in page.text) == (True, True)


def _fresh(page: Page, values: dict[str, str], place: int = 0) -> dict[str, str]:
    """Values with a key of one of the page's forms, as its own form would send them."""
    keys = [one.get("value") or "" for one in page.all("input", name="_once")]
    return {**values, "_once": keys[place], "csrf_token": page.all("input", name="csrf_token")[0].get("value") or ""}


def test_an_empty_comment_comes_back_at_its_block(visitor: Visitor) -> None:
    author, reviewer = _people()
    with db.transaction():
        asked(service.draft("demo-kurs"), author)
    page = visitor.sign_in(reviewer).open(READ)
    sent = _fresh(page, {"part": "block", "thing": "kategori", "text": " ", "act": "comment"})
    refused = visitor.send(READ, sent, expect=422)
    box = refused.all("textarea", id="text-block-kategori")[0]
    assert box.get("aria-invalid") == "true"
    assert "Yorumunuzu yazın." in refused.text


def test_comments_on_the_course_as_a_whole_have_a_page_of_their_own(visitor: Visitor) -> None:
    author, reviewer = _people()
    with db.transaction():
        asked(service.draft("demo-kurs"), author)
    path = "/tr/draft/demo-kurs/review/course"
    page = visitor.sign_in(reviewer).open(path)
    sent = _fresh(page, {"part": "glossary", "thing": "", "text": "Bir terim eksik.", "act": "comment"})
    assert "Bir terim eksik." in visitor.open(visitor.send(path, sent).location).text
    assert "Bir terim eksik." in visitor.open(REVIEW).text


def test_every_saving_stands_in_the_history_and_can_be_returned_to_and_back(visitor: Visitor) -> None:
    author, _reviewer = _people()
    with db.transaction():
        written("demo-kurs", "Yeni sözler.", author)
    page = visitor.sign_in(author).open(HISTORY)
    assert ("Yazar Demo" in page.text, "“Ölçüme hazırlık” ünitesi, “" in page.text) == (True, True)
    first = f"{HISTORY}/1"
    done = visitor.send(first, visitor.open(first).form(first))
    assert done.location.endswith("/history/3")
    page = visitor.open(done.location)
    assert "öncekilerin hiçbiri kaybolmadı" in page.text
    undo = visitor.send(f"{HISTORY}/2", page.form(f"{HISTORY}/2"))
    assert undo.location.endswith("/history/4")
    with db.reading():
        assert [row.number for row in service.revision_rows(service.draft("demo-kurs").course_id)] == [4, 3, 2, 1]


def test_two_saved_states_stand_beside_each_other(visitor: Visitor) -> None:
    author, _reviewer = _people()
    with db.transaction():
        written("demo-kurs", "Yeni sözler.", author)
        written("demo-kurs", "Bambaşka sözler.", author)
    visitor.sign_in(author)
    for query, said in (
        ("", "2. kayıt"),
        ("?with=now", "3. kayıt"),
        ("?with=1", "1. kayıt"),
        ("?with=abc", "2. kayıt"),
    ):
        page = visitor.open(f"{HISTORY}/3{query}")
        assert said in page.text
    assert [one for one in visitor.open(f"{HISTORY}/3").all("ins") if "Bambaşka" in "".join(one.itertext())]
    visitor.open(f"{HISTORY}/99", expect=404)
    visitor.open(f"{HISTORY}/3?with=99", expect=404)


def test_a_long_history_is_read_page_by_page(visitor: Visitor) -> None:
    author, _reviewer = _people()
    with db.transaction():
        for number in range(105):
            written("demo-kurs", f"Metin {number}.", author)
    page = visitor.sign_in(author).open(HISTORY)
    older = page.links()["Daha eski"]
    assert "1. kayıt" in visitor.open(older).text


def test_a_version_is_compared_and_returned_to_and_published_again(visitor: Visitor) -> None:
    author, reviewer = _second_draft()
    with db.transaction():
        service.publish(service.draft("demo-kurs"), by=acting(reviewer), note=FIRST_NOTE)
    path = "/tr/draft/demo-kurs/version/1"
    page = visitor.sign_in(author).open(path)
    assert page.all("ins")
    assert visitor.open(f"{path}?with=2").all("ins")
    done = visitor.send(path, page.form(path))
    assert "Sürümler değişmez" in visitor.open(done.location).text
    page = visitor.sign_in(reviewer).open(REVIEW)
    assert "3. sürüm olarak yayımla" in page.text
    visitor.send(REVIEW, _act(page, "publish"), note_tr="Geri dönüldü", note_en="Returned")
    with db.reading():
        versions = service.history(service.course("demo-kurs").id)
        assert [row.number for row in versions] == [3, 2, 1]


def test_the_hub_says_what_is_next_to_each_person(visitor: Visitor) -> None:
    author, reviewer = _people()
    assert "İkinci bir okura hazır" in visitor.sign_in(author).open(HUB).text
    with db.transaction():
        asked(service.draft("demo-kurs"), author)
        commented(service.draft("demo-kurs"), reviewer)
    page = visitor.open(HUB)
    assert ("Şimdi bir başkası okuyor" in page.text, "1 açık yorum" in page.text) == (True, True)
    assert "Oku ve karar ver" in visitor.sign_in(reviewer).open(HUB).text
    with db.transaction():
        service.publish(service.draft("demo-kurs"), by=acting(reviewer), note=FIRST_NOTE)
    assert "1. sürüm olarak yayımlandı" in visitor.open(HUB).text


def test_a_unit_is_seen_on_a_phone_in_both_languages(visitor: Visitor) -> None:
    author, _reviewer = _people()
    visitor.sign_in(author)
    for lang in ("tr", "en"):
        page = visitor.open(f"{HUB}/unit/hazirlik?as=phone&in={lang}")
        (frame,) = page.all("iframe")
        assert frame.get("sandbox") == "allow-same-origin"
        assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]
        held = visitor.open(frame.get("src") or "")
        assert "frame-ancestors 'self'" in held.response.headers["Content-Security-Policy"]
        assert held.all("article", class_="leaf")[0].iter("div").__next__().get("lang") == lang
    plain = visitor.open(f"{HUB}/unit/hazirlik").response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in plain


def test_the_whole_course_prints_in_either_language(visitor: Visitor) -> None:
    author, _reviewer = _people()
    visitor.sign_in(author)
    for lang, words in (("tr", "Kilitleme ve etiketleme"), ("en", "Safe measurement in the workshop")):
        page = visitor.open(f"{HUB}/print?in={lang}")
        assert words in page.text
        assert len([one for one in page.all("section") if "paper-unit" in (one.get("class") or "")]) == len(UNITS)


def test_strangers_find_no_review_no_history_and_no_print(visitor: Visitor) -> None:
    author, _reviewer = _people()
    with db.transaction():
        stranger = a_trainer(a_centre("smm-bur-tophane"))
        asked(service.draft("demo-kurs"), author)
    visitor.sign_in(stranger)
    for path in ("review", "review/unit/hazirlik", "review/course", "history", "history/1", "version/1", "print"):
        visitor.open(f"{HUB}/{path}", expect=404)
    visitor.send(REVIEW, act="ask", note="", reviewer="", expect=404)
    visitor.send(f"{HISTORY}/1", expect=404)


def test_the_network_reads_everything_and_writes_nothing(visitor: Visitor) -> None:
    author, _reviewer = _people()
    with db.transaction():
        official = a_network_administrator()
        written("demo-kurs", "Yeni sözler.", author)
        asked(service.draft("demo-kurs"), author)
    visitor.sign_in(official)
    for path in (REVIEW, READ, HISTORY, f"{HISTORY}/1", f"{HUB}/print"):
        page = visitor.open(path)
        assert page.all("textarea") == []
        assert "Bu hâle dön" not in page.text
    once = "01a203f0-cc07-7000-ab09-6d6445dcef2e"
    visitor.send(f"{HISTORY}/1", _once=once, expect=403)
    visitor.send(READ, _once=once, part="unit", text="x", expect=403)


def test_pages_of_review_and_history_cost_few_queries_whatever_there_is(app: Flask, visitor: Visitor) -> None:
    author, reviewer = _second_draft()
    with db.transaction():
        asked(service.draft("demo-kurs"), author)
    visitor.sign_in(reviewer)
    paths = (HUB, REVIEW, READ, f"{HUB}/review/course", HISTORY, f"{HISTORY}/2", f"{HUB}/version/1", f"{HUB}/print")
    for path in paths:
        visitor.open(path)
    alone = [visitor.open(path).statements for path in paths]
    with db.transaction():
        for number in range(8):
            commented(service.draft("demo-kurs"), reviewer, f"Yorum {number}")
            a_trainer(name=f"Eğitimci {number}")
        a_published_course(slug="baska-kurs")
    assert [visitor.open(path).statements for path in paths] == alone
    assert max(alone) <= 15, dict(zip(paths, alone, strict=True))
