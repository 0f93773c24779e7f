"""What kinds of questions, and the fields of their forms, are called on the page."""

from dataclasses import dataclass

from lmp.content.editing.sheets import Sheet
from lmp.core.messages import N_, Message


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question in words: its name, and when one takes it."""

    name: str
    title: Message
    line: Message


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "single",
            Message(N_("One right answer")),
            Message(N_("Several options, exactly one of them is right. For most decisions at work.")),
        ),
        Kind(
            "multiple",
            Message(N_("Several right answers")),
            Message(N_("Several options, more than one may be right. For “which of these apply?”.")),
        ),
        Kind(
            "truefalse",
            Message(N_("True or false")),
            Message(N_("A statement that one agrees with or not. For widespread mistakes.")),
        ),
        Kind(
            "number",
            Message(N_("A number")),
            Message(N_("A value to calculate or read off, with a tolerance and a unit.")),
        ),
        Kind(
            "text",
            Message(N_("Short answer")),
            Message(N_("A word or two to type, such as a term. You list every spelling that counts.")),
        ),
        Kind(
            "matching",
            Message(N_("Matching")),
            Message(N_("Things that belong together, such as a fault and its cause.")),
        ),
        Kind(
            "ordering",
            Message(N_("Putting in order")),
            Message(N_("The steps of a procedure, to be put in their right order.")),
        ),
    )
}

DIFFICULTIES = {"1": Message(N_("Easy")), "2": Message(N_("Medium")), "3": Message(N_("Hard"))}
STATEMENT = {"true": Message(N_("True")), "false": Message(N_("False"))}
USES = {
    "check": (Message(N_("In the page")), Message(N_("Asked while one reads; one may try until it is right."))),
    "quiz": (Message(N_("In the quiz")), Message(N_("Drawn by lot at the end of the unit and in the course test."))),
    "both": (Message(N_("In the page and in the quiz")), Message(N_("Asked while one reads, and drawn by lot later."))),
}
ROWS = {
    "options": Message(N_("Options")),
    "pairs": Message(N_("Pairs")),
    "others": Message(N_("Answers without a match")),
    "items": Message(N_("Steps in their right order")),
}
ADD = {
    "options": Message(N_("Add an option")),
    "pairs": Message(N_("Add a pair")),
    "others": Message(N_("Add an answer without a match")),
    "items": Message(N_("Add a step")),
}
_ROW = {
    "options": N_("Option %(number)s"),
    "pairs": N_("Pair %(number)s"),
    "others": N_("Answer %(number)s without a match"),
    "items": N_("Step %(number)s"),
}
_TEXTS = {
    ("options", "why"): N_("Reason for option %(number)s"),
    ("pairs", "left"): N_("Left side of pair %(number)s"),
    ("pairs", "right"): N_("Right side of pair %(number)s"),
}
FIELDS = {
    "prompt": Message(N_("Question")),
    "explanation": Message(N_("Explanation")),
    "accept": Message(N_("Accepted answers")),
    "value": Message(N_("Right number")),
    "tolerance": Message(N_("Tolerance")),
    "unit": Message(N_("Unit of measurement")),
    "outcome": Message(N_("Outcome")),
    "difficulty": Message(N_("Difficulty")),
    "use": Message(N_("Where it is asked")),
    "right": Message(N_("Right answer")),
    "translation": Message(N_("Translation")),
}
_LANGUAGES = {"tr": Message(N_("Turkish")), "en": Message(N_("English"))}


def row_words(part: str, text: str, number: int) -> Message:
    """What a row is called, or one of its texts that has a name of its own: “Option 2”, “Reason for option 2”."""
    return Message(_TEXTS.get((part, text)) or _ROW[part], number=number)


def field_words(sheet: Sheet, name: str) -> Message:
    """What a field of a question's form is called: “Option 2, English”."""
    words = name.split(".")
    lang = words.pop() if words[-1] in _LANGUAGES else ""
    thing = _thing(sheet, words)
    if not lang:
        return thing
    return Message(N_("%(thing)s, %(language)s"), thing=thing, language=_LANGUAGES[lang])


def _thing(sheet: Sheet, words: list[str]) -> Message:
    """What a field is about."""
    part = words[0] if words else ""
    if part in _ROW and len(words) > 1:
        rows = sheet.rows.get(part, ())
        number = rows.index(words[1]) + 1 if words[1] in rows else len(rows) + 1
        return row_words(part, words[2] if len(words) > 2 else "", number)
    return ROWS.get(part) or FIELDS.get(part) or Message(N_("The whole question"))
