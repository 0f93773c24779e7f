"""The bank of a centre: questions kept beyond their courses, found, changed and retired."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import CursorResult, Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from lmp.access import Action, Actor, Role, require
from lmp.audit import service as audit
from lmp.content import bank
from lmp.content.document import LANGS, Lang
from lmp.content.document.translation import State, state_of
from lmp.content.document.tree import Node
from lmp.content.editing import Raw
from lmp.content.editing.marks import follow
from lmp.content.models import BankCategory, BankQuestion, Course, Draft
from lmp.core import clock, db, search, text, turkish
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.network.models import Centre, Field
from lmp.network.service.lists import Ordered

SEARCH_KIND = "bank_question"
#: Values of the filter by state; questions in use are shown unless something else is asked.
RETIRED = "retired"
Texts = Mapping[tuple[str, Lang], str]


class BankSuperseded(Conflict):
    """Somebody else saved the question of the bank after the page was opened; nothing was written."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            Message(N_("Somebody else saved this question after you opened it. Compare the texts, then save again."))
        )


def seen_centres(viewer: Actor) -> list[Centre]:
    """The centres whose banks somebody may read, by name."""
    found = select(Centre).options(lazyload(Centre.province)).order_by(Centre.sort_key)
    if not viewer.has(Role.NETWORK_ADMINISTRATOR):
        scopes = viewer.scopes(Role.TRAINER) | viewer.scopes(Role.CENTRE_ADMINISTRATOR)
        found = found.where(Centre.id.in_([UUID(scope) for scope in scopes]))
    return list(db.session().scalars(found))


def bank_list(query: str, chosen: Mapping[str, str], centres: list[Centre], lang: str = "tr") -> Ordered:
    """The questions of banks by their words; `centre`, `category`, `field`, `kind`, `difficulty` and `state` narrow."""
    found = (
        select(BankQuestion)
        .join(BankQuestion.centre)
        .outerjoin(BankQuestion.category)
        .options(
            contains_eager(BankQuestion.centre).lazyload(Centre.province),
            contains_eager(BankQuestion.category),
            joinedload(BankQuestion.field),
        )
        .where(BankQuestion.centre_id.in_([one.id for one in centres]))
    )
    named = search.matching(SEARCH_KIND, query)
    if named is not None:
        found = found.where(BankQuestion.id.in_(named))
    order = BankQuestion.sort_key_en if lang == "en" else BankQuestion.sort_key_tr
    return Ordered(_narrowed(found, chosen), (order, BankQuestion.id), lambda row: (getattr(row, order.key), row.id))


def _narrowed(found: Select[BankQuestion], chosen: Mapping[str, str]) -> Select[BankQuestion]:
    """What the filters leave; a category holds what stands below it."""
    retired = BankQuestion.retired_at
    found = found.where(retired.is_not(None) if chosen.get("state") == RETIRED else retired.is_(None))
    if chosen.get("centre"):
        found = found.where(Centre.slug == chosen["centre"])
    if chosen.get("category") == "-":
        found = found.where(BankQuestion.category_id.is_(None))
    elif chosen.get("category"):
        wanted = UUID(chosen["category"])
        found = found.where((BankCategory.id == wanted) | (BankCategory.parent_id == wanted))
    if chosen.get("field"):
        found = found.where(BankQuestion.field_id.in_(select(Field.id).where(Field.slug == chosen["field"])))
    if chosen.get("kind"):
        found = found.where(BankQuestion.kind == chosen["kind"])
    if chosen.get("difficulty"):
        found = found.where(BankQuestion.difficulty == int(chosen["difficulty"]))
    return found


def bank_question(bank_id: UUID) -> BankQuestion:
    """A question of a bank by id, for commands that ask for permission themselves. Raises NotFound."""
    found = db.session().scalar(
        select(BankQuestion)
        .options(
            joinedload(BankQuestion.centre),
            joinedload(BankQuestion.category),
            joinedload(BankQuestion.field),
            joinedload(BankQuestion.course),
        )
        .where(BankQuestion.id == bank_id)
    )
    if found is None:
        raise NotFound
    return found


def see_bank_question(bank_id: UUID, viewer: Actor) -> BankQuestion:
    """A question of a bank for somebody who may read it. Raises NotFound for strangers too."""
    found = bank_question(bank_id)
    require(viewer, Action.SEE_BANK, found)
    return found


def kept_bank_question(bank_id: UUID, by: Actor) -> BankQuestion:
    """A question of a bank for somebody who may change it. Raises NotFound for strangers, NotAllowed for who only reads."""
    found = bank_question(bank_id)
    require(by, Action.KEEP_BANK, found)
    return found


def bank_translation(of: BankQuestion) -> State:
    """How far the second language of a question is."""
    return state_of(Node(of.question), "en" if of.source == "en" else "tr")


def counterparts(course: Course, held: list[Raw]) -> dict[str, BankQuestion]:
    """Key of a course's question → the question of its centre's bank that it was copied from, or that was made from it."""
    names = {UUID(name) for one in held for name in (one["id"], one.get("origin")) if name}
    rows = db.session().scalars(
        select(BankQuestion).where(
            BankQuestion.centre_id == course.centre_id,
            BankQuestion.id.in_(names) | BankQuestion.taken_from.in_(names),
        )
    )
    by_name = {name: one for one in rows for name in (one.taken_from, one.id)}
    found = {}
    for one in held:
        origin = UUID(one["origin"]) if one.get("origin") else None
        match = by_name.get(origin) if origin else None
        match = match or by_name.get(UUID(one["id"]))
        if match is not None:
            found[str(one["key"])] = match
    return found


def origin_of_copy(course: Course, question: Raw) -> str:
    """What a copy of a course's question names as its origin: the question of the centre's bank, if there is one."""
    match = counterparts(course, [question]).get(str(question["key"]))
    return str(match.id) if match is not None else ""


def keep_question(
    draft: Draft, question: Raw, *, category: BankCategory | None, field: Field | None, by: Actor
) -> BankQuestion:
    """Copy a course's question into the bank of its centre.

    Raises RuleBroken when it stands there already, or when the category is one of another centre.
    """
    require(by, Action.WRITE_DRAFT, draft)
    require(by, Action.KEEP_BANK, draft.course)
    if counterparts(draft.course, [question]):
        raise RuleBroken(Message(N_("This question stands in the bank already.")))
    _check_category(draft.course.centre_id, category)
    said, now = bank.tidy(bank.kept(question)), clock.now()
    made = BankQuestion(
        centre_id=draft.course.centre_id,
        category=category,
        field=field,
        difficulty=int(question["difficulty"]),
        source=str(draft.document["source"]),
        former=[],
        taken_from=UUID(question["id"]),
        course_id=draft.course_id,
        author_id=by.id,
        made_at=now,
        changed_at=now,
        **_described(said),
    )
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise RuleBroken(Message(N_("This question stands in the bank already."))) from None
    _index(made)
    audit.record(by, "content.bank_added", made, course=draft.course.slug, question=question["key"])
    return made


def change_question(
    of: BankQuestion,
    *,
    seen: int,
    category: BankCategory | None,
    field: Field | None,
    difficulty: int,
    texts: Texts,
    by: Actor,
) -> None:
    """Change where a question of the bank belongs and what it says; courses that hold it are offered the new text.

    A changed second language carries a fresh mark; where the first one changed alone its twin is stale. Raises RuleBroken
    for a difficulty or a text that cannot be, BankSuperseded when somebody else has saved since `seen`.
    """
    require(by, Action.KEEP_BANK, of)
    if difficulty not in (1, 2, 3):
        raise RuleBroken(Message(N_("Choose the difficulty.")), "difficulty")
    _check_category(of.centre_id, category)
    said = _rewritten(of, texts)
    values = {
        "category_id": category.id if category else None,
        "field_id": field.id if field else None,
        "difficulty": difficulty,
        **_described(said),
    }
    if all(getattr(of, name) == value for name, value in values.items()):
        _check_seen(of, seen)
        return
    changed = values["mark"] != of.mark
    former = [*of.former, of.mark][-bank.MOST_FORMER :] if changed else of.former
    _write(of, seen, {**values, "former": former, "author_id": by.id, "changed_at": clock.now()})
    _index(of)
    audit.record(by, "content.bank_changed", of, text=changed)


def _check_seen(of: BankQuestion, seen: int) -> None:
    """Raises BankSuperseded unless the question is as it was seen."""
    if of.version != seen:
        raise BankSuperseded


def _rewritten(of: BankQuestion, texts: Texts) -> Raw:
    """The question with other texts. Raises RuleBroken where the prompt of its first language is empty."""
    said = bank.kept(of.question)
    source: Lang = "en" if of.source == "en" else "tr"
    for (name, lang), words in texts.items():
        bank.put_text(said, name, lang, words)
    if not bank.text_in(said, "prompt", source).strip():
        raise RuleBroken(Message(N_("Write the question.")), f"prompt-{source}")
    follow(of.question, said, source)
    try:
        return bank.tidy(said)
    except ValidationError:
        raise RuleBroken(Message(N_("One of the texts is too long. Shorten it."))) from None


def _described(said: Raw) -> dict[str, object]:
    """What lists and comparisons need of a question."""
    prompts = {lang: text.plain(bank.spoken(said).prompt.in_language(lang)) for lang in LANGS}
    return {
        "kind": said["kind"],
        "question": said,
        "mark": bank.mark(said),
        "sort_key_tr": turkish.sort_key(prompts["tr"]),
        "sort_key_en": turkish.sort_key(prompts["en"]),
    }


def _check_category(centre_id: UUID, category: BankCategory | None) -> None:
    """Raises RuleBroken for a category of another centre."""
    if category is not None and category.centre_id != centre_id:
        raise RuleBroken(Message(N_("Choose a category of this centre.")), "category")


def _write(of: BankQuestion, seen: int, values: Mapping[str, object]) -> None:
    """The guarded statement: only the state that was seen is overwritten. Raises BankSuperseded."""
    session = db.session()
    session.flush()
    moved = session.execute(
        update(BankQuestion)
        .where(BankQuestion.id == of.id, BankQuestion.version == seen)
        .values(**values, version=seen + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(of)
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        raise BankSuperseded


def _index(of: BankQuestion) -> None:
    """Make a question findable by all its words."""
    names = bank.names_of(of.question)
    search.index(
        SEARCH_KIND, of.id, [(lang, bank.text_in(of.question, name, lang)) for lang in LANGS for name in names]
    )


def retire(of: BankQuestion, *, by: Actor) -> None:
    """Offer a question no more; courses that hold it keep it."""
    _set_retired(of, clock.now(), "content.bank_retired", by)


def bring_back(of: BankQuestion, *, by: Actor) -> None:
    """Offer a retired question again."""
    _set_retired(of, None, "content.bank_brought_back", by)


def _set_retired(of: BankQuestion, moment: datetime | None, act: str, by: Actor) -> None:
    """Retire or bring back; nothing where it is so already."""
    require(by, Action.KEEP_BANK, of)
    if (of.retired_at is None) == (moment is None):
        return
    of.retired_at = moment
    db.session().flush()
    audit.record(by, act, of)
