"""Studying in the browser: the right answer to a question of any kind, from the course's document."""

from playwright.sync_api import Locator, expect

from lmp.content.document import (
    AnyQuestion,
    Lang,
    MatchingQuestion,
    NumberQuestion,
    OrderingQuestion,
    TextQuestion,
    TrueFalseQuestion,
    Unit,
)
from tests.browser.walker import Walker


def answer_checks(teacher: Walker, unit: Unit) -> None:
    """Answer everything that the unit's page asks."""
    for block in unit.blocks:
        if block.kind == "question":
            answer_check(teacher, unit.question(block.ask))


def answer_check(teacher: Walker, question: AnyQuestion) -> None:
    """One question of a unit's page."""
    answer(teacher, question)
    card = teacher.page.locator("form").filter(has_text=question.prompt.get(teacher.lang))
    teacher.activate(card.get_by_role("button", name=teacher.say("Answer"), exact=True))
    expect(card).to_contain_text(teacher.say("Right"))


def take_quiz(teacher: Walker, unit: Unit) -> None:
    """From the unit's page through its quiz to what was reached."""
    teacher.follow(teacher.say("Go to the unit quiz"))
    teacher.press("Start the quiz")
    total = unit.quiz.draw if unit.quiz else 0
    for number in range(1, total + 1):
        expect(teacher.heading).to_have_text(teacher.say("Question %(number)s / %(total)s", number=number, total=total))
        answer(teacher, asked(teacher, unit))
        teacher.press("Save answer")
    teacher.press("End the quiz")
    expect(teacher.heading).to_have_text(teacher.say("You have passed the quiz"))


def asked(teacher: Walker, unit: Unit) -> AnyQuestion:
    """The question that the page shows, whichever spaces keep its numbers with their units."""
    legend = " ".join(teacher.page.get_by_role("main").locator("legend").inner_text().split())
    return next(question for question in unit.questions if question.prompt.get(teacher.lang) in legend)


def answer(teacher: Walker, question: AnyQuestion) -> None:
    """Give the right answer; nothing is sent yet."""
    prompt, lang = question.prompt.get(teacher.lang), teacher.lang
    group = teacher.page.get_by_role("group", name=prompt, exact=True)
    if isinstance(question, NumberQuestion | TextQuestion):
        right = f"{question.value:g}" if isinstance(question, NumberQuestion) else _word(question, lang)
        teacher.write(group.locator("xpath=..").get_by_role("textbox"), right)
    elif isinstance(question, TrueFalseQuestion):
        teacher.choose(prompt, teacher.say("True" if question.correct else "False"))
    elif isinstance(question, MatchingQuestion):
        for pair in question.pairs:
            teacher.select(_row(group, pair.left.get(lang)), pair.right.get(lang))
    elif isinstance(question, OrderingQuestion):
        for place, item in enumerate(question.items, 1):
            teacher.select(_row(group, item.text.get(lang)), str(place))
    else:
        teacher.choose(prompt, *(one.text.get(lang) for one in question.options if one.correct))


def _word(question: TextQuestion, lang: Lang) -> str:
    """A word that is accepted."""
    return {"tr": question.accept.tr, "en": question.accept.en or question.accept.tr}[lang][0]


def _row(group: Locator, text: str) -> Locator:
    """The list beside a row of a matching or ordering question."""
    return group.get_by_label(text, exact=True)
