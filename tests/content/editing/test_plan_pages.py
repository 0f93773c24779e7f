"""The pages of everything in a course that is not inside a unit, as a visitor meets them."""

from typing import Any

import pytest

from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import Raw
from lmp.core import db
from tests.builders.accounts import a_centre, a_network_administrator, a_teacher, a_trainer
from tests.builders.content import a_draft
from tests.visitor import Page, Visitor, values_of

AT = "/tr/draft/demo-kurs"
FORM_PAGES = ("details", "outcome", "workplace", "practical", "policy")
PAGES = (*FORM_PAGES, "unit", "glossary", "meeting")
ELSEWHERE = "smm-bur-tophane"


@pytest.fixture
def author(visitor: Visitor) -> Person:
    """A signed-in trainer with a draft."""
    with db.transaction():
        found = a_trainer(name="Yazar Demo")
        a_draft(found)
    visitor.sign_in(found)
    return found


def document() -> Raw:
    """What the draft says now."""
    with db.reading():
        return service.raw_document(service.draft("demo-kurs"))


def revision() -> int:
    with db.reading():
        return service.draft("demo-kurs").revision


def sheet(page: Page) -> dict[str, Any]:
    """What the form of a part would send."""
    (form,) = page.all("form", id="sheet")
    return {name: value for name, value in values_of(form).items() if name != "csrf_token"}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_page_opens_in_both_languages_and_asks_little_of_the_database(
    visitor: Visitor, author: Person, name: str, lang: str
) -> None:
    page = visitor.open(f"/{lang}/draft/demo-kurs/{name}")
    assert page.statements <= 15


@pytest.mark.parametrize("name", FORM_PAGES)
def test_a_page_that_is_sent_as_it_opened_saves_nothing(visitor: Visitor, author: Person, name: str) -> None:
    before = document()
    visitor.send(f"{AT}/{name}", sheet(visitor.open(f"{AT}/{name}")))
    assert (document(), revision()) == (before, 1)
    assert "kayıt yapılmadı" in visitor.open(f"{AT}/{name}").text


def test_buttons_reshape_the_form_keep_what_was_typed_and_save_nothing(visitor: Visitor, author: Person) -> None:
    before = document()
    form = sheet(visitor.open(f"{AT}/workplace"))
    form |= {"hazard-tr": "Yarım cümle", "act": "add:days"}
    page = visitor.send(f"{AT}/workplace", form, expect=200)
    again = sheet(page)
    assert again["hazard-tr"] == "Yarım cümle"
    assert (again["days-3-key"], again["days-3-minutes"], again["days-3-tasks-2-key"]) == ("", "360", "")
    assert "Henüz kaydedilmedi" in page.text
    page = visitor.send(f"{AT}/workplace", again | {"act": "remove:days-0"}, expect=200)
    assert "Kaydedince kaldırılacak" in page.text
    page = visitor.send(f"{AT}/workplace", sheet(page) | {"act": "keep:days-0"}, expect=200)
    assert sheet(page) == again
    assert (document(), revision()) == (before, 1)
    visitor.send(
        f"{AT}/workplace", sheet(page) | {"days-3-title-tr": "Dördüncü gün", "days-3-tasks-0-text-tr": "Ölçme"}
    )
    days = document()["workplace"]["days"]
    assert [day["day"] for day in days] == [1, 2, 3, 4]
    assert (days[3]["title"]["tr"], [task["text"]["tr"] for task in days[3]["tasks"]]) == ("Dördüncü gün", ["Ölçme"])


def test_a_plan_is_filled_up_to_ten_days(visitor: Visitor, author: Person) -> None:
    form = sheet(visitor.open(f"{AT}/workplace"))
    page = visitor.send(f"{AT}/workplace", form | {"act": "ten"}, expect=200)
    visitor.send(f"{AT}/workplace", sheet(page))
    assert [day["minutes"] for day in document()["workplace"]["days"]][3:] == [360] * 7


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays(visitor: Visitor, author: Person) -> None:
    form = sheet(visitor.open(f"{AT}/details"))
    page = visitor.send(f"{AT}/details", form | {"minutes-online": "çok", "title-tr": "Yeni ad"}, expect=422)
    assert (sheet(page)["minutes-online"], sheet(page)["title-tr"]) == ("çok", "Yeni ad")
    assert "#minutes-online" in page.links().values()
    assert revision() == 1


def test_the_minutes_take_the_sums_of_their_parts(visitor: Visitor, author: Person) -> None:
    form = sheet(visitor.open(f"{AT}/details"))
    visitor.send(f"{AT}/details", form | {"minutes-online": "999"})
    page = visitor.open(f"{AT}/details")
    assert "Bulgular" in page.text
    assert any(address.endswith("#minutes-online") for address in page.links().values())
    page = visitor.send(f"{AT}/details", sheet(page) | {"act": "sums"}, expect=200)
    visitor.send(f"{AT}/details", sheet(page))
    found = document()
    assert found["minutes"]["online"] == sum(unit["minutes"] for unit in found["units"])


def test_who_saves_second_sees_both_texts_and_loses_nothing(visitor: Visitor, author: Person) -> None:
    mine = sheet(visitor.open(f"{AT}/practical"))
    visitor.send(f"{AT}/practical", mine | {"place-tr": "Onların yeri"})
    page = visitor.send(f"{AT}/practical", mine | {"place-tr": "Benim yerim", "minutes": "77"}, expect=409)
    assert "Onların yeri" in page.text
    assert (sheet(page)["place-tr"], sheet(page)["minutes"]) == ("Benim yerim", "77")
    assert document()["practical"]["place"]["tr"] == "Onların yeri"
    visitor.send(f"{AT}/practical", sheet(page))
    assert document()["practical"]["place"]["tr"] == "Benim yerim"


def test_where_only_somebody_else_wrote_their_words_are_taken(visitor: Visitor, author: Person) -> None:
    mine = sheet(visitor.open(f"{AT}/workplace"))
    page = visitor.send(f"{AT}/workplace", mine | {"act": "add:days"}, expect=200)
    added = sheet(page) | {"days-3-title-tr": "Onların günü", "days-0-title-en": "Their title"}
    visitor.send(f"{AT}/workplace", added)
    page = visitor.send(f"{AT}/workplace", mine | {"days-1-title-tr": "Benim başlığım"}, expect=409)
    assert "Başkası ekledi" in page.text
    visitor.send(f"{AT}/workplace", sheet(page))
    days = document()["workplace"]["days"]
    assert [day["title"]["tr"] for day in days][1:] == ["Benim başlığım", days[2]["title"]["tr"], "Onların günü"]
    assert days[0]["title"]["en"] == "Their title"


def test_two_people_on_different_pages_do_not_meet(visitor: Visitor, author: Person) -> None:
    mine, theirs = sheet(visitor.open(f"{AT}/practical")), sheet(visitor.open(f"{AT}/details"))
    visitor.send(f"{AT}/details", theirs | {"title-en": "Another title"})
    visitor.send(f"{AT}/practical", mine, minutes="77")
    assert (document()["title"]["en"], document()["practical"]["minutes"]) == ("Another title", 77)


def test_switching_the_language_keeps_everything_and_saves_nothing(visitor: Visitor, author: Person) -> None:
    form = sheet(visitor.open(f"{AT}/details"))
    page = visitor.send(f"{AT}/details", form | {"title-tr": "Yarım", "_lang": "en"}, expect=200)
    assert (sheet(page)["title-tr"], page.tree.get("lang"), revision()) == ("Yarım", "en", 1)


def test_an_outcome_that_is_used_goes_only_when_another_takes_its_place(visitor: Visitor, author: Person) -> None:
    before = document()
    gone, other = before["outcomes"][0]["id"], before["outcomes"][1]["id"]
    form = sheet(visitor.open(f"{AT}/outcome"))
    page = visitor.send(f"{AT}/outcome", form | {"act": "remove:outcomes-0"}, expect=200)
    assert "Kullanıldığı yerler" in page.text
    assert any("/unit/" in address for address in page.links().values())
    page = visitor.send(f"{AT}/outcome", sheet(page), expect=422)
    assert "hâlâ kullanılıyor" in page.text
    assert document() == before
    visitor.send(f"{AT}/outcome", sheet(page) | {"outcomes-0-instead": other})
    after = document()
    assert [outcome["id"] for outcome in after["outcomes"]] == [one["id"] for one in before["outcomes"][1:]]
    assert f'"{gone}"' not in str(after).replace("'", '"')


def test_an_outcome_dropped_from_the_form_by_hand_stays_while_it_is_used(visitor: Visitor, author: Person) -> None:
    form = sheet(visitor.open(f"{AT}/outcome"))
    kept = {name: value for name, value in form.items() if not name.startswith("outcomes-0-")}
    visitor.send(f"{AT}/outcome", kept, expect=422)


def test_a_course_offers_the_plan_of_its_shape_and_says_why_not_another(visitor: Visitor, author: Person) -> None:
    page = visitor.open(f"{AT}/meeting")
    assert "yalnız ağırlığı yüz yüze eğitim olan" in page.text
    visitor.send(f"{AT}/meeting", plan="add")
    assert "meeting" not in document()
    visitor.send(f"{AT}/workplace", plan="remove")
    assert "workplace" in document()
    assert "planı gerektiriyor" in visitor.open(f"{AT}/workplace").text


def test_completion_and_test_are_saved(visitor: Visitor, author: Person) -> None:
    form = sheet(visitor.open(f"{AT}/policy"))
    changed = {"policy-absence_share": "25", "policy-excused": ["report"], "test-on": "y", "test-per_outcome": "1"}
    visitor.send(f"{AT}/policy", form | changed)
    found = document()
    assert (found["policy"]["absence_share"], found["policy"]["excused"]) == (0.25, ["report"])
    assert found["test"]["per_outcome"] == 1


def _button(page: Page, starts: str) -> str:
    """What the first button whose value starts so says."""
    return next(one.get("value") or "" for one in page.all("button") if (one.get("value") or "").startswith(starts))


def test_units_are_added_ordered_copied_removed_and_brought_back(visitor: Visitor, author: Person) -> None:
    at = f"{AT}/unit"
    visitor.send(at, sheet(visitor.open(at)) | {"title-tr": "Ölçü aletleri", "title-en": "Instruments"})
    keys = [unit["key"] for unit in document()["units"]]
    assert keys == ["hazirlik", "kayit", "olcu-aletleri"]
    visitor.send(at, act="up:olcu-aletleri")
    visitor.send(at, act="copy:hazirlik")
    units = document()["units"]
    assert [unit["key"] for unit in units] == ["hazirlik", "hazirlik-2", "olcu-aletleri", "kayit"]
    questions = [question for unit in units for question in unit["questions"]]
    assert len({one["id"] for one in questions}) == len({one["key"] for one in questions}) == len(questions)
    answer = visitor.send(at, act="remove:hazirlik")
    assert "hazirlik" not in [unit["key"] for unit in document()["units"]]
    page = visitor.open(answer.location)
    visitor.send(at, act=_button(page, "back:"))
    assert document()["units"] == units


def test_the_last_unit_stays_and_a_unit_needs_a_title(visitor: Visitor, author: Person) -> None:
    at = f"{AT}/unit"
    visitor.send(at, act="remove:kayit")
    visitor.send(at, act="remove:hazirlik", expect=422)
    page = visitor.send(at, sheet(visitor.open(at)) | {"title-tr": " "}, expect=422)
    assert "Ünitenin başlığını yazın." in page.text
    visitor.send(at, act="remove:no-such-unit", expect=404)
    visitor.send(at, act="burn:hazirlik", expect=404)
    visitor.send(at, act="back:hazirlik.99999", expect=404)
    visitor.send(at, act="back:hazirlik.x", expect=404)


def test_terms_are_added_edited_removed_and_brought_back(visitor: Visitor, author: Person) -> None:
    at = f"{AT}/glossary"
    before = document()["glossary"]
    visitor.send(
        at, sheet(visitor.open(at)) | {"term-tr": "şebeke", "term-en": "grid", "definition-tr": "Elektrik ağı."}
    )
    page = visitor.open(f"{at}?q=SEBEKE")
    assert "Elektrik ağı." in page.text
    link = next(url for words, url in page.links().items() if words.startswith("Düzenle"))
    page = visitor.open(link.partition("#")[0])
    assert sheet(page)["term-tr"] == "şebeke"
    done = visitor.send(link.partition("#")[0], sheet(page) | {"definition-tr": "Gerilimin geldiği ağ."})
    assert document()["glossary"][-1]["definition"]["tr"] == "Gerilimin geldiği ağ."
    mark = done.location.rpartition("#term-")[2]
    answer = visitor.send(at, act=f"remove:{mark}")
    assert document()["glossary"] == before
    visitor.send(at, act=_button(visitor.open(answer.location), "back:"))
    assert document()["glossary"][-1]["term"]["tr"] == "şebeke"
    visitor.send(at, sheet(visitor.open(at)) | {"term-tr": "ŞEBEKE".lower(), "term-en": "mains"}, expect=422)


def test_a_term_that_somebody_else_changed_shows_both_texts(visitor: Visitor, author: Person) -> None:
    at = f"{AT}/glossary"
    page = visitor.open(at)
    link = next(url for words, url in page.links().items() if words.startswith("Düzenle")).partition("#")[0]
    mine = sheet(visitor.open(link))
    visitor.send(link, mine | {"definition-tr": "Onların tanımı."})
    page = visitor.send(link, mine | {"definition-tr": "Benim tanımım."}, expect=409)
    assert "Onların tanımı." in page.text
    assert sheet(page)["definition-tr"] == "Benim tanımım."
    target = next(form.get("action") or "" for form in page.all("form", id="sheet"))
    visitor.send(target, sheet(page))
    assert "Benim tanımım." in str(document()["glossary"])


def test_a_table_of_terms_is_shown_before_it_is_saved(visitor: Visitor, author: Person) -> None:
    at = f"{AT}/glossary"
    before = document()["glossary"]
    taken = before[0]["term"]
    table = f"Türkçe\tİngilizce\nşebeke\tgrid\r\n{taken['tr']}\t{taken['en']}\nbara\tbusbar\ttanım\n"
    page = visitor.send(at, table=table, act="preview", expect=200)
    assert ("1 terim eklenecek" in page.text, document()["glossary"] == before) == (True, True)
    assert "sözlükte zaten var" in page.text
    assert "iki ya da dört sütun" in page.text
    visitor.send(at, table=table, act="all")
    assert document()["glossary"][len(before) :] == [
        {"term": {"tr": "şebeke", "en": "grid"}, "definition": {"tr": "", "en": ""}}
    ]
    visitor.send(at, table=table, act="all", expect=422)
    visitor.send(at, table=" ", act="preview", expect=422)


def test_hundreds_of_terms_cost_no_more_questions_and_come_in_pages(visitor: Visitor, author: Person) -> None:
    at = f"{AT}/glossary"
    few = visitor.open(at).statements
    visitor.send(at, table="\n".join(f"terim {number};term {number}" for number in range(400)), act="all")
    page = visitor.open(at)
    assert page.statements <= max(few, 15)
    assert len([one for one in page.all("li") if (one.get("id") or "").startswith("term-")]) == 100
    assert "terim 399" in visitor.open(f"{at}?q=terim 399").text
    visitor.open(f"{at}?after=-5")
    visitor.open(f"{at}?after=99999999999999999999")


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_nothing_and_readers_change_nothing(visitor: Visitor, author: Person, name: str) -> None:
    with db.transaction():
        stranger, teacher, reader = a_trainer(a_centre(ELSEWHERE)), a_teacher(), a_network_administrator()
    visitor.sign_in(stranger).open(f"{AT}/{name}", expect=404)
    visitor.send(f"{AT}/{name}", act="remove:hazirlik", plan="add", expect=404)
    visitor.sign_in(teacher).open(f"{AT}/{name}", expect=403)
    visitor.sign_in(reader).open(f"{AT}/{name}", expect=403)
    visitor.send(f"{AT}/{name}", act="remove:hazirlik", plan="add", expect=403)
    assert revision() == 1


@pytest.mark.parametrize("name", FORM_PAGES)
def test_a_form_sent_by_hand_does_no_harm(visitor: Visitor, author: Person, name: str) -> None:
    before = document()
    for values in (
        {},
        {"seen": "x"},
        {"seen": "\0", "act": "up:\0"},
        {"act": "add:" + "x-" * 200},
        {"days-0-key": "../..", "days-0-tasks-0-key": "\ud800".encode("utf-8", "replace").decode()},
        {"outcomes-0-key": "o1", "outcomes-0-gone": "1", "criteria-9-levels-9-key": "x"},
    ):
        status = visitor.client.post(f"{AT}/{name}", data={**values, "csrf_token": visitor.token()}).status_code
        assert status in (200, 303, 409, 422)
    assert document() == before
