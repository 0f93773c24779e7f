"""Writing the questions of a draft, and what the checks say about one of them while it is being written."""

import copy
from dataclasses import dataclass

from lmp.access import Actor
from lmp.content import gate
from lmp.content.document import CourseDocument, Finding, findings
from lmp.content.editing import Place, Raw, mark_of, question_in, questions, unit_in
from lmp.content.editing.sheets import TEXTS as ROWS
from lmp.content.editing.sheets import field_of, sheet_of
from lmp.content.finding_words import said
from lmp.content.models import Draft, Verb
from lmp.content.service import drafts
from lmp.content.service.bank import origin_of_copy
from lmp.content.service.editing import Edited, edit
from lmp.content.service.revisions import Act, revision_document
from lmp.content.service.versions import find_current
from lmp.content.texts import LANGS, Lang, other
from lmp.core.messages import Message

#: Parts of a course that say nothing about a question.
_ELSEWHERE = ("workplace", "meeting", "practical", "test", "sources", "glossary")
_HERE = ("units", 0, "questions", 0)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about a question: at which field of its form (empty: the whole), and whether it stops publication."""

    field: str
    message: Message
    stops: bool
    rule: str


def remarks(document: Raw, unit: str, key: str) -> list[Remark]:
    """What the checks of publishing say about one question, what stops publication first. Raises NotFound.

    Only the question is looked at, not the course around it, so that this is quick however long the course is. What takes the
    whole course as its measure (whether a term is rendered as everywhere else, a warning) is not among it.
    """
    question = question_in(document, unit, key)
    course = CourseDocument.model_validate(_alone(document, unit, question))
    found = [each for each in (*findings(course), *gate.examine(course, {})) if each.path[:4] == _HERE]
    said = (_remark(question, each, document["source"]) for each in found)
    return sorted(said, key=lambda remark: not remark.stops)


def _alone(document: Raw, unit: str, question: Raw) -> Raw:
    """The course with this question only, and the names of its outcomes."""
    alone = {name: value for name, value in document.items() if name not in _ELSEWHERE}
    asking = questions.blocks_that_ask(document, unit, question["key"])
    alone["units"] = [{**unit_in(document, unit), "blocks": asking, "questions": [question]}]
    alone["outcomes"] = [{**outcome, "text": {}, "you": {}} for outcome in document["outcomes"]]
    return alone


def _remark(question: Raw, finding: Finding, source: Lang) -> Remark:
    """A finding at its field; where a whole translation is missing, it begins with the prompt."""
    field = field_of(question, finding.path[4:])
    if not field and finding.rule == "translation-missing":
        field = f"prompt.{other(source)}"
    return Remark(field, said(finding), finding.severity == "error", finding.rule)


def as_written(document: Raw, unit: str, key: str, made: Raw) -> Raw:
    """The document as it would be with a question written into it; key "" for a new one, which comes last. Raises NotFound."""
    after = copy.deepcopy(document)
    if key:
        questions.put_question(after, unit, key, made, mark_of(question_in(after, unit, key)))
    else:
        questions.add_question(after, unit, made, None)
    return after


def used_ids(draft: Draft, question: Raw) -> frozenset[str]:
    """The ids of a question's rows that people's answers may name: those of the draft and of the published version."""
    current = find_current(draft.course_id)
    units = current.document["units"] if current is not None else []
    published = [one for unit in units for one in unit.get("questions", []) if one["id"] == question.get("id")]
    return frozenset(row["id"] for one in (question, *published) for part in ROWS for row in one.get(part, []))


def add_question(slug: str, unit: str, made: Raw, after: str | None, *, by: Actor) -> str:
    """Add a question to a draft, and where the page asks it its block behind another one; answers its key.

    Raises NotFound, NotAllowed, RuleBroken.
    """
    keys: list[str] = []
    key = questions.key_of(drafts.draft_to_write(slug, by=by).document, unit, made)

    def change(document: Raw) -> None:
        keys.append(questions.add_question(document, unit, made, after))

    edit(slug, change, Act(Verb.ADD, Place("question", unit, key), LANGS), by=by)
    return keys[0]


def write_question(slug: str, unit: str, key: str, made: Raw, seen: str, *, is_reviewed: bool, by: Actor) -> Edited:
    """Put a question in the place of the one with its key; `is_reviewed`: somebody has compared both its languages.

    Raises NotFound, NotAllowed, QuestionSuperseded when somebody else has changed it since `seen`.
    """
    before = question_in(drafts.draft_to_write(slug, by=by).document, unit, key)

    def change(document: Raw) -> None:
        questions.put_question(document, unit, key, made, seen)
        if is_reviewed:
            questions.confirm_translation(question_in(document, unit, key), document["source"])

    return edit(slug, change, Act(Verb.WRITE, Place("question", unit, key), _languages(before, made)), by=by)


def _languages(before: Raw, after: Raw) -> tuple[Lang, ...]:
    """The languages in which a question reads differently; both where something else changed."""
    one, two = sheet_of(before, "tr"), sheet_of(after, "tr")
    names = {name for name in {*one.values, *two.values} if one.get(name) != two.get(name)}
    found = tuple(lang for lang in LANGS if any(name.endswith(f".{lang}") for name in names))
    return found if names and all(name.endswith((".tr", ".en")) for name in names) else LANGS


def remove_question(slug: str, unit: str, key: str, *, by: Actor) -> Edited:
    """Take a question out of a draft, and its block out of the page. Raises NotFound, NotAllowed."""
    act = Act(Verb.REMOVE, Place("question", unit, key), LANGS)
    return edit(slug, lambda document: questions.remove_question(document, unit, key), act, by=by)


def removed_question(draft: Draft, unit: str, key: str, removed: int) -> Raw:
    """A question as it stood before the revision that removed it. Raises NotFound."""
    return question_in(revision_document(draft.course_id, removed - 1), unit, key)


def bring_back_question(slug: str, unit: str, key: str, removed: int, *, by: Actor) -> Edited:
    """Put a question back as it stood before the revision that removed it. Raises NotFound, NotAllowed."""
    earlier = revision_document(drafts.draft_to_write(slug, by=by).course_id, removed - 1)
    act = Act(Verb.RESTORE, Place("question", unit, key), LANGS)
    return edit(slug, lambda document: questions.restore_question(document, earlier, unit, key), act, by=by)


def duplicate_question(slug: str, unit: str, key: str, *, by: Actor) -> str:
    """Put a copy of a question behind it; answers the key of the copy. Raises NotFound, NotAllowed."""
    keys: list[str] = []
    found = drafts.draft_to_write(slug, by=by)
    origin = origin_of_copy(found.course, question_in(found.document, unit, key))

    def change(document: Raw) -> None:
        keys.append(questions.duplicate_question(document, unit, key, origin))

    edit(slug, change, Act(Verb.COPY, Place("question", unit, key), LANGS), by=by)
    return keys[0]
