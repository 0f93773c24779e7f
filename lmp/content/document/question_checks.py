"""Checks of a unit's question bank: every question can be answered, is asked somewhere, and quizzes can be drawn."""

from collections import Counter
from collections.abc import Iterator

from lmp.content.document.findings import Finding, error, unique, warning
from lmp.content.document.tree import Node
from lmp.content.texts import LANGS
from lmp.core.messages import N_, Message

#: More rows than these do not fit a phone's screen, nor a head.
MOST_ROWS = 10


def questions_can_be_answered(root: Node) -> Iterator[Finding]:
    """Choices have the right number of right options; what is matched or put in order can be told apart."""
    for unit in root["units"].items:
        for question in unit["questions"].items:
            yield from unique(option["id"] for option in question["options"].items)
            yield from _options_fit(question)
            yield from _pairs_fit(question)
            yield from _items_fit(question)


def _options_fit(question: Node) -> Iterator[Finding]:
    """The right number of right options for the kind of a question."""
    options = question["options"].items
    right = [option["correct"].flag for option in options]
    if question["kind"].text not in ("single", "multiple") or not options or None in right:
        return
    if question["kind"].text == "single" and (right.count(True) != 1 or len(right) < 2):
        message = Message(N_("A question with one answer needs two or more options, exactly one of them correct."))
        yield error(question["options"], "options", message)
    if question["kind"].text == "multiple" and len(set(right)) < 2:
        message = Message(N_("A question with several answers needs at least one correct and one wrong option."))
        yield error(question["options"], "options", message)


def _pairs_fit(question: Node) -> Iterator[Finding]:
    """Enough pairs to match, not more than fit a phone, and no two sides that read alike."""
    pairs, others = question["pairs"].items, question["others"].items
    if question["kind"].text != "matching" or not question["pairs"].present:
        return
    if len(pairs) < 2 or not 3 <= len(pairs) + len(others) <= MOST_ROWS:
        message = Message(
            N_("A matching question needs two or more pairs, and 3 to %(most)s answers to choose from."), most=MOST_ROWS
        )
        yield error(question["pairs"], "pairs", message)
    yield from unique(each["id"] for each in (*pairs, *others))
    for lang in LANGS:
        yield from unique(pair["left"][lang] for pair in pairs)
        yield from unique((*(pair["right"][lang] for pair in pairs), *(other["text"][lang] for other in others)))


def _items_fit(question: Node) -> Iterator[Finding]:
    """Enough items to put in order, not more than fit a phone, and no two that read alike."""
    items = question["items"].items
    if question["kind"].text != "ordering" or not question["items"].present:
        return
    if not 3 <= len(items) <= MOST_ROWS:
        message = Message(N_("An ordering question needs 3 to %(most)s items, in their right order."), most=MOST_ROWS)
        yield error(question["items"], "items", message)
    yield from unique(item["id"] for item in items)
    for lang in LANGS:
        yield from unique(item["text"][lang] for item in items)


def questions_are_asked(root: Node) -> Iterator[Finding]:
    """Question blocks name a question of their unit that may be asked there; no check question lies unused."""
    for unit in root["units"].items:
        if not (unit["questions"].present and unit["blocks"].present):
            continue
        uses = {question["key"].text: question["use"].text for question in unit["questions"].items}
        asked = [block["ask"] for block in unit["blocks"].items if block["ask"].text]
        yield from unique(asked, "asked-twice")
        for ask in asked:
            if ask.text not in uses:
                message = Message(N_("There is no question “%(name)s” in this unit's questions."), name=ask.text)
                yield error(ask, "unknown-question", message)
            elif uses[ask.text] == "quiz":
                message = Message(N_("The question “%(name)s” is kept for the quiz (use: quiz)."), name=ask.text)
                yield error(ask, "quiz-question", message)
        names = {ask.text for ask in asked}
        for question in unit["questions"].items:
            if question["use"].text == "check" and question["key"].text not in names:
                message = Message(N_("No block asks the question “%(name)s”."), name=question["key"].text)
                yield warning(question, "unused-question", message)


def quizzes_can_be_drawn(root: Node) -> Iterator[Finding]:
    """A quiz draws no more questions than there are; quiz questions have a quiz."""
    for unit in root["units"].items:
        if not unit["questions"].present:
            continue
        count = sum(question["use"].text in ("quiz", "both") for question in unit["questions"].items)
        draw = unit["quiz"]["draw"]
        if draw.whole is not None and draw.whole > count:
            sentence = N_("The quiz draws %(draw)s questions, but the unit has %(count)s for it.")
            message = Message(sentence, draw=draw.whole, count=count)
            yield error(draw, "quiz", message)
        if count and not unit["quiz"].present:
            yield warning(unit, "quiz", Message(N_("The unit has questions for a quiz, but no quiz.")))


def the_test_can_be_drawn(root: Node) -> Iterator[Finding]:
    """The test before and after the course finds enough questions for at least one outcome."""
    wanted = root["test"]["per_outcome"]
    if wanted.whole is None:
        return
    questions = [question for unit in root["units"].items for question in unit["questions"].items]
    ready = Counter(question["outcome"].text for question in questions if question["use"].text in ("quiz", "both"))
    if not any(count >= wanted.whole for count in ready.values()):
        sentence = N_("The test draws %(count)s questions for an outcome, but no outcome has so many for a quiz.")
        yield error(wanted, "test", Message(sentence, count=wanted.whole))
