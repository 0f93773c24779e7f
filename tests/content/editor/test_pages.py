"""The editor of a unit, as somebody without scripts meets it."""

from typing import Any

import pytest

from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import Place, Raw
from lmp.content.views.unit_editor import whole
from lmp.core import db
from lmp.core.errors import NotFound
from tests.builders.accounts import a_trainer, acting
from tests.builders.content import a_draft
from tests.content.editor import desk
from tests.visitor import Visitor

# -- reading


def test_the_page_shows_both_languages_of_every_block_and_its_parity(writing: Visitor) -> None:
    page = writing.open(desk.EDIT)
    assert page.h1 == "1. ünite: Ölçüme hazırlık"
    for words in (
        "Taslak 1 · Kaydedildi",
        "Measurement category",
        "Ölçüm kategorisi",
        "İki dilin denkliği",
        "6 / 6 blok denk",
    ):
        assert words in page.text
    assert "3 seçenek, doğru: CAT III" in page.text
    assert "3 options, right: CAT III" in page.text
    assert [one.get("id") for one in page.all("div", class_="pair")][1:] == [f"block-{name}" for name in desk.names()]
    assert "İncelemeye gönder" in page.links()


def test_every_block_with_texts_opens_its_form_in_its_place(writing: Visitor) -> None:
    for block in desk.unit()["blocks"]:
        page = writing.open(f"{desk.EDIT}?edit={block['id']}")
        opened = [one.get("id") for one in page.all("div", class_="pair-open")]
        assert opened == ([] if block["kind"] == "question" else [f"block-{block['id']}"])


def test_the_page_costs_few_queries_however_many_units_there_are(writing: Visitor) -> None:
    writing.open(desk.EDIT)
    one = writing.open(desk.EDIT).statements

    def more(document: Raw) -> None:
        for number in range(10):
            document["units"].append({**document["units"][0], "key": f"u{number}", "questions": [], "blocks": []})

    _change(more)
    writing.open(desk.EDIT)
    assert writing.open(desk.EDIT).statements == one <= 15


def _change(change: Any) -> None:
    """Somebody else's edit."""
    with db.transaction():
        centre = service.draft("demo-kurs").course.centre
        colleague = a_trainer(centre, "Başka Demo")
        act = service.Act(service.Verb.WRITE, Place("course"))
        service.edit("demo-kurs", change, act, by=acting(colleague))


# -- writing


def test_what_is_written_is_saved_and_the_page_returns_to_the_block(writing: Visitor) -> None:
    form = desk.form(writing)
    done = writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}", {**form, "title.tr": "Aletinizi gözden geçirin", "minutes": "15"}
    )
    assert done.location.endswith(f"/edit#block-{desk.BLOCK}")
    assert (desk.block()["title"]["tr"], desk.block()["minutes"]) == ("Aletinizi gözden geçirin", 15)
    assert "Taslak 2 · Kaydedildi" in writing.open(desk.EDIT).text


def test_editing_the_turkish_turns_exactly_its_english_stale(writing: Visitor) -> None:
    form = desk.form(writing)
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}", {**form, "text.tr": "Bir aletin kategorisini okuyun."})
    page = writing.open(desk.EDIT)
    assert page.text.count("Türkçesi değişti") == 2  # in the cell and in the panel
    assert "5 / 6 blok denk" in page.text or "6 / 6 blok denk" in page.text


def test_a_stale_translation_that_is_still_right_is_said_to_be(writing: Visitor) -> None:
    writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}", {**desk.form(writing), "text.tr": "Bir aletin kategorisini okuyun."}
    )
    (mark,) = [
        one.get("value")
        for one in writing.open(desk.EDIT).all("button", name="mark")
        if "still" in str(one.get("value"))
    ]
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}/reviewed", mark=mark)
    assert "Türkçesi değişti" not in writing.open(desk.EDIT).text
    assert desk.block()["translation"]["state"] == "reviewed"


def test_a_new_translation_waits_for_somebody_who_reads_it(writing: Visitor) -> None:
    writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}", {**desk.form(writing), "text.en": "Read the category of one instrument."}
    )
    page = writing.open(desk.EDIT)
    assert "Gözden geçirilmedi" in page.text
    (mark,) = [one.get("value") for one in page.all("button", name="mark")]
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}/reviewed", mark=mark)
    assert desk.block()["translation"]["state"] == "reviewed"


def test_a_translation_that_changed_after_it_was_read_is_not_marked(writing: Visitor) -> None:
    writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}", {**desk.form(writing), "text.en": "Read the category of one instrument."}
    )
    (mark,) = [one.get("value") for one in writing.open(desk.EDIT).all("button", name="mark")]
    writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}", {**desk.form(writing), "text.en": "Read the category of two instruments."}
    )
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}/reviewed", mark=mark, expect=409)
    assert desk.block()["translation"]["state"] == "draft"


def test_a_number_that_is_none_is_refused_with_everything_kept(writing: Visitor) -> None:
    page = writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}",
        {**desk.form(writing), "minutes": "on", "title.tr": "Yarım başlık"},
        expect=422,
    )
    assert "0 ile 100.000 arasında bir tam sayı yazın." in page.text
    assert page.form(f"/block/{desk.BLOCK}")["title.tr"] == "Yarım başlık"
    assert desk.block()["title"]["tr"] != "Yarım başlık"


def test_what_the_format_refuses_is_said_at_its_field(writing: Visitor) -> None:
    block = next(one["id"] for one in desk.unit()["blocks"] if one["kind"] == "text")
    page = writing.send(
        f"{desk.UNIT}/block/{block}", {**desk.form(writing, block), "body.tr": "Bir\n::: iki"}, expect=422
    )
    assert page.all("textarea", aria_invalid="true")[0].get("name") == "body.tr"
    assert page.form(f"/block/{block}")["body.tr"] == "Bir\n::: iki"


def test_switching_the_language_keeps_what_is_being_typed_and_saves_nothing(writing: Visitor) -> None:
    page = writing.send(
        f"{desk.UNIT}/block/{desk.BLOCK}", {**desk.form(writing), "title.tr": "Yarım"}, _lang="en", expect=200
    )
    assert page.form(f"/block/{desk.BLOCK}")["title.tr"] == "Yarım"
    assert (page.tree.get("lang"), desk.block()["title"]["tr"] == "Yarım") == ("en", False)


def test_the_heading_is_written_with_its_quiz(writing: Visitor) -> None:
    form = writing.open(f"{desk.EDIT}?heading=1").form("/heading")
    changes = {"title.tr": "Ölçüme başlamadan", "minutes": "40", "quiz.attempts": "3", "quiz.review": "last"}
    writing.send(f"{desk.UNIT}/heading", form | changes)
    unit = desk.unit()
    assert (unit["title"]["tr"], unit["minutes"]) == ("Ölçüme başlamadan", 40)
    assert (unit["quiz"]["attempts"], unit["quiz"]["review"]) == (3, "last")
    assert "partial" not in unit["quiz"]
    form = writing.open(f"{desk.EDIT}?heading=1").form("/heading")
    writing.send(f"{desk.UNIT}/heading", {name: value for name, value in form.items() if name != "quiz"})
    assert "quiz" not in desk.unit()


# -- blocks


@pytest.mark.parametrize("kind", ["text", "task", "safety", "tip"])
def test_a_block_of_each_kind_is_added_where_it_was_asked_for(writing: Visitor, kind: str) -> None:
    first = desk.names()[0]
    form = writing.open(f"{desk.EDIT}?after={first}").form("/unit/hazirlik/block")
    values = {**form, "after": first, "kind": kind}
    done = writing.send(f"{desk.UNIT}/block", values)
    assert writing.send(f"{desk.UNIT}/block", values).location == done.location
    made = desk.names()[1]
    assert done.location.endswith(f"edit?edit={made}#block-{made}")
    page = writing.open(done.location)
    assert "Türkçesi yok" not in page.text.partition("İki dilin")[0] or page.all("div", class_="pair-open")
    writing.send(f"{desk.UNIT}/block", values, kind="poem", _once="", expect=404)


def test_blocks_move_and_stay_at_the_ends(writing: Visitor) -> None:
    first, second, *rest = desk.names()
    writing.send(f"{desk.UNIT}/block/{first}/move", step="1")
    assert desk.names() == [second, first, *rest]
    writing.send(f"{desk.UNIT}/block/{second}/move", step="-1")
    assert desk.names() == [second, first, *rest]
    code, found = desk.sent(writing, f"{desk.UNIT}/block/{first}/move", {"step": "-1"})
    assert (code, found["order"], found["announced"]) == (
        200,
        [first, second, *rest],
        f"Şimdi {2 + len(rest)} blok arasında 1. sırada.",
    )


def test_a_block_is_duplicated_below_itself(writing: Visitor) -> None:
    before = desk.names()
    done = writing.send(f"{desk.UNIT}/block/{desk.BLOCK}/duplicate")
    (made,) = set(desk.names()) - set(before)
    assert desk.names().index(made) == desk.names().index(desk.BLOCK) + 1
    assert done.location.endswith(f"#block-{made}")


def test_a_removed_block_is_put_back_where_it_was_and_what_was_written_since_stays(writing: Visitor) -> None:
    before = desk.names()
    removed = before[1]
    done = writing.send(f"{desk.UNIT}/block/{removed}/remove")
    page = writing.open(done.location.partition("#")[0])
    assert "Blok kaldırıldı." in page.text
    assert removed not in desk.names()
    writing.send(f"{desk.UNIT}/block/{desk.BLOCK}", desk.form(writing), minutes="25")
    writing.send(
        f"{desk.UNIT}/block/{removed}/put-back",
        page.form("/put-back"),
        was=page.all("button", name="was")[0].get("value"),
    )
    assert (desk.names(), desk.block()["minutes"]) == (before, 25)
    assert "Blok kaldırıldı." not in writing.open(done.location.partition("#")[0]).text


def test_a_block_is_copied_to_another_unit_and_another_course_with_its_question_and_files(
    writing: Visitor, author: Person
) -> None:
    with db.transaction():
        a_draft(author, slug="iki-kurs")
    picture = next(one for one in desk.unit()["blocks"] if one["kind"] == "image")
    asked = next(one for one in desk.unit()["blocks"] if one["kind"] == "question")
    page = writing.open(f"{desk.UNIT}/block/{picture['id']}/copy")
    targets = [one.get("value") for one in page.all("button", name="to")]
    assert targets == ["demo-kurs/hazirlik", "demo-kurs/kayit", "iki-kurs/hazirlik", "iki-kurs/kayit"]
    done = writing.send(f"{desk.UNIT}/block/{picture['id']}/copy", to="demo-kurs/kayit")
    assert "/unit/kayit/edit#block-" in done.location
    done = writing.send(f"{desk.UNIT}/block/{asked['id']}/copy", to="iki-kurs/kayit")
    assert "/draft/iki-kurs/unit/kayit/edit#block-" in done.location
    with db.reading():
        other = service.raw_document(service.draft("iki-kurs"))["units"][1]
    made = other["blocks"][-1]
    question = next(one for one in other["questions"] if one["key"] == made["ask"])
    assert question["origin"] == next(one["id"] for one in desk.unit()["questions"] if one["key"] == asked["ask"])
    assert "Blok buraya kopyalandı." in writing.open(done.location.partition("#")[0]).text


@pytest.mark.parametrize("step", ["", "--1", "1-", "٣", "9" * 12, "yukarı"])
def test_a_step_that_no_button_sends_moves_nothing(step: str) -> None:
    with pytest.raises(NotFound):
        whole(step)


def test_steps_go_up_and_down() -> None:
    assert (whole("-1"), whole("1")) == (-1, 1)
