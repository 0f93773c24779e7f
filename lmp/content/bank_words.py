"""How questions, their places and states are called in the lists of the banks."""

from lmp.content import question_words
from lmp.content.bank import Standing
from lmp.core.messages import N_, Message

KINDS = {name: kind.title for name, kind in question_words.KINDS.items()}
DIFFICULTIES = question_words.DIFFICULTIES
USES = {name: words for name, (words, _hint) in question_words.USES.items()}
TRANSLATIONS = {
    "reviewed": Message(N_("Translation reviewed")),
    "draft": Message(N_("Translation not reviewed")),
    "stale": Message(N_("Translation out of date")),
    "missing": Message(N_("Translation missing")),
}
STANDINGS = {
    Standing.SAME: Message(N_("In the bank")),
    Standing.OLDER: Message(N_("The bank has a newer text")),
    Standing.OTHER: Message(N_("Differs from the bank")),
}
#: The value of the filter for questions that the bank does not have.
NOT_IN_BANK = Message(N_("Not in the bank"))
ORDERS = {
    "easy": Message(N_("Easy ones first")),
    "hard": Message(N_("Hard ones first")),
    "findings": Message(N_("Most findings first")),
    "words": Message(N_("By its words")),
}


def part_words(name: str, ids: dict[str, list[str]]) -> Message:
    """What one text of a question is called; `ids` holds the ids of its options, pairs, others and items in their order."""
    if name in question_words.FIELDS:
        return question_words.FIELDS[name]
    rows, one, inner = name.split(".")
    return question_words.row_words(rows, inner, ids[rows].index(one) + 1)
