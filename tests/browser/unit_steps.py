"""A unit is written in both languages: its heading, every kind of block, every kind of question."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.course_steps import Raw, block
from tests.browser.writer import Author

#: The texts of each kind of block by the names of its fields.
TEXTS = {"text": ("body",), "note": ("title", "text"), "task": ("title", "text")}
#: The rows of a kind of question, and the texts of a row.
ROWS = {
    "single": ("options", ("text", "why")),
    "multiple": ("options", ("text", "why")),
    "matching": ("pairs", ("left", "right")),
    "ordering": ("items", ("text",)),
}
LETTERS = "abcdefghij"


def heading(author: Author, wanted: Raw) -> None:
    """Title, summary, minutes, outcomes and quiz of a unit."""
    _open(author, "heading")
    author.pair("title", wanted["title"], ".")
    author.pair("summary", wanted["summary"], ".")
    author.write(author.named("minutes"), str(wanted["minutes"]))
    for box in author.named("outcomes").all():
        if box.is_checked() != (box.get_attribute("value") in wanted["outcomes"]):
            author.toggle(box)
    author.write(author.named("quiz.draw"), str(wanted["quiz"]["draw"]))
    _close(author, "heading")


def _open(author: Author, name: str) -> None:
    """Open the form of a block, whose first field then has the focus."""
    author.press_here(block(author, name).locator("[data-edit]"))
    expect(block(author, name).locator(".pair-form")).to_be_visible()
    author.stands_at(block(author, name).locator("[autofocus]"))


def _close(author: Author, name: str) -> None:
    """Save it; the focus stands where it was opened."""
    author.press_here(block(author, name).get_by_role("button", name=author.say("Save"), exact=True))
    expect(author.page.locator(".pair-open")).to_have_count(0)
    author.stands_at(block(author, name).locator("[data-edit]"))


def write_block(author: Author, name: str, wanted: Raw) -> None:
    """The texts of a block, in its form on the page."""
    if not block(author, name).locator(".pair-form").count():
        _open(author, name)
    for text in TEXTS[wanted["kind"]]:
        author.pair(text, wanted[text], ".")
    if "minutes" in wanted:
        author.write(author.named("minutes"), str(wanted["minutes"]))
    _close(author, name)


def add_block(author: Author, msgid: str, wanted: Raw) -> str:
    """A block at the end, whose form is open at once; answers its name."""
    author.activate(author.page.locator("#add-last").get_by_role("button", name=author.say(msgid)))
    made = author.page.locator(".pair-open")
    expect(made.locator(".pair-form")).to_be_visible()
    author.stands_at(made.locator("[autofocus]"))
    name = str(made.get_attribute("data-block"))
    write_block(author, name, wanted)
    return name


def menu(author: Author, name: str, msgid: str) -> None:
    """One of the acts of a block; it leads to a page."""
    author.press_here(block(author, name).locator("summary").first)
    entry = block(author, name).locator(".menu-panel").locator("a, button").filter(has_text=author.say(msgid))
    author.activate(entry)


def add_medium(
    author: Author, msgid: str, wanted: Raw, files: Mapping[str, Path], *, behind: str | None = None
) -> None:
    """A picture, film or file with its words, at the end or behind a block."""
    if behind:
        menu(author, behind, "Add below")
    place = author.page.locator("#add" if behind else "#add-last")
    author.activate(place.get_by_role("link", name=author.say(msgid)))
    for name, path in files.items():
        author.attach(author.named(name), path)
    for text in ("alt", "caption", "title", "transcript"):
        if text in wanted:
            author.pair(text, wanted[text], "_")
    author.press("Save")
    expect(author.page).to_have_url(re.compile(r"/edit#block-"))


def write_question(author: Author, wanted: Raw) -> None:
    """The form of a question, as it is open; saved, and both languages compared."""
    author.pair("prompt", wanted["prompt"], ".")
    if wanted["kind"] in ROWS:
        _rows(author, wanted)
    elif wanted["kind"] == "truefalse":
        author.tick(author.page.locator(f"[name=right][value={str(wanted['correct']).lower()}]"))
    elif wanted["kind"] == "number":
        for name in ("value", "tolerance", "unit"):
            author.write(author.named(name), _typed(wanted[name], author.lang))
    else:
        author.pair("accept", {lang: "\n".join(words) for lang, words in wanted["accept"].items()}, ".")
    author.pair("explanation", wanted["explanation"], ".")
    for name in ("difficulty", "use"):
        author.tick(author.page.locator(f"[name={name}][value='{wanted[name]}']"))
    outcome = author.named("outcome")
    number = int(wanted["outcome"][1:]) - 1
    author.select(outcome, str(outcome.locator("option").nth(number).text_content()))
    if not author.named("reviewed").count():
        _save_question(author)
    author.tick(author.named("reviewed"))
    _save_question(author)


def _save_question(author: Author) -> None:
    form = author.page.locator("#question")
    author.activate(form.get_by_role("button", name=author.say("Save"), exact=True).last)
    author.reads(author.say("The question is saved."))


def _rows(author: Author, wanted: Raw) -> None:
    """The rows of a question: as many as there are to be."""
    part, texts = ROWS[wanted["kind"]]
    there = author.page.locator(f"[data-part={part}] > [data-part-row]")
    names = [str(one.get_attribute("data-part-row")) for one in there.all()]
    while len(names) > len(wanted[part]):
        author.press_here(author.page.locator(f"#remove-{part}-{names.pop()}"))
        expect(there).to_have_count(len(names))
    for name, row in zip(names, wanted[part], strict=True):
        for text in texts:
            if text in row:
                author.pair(f"{part}.{name}.{text}", row[text], ".")
        if row.get("correct"):
            author.tick(author.page.locator(f"[name=right][value={name}]"))


def _typed(value: Any, lang: str) -> str:
    """A number as people of the language type it."""
    plain = f"{value:g}" if isinstance(value, float) else str(value)
    return plain.replace(".", ",") if lang == "tr" else plain


def asked_question(author: Author, name: str, wanted: Raw) -> None:
    """The question that a block of the page asks, and back to the unit."""
    author.activate(block(author, name).locator(".pair-edit"))
    write_question(author, wanted)
    back(author)


def add_question(author: Author, wanted: Raw) -> None:
    """A new question of a kind, and back to the unit."""
    author.activate(author.page.locator("#add-last").get_by_role("link", name=author.say("Add question")))
    author.activate(author.page.locator(f"a[href*='kind={wanted['kind']}']"))
    write_question(author, wanted)
    back(author)


def quiz_question(author: Author, key: str, wanted: Raw | None, *, in_bank: bool = False) -> None:
    """A question that only the quiz draws, found by what the panel says of it or in the bank; without words it is deleted."""
    if in_bank:
        author.course()
        author.place("question")
        there = author.page.get_by_role("main")
    else:
        there = author.page.locator("[data-panel]")
    author.activate(there.locator(f"a[href$='/question/{key}'], a[href*='/question/{key}#']").first)
    if wanted is not None:
        write_question(author, wanted)
    else:
        author.press("Delete")
        expect(author.heading).to_have_text(author.say("The question is deleted"))
    back(author)


def back(author: Author) -> None:
    """Back to the unit in which the question is asked."""
    author.follow(author.say("Back to the unit"))
    expect(author.page).to_have_url(re.compile("/edit"))


def all_reviewed(author: Author) -> None:
    """Say of every part of the unit that its English was read."""
    marks = author.page.locator(f"button[name=mark]:has-text('{author.say('The English was reviewed')}')")
    for left in range(marks.count(), 0, -1):
        author.activate(marks.first)
        expect(marks).to_have_count(left - 1)


def the_panel_is_empty(author: Author) -> None:
    """Nothing is found in the unit."""
    panel = author.page.locator("[data-panel]")
    expect(panel.locator("li a")).to_have_count(0)
    expect(panel).to_contain_text(author.say("Nothing in this unit stands in the way of publishing."))
    total = author.page.locator(".pair[data-block]:not(#block-heading)").count()
    expect(panel.locator(".total b")).to_have_text(str(total))


def move(author: Author, name: str, by: int) -> None:
    """Move a block so many places down, or up where the number is negative."""
    for _ in range(abs(by)):
        place = _place(author, name)
        if author.moves_by_keys:
            _move_by_keys(author, name, "Alt+ArrowUp" if by < 0 else "Alt+ArrowDown")
        else:
            menu(author, name, "Move up" if by < 0 else "Move down")
        assert _place(author, name) == place + (1 if by > 0 else -1)


def _place(author: Author, name: str) -> int:
    """Where a block stands on the page."""
    return [one.get_attribute("id") for one in author.page.locator(".pair").all()].index(f"block-{name}")


def _move_by_keys(author: Author, name: str, keys: str) -> None:
    """It is said where it now stands, and the focus stays in it."""
    said, edit = author.page.locator("[data-announce]"), block(author, name).locator("[data-edit]")
    before = said.text_content() or "–"
    author.goes_to(edit)
    author.page.keyboard.press(keys)
    expect(said).not_to_have_text(before)
    expect(said).not_to_be_empty()
    author.stands_at(edit)


def remove_and_undo(author: Author, name: str) -> None:
    """Duplicate a block, remove the copy, put it back, and remove it for good."""
    menu(author, name, "Duplicate")
    copy = author.page.locator(f".pair[data-block^='{name}-']")
    expect(copy).to_be_visible()
    made = str(copy.get_attribute("data-block"))
    menu(author, made, "Remove")
    expect(author.page.locator("#block-removed")).to_be_visible()
    author.activate(author.page.locator("#block-removed").get_by_role("button"))
    expect(copy).to_be_visible()
    menu(author, made, "Remove")
    expect(copy).to_have_count(0)


def copy_elsewhere(author: Author, name: str, slug: str, key: str) -> None:
    """Copy a block with its file to the end of another unit."""
    menu(author, name, "Copy elsewhere")
    author.activate(author.page.locator(f"button[value='{slug}/{key}']"))
    expect(author.page).to_have_url(re.compile(f"/unit/{key}/edit#block-"))
