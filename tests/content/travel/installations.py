"""Two installations, each with its own database and its own files; a process serves one of them at a time."""

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

from lmp.accounts.models import Person
from lmp.app import create_app
from lmp.config import read_config
from lmp.content import service
from lmp.content.document import CourseDocument, canonical
from lmp.content.editing import Place, Raw, blocks, questions
from lmp.content.models import Draft
from lmp.content.service import Act, Checked, NewCourse, UnitPlace, Upload, Verb, archives
from lmp.content.service import questions as written_questions
from lmp.content.service.archives import Looked
from lmp.content.service.cache import Shelf
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.files import StoredFile
from tests.builders.accounts import a_centre, a_trainer, acting
from tests.content.samples import MEDIA
from tests.demo.shared import SECRET

HOME = "smm-ank-cezeri"
#: Stands in everything that the first installation says about its course beside the course.
MARK = "Bu burada kalır"


@dataclass(frozen=True)
class Installation:
    """A database and a folder of files."""

    url: str
    folder: Path

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be a process of this installation that has just begun, until everything is committed."""
        settings = {"LMP_DATA": str(self.folder), "LMP_SECRET_KEY": SECRET, "LMP_URL": "http://lmp.test"}
        create_app(replace(read_config(settings), database_url=self.url, testing=True))
        forget()
        with db.transaction():
            yield
        db.engine().dispose()


def forget() -> None:
    """Let nothing that one installation has worked out be taken for the work of another."""
    for shelf in (one for one in gc.get_objects() if isinstance(one, Shelf)):
        shelf._kept.clear()


def packed(slug: str, by: Person, number: int | None = None) -> bytes:
    """The archive of a course as a browser gets it."""
    return b"".join(archives.pack(slug, number, viewer=acting(by)).pieces)


def looked(data: bytes, by: Person) -> tuple[StoredFile, Looked]:
    """An archive that was sent, and what the page says about it."""
    row = archives.receive(io.BytesIO(data), "kurs.zip", by=acting(by))
    return row, archives.look(row, by=acting(by))


def taken_in(data: bytes, by: Person) -> Draft:
    """The draft an archive became."""
    row, _found = looked(data, by)
    return archives.take_in(row, by=acting(by))


@dataclass(frozen=True)
class Said:
    """What a draft says, however it is kept."""

    document: bytes
    hash: str
    files: dict[str, bytes]
    findings: list[tuple[str, str, tuple[str | int, ...]]]
    parity: object
    outline: object
    html: object


def said(draft: Draft) -> Said:
    """Everything a draft says and everything the checks say of it."""
    document = CourseDocument.model_validate(draft.document)
    return Said(
        document=canonical(document),
        hash=draft.hash,
        files={name: service.read_medium(service.medium_of(draft, name)) for name in sorted(draft.media)},
        findings=sorted((one.rule, one.severity, one.path) for one in service.check_draft(draft)),
        parity=service.draft_parity(draft),
        outline=service.draft_outline(draft),
        html=[service.render_draft_unit(draft, unit.key, lang) for unit in document.units for lang in ("tr", "en")],
    )


def contents(data: bytes) -> dict[str, bytes]:
    """The files in an archive."""
    with ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def written_in_the_browser(by: Person) -> Draft:
    """A course that no file has ever held: begun from the template, then written block by block."""
    wanted = NewCourse(
        title=Bilingual("Kaynağa ilk adım", "First steps in welding"),
        field="metal",
        hours=30,
        shape="workplace",
        centre=HOME,
    )
    slug = service.create_course(wanted, by=acting(by)).course.slug
    unit = UnitPlace(slug, service.draft(slug).document["units"][0]["key"])
    text = service.add_block(unit, "text", None, by=acting(by))
    words = {"body.tr": "**Önce** bakın:\n\n- maske\n- eldiven", "body.en": "**First** look:\n\n- mask\n- gloves"}
    service.write_block(unit, text, words, {}, by=acting(by))
    service.add_block(unit, "safety", text, by=acting(by))
    service.write_heading(unit, {"title.tr": "Işık ve İçerik", "title.en": "Light and content"}, {}, by=acting(by))
    _with_files(unit, by)
    made = questions.blank("single", service.draft(slug).document["outcomes"][0]["id"], "both")
    made["prompt"] = {"tr": "Maskeyi ne zaman indirirsiniz?", "en": "When do you lower the mask?"}
    for option, (turkish, english) in zip(made["options"], (("Önce", "Before"), ("Sonra", "After")), strict=False):
        option["text"] = {"tr": turkish, "en": english}
    made["options"] = made["options"][:2]
    made["options"][0]["correct"] = True
    written_questions.add_question(slug, unit.key, made, None, by=acting(by))
    return service.draft(slug)


def _with_files(unit: UnitPlace, by: Person) -> None:
    """A picture and a film with captions, uploaded as a browser sends them."""

    def sent(sort: str, name: str) -> Checked:
        return service.check_upload(sort, Upload(name, MEDIA[name]), "file")  # type: ignore[arg-type]  # one of the sorts

    picture = {"alt.tr": "Bir pano", "alt.en": "A panel"}
    service.add_medium(
        unit.slug, unit.key, "image", picture, {"file": sent("image", "pano.jpg")}, after=None, by=acting(by)
    )
    drawing = {"file": sent("image", "tek-hat.svg"), "file_en": sent("image", "tek-hat.en.svg")}
    service.add_medium(unit.slug, unit.key, "image", picture, drawing, after=None, by=acting(by))


def marked(draft: Draft, author: Person, reviewer: Person) -> None:
    """Everything an installation keeps about a course beside what the course says."""
    slug, by = draft.course.slug, acting(author)
    unit = draft.document["units"][0]
    service.ask_review(draft, note=f"{MARK}: not", reviewer_id=None, by=by)
    place = Place("block", unit["key"], unit["blocks"][0]["id"])
    asked = service.comment(draft, place, text=f"{MARK}: yorum", by=acting(reviewer))
    service.answer(draft, asked.id, text=f"{MARK}: yanıt", by=by)
    category = service.add_category(a_centre(HOME), Bilingual(MARK, f"{MARK} (en)"), by=by)
    asking = next(one for one in draft.document["units"] if one.get("questions"))
    held = service.question_of(draft, asking["key"], asking["questions"][-1]["key"])
    service.keep_question(draft, held, category=category, field=None, by=by)
    service.be_here(slug, unit["key"], by=by)


def people() -> tuple[Person, Person]:
    """An author and a reviewer of the centre, who are called like nobody of the other installation."""
    return a_trainer(a_centre(HOME), f"{MARK} Yazar"), a_trainer(a_centre(HOME), f"{MARK} İnceleyen")


def reworded(draft: Draft, words: str, by: Person) -> Draft:
    """The draft with another Turkish text in its first text."""
    unit = draft.document["units"][0]
    text = next(one for one in unit["blocks"] if one["kind"] == "text")
    place, key = Place("block", unit["key"], text["id"]), unit["key"]

    def change(document: Raw) -> None:
        blocks.write(document, key, text["id"], {"body.tr": words}, {})

    return service.edit(draft.course.slug, change, Act(Verb.WRITE, place, ("tr",)), by=acting(by)).draft
