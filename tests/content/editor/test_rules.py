"""What the editor of a unit rests on, without database and web."""

from typing import Any

import pytest

from lmp.content.document import CourseDocument
from lmp.content.document.unwritten import wanted_in
from lmp.content.editing import Raw, carrying, mark_of
from lmp.content.editing.difference import MOST_WORDS, difference
from lmp.content.editing.fields import SEEN, Field, entries, fields_of, heading_fields, read, touched
from lmp.content.editing.pairs import pairs
from lmp.content.editing.panel import block_state, panel, with_only
from lmp.content.files.tidy import with_marks
from tests.content.samples import raw_course


def _document() -> Raw:
    """The sample of every kind, as an edit finds it."""
    return with_marks(CourseDocument.model_validate(raw_course())).model_dump(mode="json", exclude_none=True)


def _unit() -> Raw:
    found: Raw = _document()["units"][0]
    return found


def _block(kind: str) -> Raw:
    return next(block for block in _unit()["blocks"] if block["kind"] == kind)


def _form(thing: Raw, fields: Any) -> dict[str, list[str]]:
    """What a form sends that nobody touched."""
    sent: dict[str, list[str]] = {}
    for entry in entries(thing, fields):
        sent[f"{SEEN}{entry.name}"] = [entry.seen]
        if entry.field.look == "ticks":
            sent[entry.name] = entry.value
        elif entry.field.look != "yes" or entry.value:
            sent[entry.name] = ["" if entry.value is None else str(entry.value)]
    return sent


# -- forms


@pytest.mark.parametrize("kind", ["text", "image", "video", "file", "task", "note"])
def test_a_form_that_nobody_touched_changes_nothing(kind: str) -> None:
    block = _block(kind)
    sent = _form(block, fields_of(block))
    values, problems = read(fields_of(block), sent)
    seen = {name.removeprefix(SEEN): mark[0] for name, mark in sent.items() if name.startswith(SEEN)}
    assert (touched(block, fields_of(block), values, seen)[0], problems) == ({}, {})


def test_the_heading_form_that_nobody_touched_changes_nothing() -> None:
    unit, outcomes = _unit(), _document()["outcomes"]
    fields = heading_fields(outcomes, unit["outcomes"])
    sent = _form(unit, fields)
    values, problems = read(fields, sent)
    seen = {name.removeprefix(SEEN): mark[0] for name, mark in sent.items() if name.startswith(SEEN)}
    assert (touched(unit, fields, values, seen)[0], problems) == ({}, {})


def test_a_text_that_is_still_to_be_written_is_an_empty_field_with_a_hint() -> None:
    block = {"id": "a", "kind": "text", "body": {"tr": "TODO bir cümle", "en": "Ready."}}
    turkish, english = entries(block, fields_of(block))
    assert (turkish.value, turkish.hint, english.value, english.hint) == ("", "bir cümle", "Ready.", "")
    changed, _marks = touched(block, fields_of(block), {"body.tr": ""}, {"body.tr": turkish.seen})
    assert changed == {}
    changed, marks = touched(block, fields_of(block), {"body.tr": "Yazdım."}, {"body.tr": turkish.seen})
    assert (changed, marks) == ({"body.tr": "Yazdım."}, {"body.tr": mark_of("TODO bir cümle")})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("TODO bir cümle", "bir cümle"),
        ("## TODO başlık\n\nTODO metin", "başlık metin"),
        ("## TODO başlık\n\nHazır.", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_text_that_is_wholly_unwritten_is_shown_as_empty(text: object, wanted: str | None) -> None:
    assert wanted_in(text) == wanted


def test_what_somebody_else_wrote_meanwhile_in_an_untouched_field_stays() -> None:
    block = _block("task")
    seen = {entry.name: entry.seen for entry in entries(block, fields_of(block))}
    shown = {entry.name: entry.value for entry in entries(block, fields_of(block))}
    block["title"]["en"] = "Theirs"
    changed, _marks = touched(block, fields_of(block), shown | {"title.tr": "Benimki"}, seen)
    assert changed == {"title.tr": "Benimki"}


@pytest.mark.parametrize("word", ["", "-1", "2,5", "on", "100001", "١٢"])
def test_a_number_is_a_whole_one_within_its_limits(word: str) -> None:
    field = Field("minutes", "Minutes", "number", most=100_000)
    values, problems = read([field], {"seen.minutes": ["x"], "minutes": [word]})
    assert (values, list(problems)) == ({}, ["minutes"])


def test_a_number_that_may_be_left_out_is_nothing_when_empty() -> None:
    field = Field("quiz.attempts", "Tries", "number", is_optional=True, least=1, most=20)
    assert read([field], {"seen.quiz.attempts": ["x"], "quiz.attempts": [" "]})[0] == {"quiz.attempts": None}


# -- differences


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [("bir iki üç", "bir dört üç"), ("", "x"), ("x", ""), ("", ""), ("a\n\nb", "a\nb"), ("İ ı", "i I"), ("bir", "bir")],
)
def test_the_difference_holds_both_texts_whole(theirs: str, mine: str) -> None:
    pieces = difference(theirs, mine)
    assert "".join(piece.text for piece in pieces if piece.kind != "mine") == theirs
    assert "".join(piece.text for piece in pieces if piece.kind != "theirs") == mine


def test_long_texts_are_shown_beside_each_other_without_comparing() -> None:
    long = "bir " * MOST_WORDS
    assert [piece.kind for piece in difference(long, "iki")] == ["theirs", "mine"]


# -- parity


def test_a_sound_unit_is_equal_in_every_block() -> None:
    found = panel(with_only(_document(), _unit()["key"]), {})
    assert found.equal <= found.total == len(_unit()["blocks"])
    assert all(row.block or row.question or row.number == 0 for row in found.rows)


def test_a_changed_source_makes_exactly_its_twin_stale_and_names_its_block() -> None:
    document = _document()
    before = panel(with_only(document, document["units"][0]["key"]), {})
    unit = document["units"][0]
    block = next(one for one in unit["blocks"] if one["kind"] == "task")
    block["text"]["tr"] = "Başka bir şey yapın."
    states = {one["id"]: block_state(unit, one, "tr") for one in unit["blocks"]}
    assert [name for name, state in states.items() if state == "stale"] == [block["id"]]
    after = panel(with_only(document, unit["key"]), {})
    (stale,) = [row for row in after.rows if row.finding.rule == "translation-stale"]
    assert (stale.block, stale.number) == (block["id"], unit["blocks"].index(block) + 1)
    assert after.equal == before.equal - 1


def test_a_number_that_differs_stops_publication_and_is_named_at_its_block() -> None:
    document = _document()
    unit = document["units"][0]
    block = next(one for one in unit["blocks"] if one["kind"] == "text")
    block["body"] = {"tr": "Akım 6 mA olur.", "en": "The current is 10 mA."}
    rows = [row for row in panel(with_only(document, unit["key"]), {}).rows if row.finding.rule == "numbers"]
    assert rows
    assert {(row.block, row.finding.severity) for row in rows} == {(block["id"], "error")}


def test_what_is_wrong_with_a_question_is_named_at_the_block_that_asks_it() -> None:
    document = _document()
    unit = document["units"][0]
    asked = next(one for one in unit["blocks"] if one["kind"] == "question")
    question = next(one for one in unit["questions"] if one["key"] == asked["ask"])
    question["prompt"]["en"] = ""
    rows = panel(with_only(document, unit["key"]), {}).rows
    assert asked["id"] in {row.block for row in rows if row.finding.rule == "translation-missing"}


def test_every_kind_of_block_and_question_is_shown_in_each_language() -> None:
    shown = pairs(_unit(), "tr", lambda text: f"<p>{text}</p>")
    assert {"text", "image", "video", "file", "question", "task"} <= {pair.kind for pair in shown}
    assert not any(side.is_empty for pair in shown for side in pair.sides if pair.kind != "question")
    assert all(side.facts for pair in shown for side in pair.sides if pair.kind == "question")


# -- carrying


def test_a_removed_block_goes_behind_what_it_stood_behind() -> None:
    then, now = _document(), _document()
    unit = now["units"][0]
    names = [block["id"] for block in unit["blocks"]]
    unit["blocks"] = [block for block in unit["blocks"] if block["id"] not in names[1:3]]
    carrying.put_back(now, then, unit["key"], names[2])
    assert [block["id"] for block in unit["blocks"]] == [names[0], names[2], *names[3:]]
    carrying.put_back(now, then, unit["key"], names[2])
    assert [block["id"] for block in unit["blocks"]].count(names[2]) == 1
    carrying.put_back(now, then, unit["key"], names[1])
    assert [block["id"] for block in unit["blocks"]] == names


def test_the_files_of_a_block_are_named_and_renamed() -> None:
    film = _block("video")
    names = list(carrying.files_of(film))
    renamed = carrying.with_files(film, {name: f"x-{name}" for name in names})
    assert list(carrying.files_of(renamed)) == [f"x-{name}" for name in names]
    assert list(carrying.files_of(film)) == names
