"""Courses far larger than any real one, made of the texts of a real one, to see what grows with a course."""

import copy
import tempfile
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path

from lmp.access import system
from lmp.accounts.models import Person
from lmp.config import ROOT
from lmp.content import service
from lmp.content.document import CourseDocument
from lmp.content.editing import Raw
from lmp.content.files import read, write_course
from lmp.content.files.tidy import with_marks
from lmp.content.models import Draft
from lmp.content.texts import UNMARKED

SOURCE = "elektrik-elektronik"
#: A block of more letters than this, in both languages together, is left out: few authors write longer ones.
_LONGEST = 3_000


@lru_cache(maxsize=1)
def _source() -> Raw:
    """The real course in its JSON form; only read."""
    document = read(ROOT / "courses" / SOURCE).document
    assert document is not None
    raw: Raw = document.model_dump(mode="json", exclude_none=True)
    return raw


def a_large_document(units: int, blocks: int, slug: str = "buyuk-kurs") -> CourseDocument:
    """A course with so many units of so many text blocks, complete in both languages; no two blocks say the same."""
    made = copy.deepcopy(_source())
    made |= {"slug": slug, "shape": "online"}
    for name in ("test", "workplace", "practical"):
        made.pop(name, None)
    made["units"] = [_unit(number, blocks) for number in range(1, units + 1)]
    minutes = {"online": sum(unit["minutes"] for unit in made["units"]), "meeting": 0, "workplace": 0, "practical": 0}
    made["minutes"], made["policy"]["strands"] = minutes, minutes
    made["policy"]["practical"] = False
    return with_marks(CourseDocument.model_validate(made))


def _unit(number: int, blocks: int) -> Raw:
    """One unit, for every outcome of the course."""
    made: Raw = copy.deepcopy(_source()["units"][0])
    made.pop("quiz", None)
    texts = [block for unit in _source()["units"] for block in unit["blocks"] if _is_short(block)]
    made |= {
        "key": f"unite-{number}",
        "outcomes": [outcome["id"] for outcome in _source()["outcomes"]],
        "minutes": 5 * blocks,
        "questions": [],
        "blocks": [_block(block, number, place) for place, block in enumerate(islice(cycle(texts), blocks), 1)],
    }
    return made


def _is_short(block: Raw) -> bool:
    return block["kind"] == "text" and len(block["body"]["tr"] + block["body"]["en"]) <= _LONGEST


def _block(block: Raw, unit: int, place: int) -> Raw:
    """A block that says where it stands."""
    said = f"{unit}, {place}"
    body = {"tr": f"{block['body']['tr']}\n\nYeri: {said}", "en": f"{block['body']['en']}\n\nPlace: {said}"}
    return {**block, "id": f"metin-{place}", "body": body, "translation": {"from": UNMARKED, "state": "reviewed"}}


def a_large_draft(author: Person, units: int, blocks: int, slug: str = "buyuk-kurs") -> Draft:
    """Such a course, imported as a draft of the centre that the real one belongs to."""
    document = a_large_document(units, blocks, slug)
    with tempfile.TemporaryDirectory(prefix="lmp-course-") as beside:
        folder = Path(beside) / slug
        write_course(document, {}, folder)
        service.import_course(folder, author=author, by=system("tests"))
    return service.draft(slug)
