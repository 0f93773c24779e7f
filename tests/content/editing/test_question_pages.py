"""The question editor, as a trainer meets it: every kind, with and without mistakes, tried, undone, and by two people at once."""

from typing import Any

import pytest

from lmp.content import service
from lmp.content.document import QUESTION_KINDS
from lmp.content.editing import Raw, question_in, unit_in
from lmp.core import db
from tests.builders.accounts import a_centre, a_network_administrator, a_trainer
from tests.builders.content import a_draft
from tests.visitor import Page, Visitor

UNIT = "/tr/draft/demo-kurs/unit/hazirlik"
NEW = f"{UNIT}/question/new"
FIRST = f"{UNIT}/question/kategori"


@pytest.fixture
def trainer(visitor: Visitor) -> Visitor:
    """A trainer with a draft."""
    with db.transaction():
        author = a_trainer(name="Yazar Demo")
        a_draft(author)
    return visitor.sign_in(author)


def _document() -> Raw:
    with db.reading():
        return service.raw_document(service.draft("demo-kurs"))


def _question(key: str) -> Raw:
    return question_in(_document(), "hazirlik", key)


def _key(page: Page) -> str:
    return page.location.rpartition("/")[2]


def _texts(*names: str) -> dict[str, str]:
    return {
        f"{name}.{lang}": f"{said} {number}"
        for number, name in enumerate(names, 1)
        for lang, said in (("tr", "Metin"), ("en", "Text"))
    }


#: What a trainer fills in for each kind.
FILLED: dict[str, dict[str, Any]] = {
    "single": {**_texts("options.a.text", "options.b.text", "options.c.text"), "right": ["b"]},
    "multiple": {**_texts(*(f"options.{one}.text" for one in "abcd")), "right": ["a", "c"]},
    "truefalse": {"right": ["false"]},
    "number": {"value": "0,5", "tolerance": "0,01", "unit": "A", "explanation.tr": "0,5 A", "explanation.en": "0.5 A"},
    "text": {"accept.tr": "ohm\r\nom", "accept.en": "ohm"},
    "matching": _texts(*(f"pairs.{one}.{side}" for one in "abc" for side in ("left", "right"))),
    "ordering": _texts(*(f"items.{one}.text" for one in "abc")),
}
PROMPT = {"prompt.tr": "Hangisi doğrudur?", "prompt.en": "Which is right?"}
WHY = {"explanation.tr": "Çünkü öyledir.", "explanation.en": "Because it is so."}


def test_a_trainer_first_chooses_the_kind_in_plain_words(trainer: Visitor) -> None:
    page = trainer.open(f"{NEW}?after=giris")
    assert page.h1 == "Nasıl bir soru?"
    links = [address for address in page.links().values() if "kind=" in address]
    assert [address.partition("kind=")[2].partition("&")[0] for address in links] == list(QUESTION_KINDS)
    assert all("after=giris" in address for address in links)
    assert "Birkaç seçenek vardır, yalnız biri doğrudur." in page.text


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_a_question_of_every_kind_is_made_and_reads_back_as_it_was_written(trainer: Visitor, kind: str) -> None:
    blocks = unit_in(_document(), "hazirlik")["blocks"]
    behind = blocks[1]["id"]
    form = _with(trainer.open(f"{NEW}?kind={kind}&after={behind}"))
    assert form["use"] == ["check"]
    done = trainer.send(f"{NEW}?kind={kind}&after={behind}", {**form, **PROMPT, **WHY, **FILLED[kind]})
    assert _key(done) == "hangisi-dogrudur"
    page = trainer.open(done.location)
    assert "Düzeltilecek bir şey yok" in page.text or "Göz atın" in page.text
    assert "Yayımı engelliyor" not in page.text
    stored = _question("hangisi-dogrudur")
    assert (stored["kind"], stored["prompt"]["en"]) == (kind, "Which is right?")
    assert stored["translation"]["state"] == "draft"
    now = unit_in(_document(), "hazirlik")["blocks"]
    assert [block["id"] for block in now[1:3]] == [behind, "hangisi-dogrudur"]
    again = trainer.send(done.location, _with(page))
    assert again.location == done.location
    assert _question("hangisi-dogrudur") == stored


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_saving_a_form_as_it_was_shown_changes_nothing(trainer: Visitor, lang: str) -> None:
    before = _document()
    for unit in before["units"]:
        for question in unit["questions"]:
            path = f"/{lang}/draft/demo-kurs/unit/{unit['key']}/question/{question['key']}"
            trainer.send(path, _with(trainer.open(path)))
    with db.reading():
        assert service.draft("demo-kurs").revision == 1
    assert _document() == before


def test_a_question_without_a_place_in_the_page_goes_to_the_quiz(trainer: Visitor) -> None:
    form = trainer.open(f"{NEW}?kind=truefalse").form()
    assert form["use"] == ["quiz"]
    blocks = unit_in(_document(), "hazirlik")["blocks"]
    trainer.send(f"{NEW}?kind=truefalse", {**form, **PROMPT, **FILLED["truefalse"]})
    assert unit_in(_document(), "hazirlik")["blocks"] == blocks


def test_sending_a_new_question_twice_makes_one(trainer: Visitor) -> None:
    form = {**trainer.open(f"{NEW}?kind=text").form(), **PROMPT, **FILLED["text"]}
    first, second = (trainer.send(f"{NEW}?kind=text", form) for _ in range(2))
    assert first.location == second.location
    assert len([one for one in unit_in(_document(), "hazirlik")["questions"] if one["kind"] == "text"]) == 1


def test_a_number_that_is_none_is_refused_at_its_field_with_everything_kept(trainer: Visitor) -> None:
    form = trainer.open(f"{NEW}?kind=number").form()
    page = trainer.send(f"{NEW}?kind=number", {**form, **PROMPT, "value": "yarım", "tolerance": "-1"}, expect=422)
    assert "Doğru sayı: Sayı olarak yazın" in page.text or "Doğru sayı:" in page.text
    assert {"#value", "#tolerance"} <= set(page.links().values())
    assert (page.form()["value"], page.form()["prompt.tr"]) == ("yarım", "Hangisi doğrudur?")
    assert "Yukarıdaki alanlar düzeltilince soru denenebilir." in page.text


def test_a_statement_that_is_neither_true_nor_false_is_refused(trainer: Visitor) -> None:
    form = trainer.open(f"{NEW}?kind=truefalse").form()
    page = trainer.send(f"{NEW}?kind=truefalse", {**form, **PROMPT}, expect=422)
    assert "Cümlenin doğru mu yanlış mı olduğunu seçin." in page.text
    assert page.all("input", id="right")


def test_a_question_without_a_right_option_is_kept_and_stops_publication(trainer: Visitor) -> None:
    form = _with(trainer.open(FIRST))
    page = trainer.open(trainer.send(FIRST, form, right=[]).location)
    assert "Yayımı engelliyor" in page.text
    assert "#options" in page.links().values()
    assert not any(option["correct"] for option in _question("kategori")["options"])


def test_two_pairs_that_read_alike_are_marked_at_the_second(trainer: Visitor) -> None:
    form = _with(trainer.open(f"{NEW}?kind=matching"))
    alike = {**FILLED["matching"], "pairs.b.left.tr": "Metin 1"}
    page = trainer.open(trainer.send(f"{NEW}?kind=matching", {**form, **PROMPT, **WHY, **alike}).location)
    assert "“Metin 1”" in page.text
    assert "#pairs-b-left-tr" in page.links().values()


def test_a_draft_may_lack_its_english_and_says_so(trainer: Visitor) -> None:
    form = trainer.open(f"{NEW}?kind=text").form()
    done = trainer.send(f"{NEW}?kind=text", {**form, "prompt.tr": "Birim?", "accept.tr": "ohm", "explanation.tr": "Ω"})
    page = trainer.open(done.location)
    assert "Henüz çevrilmedi" in page.text
    assert "Soru bu dilde henüz yazılmadı." in page.text


def _pressed(trainer: Visitor, path: str, form: dict[str, Any], act: str) -> Page:
    return trainer.send(path, {**form, "act": act}, expect=200)


def test_rows_are_added_moved_and_taken_away_without_script_and_nothing_is_saved(trainer: Visitor) -> None:
    before = _document()
    form = _with(trainer.open(FIRST), {"prompt.tr": "Yarım kalan"})
    page = _pressed(trainer, FIRST, form, "add:options")
    assert _rows(page) == ["a", "b", "c", "d"]
    assert page.form()["prompt.tr"] == "Yarım kalan"
    assert "Henüz kaydedilmedi" in page.text
    assert _focused(page) == "options-d-text-tr"
    page = _pressed(trainer, FIRST, _with(page), "up:options:d")
    assert _rows(page) == ["a", "b", "d", "c"]
    assert _focused(page) == "up-options-d"
    page = _pressed(trainer, FIRST, _with(page), "down:options:a")
    assert _rows(page) == ["b", "a", "d", "c"]
    page = _pressed(trainer, FIRST, _with(page), "remove:options:c")
    assert _rows(page) == ["b", "a", "d"]
    assert _focused(page) == "remove-options-d"
    page = _pressed(trainer, FIRST, _with(page), "add:options")
    assert _rows(page) == ["b", "a", "d", "e"]
    assert _document() == before
    trainer.send(FIRST, _with(page))
    assert [option["id"] for option in _question("kategori")["options"]] == ["b", "a", "d", "e"]


def _rows(page: Page, part: str = "options") -> list[str]:
    return [str(one.get("value")) for one in page.all("input", name=part)]


def _with(page: Page, form: dict[str, Any] | None = None) -> dict[str, Any]:
    """The form with all its rows, which share a name."""
    rows = {part: _rows(page, part) for part in ("options", "pairs", "others", "items")}
    return {**page.form(), **(form or {}), **{part: ids for part, ids in rows.items() if ids}}


def _focused(page: Page) -> str:
    return next(str(one.get("id")) for one in page.tree.iter() if one.get("autofocus") is not None)


@pytest.mark.parametrize(
    ("answer", "said"), [("b", "Doğru"), ("a", "CAT II prizden beslenen cihazlar içindir."), ("", "Bir")]
)
def test_a_question_is_tried_by_the_real_marking_and_nothing_is_kept(trainer: Visitor, answer: str, said: str) -> None:
    before = _document()
    page = trainer.open(FIRST)
    page = trainer.send(FIRST, {**_with(page), "act": "try:tr", "try.tr": [answer] if answer else []}, expect=200)
    assert said in page.text
    assert _focused(page) == "try-tr-button"
    assert _document() == before
    with db.reading():
        assert service.draft("demo-kurs").revision == 1


def test_what_is_tried_is_what_stands_in_the_form_in_either_language(trainer: Visitor) -> None:
    page = trainer.open(FIRST)
    changed = {**_with(page), "right": ["a"], "act": "try:en", "try.en": ["a"]}
    page = trainer.send(FIRST, changed, expect=200)
    assert "Surges" not in page.text
    assert "surges there are larger than at a socket" in page.text
    assert "Henüz kaydedilmedi" in page.text
    assert [option["id"] for option in _question("kategori")["options"] if option["correct"]] == ["b"]


def test_an_answer_that_is_right_in_part_says_what_it_is_worth(trainer: Visitor) -> None:
    path = f"{UNIT}/question/kesme-sirasi"
    page = trainer.open(path)
    page = trainer.send(path, {**_with(page), "act": "try:tr", "try.tr": ["a"]}, expect=200)
    assert "Kısmen doğru: Kısa sınavda puanın %50 kadarını getirir" in page.text
    assert "Soruyu düzenle" in page.h1


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_rows_are_tried_as_people_answer_them(trainer: Visitor, kind: str) -> None:
    form = {**_with(trainer.open(f"{NEW}?kind={kind}")), **PROMPT, **WHY, **FILLED[kind]}
    form = {**form, "act": "try:en", "try.en": ["1", "2", "3"]}
    page = trainer.send(f"{NEW}?kind={kind}", form, expect=200)
    assert "Henüz doğru değil" in page.text
    page = trainer.send(f"{NEW}?kind={kind}", {**form, "try.en": ["1", "", "3"]}, expect=200)
    assert page.all("p", id="try-en-error")


def test_switching_the_language_keeps_everything_and_judges_nothing(trainer: Visitor) -> None:
    page = trainer.open(f"{NEW}?kind=truefalse")
    switched = trainer.send(f"{NEW}?kind=truefalse", {**page.form(), "prompt.tr": "Yarım"}, _lang="en", expect=200)
    assert switched.tree.get("lang") == "en"
    assert switched.form()["prompt.tr"] == "Yarım"
    assert "Choose whether" not in switched.text


def test_two_people_in_one_question_lose_nothing(trainer: Visitor) -> None:
    page = trainer.open(FIRST)
    trainer.send(FIRST, {**_with(page), "prompt.tr": "Onun sorusu nedir?"})
    late = trainer.send(FIRST, {**_with(page), "prompt.tr": "Benim sorum nedir?"}, expect=409)
    assert "Bu arada başka biri bu soruyu kaydetti" in late.text
    assert "Onun sorusu nedir?" in late.text
    assert late.form()["prompt.tr"] == "Benim sorum nedir?"
    assert _question("kategori")["prompt"]["tr"] == "Onun sorusu nedir?"
    taken = _pressed(trainer, FIRST, _with(late), "take:prompt.tr")
    assert taken.form()["prompt.tr"] == "Onun sorusu nedir?"
    trainer.send(FIRST, _with(late))
    assert _question("kategori")["prompt"]["tr"] == "Benim sorum nedir?"


def test_a_row_that_the_other_person_added_can_be_taken_over(trainer: Visitor) -> None:
    page = trainer.open(FIRST)
    more = {"options": ["a", "b", "c", "d"], "options.d.text.tr": "CAT IV", "options.d.text.en": "CAT IV"}
    trainer.send(FIRST, {**_with(page), **more})
    late = trainer.send(FIRST, {**_with(page), "difficulty": "3"}, expect=409)
    assert "Diğer kişinin eklediği:" in late.text
    taken = _pressed(trainer, FIRST, _with(late), "take:options.d")
    assert (_rows(taken), taken.form()["options.d.text.tr"]) == (["a", "b", "c", "d"], "CAT IV")
    assert taken.form()["difficulty"] == ["3"]


def test_saving_the_same_twice_is_no_conflict(trainer: Visitor) -> None:
    form = {**_with(trainer.open(FIRST)), "difficulty": "3"}
    assert trainer.send(FIRST, form).location == trainer.send(FIRST, form).location


def test_comparing_both_languages_is_one_tick(trainer: Visitor) -> None:
    page = trainer.open(FIRST)
    trainer.send(FIRST, {**_with(page), "prompt.tr": "Panoda en az hangi kategori gerekir?"})
    page = trainer.open(FIRST)
    assert "Çevrildikten sonra kaynağı değişti" in page.text
    trainer.send(FIRST, {**_with(page), "reviewed": "y"})
    assert "İki dil karşılaştırıldı" in trainer.open(FIRST).text


def test_a_deleted_question_can_be_brought_back_with_its_place(trainer: Visitor) -> None:
    before = _document()
    page = trainer.open(FIRST)
    gone = trainer.send(f"{FIRST}/delete", page.form("/delete"))
    page = trainer.open(gone.location)
    assert page.h1 == "Soru silindi"
    assert "Dağıtım panosunda ölçüm" in page.text
    trainer.open(FIRST, expect=404)
    back = trainer.send(f"{FIRST}/restore", page.form("/restore"))
    assert "Soru yerine geri kondu." in trainer.open(back.location).text
    assert _document() == before
    assert trainer.open(gone.location, expect=302).location.endswith("/question/kategori")


def test_a_copy_opens_with_an_id_of_its_own(trainer: Visitor) -> None:
    page = trainer.open(FIRST)
    made = trainer.send(f"{FIRST}/duplicate", page.form("/duplicate"))
    assert _key(made) == "kategori-2"
    assert "Bu, sorunun kopyasıdır." in trainer.open(made.location).text
    assert _question("kategori-2")["id"] != _question("kategori")["id"]


def test_a_question_that_colleagues_removed_is_said_to_be_gone(trainer: Visitor) -> None:
    page = trainer.open(FIRST)
    trainer.send(f"{FIRST}/delete", page.form("/delete"))
    assert "Somebody" not in trainer.send(FIRST, page.form(), expect=404).text


@pytest.mark.parametrize("act", ["", "/delete", "/restore", "/duplicate"])
def test_strangers_do_not_learn_that_there_is_a_question(trainer: Visitor, act: str) -> None:
    with db.transaction():
        stranger = a_trainer(a_centre("smm-bur-tophane"), "Yabancı Demo")
        network = a_network_administrator("Bakanlık Demo")
    trainer.sign_in(stranger)
    if not act:
        trainer.open(FIRST, expect=404)
        trainer.open(NEW, expect=404)
    trainer.send(f"{FIRST}{act}", removed="2", expect=404)
    assert trainer.sign_in(network)
    trainer.send(f"{FIRST}{act}", removed="2", expect=403)
    assert _question("kategori")


def test_the_page_of_a_question_costs_few_statements(trainer: Visitor) -> None:
    assert trainer.open(FIRST).statements <= 10
