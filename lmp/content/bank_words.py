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
PARTS = {
    "prompt": Message(N_("Question")),
    "explanation": Message(N_("Explanation")),
    "accept": Message(N_("Accepted answers")),
}
_ROWS = {
    "options": {"text": N_("Option %(number)s"), "why": N_("Option %(number)s, remark")},
    "pairs": {"left": N_("Pair %(number)s, left"), "right": N_("Pair %(number)s, right")},
    "others": {"text": N_("Answer %(number)s without a match")},
    "items": {"text": N_("Step %(number)s")},
}


def part_words(name: str, ids: dict[str, list[str]]) -> Message:
    """What one text of a question is called; `ids` holds the ids of its options, pairs, others and items in their order."""
    if name in PARTS:
        return PARTS[name]
    rows, one, inner = name.split(".")
    return Message(_ROWS[rows][inner], number=ids[rows].index(one) + 1)
