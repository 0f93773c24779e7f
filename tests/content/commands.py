"""Every command of the service of courses, ready to be run by anybody on a desk where it has something to do."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import Place, Raw, blocks, mark_of, questions
from lmp.content.models import BankCategory, BankQuestion, Draft
from lmp.content.service import Act, NewCourse, UnitPlace, Upload, Verb, archives, origins, presence
from lmp.content.service import questions as writing
from lmp.content.service.bank import Texts
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.files import StoredFile
from tests.builders.accounts import a_centre, a_trainer, acting
from tests.builders.bank import a_bank_question, a_category, reworded
from tests.builders.content import FIRST_NOTE, a_published_course, course_files, edit
from tests.builders.review import asked, commented, written
from tests.content.samples import MEDIA

SLUG, COPY, HOME = "demo-kurs", "bizim-olcum", "smm-ank-cezeri"
UNIT = UnitPlace(SLUG, "hazirlik")
TEXT, REMOVED, PICTURE = "kategori", "aletini-denetle", "baglanti"
#: A question that is written, and one that was removed.
QUESTION, GONE = "kategori", "once-dene"


@dataclass(frozen=True)
class Desk:
    """A centre with a course of two versions whose draft is in review, a copy that is offered news, a bank and an archive."""

    author: Person
    reviewer: Person
    review: UUID
    comment: UUID
    bank: UUID
    retired: UUID
    category: UUID
    empty: UUID
    archive: UUID
    #: The revision in which the block still stood, and the one in which the question went.
    with_block: int
    without_question: int

    @property
    def draft(self) -> Draft:
        """The draft of the course, as it is now."""
        return service.draft(SLUG)

    @property
    def question(self) -> BankQuestion:
        """The question of the bank."""
        return service.bank_question(self.bank)

    @property
    def shelf(self) -> BankCategory:
        """The category it stands in."""
        return service.category(self.category)

    @property
    def held(self) -> Raw:
        """The question of the course."""
        return service.question_of(self.draft, UNIT.key, QUESTION)

    @property
    def received(self) -> StoredFile:
        """The archive that waits."""
        return db.session().get_one(StoredFile, self.archive)


def a_desk() -> Desk:
    """Make it through the services."""
    author, reviewer = a_trainer(name="Yazar Demo"), a_trainer(name="İnceleyen Demo")
    by = acting(author)
    a_published_course(acting(reviewer), author)
    sent = b"".join(archives.pack(SLUG, 1, viewer=by).pieces)
    service.copy_course(SLUG, title=Bilingual("Bizim ölçüm", "Our measurement"), centre=HOME, by=by)
    written(SLUG, "İkinci sürümün sözü", author)
    service.publish(service.draft(SLUG), by=acting(reviewer), note=FIRST_NOTE)
    shelf, empty = a_category(), a_category(name="Boş")
    kept, retired = a_bank_question(QUESTION, category=shelf), a_bank_question("akim-hesabi")
    reworded(kept)
    service.retire(retired, by=by)
    with_block = service.remove_block(UNIT, REMOVED, by=by)
    without_question = writing.remove_question(SLUG, UNIT.key, GONE, by=by).revision
    review = asked(service.draft(SLUG), author)
    return Desk(
        author=author,
        reviewer=reviewer,
        review=review.id,
        comment=commented(service.draft(SLUG), reviewer, place=Place("block", UNIT.key, TEXT)).id,
        bank=kept.id,
        retired=retired.id,
        category=shelf.id,
        empty=empty.id,
        archive=archives.receive(io.BytesIO(sent), "kurs.zip", by=by).id,
        with_block=with_block,
        without_question=without_question,
    )


#: Somebody does something on a desk.
Command = Callable[[Desk, Actor], object]


def _edit(_desk: Desk, by: Actor) -> object:
    act = Act(Verb.WRITE, Place("block", UNIT.key, TEXT), ("tr",))
    return service.edit(SLUG, lambda raw: blocks.write(raw, UNIT.key, TEXT, {"body.tr": "Yeni"}, {}), act, by=by)


def _create(_desk: Desk, by: Actor) -> object:
    title = Bilingual("Kaynağa ilk adım", "First steps in welding")
    wanted = NewCourse(title=title, field="metal", hours=30, shape="workplace", centre=HOME)
    return service.create_course(wanted, by=by)


def _import(_desk: Desk, by: Actor) -> object:
    with course_files() as folder:
        edit(folder / "course.yaml", ("CC-BY-4.0", "CC-BY-SA-4.0"))
        return service.import_course(folder, author=None, by=by)


def _keep(desk: Desk, by: Actor) -> object:
    held = service.question_of(desk.draft, UNIT.key, "kesme-sirasi")
    return service.keep_question(desk.draft, held, category=desk.shelf, field=None, by=by)


def _change(desk: Desk, by: Actor) -> object:
    texts: Texts = {("prompt", "tr"): "Başka bir soru?"}
    of = desk.question
    service.change_question(
        of,
        seen=of.version,
        category=None,
        field=None,
        difficulty=3,
        texts=texts,
        by=by,
    )
    return of


def _copy_into(desk: Desk, by: Actor) -> object:
    outcome = desk.draft.document["outcomes"][0]["id"]
    return service.copy_into(desk.question, COPY, UNIT.key, outcome=outcome, use="quiz", by=by)


def _take_from_bank(desk: Desk, by: Actor) -> object:
    marks = {"seen": mark_of(desk.held), "seen_bank": desk.question.mark}
    return service.take_from_bank(SLUG, UNIT.key, QUESTION, **marks, by=by)


def _add_question(desk: Desk, by: Actor) -> object:
    made = questions.blank("truefalse", desk.draft.document["outcomes"][0]["id"], "both") | {"correct": True}
    return writing.add_question(SLUG, UNIT.key, made, None, by=by)


def _write_question(desk: Desk, by: Actor) -> object:
    made = {**desk.held, "prompt": {"tr": "Hangisi?", "en": "Which one?"}}
    return writing.write_question(SLUG, UNIT.key, QUESTION, made, mark_of(desk.held), is_reviewed=True, by=by)


def _offer(act: Callable[..., object]) -> Command:
    """Decide about what the origin of the copy offers."""

    def run(_desk: Desk, by: Actor) -> object:
        (one,) = origins.offered(service.draft(COPY)).offers
        return act(COPY, one.thing.key, one.seen, by=by)

    return run


def _take_easy(_desk: Desk, by: Actor) -> object:
    return origins.take_easy(COPY, origins.mark_of_easy(origins.offered(service.draft(COPY))), by=by)


def _settle(desk: Desk, by: Actor) -> object:
    """The copy says by itself what the origin offers, so that there is nothing to decide."""
    for person in (desk.author, desk.reviewer):
        if person.id == by.id:
            written(COPY, "İkinci sürümün sözü", person)
    origins.settle(COPY, by=by)
    return COPY


def _add_medium(_desk: Desk, by: Actor) -> object:
    texts = {"alt.tr": "Kare", "alt.en": "Square"}
    files = {"file": service.check_upload("image", Upload("kare.svg", MEDIA["tek-hat.svg"]), "file")}
    return service.add_medium(SLUG, UNIT.key, "image", texts, files, after=None, by=by)


def _change_medium(_desk: Desk, by: Actor) -> object:
    service.change_medium(SLUG, UNIT.key, PICTURE, {"alt.tr": "Başka sözler"}, {}, seen={}, by=by)
    return PICTURE


def _mark(desk: Desk, by: Actor) -> object:
    """Say that a translation that went stale was read."""
    unit = desk.draft.document["units"][0]
    block = next(one for one in unit["blocks"] if one["id"] == TEXT)
    return service.mark_block(UNIT, TEXT, mark_of(block), is_reviewed=True, by=by)


#: Everything that writes, as module and function. Each has something to do on a desk.
COMMANDS: Mapping[str, Command] = {
    "archives.take_in": lambda desk, by: archives.take_in(desk.received, by=by),
    "bank.keep_question": _keep,
    "bank.change_question": _change,
    "bank.retire": lambda desk, by: service.retire(desk.question, by=by),
    "bank.bring_back": lambda desk, by: service.bring_back(service.bank_question(desk.retired), by=by),
    "bank_categories.add_category": lambda _desk, by: service.add_category(
        a_centre(HOME), Bilingual("Yeni", "New"), by=by
    ),
    "bank_categories.rename_category": lambda desk, by: service.rename_category(
        desk.shelf, Bilingual("Başka", "Other"), by=by
    ),
    "bank_categories.move_category": lambda desk, by: service.move_category(desk.shelf, 1, by=by),
    "bank_categories.remove_category": lambda desk, by: service.remove_category(service.category(desk.empty), by=by),
    "bank_copies.copy_into": _copy_into,
    "bank_copies.take_from_bank": _take_from_bank,
    "comments.comment": lambda desk, by: service.comment(
        desk.draft, Place("block", UNIT.key, TEXT), text="Bakın.", by=by
    ),
    "comments.answer": lambda desk, by: service.answer(desk.draft, desk.comment, text="Baktım.", by=by),
    "comments.resolve": lambda desk, by: service.resolve(desk.draft, desk.comment, by=by),
    "creating.create_course": _create,
    "creating.copy_course": lambda _desk, by: service.copy_course(
        SLUG, title=Bilingual("Kopya", "Copy"), centre=HOME, by=by
    ),
    "drafts.import_course": _import,
    "editing.edit": _edit,
    "editing.restore": lambda _desk, by: service.restore(SLUG, 1, by=by),
    "editing.roll_back": lambda _desk, by: service.roll_back(SLUG, 1, by=by),
    "origins.take": _offer(origins.take),
    "origins.take_easy": _take_easy,
    "origins.keep_own": _offer(origins.keep_own),
    "origins.settle": _settle,
    "presence.be_here": lambda _desk, by: service.be_here(SLUG, UNIT.key, by=by),
    "questions.add_question": _add_question,
    "questions.write_question": _write_question,
    "questions.remove_question": lambda _desk, by: writing.remove_question(SLUG, UNIT.key, QUESTION, by=by),
    "questions.bring_back_question": lambda desk, by: writing.bring_back_question(
        SLUG, UNIT.key, GONE, desk.without_question, by=by
    ),
    "questions.duplicate_question": lambda _desk, by: writing.duplicate_question(SLUG, UNIT.key, QUESTION, by=by),
    "reviewing.ask_review": lambda desk, by: service.ask_review(desk.draft, note="", reviewer_id=None, by=by),
    "reviewing.withdraw_review": lambda desk, by: service.withdraw_review(desk.draft, desk.review, by=by),
    "reviewing.send_back": lambda desk, by: service.send_back(
        desk.draft, desk.review, words="Eksik.", seen=desk.draft.hash, by=by
    ),
    "unit_editing.write_block": lambda _desk, by: service.write_block(UNIT, TEXT, {"body.tr": "Yeni"}, {}, by=by),
    "unit_editing.write_heading": lambda _desk, by: service.write_heading(UNIT, {"title.tr": "Yeni"}, {}, by=by),
    "unit_editing.add_block": lambda _desk, by: service.add_block(UNIT, "text", None, by=by),
    "unit_editing.move_block": lambda _desk, by: service.move_block(UNIT, TEXT, 1, by=by),
    "unit_editing.duplicate_block": lambda _desk, by: service.duplicate_block(UNIT, TEXT, by=by),
    "unit_editing.remove_block": lambda _desk, by: service.remove_block(UNIT, TEXT, by=by),
    "unit_editing.put_back": lambda desk, by: service.put_back(UNIT, REMOVED, desk.with_block, by=by),
    "unit_editing.copy_block": lambda _desk, by: service.copy_block(UNIT, TEXT, UnitPlace(COPY, UNIT.key), by=by),
    "unit_editing.mark_block": _mark,
    "uploads.add_medium": _add_medium,
    "uploads.change_medium": _change_medium,
    "versions.publish": lambda desk, by: service.publish(desk.draft, by=by, note=FIRST_NOTE, review_id=desk.review),
}
#: What only a reviewer does.
DECIDING = {"reviewing.send_back", "versions.publish"}
#: What shows something of a centre, to its own people alone.
READERS: Mapping[str, Command] = {
    "archives.pack": lambda _desk, by: archives.pack(SLUG, 1, viewer=by),
    "archives.received": lambda desk, by: archives.received(desk.archive, by=by),
    "bank.see_bank_question": lambda desk, by: service.see_bank_question(desk.bank, by),
    "bank.kept_bank_question": lambda desk, by: service.kept_bank_question(desk.bank, by),
    "creating.copied": lambda _desk, by: service.copied(COPY, by=by),
    "drafts.draft_to_write": lambda _desk, by: service.draft_to_write(SLUG, by=by),
    "drafts.see_draft": lambda _desk, by: service.see_draft(SLUG, viewer=by),
    "held.uses": lambda desk, by: service.uses(desk.question, by),
    "sheets.sheet": lambda _desk, by: service.sheet(SLUG, UNIT.key, viewer=by),
}
#: What shows everybody their own, so that a stranger sees nothing of this centre.
FILTERS: Mapping[str, Command] = {
    "bank.seen_centres": lambda _desk, by: [one for one in service.seen_centres(by) if one.slug == HOME],
    "creating.writing_centres": lambda _desk, by: [one for one in service.writing_centres(by) if one.slug == HOME],
    "drafts.draft_rows": lambda _desk, by: service.draft_rows(viewer=by),
}
#: Steps of commands, and what is asked about a thing that was already shown to whoever asks.
INTERNAL = {
    "archives.look": "an archive is looked at by whoever `received` gave it to",
    "archives.receive": "an archive is its sender's own, whatever is in it",
    "presence.note": presence.note.__doc__,
    "presence.others": "who else is at work on a unit, for whoever `sheet` showed it",
    "reviewing.approve": "what `publish` says to a request that waits",
}
