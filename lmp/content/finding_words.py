"""Findings in the words of the pages: what is wrong, what to do there, and where it stands. The command line keeps its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from lmp.content.document import Finding
from lmp.content.document.tree import Path
from lmp.content.document.unwritten import RULE as UNWRITTEN
from lmp.content.document.unwritten import readable
from lmp.content.naming import question_name
from lmp.content.texts import LANGS, Label
from lmp.core.messages import N_, Message

#: What a page says instead of the sentence for files, by the rule; the values are those of the finding.
_BY_RULE: Mapping[str, str] = {
    "translation-unmarked": N_(
        "Nobody has said yet that this translation fits its source. Compare both languages, then say that they agree."
    ),
    "translation-stale": N_(
        "The source was changed after this was translated. Compare both languages, then mend the translation or say that it is still right."
    ),
    "duplicate": N_("“%(name)s” stands here twice. Write one of them differently, or remove it."),
    "asked-twice": N_("Two blocks ask the same question. Remove one of them."),
    "unknown-outcome": N_("This names an outcome that the course does not have any more. Choose another one."),
    "unknown-question": N_(
        "This block asks a question that is not there any more. Remove the block, or add the question anew."
    ),
    "quiz-question": N_(
        "This block asks a question that is kept for the quiz. Open the question and choose where it is asked, or remove the block."
    ),
    "unused-question": N_(
        "This question is to be asked in the page, but no block asks it. Choose “In the quiz” for it, or delete it."
    ),
    "markdown-html": N_(
        "This text holds HTML, which is shown as plain letters. Use the buttons above the field instead."
    ),
    "markdown-image": N_("A picture stands in a block of its own. Take it out of the text and press “Add picture”."),
    "captions": N_("The film has no captions in this language. Choose a caption file (WebVTT) for it."),
    "links": N_(
        "The link “%(address)s” leads nowhere. Write an address that begins with https://, or a mail address after mailto:."
    ),
    "practical": N_(
        "The practical test must be passed, but none is written. Write one, or take the tick away under “Completion”."
    ),
    "policy": N_("Completion asks for %(required)s minutes here, but only %(planned)s are planned. Ask for fewer."),
    "test": N_(
        "The test takes %(count)s questions for each outcome, but no outcome has so many for a quiz. Let it take fewer, or write more."
    ),
}
#: The same where one rule has several sentences: by the rule and a word of the place, the innermost first.
_BY_PLACE: Mapping[tuple[str, str], str] = {
    ("duplicate", "id"): N_("Two parts of the course have the same inner name. Copy this one, then remove the first."),
    ("duplicate", "key"): N_("Two parts of the course have the same inner name. Copy this one, then remove the first."),
    ("minutes", "online"): N_(
        "%(total)s minutes of distance learning are planned, but the units add up to %(sum)s. Make both equal."
    ),
    ("minutes", "workplace"): N_(
        "%(total)s minutes at the company are planned, but the days add up to %(sum)s. Make both equal."
    ),
    ("minutes", "meeting"): N_(
        "%(total)s minutes face to face are planned, but the half days add up to %(sum)s. Make both equal."
    ),
    ("minutes", "practical"): N_(
        "%(total)s minutes are planned for the practical test, but its own page says %(sum)s. Make both equal."
    ),
    ("shape", "meeting"): N_("Minutes face to face are planned, but the course has no such days. Write 0 here."),
    ("shape", "workplace"): N_("Minutes at the company are planned, but the course has no such days. Write 0 here."),
    ("quiz", "draw"): N_(
        "The quiz draws %(draw)s questions, but the unit has %(count)s for it. Let it draw fewer, or write more."
    ),
    ("quiz", "units"): N_(
        "The unit has questions for a quiz, but no quiz. Say in its heading that it ends with one, or ask them in the page."
    ),
    ("days", "day"): N_("The days are not counted from 1. Move or remove days until they are in order, then save."),
    ("unwritten", "fields"): N_("Choose the field of the course."),
}
#: A course of a kind that has a plan of its own, without it and with another one.
_NEEDS_PLAN: Mapping[str, str] = {
    "workplace": N_("The on-the-job plan is not written yet. Write its days."),
    "meeting": N_("The face-to-face plan is not written yet. Write its days."),
}
_OTHER_PLAN = N_("The course has a plan that a course of its kind does not use. Take the course in again without it.")


def said(finding: Finding) -> Message:
    """What is wrong and what one does about it on the pages."""
    if finding.path == ("shape",):
        values = finding.message.values
        return Message(_OTHER_PLAN) if "name" in values else Message(_NEEDS_PLAN[str(values["shape"])])
    if finding.rule == UNWRITTEN and finding.message.values.get("asked"):
        return Message(finding.message.msgid, what=finding.message.values["asked"])
    sentence = _sentence(finding.rule, finding.path)
    return Message(sentence, **finding.message.values) if sentence else finding.message


def _sentence(rule: str, path: Path) -> str | None:
    """What is said of a rule at a place; None where the sentence for files says it well."""
    words = (part for part in reversed(path) if isinstance(part, str))
    return next((_BY_PLACE[rule, word] for word in words if (rule, word) in _BY_PLACE), _BY_RULE.get(rule))


#: So many findings of one rule in one part of a course are each told; of more, the first stands for all of them.
MOST_TOLD = 3


def folded(findings: Iterable[Finding]) -> list[tuple[Finding, int]]:
    """The findings worth a line each, in their order, with how many more of the same rule stand in that part of the course."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings:
        part = one.path[: 2 if one.path[:1] == ("units",) else 1]
        alike.setdefault((one.rule, one.severity, part), []).append(one)
    return [
        (one, len(group) - 1 if len(group) > MOST_TOLD else 0)
        for group in alike.values()
        for one in (group[:1] if len(group) > MOST_TOLD else group)
    ]


_KINDS: Mapping[str, Message] = {
    "text": Message(N_("Text")),
    "image": Message(N_("Picture")),
    "video": Message(N_("Film")),
    "file": Message(N_("File")),
    "question": Message(N_("Question")),
    "task": Message(N_("Task")),
    "safety": Message(N_("Safety note")),
    "tip": Message(N_("Tip")),
}
_LANGUAGES = {"tr": Message(N_("Turkish")), "en": Message(N_("English"))}
#: Parts of a course, with the words for one of their rows where they have any.
_PARTS: Mapping[str, tuple[Message, str]] = {
    "outcomes": (Message(N_("Outcomes")), N_("Outcome %(number)s")),
    "glossary": (Message(N_("Glossary")), N_("Term %(number)s")),
    "workplace": (Message(N_("On-the-job plan")), N_("Day %(number)s")),
    "meeting": (Message(N_("Face-to-face plan")), N_("Day %(number)s")),
    "practical": (Message(N_("Practical test")), N_("Criterion %(number)s")),
    "policy": (Message(N_("Completion")), ""),
    "test": (Message(N_("Test before and after the course")), ""),
}
_DETAILS = Message(N_("Course details"))


def place_said(document: Mapping[str, Any], path: Path) -> list[Message]:
    """Where something stands, from the outside in: the unit, the block, the language."""
    found = _in_unit(document, path) if path[:1] == ("units",) and len(path) > 1 else _in_part(path)
    return [*found, *(_LANGUAGES[lang] for lang in LANGS if path[-1:] == (lang,))]


def _in_unit(document: Mapping[str, Any], path: Path) -> list[Message]:
    """A unit, and the block or question in it."""
    unit = document["units"][path[1]]
    found = [Message(N_("Unit %(number)s: %(title)s"), number=int(path[1]) + 1, title=Label(**readable(unit["title"])))]
    match path[2:4]:
        case ("blocks", int(place)):
            block = unit["blocks"][place]
            kind = _KINDS[block.get("tone") or block["kind"]]
            return [*found, Message(N_("Block %(number)s: %(kind)s"), number=place + 1, kind=kind)]
        case ("questions", int(place)):
            return [*found, question_name(unit["questions"][place])]
    return [*found, Message(N_("Heading"))]


def _in_part(path: Path) -> list[Message]:
    """A part of the course, and the row in it."""
    part, row = _PARTS.get(str(path[0]) if path else "", (_DETAILS, ""))
    number = next((step for step in path if isinstance(step, int)), None)
    return [part, Message(row, number=number + 1)] if row and number is not None else [part]
