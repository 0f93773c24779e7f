"""A course is written in two languages, reviewed and published without a mouse, with every kind of block and question."""

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from lmp.accounts.service.people import hashed
from lmp.content import commands, service
from lmp.content.document import BLOCK_KINDS, QUESTION_KINDS, Lang, parity
from lmp.content.files.reader import read
from lmp.content.models import PublishedForGood
from lmp.core import db
from lmp.core.db import Bilingual
from tests.browser import course_steps, review_steps, unit_steps
from tests.browser.conftest import DESK, PHONE, Site
from tests.browser.course_steps import Raw
from tests.browser.writer import Author, Keyboard
from tests.builders.accounts import a_centre, a_trainer
from tests.content.test_uploads import FILM, picture

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "dort kelime bir parola"
WANTED: Raw = yaml.safe_load(Path(__file__).with_name("course-to-write.yaml").read_text(encoding="utf-8"))
FILES = {
    "pano.png": picture(),
    "deneme.mp4": FILM,
    "altyazi.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nAleti deneyin.\n",
    "captions.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nTry the instrument.\n",
    "form.pdf": b"%PDF-1.7\n",
}
MENDED = {"tr": "Güvenlik için birini yazın.", "en": "Write one down for safety."}
NOTE = {"tr": "Kursun ilk sürümü.", "en": "The first version of the course."}
#: Names of the template's blocks in their order.
TEXT, SAFETY, EXAMPLE, TASK, CHECK = "giris", "guvenlik", "ornek", "gorev", "kontrol"
#: Where the tip stands among the blocks of the first unit.
TIP = 4


def test_what_is_written_holds_every_kind() -> None:
    kinds = {block["kind"] for unit in WANTED["units"] for block in unit["blocks"]}
    assert kinds == set(BLOCK_KINDS)
    assert {question["kind"] for unit in WANTED["units"] for question in unit["questions"]} == set(QUESTION_KINDS)


@ON_SQLITE
@pytest.mark.parametrize(("lang", "shape", "size"), [("tr", "workplace", DESK), ("en", "meeting", PHONE)])
def test_a_course_is_written_reviewed_and_published_by_keyboard_alone(
    site: Site, lang: Lang, shape: str, size: tuple[int, int], tmp_path: Path
) -> None:
    walk(replace(site, kind=Keyboard, size=size), lang, copy.deepcopy(WANTED), shape, tmp_path)


@ON_SQLITE
def test_a_course_of_one_unit_is_written_reviewed_and_published_without_script(site: Site, tmp_path: Path) -> None:
    wanted = {**WANTED, "units": copy.deepcopy(WANTED["units"][:1])}
    walk(replace(site, kind=Author, options={"java_script_enabled": False}), "tr", wanted, "meeting", tmp_path)


def walk(site: Site, lang: Lang, wanted: Raw, shape: str, folder: Path) -> None:
    """Begin, write, translate, look at it, ask, comment, send back, answer, mend, ask again, publish."""
    author, reader = people(site, lang)
    slug = write(author, wanted, shape, folder)
    preview(author, slug)
    review_steps.ask(author)
    review(author, reader, slug, wanted)
    is_what_was_typed(slug, wanted, shape)
    is_published_for_good(slug)
    is_the_same_in_files(slug, folder / "courses")


def write(author: Author, wanted: Raw, shape: str, folder: Path) -> str:
    """The whole course in both languages, until nothing is missing; answers its short name."""
    slug = course_steps.begin(author, wanted, shape)
    course_steps.outcomes(author, wanted)
    course_steps.glossary(author, wanted)
    if len(wanted["units"]) == 1:
        course_steps.only_one_unit(author)
    author.place("")
    first_unit(author, wanted["units"][0], on_disk(folder))
    if len(wanted["units"]) > 1:
        unit_steps.copy_elsewhere(author, "pano", slug, "ikinci")
        author.course()
        second_unit(author, wanted["units"][1])
    else:
        author.course()
    course_steps.workplace(author, wanted) if shape == "workplace" else course_steps.meeting(author, wanted)
    course_steps.practical(author, wanted)
    course_steps.details(author, wanted)
    course_steps.completion(author, stored(slug)["minutes"])
    course_steps.nothing_is_missing(author)
    return slug


def preview(author: Author, slug: str) -> None:
    """Every unit as a teacher will see it."""
    for unit in stored(slug)["units"]:
        shown = [block["id"] for block in unit["blocks"] if block["kind"] != "question"]
        prompts = [question["prompt"][author.lang] for question in unit["questions"]]
        review_steps.preview_shows(author, unit["key"], shown, prompts)


def review(author: Author, reader: Author, slug: str, wanted: Raw) -> None:
    """The reader comments on the tip and sends the course back; the author mends it; the reader publishes it."""
    title, unit = wanted["title"][author.lang], stored(slug)["units"][0]
    tip = unit["blocks"][TIP]["id"]
    review_steps.open_review(reader, title)
    review_steps.comment(reader, wanted["units"][0]["title"][author.lang], tip)
    review_steps.send_back(reader)
    review_steps.answer_comment(author, title)
    wanted["units"][0]["blocks"][TIP]["text"] = MENDED
    course_steps.unit(author, unit["key"])
    unit_steps.write_block(author, tip, wanted["units"][0]["blocks"][TIP])
    unit_steps.all_reviewed(author)
    author.course()
    review_steps.ask(author)
    review_steps.open_review(reader, title)
    reader.reads(review_steps.COMMENT)
    review_steps.publish(reader, NOTE)
    review_steps.stands_in_the_catalogue(reader, title, wanted["summary"][author.lang])


def people(site: Site, lang: Lang) -> tuple[Author, Author]:
    """A trainer who writes and one who reviews, each signed in in a browser of their own."""
    with db.transaction():
        made = [a_trainer(a_centre(), name) for name in ("Yazar Demo", "İnceleyen Demo")]
        for person in made:
            person.password_hash, person.lang = hashed(SECRET), lang
        addresses = [person.email for person in made]
    walkers = [cast(Author, site.walker(lang)) for _ in addresses]
    for walker, address in zip(walkers, addresses, strict=True):
        walker.sign_in(address, SECRET)
    return walkers[0], walkers[1]


def on_disk(folder: Path) -> dict[str, Path]:
    """The files that the course holds, by name."""
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in FILES}


def first_unit(author: Author, wanted: Raw, files: dict[str, Path]) -> None:
    """Every kind of block and question; what the template brings is written, the rest is added."""
    first_blocks(author, wanted)
    first_media(author, wanted, files)
    for question in wanted["questions"][5:]:
        unit_steps.add_question(author, question)
    for number, question in enumerate(wanted["questions"][1:5], 2):
        unit_steps.quiz_question(author, f"soru-{number}", question, in_bank=number == 2)
    unit_steps.all_reviewed(author)
    unit_steps.the_panel_is_empty(author)


def first_blocks(author: Author, wanted: Raw) -> None:
    """The heading, the template's blocks, and a tip that is added, moved, copied, removed and brought back."""
    text, _, safety, example, tip, task, *_ = wanted["blocks"]
    course_steps.unit(author, "birinci")
    unit_steps.heading(author, wanted)
    for name, one in ((TEXT, text), (SAFETY, safety), (EXAMPLE, example), (TASK, task)):
        unit_steps.write_block(author, name, one)
    unit_steps.asked_question(author, CHECK, wanted["questions"][0])
    made = unit_steps.add_block(author, "Add tip", tip)
    unit_steps.move(author, made, -2)
    unit_steps.remove_and_undo(author, made)


def first_media(author: Author, wanted: Raw, files: dict[str, Path]) -> None:
    """A picture behind the first text, a film and a file at the end."""
    _, image, *_, film, paper, _ = wanted["blocks"]
    unit_steps.add_medium(author, "Add picture", image, {"file": files["pano.png"]}, behind=TEXT)
    film_files = {"file": "deneme.mp4", "captions_tr": "altyazi.vtt", "captions_en": "captions.vtt"}
    unit_steps.add_medium(author, "Add film", film, {name: files[one] for name, one in film_files.items()})
    unit_steps.add_medium(author, "Add file", paper, {"file": files["form.pdf"]})


def second_unit(author: Author, wanted: Raw) -> None:
    """What the template brings is written; questions that are not needed are deleted."""
    course_steps.unit(author, "ikinci")
    unit_steps.heading(author, wanted)
    for name, one in zip((TEXT, SAFETY, EXAMPLE, TASK), wanted["blocks"], strict=False):
        unit_steps.write_block(author, name, one)
    unit_steps.asked_question(author, CHECK, wanted["questions"][0])
    unit_steps.quiz_question(author, "soru-7", wanted["questions"][1])
    for number in (8, 9, 10):
        unit_steps.quiz_question(author, f"soru-{number}", None)
    unit_steps.all_reviewed(author)
    unit_steps.the_panel_is_empty(author)
    author.course()


def stored(slug: str) -> Raw:
    """The document as the server has it."""
    with db.reading():
        return service.raw_document(service.draft(slug))


def is_what_was_typed(slug: str, wanted: Raw, shape: str) -> None:
    """Kinds, counts, texts and states are those that were typed."""
    there = stored(slug)
    for part in ("title", "summary", "audience", "sources", "outcomes", "glossary"):
        assert told(there[part]) == told(wanted[part])
    for unit, typed in zip(there["units"], wanted["units"], strict=True):
        prompts = {question["key"]: question["prompt"]["tr"] for question in unit["questions"]}
        for block in unit["blocks"]:
            if block["kind"] == "question":
                block["ask"] = prompts[block["ask"]]
        assert told(unit) == told(typed)
    assert {shape, "practical"} == {"workplace", "meeting", "practical"} & set(there)
    days = wanted[shape]["days"]
    assert plan(there[shape], shape) == [(*day, days[1][2])[:3] for day in days]
    assert [
        [*criterion["text"].values(), *(level["text"] for level in criterion["levels"])]
        for criterion in there["practical"]["criteria"]
    ] == [[*texts, *wanted["practical"]["levels"]] for texts in wanted["practical"]["criteria"]]
    with db.reading():
        assert {state for _, state in parity(service.draft_document(service.draft(slug)))} == {"reviewed"}


def plan(there: Raw, shape: str) -> list[tuple[str, str, list[list[str]]]]:
    """The days as the file of what is typed lists them."""
    inner = {"workplace": ("tasks", ("text",)), "meeting": ("units", ("title", "topic"))}[shape]
    return [
        (*day["title"].values(), [[said for text in inner[1] for said in one[text].values()] for one in day[inner[0]]])
        for day in there["days"]
    ]


def told(value: Any) -> Any:
    """What people typed, without the names that the platform gave."""
    if isinstance(value, dict):
        return {key: told(one) for key, one in value.items() if key not in ("id", "key", "translation")}
    return [told(one) for one in value] if isinstance(value, list) else value


def is_published_for_good(slug: str) -> None:
    """The version says what the draft says, with its notes, and refuses to be changed."""
    with db.reading():
        draft = service.draft(slug)
        version = service.find_current(draft.course_id)
        assert version is not None
        assert (version.number, version.hash, version.note) == (1, draft.hash, Bilingual(**NOTE))
        assert version.document == draft.document
    with db.transaction():
        kept = service.find_current(service.draft(slug).course_id)
        assert kept is not None
        kept.note = Bilingual("Başka", "Other")
        with pytest.raises(PublishedForGood):
            db.session().flush()
        db.session().rollback()


def is_the_same_in_files(slug: str, courses: Path) -> None:
    """Written to files it passes the checks, and says the same when it is read."""
    with db.reading():
        service.export_course(slug, courses / slug)
        document = service.draft_document(service.draft(slug))
    assert commands.check(courses, [slug]) == commands.OK
    assert read(courses / slug).document == document
