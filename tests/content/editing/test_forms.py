"""The forms of everything outside the units: what comes back unchanged changes nothing, whatever the course."""

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from werkzeug.datastructures import MultiDict

from lmp.config import ROOT
from lmp.content.document import CourseDocument
from lmp.content.document.course import Shape
from lmp.content.document.unwritten import wanted_in
from lmp.content.editing import Raw
from lmp.content.files import read
from lmp.content.files.template import template
from lmp.content.forms import plans as forms
from lmp.content.forms.sheet_fields import Faults, Shown, shown_text
from lmp.content.forms.sheets import Fields
from lmp.core import messages
from lmp.web import rows
from lmp.web.rows import Typed
from tests.content.generated import documents

FIELDS = ("elektrik-elektronik", "gida", "metal")
#: Every form, with the part of the document that it edits; a part that is not there has no form.
FORMS: dict[str, tuple[Callable[[Raw], Fields], Callable[[Raw], Raw | None]]] = {
    "details": (lambda _document: forms.details(FIELDS), lambda document: document),
    "outcomes": (forms.outcome_list, lambda document: document),
    "workplace": (forms.workplace, lambda document: document.get("workplace")),
    "meeting": (forms.meeting, lambda document: document.get("meeting")),
    "practical": (forms.practical, lambda document: document.get("practical")),
    "completion": (forms.completion, lambda document: document),
}
COURSES = sorted(path.name for path in (ROOT / "courses").iterdir() if path.is_dir())


@pytest.fixture(autouse=True)
def turkish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields read numbers in the language of the page."""
    monkeypatch.setattr("lmp.content.forms.sheet_fields.current_language", lambda: "tr")


@cache
def _of_the_course(name: str) -> str:
    document = read(ROOT / "courses" / name).document
    assert document is not None
    return json.dumps(document.model_dump(mode="json", exclude_none=True), sort_keys=True)


def course(name: str = "gida") -> Raw:
    found: Raw = json.loads(_of_the_course(name))
    return found


def as_a_browser(values: Typed) -> Typed:
    """The values as a browser sends them: line breaks as two characters, nothing for boxes without a tick."""
    sent = [(name, word.replace("\n", "\r\n")) for name, what in values.items() for word in what]
    return rows.typed(MultiDict(sent))


def shown(name: str, document: Raw) -> Shown | None:
    made, part = FORMS[name]
    holder = part(document)
    if holder is None:
        return None
    found = Shown()
    made(document).show(holder, "", found)
    return found


def sent(name: str, document: Raw, values: Typed) -> tuple[Raw, Faults]:
    """The document after the form was sent, and what is to be repaired."""
    after, faults = copy.deepcopy(document), Faults()
    made, part = FORMS[name]
    made(document).read(values, "", part(after) or {}, faults)
    return after, faults


def _unchanged(document: Raw) -> None:
    before = json.dumps(document, sort_keys=True)
    for name in FORMS:
        opened = shown(name, document)
        if opened is not None:
            after, faults = sent(name, document, as_a_browser(opened.values))
            assert faults == {}, name
            assert json.dumps(after, sort_keys=True) == before, name


@pytest.mark.parametrize("name", COURSES)
def test_a_form_that_is_sent_as_it_opened_leaves_every_byte(name: str) -> None:
    _unchanged(course(name))


@pytest.mark.parametrize("shape", ["workplace", "meeting", "online"])
def test_the_same_holds_where_everything_is_still_to_be_written(shape: Shape) -> None:
    _unchanged(template("yeni-kurs", shape).model_dump(mode="json", exclude_none=True))


@given(documents())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
def test_the_same_holds_whatever_the_texts_are(document: CourseDocument) -> None:
    _unchanged(document.model_dump(mode="json", exclude_none=True))


def edited(name: str, document: Raw, act: str = "", values: dict[str, str] | None = None) -> tuple[Raw, Faults]:
    """The document after a button was pressed, words were typed and the form was saved."""
    opened = shown(name, document)
    assert opened is not None
    typed = as_a_browser(opened.values)
    if act:
        typed = rows.reshape(typed, act, forms.FRESH_DAY).values
    return sent(name, document, {**typed, **{key: [word] for key, word in (values or {}).items()}})


def test_an_unwritten_text_is_an_empty_field_that_says_what_is_wanted() -> None:
    document = template("yeni-kurs", "workplace").model_dump(mode="json", exclude_none=True)
    opened = shown("details", document)
    assert opened is not None
    assert (opened.values["title-tr"], opened.wanted["title-tr"]) == ([""], "kursun adı")
    after, _ = edited("details", document, values={"title-tr": "Ölçüm"})
    assert after["title"] == {"tr": "Ölçüm", "en": "TODO name of the course"}
    assert [(wanted_in(one), shown_text(one)) for one in ("TODO: x", "TODO", "TODOS", "x TODO")] == [
        ("x", ""),
        ("", ""),
        (None, "TODOS"),
        (None, "x TODO"),
    ]


def test_an_optional_text_comes_and_goes() -> None:
    document = course()
    without, _ = edited("details", document, values={"regulated-tr": "", "regulated-en": " \r\n"})
    assert "regulated" not in without
    again, _ = edited("details", without, values={"regulated-tr": "Yetki vermez."})
    assert again["regulated"]["tr"] == "Yetki vermez."


def test_a_day_that_moves_takes_its_tasks_along_and_days_are_counted_anew() -> None:
    document = course()
    after, faults = edited("workplace", document, "up:days-3")
    before = document["workplace"]["days"]
    assert faults == {}
    assert [day["day"] for day in after["workplace"]["days"]] == list(range(1, 11))
    assert [day["tasks"] for day in after["workplace"]["days"][2:4]] == [before[3]["tasks"], before[2]["tasks"]]


def test_a_copied_day_has_tasks_with_names_of_their_own() -> None:
    document = course()
    after, _ = edited("workplace", document, "copy:days-0")
    names = [task["id"] for day in after["workplace"]["days"] for task in day["tasks"]]
    assert len(names) == len(set(names))
    assert after["workplace"]["days"][1]["title"] == document["workplace"]["days"][0]["title"]
    assert [day["day"] for day in after["workplace"]["days"]] == list(range(1, 12))
    CourseDocument.model_validate(after)


def test_a_task_that_goes_leaves_a_name_that_nobody_gets_again() -> None:
    document = course()
    last = document["workplace"]["days"][-1]["tasks"][-1]["id"]
    place = len(document["workplace"]["days"][-1]["tasks"]) - 1
    opened = shown("workplace", document)
    assert opened is not None
    typed = rows.reshape(opened.values, f"remove:days-9-tasks-{place}", {}).values
    typed = rows.reshape(typed, "add:days-9-tasks", {}).values
    after, _ = sent("workplace", document, {**typed, f"days-9-tasks-{place + 1}-text-tr": ["Yeni iş"]})
    names = [task["id"] for task in after["workplace"]["days"][-1]["tasks"]]
    assert last not in names
    assert len(names) == place + 1


def test_an_empty_new_row_is_left_out() -> None:
    document = course()
    assert edited("workplace", document, "add:days-0-tasks") == (document, {})
    assert edited("outcomes", document, "add:outcomes") == (document, {})


@pytest.mark.parametrize(
    ("form", "field", "word", "sentence"),
    [
        ("details", "minutes-online", "çok", "0 ile 100000 arasında"),
        ("details", "minutes-online", "", "0 ile 100000 arasında"),
        ("details", "minutes-online", "1,5", "0 ile 100000 arasında"),
        ("details", "minutes-online", "-1", "0 ile 100000 arasında"),
        ("details", "title-tr", "x" * 301, "300 karakter"),
        ("details", "summary-en", "x" * 60_001, "60000 karakter"),
        ("practical", "pass", "101", "0 ile 100 arasında"),
        ("practical", "criteria-0-levels-0-points", "beş", "0 ile 100 arasında"),
        ("completion", "policy-document", "altın", "Bunlardan birini seçin"),
        ("completion", "policy-lesson_minutes", "41", "Bunlardan birini seçin"),
        ("completion", "policy-grace_days", "367", "0 ile 366 arasında"),
    ],
)
def test_what_cannot_be_saved_says_what_to_write(form: str, field: str, word: str, sentence: str) -> None:
    after, faults = edited(form, course(), values={field: word})
    said = " ".join(messages.text(one, "tr") for one in faults[field])
    assert sentence in said.replace(".", "")
    assert after == course()


@pytest.mark.parametrize(("typed", "kept"), [("1.080", 1080), (" 90 ", 90), ("0", 0)])
def test_numbers_are_read_as_people_write_them(typed: str, kept: int) -> None:
    after, faults = edited("details", course(), values={"minutes-online": typed})
    assert (after["minutes"]["online"], faults) == (kept, {})


@pytest.mark.parametrize(("typed", "kept"), [("8.30", "08:30"), ("0830", "08:30"), ("9", "09:00"), ("16:10", "16:10")])
def test_times_are_read_as_people_write_them(typed: str, kept: str) -> None:
    after, faults = edited("meeting", course("mesleki-matematik"), values={"days-0-units-0-start": typed})
    assert (after["meeting"]["days"][0]["units"][0]["start"], faults) == (kept, {})


def test_a_time_that_is_none_says_how_to_write_one() -> None:
    _, faults = edited("meeting", course("mesleki-matematik"), values={"days-0-units-0-end": "öğlen"})
    assert list(faults) == ["days-0-units-0-end"]


def test_the_last_outcome_stays() -> None:
    document = course()
    opened = shown("outcomes", document)
    assert opened is not None
    typed = opened.values
    for place in range(len(document["outcomes"])):
        typed = rows.reshape(typed, f"remove:outcomes-{place}", {}).values
    _, faults = sent("outcomes", document, typed)
    assert list(faults) == ["row-outcomes"]


def test_ticks_keep_the_order_of_the_course_and_names_that_are_not_offered() -> None:
    document = course()
    document["fields"] = ["metal", "gida", "unutulmus-alan"]
    opened = shown("details", document)
    assert opened is not None
    after, _ = sent("details", document, {**opened.values, "fields": ["gida", "elektrik-elektronik"]})
    assert after["fields"] == ["gida", "unutulmus-alan", "elektrik-elektronik"]


def test_a_test_and_excuses_come_and_go_with_their_ticks() -> None:
    document = course()
    opened = shown("completion", document)
    assert opened is not None
    values = {name: what for name, what in opened.values.items() if name != "test-on"}
    after, _ = sent("completion", document, values | {"policy-excused": ["report"]})
    assert ("test" in after, after["policy"]["excused"]) == (False, ["report"])
    back, _ = (
        edited("completion", after, test_on="y", test_per__outcome="2")
        if False
        else sent("completion", after, values | {"test-on": ["y"], "test-per_outcome": ["3"], "test-minutes": [""]})
    )
    assert (back["test"], "excused" in back["policy"]) == ({"per_outcome": 3}, False)


def test_what_somebody_else_saved_stands_beside_what_was_typed() -> None:
    mine = course()
    opened = shown("workplace", mine)
    assert opened is not None
    theirs = copy.deepcopy(mine)
    theirs["workplace"]["days"][0]["title"]["tr"] = "Onların başlığı"
    theirs["workplace"]["days"][0]["tasks"].append(
        {"id": "t99", "text": {"tr": "Onların işi", "en": ""}, "outcomes": []}
    )
    typed: dict[str, Any] = {**opened.values, "hazard-tr": ["Benim tehlikem"]}
    found: dict[str, str] = {}
    forms.workplace(theirs).compare(typed, "", theirs["workplace"], found)
    assert found["hazard-tr"] == theirs["workplace"]["hazard"]["tr"]
    assert found["days-0-title-tr"] == "Onların başlığı"
    joined = [name for name, what in typed.items() if what == ["Onların işi"]]
    assert len(joined) == 1
    after, _ = sent("workplace", theirs, typed)
    assert after["workplace"]["days"][0]["tasks"][-1]["id"] == "t99"
    assert after["workplace"]["days"][0]["title"]["tr"] == mine["workplace"]["days"][0]["title"]["tr"]
