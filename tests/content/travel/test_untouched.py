"""A course of files that is opened and saved in the browser without a change is the same files, byte for byte."""

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from lmp.config import ROOT
from lmp.content import service
from lmp.content.document import QUESTION_KINDS
from lmp.content.editing import Raw, fields, mark_of, sheets
from lmp.content.files import read
from lmp.content.texts import LANGS
from lmp.core import db
from tests.builders.accounts import a_centre, a_trainer, acting
from tests.content.travel.test_archives import _files
from tests.visitor import Visitor, values_of

COURSES = sorted(path.name for path in (ROOT / "courses").iterdir() if path.is_dir())
SHEETS = ("details", "outcome", "workplace", "meeting", "practical", "policy")
SCRIPT = {"Accept": "application/json"}
#: What a form says does not depend on the database.
ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Desk:
    """Somebody who opens every kind of form of a course and saves it as it stands."""

    def __init__(self, visitor: Visitor, document: Raw) -> None:
        """Begin at the first page."""
        self.visitor, self.document, self.seen = visitor, document, set[str]()
        self.at, self.saved = f"/tr/draft/{document['slug']}", 0

    def save_everything(self) -> None:
        """Go through the whole course."""
        for name in SHEETS:
            if name in ("workplace", "meeting") and name not in self.document:
                continue
            page = self.visitor.open(f"{self.at}/{name}")
            self._send(f"{self.at}/{name}", page.all("form", id="sheet")[0])
        for term in self.document["glossary"][::9]:
            address = f"{self.at}/glossary?term={mark_of(term)}"
            self._send(address, self._form(address, "term-tr"))
        for unit in self.document["units"]:
            self._save_unit(f"{self.at}/unit/{unit['key']}", unit)

    def _save_unit(self, at: str, unit: Raw) -> None:
        """The heading, and the first block, files and question of each kind."""
        self._send(f"{at}/heading", self._part(f"{at}/edit?heading=1"))
        for block in filter(self._is_new, unit["blocks"]):
            if block["kind"] != "question":
                self._send(f"{at}/block/{block['id']}", self._part(f"{at}/edit?edit={block['id']}"))
            if "file" in block:
                address = f"{at}/block/{block['id']}/media"
                self._send(address, self._form(address, "seen"))
        for question in filter(self._is_new, unit["questions"]):
            address = f"{at}/question/{question['key']}"
            self._send(address, self._form(address, "prompt.tr"))

    def _is_new(self, thing: Raw) -> bool:
        """Whether nothing of its kind was saved yet."""
        is_new = thing["kind"] not in self.seen
        self.seen.add(thing["kind"])
        return is_new

    def _part(self, address: str) -> Element:
        """The form that a script puts in the place of a block."""
        answer = self.visitor.client.get(address, headers=SCRIPT)
        assert answer.status_code == 200, address
        tree: Element = html5lib.parseFragment(answer.get_json()["html"], namespaceHTMLElements=False)
        return next(tree.iter("form"))

    def _form(self, address: str, name: str) -> Element:
        """The form of a page that holds an input."""
        answer = self.visitor.client.get(address)
        assert answer.status_code == 200, address
        tree: Element = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False)
        return next(form for form in tree.iter("form") if name in values_of(form))

    def _send(self, address: str, form: Element) -> None:
        """Send a form as a browser does, which ends lines in its own way."""
        values = {name: _lines(value) for name, value in {**values_of(form), **_rows(form)}.items()}
        answer = self.visitor.client.post(address, data=values)
        assert answer.status_code == 303, f"{address}: {answer.status_code}"
        self.saved += 1


def _rows(form: Element) -> dict[str, list[str]]:
    """The hidden inputs of a form; several of a name make a list."""
    found: dict[str, list[str]] = {}
    for element in form.iter("input"):
        if element.get("type") == "hidden":
            found.setdefault(element.get("name", ""), []).append(element.get("value", ""))
    return found


def _lines(value: Any) -> Any:
    return [_lines(one) for one in value] if isinstance(value, list) else str(value).replace("\n", "\r\n")


@ONE_ENGINE
@pytest.mark.parametrize("slug", COURSES)
def test_a_course_saved_as_it_stands_is_the_course_that_was_imported(
    visitor: Visitor, slug: str, tmp_path: Path
) -> None:
    given = ROOT / "courses" / slug
    with db.transaction():
        found = read(given).document
        assert found is not None
        author = a_trainer(a_centre(found.centre), "Yazar Demo")
        service.import_course(given, author=author, by=acting(author))
    with db.reading():
        document = service.raw_document(service.draft(slug))
    desk = Desk(visitor.sign_in(author), document)
    desk.save_everything()
    assert desk.saved > 20
    assert len(desk.seen) > 8
    with db.reading():
        draft = service.draft(slug)
        service.export_course(slug, tmp_path / slug)
        assert [row.verb for row in service.revision_rows(draft.course_id)] == [service.Verb.IMPORT]
    assert _files(tmp_path / slug) == _files(given)


def _documents() -> list[Raw]:
    found = [read(ROOT / "courses" / slug).document for slug in COURSES]
    return [one.model_dump(mode="json", exclude_none=True) for one in found if one is not None]


def test_every_question_of_every_course_is_read_from_its_form_as_it_was_shown() -> None:
    found = [question for raw in _documents() for unit in raw["units"] for question in unit["questions"]]
    assert {one["kind"] for one in found} == set(QUESTION_KINDS)
    for question in found:
        for lang in LANGS:
            shown = sheets.sheet_of(question, lang)
            sent = {name: [_lines(text)] for name, text in shown.values.items()}
            back = sheets.sheet_sent(shown.kind, {**sent, **shown.rows, "right": [*shown.right]})
            assert sheets.question_of(back, question, lang) == question, question["key"]


def test_every_block_and_heading_of_every_course_is_read_from_its_form_as_it_was_shown() -> None:
    for raw in _documents():
        for unit in raw["units"]:
            asked = fields.heading_fields(raw["outcomes"], unit["outcomes"])
            for thing, own in ((unit, asked), *((block, fields.fields_of(block)) for block in unit["blocks"])):
                shown = [one for one in fields.entries(thing, own) if one.name in thing or "." in one.name]
                sent = {
                    one.name: _lines(one.value) if isinstance(one.value, list) else [_lines(one.value)]
                    for one in shown
                    if one.value is not None
                }
                marks = {f"{fields.SEEN}{one.name}": [one.seen] for one in shown if one.value is not None}
                values, problems = fields.read(own, sent | marks)
                assert not problems, problems
                assert not _without_quiz(fields.touched(thing, own, values, fields.seen_in(marks))[0]), thing


def _without_quiz(changed: dict[str, Any]) -> dict[str, Any]:
    """A box that is not ticked is not sent, which this test does not imitate."""
    return {name: value for name, value in changed.items() if not name.startswith("quiz")}
