"""The bank of a centre: what it keeps, who keeps it, where its questions are used, and how courses follow it."""

import copy
from collections.abc import Callable

import pytest

from lmp.access import Actor
from lmp.audit import service as audit
from lmp.content import bank, service
from lmp.content.bank import Standing
from lmp.content.document import QUESTION_KINDS
from lmp.content.document.translation import state_of
from lmp.content.document.tree import Node
from lmp.content.editing import Place, Raw, Superseded, mark_of
from lmp.content.models import CourseQuestion
from lmp.content.question_rows import QuestionRow
from lmp.content.service import UnitPlace, questions
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.errors import NotAllowed, NotFound, RuleBroken
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.builders.bank import a_bank_question, a_category, held, reworded
from tests.builders.content import FIRST_NOTE, a_draft
from tests.content.samples import course

ELSEWHERE = "smm-bur-tophane"


PLACE = Place("question", "hazirlik", "kategori")


def a_question(kind: str) -> Raw:
    """The sample's question of a kind, as a document holds it."""
    units = course().model_dump(mode="json", exclude_none=True)["units"]
    return next(one for unit in units for one in unit["questions"] if one["kind"] == kind)


@pytest.fixture
def trainer(database: db.Scope) -> Actor:
    """Somebody who writes the sample course, whose draft is there."""
    person = a_trainer(name="Yazar Demo")
    a_draft(person)
    return acting(person)


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_a_question_of_every_kind_goes_into_the_bank_and_comes_back_alike(kind: str) -> None:
    question = a_question(kind)
    said = bank.tidy(bank.kept(question))
    document: Raw = {"source": "tr", "units": [{"key": "u", "questions": []}]}
    values = {"outcome": "o1", "use": "quiz", "difficulty": 3, "source": "tr"}
    key = bank.add_copy(document, "u", said, origin=bank.spoken(said).id, **values)  # type: ignore[arg-type]
    (made,) = document["units"][0]["questions"]
    assert (made["key"], made["use"], made["difficulty"]) == (key, "quiz", 3)
    assert made["id"] != question["id"]
    assert bank.mark(made) == bank.mark(said) == bank.mark(bank.tidy(bank.kept(made)))
    assert [bank.text_in(made, name, "tr") for name in bank.names_of(made)] == [
        bank.text_in(said, name, "tr") for name in bank.names_of(said)
    ]


def test_texts_are_written_by_their_names() -> None:
    question = bank.tidy(bank.kept(a_question("text")))
    bank.put_text(question, "accept", "tr", "bir\n\n  iki ")
    assert question["accept"]["tr"] == ["bir", "iki"]
    single = bank.tidy(bank.kept(a_question("single")))
    before = copy.deepcopy(single)
    name = next(name for name in bank.names_of(single) if name.startswith("options."))
    bank.put_text(single, name, "en", "Something else")
    (found,) = bank.differences(before, single)
    assert (found.name, found.lang, found.there) == (name, "en", "Something else")


def test_what_a_copy_says_now_is_told_from_what_the_bank_said_before() -> None:
    assert bank.standing("b", "b", ["a"]) is Standing.SAME
    assert bank.standing("a", "b", ["a"]) is Standing.OLDER
    assert bank.standing("c", "b", ["a"]) is Standing.OTHER


def test_a_course_written_first_in_the_other_language_gets_a_mark_of_its_own() -> None:
    said = bank.tidy(bank.kept(a_question("single")))
    assert state_of(Node(said), "tr") == "reviewed"
    document: Raw = {"source": "en", "units": [{"key": "u"}]}
    origin = bank.spoken(said).id
    bank.add_copy(document, "u", said, origin=origin, outcome="o1", use="both", difficulty=1, source="tr")
    assert state_of(Node(document["units"][0]["questions"][0]), "en") == "reviewed"
    stale = {**said, "prompt": {**said["prompt"], "tr": "Anderes"}}
    bank.take(document["units"][0]["questions"][0], stale, origin=origin, source="tr", document_source="en")
    assert state_of(Node(document["units"][0]["questions"][0]), "en") == "stale"


def test_a_course_question_is_kept_once_and_the_course_stays_as_it_was(trainer: Actor) -> None:
    before = service.draft("demo-kurs").hash
    made = a_bank_question()
    assert (made.kind, made.difficulty, made.centre_id) == ("single", 1, a_centre().id)
    assert {"id", "outcome", "use", "difficulty", "origin"} & set(made.question) == set()
    assert service.draft("demo-kurs").hash == before
    with pytest.raises(RuleBroken):
        a_bank_question()
    assert [entry.act for entry in audit.history(made)] == ["content.bank_added"]


def test_only_people_of_the_centre_keep_its_bank(trainer: Actor) -> None:
    made = a_bank_question()
    stranger, reader = acting(a_trainer(a_centre(ELSEWHERE))), acting(a_network_administrator())
    for who in (stranger, acting(a_teacher())):
        with pytest.raises(NotFound):
            service.see_bank_question(made.id, who)
        with pytest.raises(NotFound):
            service.retire(made, by=who)
        with pytest.raises(NotFound):
            service.copy_into(made, "demo-kurs", "kayit", outcome="o1", use="quiz", by=who)
        with pytest.raises((NotFound, NotAllowed)):
            service.keep_question(service.draft("demo-kurs"), held("kesme-sirasi"), category=None, field=None, by=who)
    assert service.see_bank_question(made.id, reader).id == made.id
    with pytest.raises(NotAllowed):
        service.retire(made, by=reader)
    service.retire(made, by=acting(a_centre_administrator()))
    assert made.retired_at is not None


def test_lists_hold_the_banks_one_may_read(trainer: Actor) -> None:
    a_bank_question()
    for who, number in (
        (trainer, 1),
        (acting(a_trainer(a_centre(ELSEWHERE))), 0),
        (acting(a_network_administrator()), 1),
    ):
        centres = service.seen_centres(who)
        assert len(service.bank_list("", {}, centres).page(None).rows) == number


def listed(query: str = "", **chosen: str) -> list[str]:
    """The keys of the questions that a list of the demo centre's bank shows."""
    rows = service.bank_list(query, chosen, [a_centre()]).page(None).rows
    return [row.question["key"] for row in rows]


def test_a_bank_is_searched_and_filtered(trainer: Actor) -> None:
    top = a_category(name="Elektrik")
    below = a_category(name="Ölçme", parent=top)
    a_bank_question("kategori", category=below)
    a_bank_question("akim-hesabi")
    assert listed() == ["akim-hesabi", "kategori"]
    assert listed("DAGITIM panosu") == ["kategori"]
    assert listed("surges larger") == ["kategori"]
    assert listed(kind="number") == ["akim-hesabi"]
    assert listed(difficulty="1") == ["kategori"]
    assert listed(category=str(top.id)) == listed(category=str(below.id)) == ["kategori"]
    assert listed(category="-") == ["akim-hesabi"]
    assert listed(state=service.RETIRED) == listed(field="gida") == []


def test_a_retired_question_is_neither_shown_nor_copied_until_it_is_brought_back(trainer: Actor) -> None:
    made = a_bank_question()
    service.retire(made, by=trainer)
    assert (listed(), listed(state=service.RETIRED)) == ([], ["kategori"])
    with pytest.raises(RuleBroken):
        service.copy_into(made, "demo-kurs", "kayit", outcome="o1", use="quiz", by=trainer)
    service.bring_back(made, by=trainer)
    assert listed() == ["kategori"]


def test_a_copy_has_a_name_of_its_own_and_knows_where_it_came_from(trainer: Actor) -> None:
    made = a_bank_question()
    key = service.copy_into(made, "demo-kurs", "kayit", outcome="o3", use="quiz", by=trainer)
    copied = service.question_of(service.draft("demo-kurs"), "kayit", key)
    assert (key, copied["origin"], copied["outcome"], copied["use"]) == ("kategori-2", str(made.id), "o3", "quiz")
    assert copied["id"] != str(made.taken_from)
    assert state_of(Node(copied), "tr") == "reviewed"
    (row,) = service.revision_rows(service.draft("demo-kurs").course_id, limit=1)
    assert (row.verb, row.author) == (service.Verb.COPY, "Yazar Demo")


@pytest.mark.parametrize(
    ("unit", "outcome", "use", "field"),
    [("yok", "o1", "quiz", "unit"), ("kayit", "yok", "quiz", "outcome"), ("kayit", "o1", "yok", "use")],
)
def test_a_copy_without_a_place_is_refused_at_its_field(
    trainer: Actor, unit: str, outcome: str, use: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        service.copy_into(a_bank_question(), "demo-kurs", unit, outcome=outcome, use=use, by=trainer)
    assert refused.value.field == field


def test_a_question_is_not_copied_into_a_course_of_another_centre(trainer: Actor) -> None:
    made = a_bank_question()
    other = a_centre(ELSEWHERE)
    a_draft(a_trainer(other), other, slug="baska-kurs")
    with pytest.raises(NotFound):
        service.copy_into(made, "baska-kurs", "kayit", outcome="o3", use="quiz", by=trainer)


def rows() -> dict[str, QuestionRow]:
    return {row.key: row for row in service.question_rows(service.draft("demo-kurs"))}


def test_a_course_is_told_when_the_bank_has_a_newer_text_and_takes_it_one_by_one(trainer: Actor) -> None:
    made = a_bank_question()
    key = service.copy_into(made, "demo-kurs", "kayit", outcome="o3", use="quiz", by=trainer)
    assert (rows()["kategori"].standing, rows()[key].standing) == (Standing.SAME, Standing.SAME)
    reworded(made)
    assert (rows()["kategori"].standing, rows()[key].standing) == (Standing.OLDER, Standing.OLDER)
    before, match = service.counterpart(service.draft("demo-kurs"), "kayit", key)
    service.take_from_bank("demo-kurs", "kayit", key, seen=mark_of(before), seen_bank=match.mark, by=trainer)
    after = rows()
    assert (after["kategori"].standing, after[key].standing) == (Standing.OLDER, Standing.SAME)
    taken = service.question_of(service.draft("demo-kurs"), "kayit", key)
    assert taken["prompt"]["tr"].startswith("Pano önünde")
    assert [taken[name] for name in ("id", "outcome", "use")] == [before[name] for name in ("id", "outcome", "use")]
    assert after[key].translation == "stale"


def test_a_question_that_was_changed_in_its_course_is_told_apart(trainer: Actor) -> None:
    made = a_bank_question()
    place = service.Act(service.Verb.WRITE, PLACE)
    service.edit("demo-kurs", _other_prompt, place, by=trainer)
    assert rows()["kategori"].standing is Standing.OTHER
    reworded(made)
    assert rows()["kategori"].standing is Standing.OTHER


def _other_prompt(document: Raw) -> None:
    document["units"][0]["questions"][0]["prompt"]["en"] = "Another wording"


def test_who_takes_a_text_that_changed_meanwhile_is_shown_it_again(trainer: Actor) -> None:
    made = a_bank_question()
    reworded(made)
    held_now, match = service.counterpart(service.draft("demo-kurs"), "hazirlik", "kategori")
    with pytest.raises(service.BankSuperseded):
        service.take_from_bank(
            "demo-kurs", "hazirlik", "kategori", seen=mark_of(held_now), seen_bank="0" * 12, by=trainer
        )
    with pytest.raises(Superseded):
        service.take_from_bank("demo-kurs", "hazirlik", "kategori", seen="0" * 12, seen_bank=match.mark, by=trainer)


def test_two_who_change_a_question_of_the_bank_do_not_overwrite_each_other(trainer: Actor) -> None:
    made = a_bank_question()
    reworded(made)
    values = {"category": None, "field": None, "difficulty": 1}
    with pytest.raises(service.BankSuperseded):
        service.change_question(made, seen=1, texts={("prompt", "tr"): "Benimki"}, by=trainer, **values)  # type: ignore[arg-type]
    assert made.question["prompt"]["tr"].startswith("Pano önünde")


def test_the_source_changed_alone_makes_the_twin_stale_and_a_new_twin_a_draft(trainer: Actor) -> None:
    made = a_bank_question()
    assert service.bank_translation(made) == "reviewed"
    reworded(made)
    assert service.bank_translation(made) == "stale"
    values = {"category": None, "field": None, "difficulty": 2}
    texts = {("prompt", "en"): "Which category is the least at a board?"}
    service.change_question(made, seen=made.version, texts=texts, by=trainer, **values)  # type: ignore[arg-type]
    assert (service.bank_translation(made), made.difficulty) == ("draft", 2)
    with pytest.raises(RuleBroken):
        service.change_question(made, seen=made.version, texts={("prompt", "tr"): " "}, by=trainer, **values)  # type: ignore[arg-type]


def test_where_a_question_is_used_is_known_without_reading_documents(trainer: Actor) -> None:
    made = a_bank_question()
    key = service.copy_into(made, "demo-kurs", "kayit", outcome="o3", use="quiz", by=trainer)
    service.publish(service.draft("demo-kurs"), by=acting(a_trainer(name="İnceleyen Demo")), note=FIRST_NOTE)
    (use,) = service.uses(made, trainer)
    assert use.versions == (1,)
    assert {(unit, question) for unit, question, _standing in use.places} == {("hazirlik", "kategori"), ("kayit", key)}
    assert service.courses_using([made]) == {made.id: 1}
    service.edit("demo-kurs", _without_copies, service.Act(service.Verb.REMOVE, PLACE), by=trainer)
    (use,) = service.uses(made, trainer)
    assert (use.versions, [question for _unit, question, _standing in use.places]) == ((1,), ["kategori"])


@pytest.mark.parametrize("use", ["quiz", "both"])
def test_a_duplicate_of_a_copy_belongs_to_the_same_question_of_the_bank(trainer: Actor, use: str) -> None:
    made = a_bank_question()
    key = service.copy_into(made, "demo-kurs", "kayit", outcome="o3", use=use, by=trainer)
    double = questions.duplicate_question("demo-kurs", "kayit", key, by=trainer)
    of_kept = questions.duplicate_question("demo-kurs", "hazirlik", "kategori", by=trainer)
    for unit, name in (("kayit", double), ("hazirlik", of_kept)):
        assert service.question_of(service.draft("demo-kurs"), unit, name)["origin"] == str(made.id)
        assert rows()[name].standing is Standing.SAME
    (found,) = service.uses(made, trainer)
    assert {question for _unit, question, _standing in found.places} == {"kategori", of_kept, key, double}
    reworded(made)
    assert rows()[double].standing is Standing.OLDER


def test_a_block_that_is_copied_takes_the_link_to_the_bank_along(trainer: Actor) -> None:
    made = a_bank_question()
    author = a_trainer(name="Yazar İki Demo")
    a_draft(author, slug="iki-kurs")
    asking = _asking("kategori")
    service.duplicate_block(UnitPlace("demo-kurs", "hazirlik"), asking, by=trainer)
    service.copy_block(UnitPlace("demo-kurs", "hazirlik"), asking, UnitPlace("iki-kurs", "kayit"), by=trainer)
    assert [one["origin"] for one in _questions("demo-kurs", 0) if "origin" in one] == [str(made.id)]
    assert [one["origin"] for one in _questions("iki-kurs", 1) if "origin" in one] == [str(made.id)]


def _questions(slug: str, unit: int) -> list[Raw]:
    """The questions of a unit of a draft."""
    found: list[Raw] = service.draft(slug).document["units"][unit]["questions"]
    return found


def _asking(key: str) -> str:
    """The block of the first unit that asks a question."""
    blocks = service.draft("demo-kurs").document["units"][0]["blocks"]
    return str(next(one["id"] for one in blocks if one.get("ask") == key))


def _without_copies(document: Raw) -> None:
    for unit in document["units"]:
        unit["questions"] = [one for one in unit["questions"] if "origin" not in one]


def test_drafts_of_other_centres_are_not_told_about(trainer: Actor) -> None:
    made = a_bank_question()
    other = a_centre(ELSEWHERE)
    a_draft(a_trainer(other), other, slug="baska-kurs")
    assert [use.slug for use in service.uses(made, trainer)] == ["demo-kurs"]
    assert {use.slug for use in service.uses(made, acting(a_network_administrator()))} == {"demo-kurs", "baska-kurs"}


def test_what_a_draft_holds_is_written_down_as_it_changes(trainer: Actor) -> None:
    draft = service.draft("demo-kurs")

    def written() -> set[tuple[str, str, str]]:
        found = db.session().query(CourseQuestion).filter_by(course_id=draft.course_id, number=0)
        return {(one.unit_key, one.question_key, one.mark) for one in found}

    assert written() == {(one.unit_key, one.question_key, one.mark) for one in bank.held_by(draft.document)}
    service.edit("demo-kurs", _other_prompt, service.Act(service.Verb.WRITE, PLACE), by=trainer)
    assert written() == {(one.unit_key, one.question_key, one.mark) for one in bank.held_by(draft.document)}
    service.restore("demo-kurs", 1, by=trainer)
    assert written() == {(one.unit_key, one.question_key, one.mark) for one in bank.held_by(draft.document)}


def test_categories_are_named_put_in_order_and_taken_away_when_empty(trainer: Actor) -> None:
    first, second = a_category(name="Bir"), a_category(name="İki")
    below = a_category(name="Alt", parent=second)
    names: Callable[[], list[str]] = lambda: [one.name.tr for one in service.categories([a_centre().id])]  # noqa: E731
    assert names() == ["Bir", "İki", "Alt"]
    service.move_category(second, -1, by=trainer)
    assert names() == ["İki", "Alt", "Bir"]
    service.move_category(second, -1, by=trainer)
    assert names() == ["İki", "Alt", "Bir"]
    service.rename_category(first, Bilingual("Üç", "Three"), by=trainer)
    for bad in (Bilingual("", "x"), Bilingual("x", ""), Bilingual("İki", "Two")):
        with pytest.raises(RuleBroken):
            service.add_category(a_centre(), bad, by=trainer)
    with pytest.raises(RuleBroken):
        a_category(name="Daha alt", parent=below)
    a_bank_question(category=first)
    for full in (first, second):
        with pytest.raises(RuleBroken):
            service.remove_category(full, by=trainer)
    service.remove_category(below, by=trainer)
    assert names() == ["İki", "Üç"]


def test_a_category_of_another_centre_is_nobodys_to_use(trainer: Actor) -> None:
    other = a_category(a_centre(ELSEWHERE))
    with pytest.raises(RuleBroken):
        a_bank_question(category=other)
    with pytest.raises(NotFound):
        service.rename_category(other, Bilingual("Bizim", "Ours"), by=trainer)
