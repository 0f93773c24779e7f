"""Two people at one unit, what a script is answered, and who may write."""

import re

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.content.models import Presence
from lmp.core import clock, db
from tests.builders.accounts import a_centre, a_network_administrator, a_teacher, a_trainer
from tests.builders.content import a_draft
from tests.content.editor import desk
from tests.visitor import Visitor

# -- two people


def test_two_people_in_one_block_lose_nothing(writing: Visitor, author: Person, app: Flask) -> None:
    with db.transaction():
        colleague = a_trainer(a_centre(), "Başka Demo")
    other = Visitor(app).sign_in(colleague)
    mine, theirs = desk.form(writing), desk.form(other)
    other.send(f"{desk.UNIT}/block/{desk.BLOCK}", {**theirs, "text.tr": "Aletin kategorisini okuyun ve söyleyin."})
    page = writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}",
        mine,
        **{"text.tr": "Aletin kategorisini okuyun ve yazın.", "minutes": "12"},
        expect=409,
    )
    for words in ("Başka Demo kaydetti", "söyleyin", "Benimkini koru", "Diğerini al"):
        assert words in page.text
    assert ([one.text for one in page.all("del")], [one.text for one in page.all("ins")]) == (["söyleyin"], ["yazın"])
    form = page.form(f"/block/{desk.BLOCK}")
    assert (form["text.tr"], form["minutes"]) == ("Aletin kategorisini okuyun ve yazın.", "12")
    assert desk.block()["text"]["tr"] == "Aletin kategorisini okuyun ve söyleyin."
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}", form)
    assert (desk.block()["text"]["tr"], desk.block()["minutes"]) == ("Aletin kategorisini okuyun ve yazın.", 12)


def test_two_people_in_different_fields_of_a_block_do_not_disturb_each_other(writing: Visitor, app: Flask) -> None:
    with db.transaction():
        colleague = a_trainer(a_centre(), "Başka Demo")
    other = Visitor(app).sign_in(colleague)
    mine, theirs = desk.form(writing), desk.form(other)
    other.send(f"{desk.UNIT}/block/{desk.BLOCK}", {**theirs, "title.en": "Look at your instrument"})
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}", {**mine, "title.tr": "Aletinize bakın"})
    assert desk.block()["title"] == {"tr": "Aletinize bakın", "en": "Look at your instrument"}


def test_a_script_is_told_of_a_clash_with_both_texts(writing: Visitor, app: Flask) -> None:
    with db.transaction():
        colleague = a_trainer(a_centre(), "Başka Demo")
    other = Visitor(app).sign_in(colleague)
    mine, theirs = desk.form(writing), desk.form(other)
    other.send(f"{desk.UNIT}/block/{desk.BLOCK}", {**theirs, "title.tr": "Onunki"})
    code, found = desk.sent(writing, f"{desk.UNIT}/block/{desk.BLOCK}", mine, **{"title.tr": "Benimki"})
    assert (code, found["theirs"]) == (409, {"title.tr": "Onunki"})
    assert "<ins>Benimki</ins>" in found["clashes"]
    fresh = {f"seen.{name}": mark for name, mark in found["seen"].items()}
    code, found = desk.sent(writing, f"{desk.UNIT}/block/{desk.BLOCK}", mine | fresh, **{"title.tr": "Benimki"})
    assert (code, desk.block()["title"]["tr"]) == (200, "Benimki")


# -- scripts


def test_a_script_is_answered_with_the_time_and_marks_and_never_with_text(writing: Visitor) -> None:
    code, found = desk.sent(
        writing, f"{desk.UNIT}/block/{desk.BLOCK}", desk.form(writing), **{"title.tr": "Aletinize bakın"}
    )
    assert (code, found["changed"], re.fullmatch(r"Kaydedildi \d\d\.\d\d", found["said"]) is not None) == (
        200,
        True,
        True,
    )
    assert "Aletinize" not in str(found)
    marks = {f"seen.{name}": mark for name, mark in found["seen"].items()}
    code, found = desk.sent(
        writing, f"{desk.UNIT}/block/{desk.BLOCK}", desk.form(writing) | marks, **{"title.tr": "Aletinize iyi bakın"}
    )
    assert (code, desk.block()["title"]["tr"]) == (200, "Aletinize iyi bakın")


def test_a_script_gets_a_block_its_form_and_the_panel(writing: Visitor) -> None:
    assert "<textarea" not in desk.asked(writing, f"{desk.EDIT}?show={desk.BLOCK}")["html"]
    assert "<textarea" in desk.asked(writing, f"{desk.EDIT}?edit={desk.BLOCK}")["html"]
    assert 'name="summary.tr"' in desk.asked(writing, f"{desk.EDIT}?heading=1")["html"]
    assert 'id="block-heading"' in desk.asked(writing, f"{desk.EDIT}?show=")["html"]
    assert "blok denk" in desk.asked(writing, f"{desk.EDIT}?panel=1")["html"]
    assert set(desk.asked(writing, f"{desk.EDIT}?token=1")) == {"token", "person"}
    assert writing.client.get(f"{desk.EDIT}?show=yok", headers=desk.JSON).status_code == 404


def test_a_script_is_told_what_cannot_be_saved(writing: Visitor) -> None:
    code, found = desk.sent(writing, f"{desk.UNIT}/block/{desk.BLOCK}", desk.form(writing), minutes="on")
    assert (code, list(found["problems"])) == (422, ["minutes"])
    code, found = desk.sent(writing, f"{desk.UNIT}/block/yok", desk.form(writing))
    assert (code, list(found)) == (404, ["error"])


def test_those_who_work_on_a_unit_are_told_of_each_other_for_two_minutes(writing: Visitor, app: Flask) -> None:
    with db.transaction():
        colleague = a_trainer(a_centre(), "Başka Demo")
    other = Visitor(app).sign_in(colleague)
    assert desk.sent(writing, f"{desk.UNIT}/here", {})[1] == {"others": ""}
    assert desk.sent(other, f"{desk.UNIT}/here", {})[1] == {"others": "Şu anda burada çalışan: Yazar Demo"}
    assert desk.sent(writing, f"{desk.UNIT}/here", {})[1] == {"others": "Şu anda burada çalışan: Başka Demo"}
    assert "Başka Demo" in writing.open(desk.EDIT).text
    with db.transaction() as session:
        for row in session.query(Presence):
            row.seen_at = clock.now() - clock.minutes(3)
    assert "Başka Demo" not in writing.open(desk.EDIT).text
    desk.sent(writing, f"{desk.UNIT}/here", {})
    with db.reading() as session:
        assert session.query(Presence).count() == 1


# -- who may


def test_nobody_of_another_centre_and_nobody_who_only_reads_writes_here(app: Flask, author: Person) -> None:
    with db.transaction():
        stranger = a_trainer(a_centre("smm-bur-tophane"))
        reader = a_network_administrator("Bakanlık Demo")
        teacher = a_teacher("Öğretmen Demo")
    for person, expected in ((stranger, 404), (reader, 403), (teacher, 403)):
        visitor = Visitor(app).sign_in(person)
        visitor.open(desk.EDIT, expect=expected)
        for act, values in _ACTS:
            visitor.send(f"{desk.UNIT}{act}", values, expect=expected)
    assert "Taslak 1" in Visitor(app).sign_in(author).open(desk.EDIT).text


_ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    (f"/block/{desk.BLOCK}", {"title.tr": "x", "seen.title.tr": "x"}),
    ("/heading", {"title.tr": "x", "seen.title.tr": "x"}),
    ("/block", {"kind": "text"}),
    (f"/block/{desk.BLOCK}/move", {"step": "1"}),
    (f"/block/{desk.BLOCK}/duplicate", {}),
    (f"/block/{desk.BLOCK}/remove", {}),
    (f"/block/{desk.BLOCK}/put-back", {"was": "1"}),
    (f"/block/{desk.BLOCK}/reviewed", {"mark": "x"}),
    ("/reviewed", {"mark": "x"}),
    (f"/block/{desk.BLOCK}/copy", {"to": "demo-kurs/kayit"}),
    ("/here", {}),
)


def test_a_block_is_never_copied_into_another_centres_course(writing: Visitor) -> None:
    with db.transaction():
        elsewhere = a_centre("smm-bur-tophane")
        a_draft(a_trainer(elsewhere), elsewhere, slug="bursa-kursu")
    assert "bursa-kursu" not in writing.open(f"{desk.UNIT}/block/{desk.BLOCK}/copy").html
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}/copy", to="bursa-kursu/kayit", expect=404)
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}/copy", to="bursa-kursu", expect=404)


@pytest.mark.parametrize(
    "path", ["edit?edit=yok", "edit?removed=x&was=999999999999", "edit?after=yok", "edit?edit=%00", "edit?show=x"]
)
def test_odd_addresses_show_the_unit(writing: Visitor, path: str) -> None:
    assert writing.open(f"{desk.UNIT}/{path}").h1 == "1. ünite: Ölçüme hazırlık"


@pytest.mark.parametrize("step", ["", "x", "1e9", "99999999999999999999"])
def test_odd_steps_are_refused_or_are_one_step(writing: Visitor, step: str) -> None:
    answer = writing.client.post(
        f"{desk.UNIT}/block/{desk.BLOCK}/move", data={"csrf_token": writing.token(), "step": step}
    )
    assert answer.status_code in (303, 404)
