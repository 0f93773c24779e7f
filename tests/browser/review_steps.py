"""A second person reads a course, says what is to be changed, and publishes it."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.writer import Author, Texts

COMMENT = "Pano ile priz karışmasın; birini yazın."
ANSWER = "Yazdım, bir daha okur musunuz?"
REASON = "Bir blok daha açık yazılmalı."
NOTE = "Yeni bir kurs, ilk kez okunuyor."


def ask(author: Author) -> None:
    """Ask for a review; whoever may decide is told."""
    author.place("review")
    author.write(author.page.locator("#ask [name=note]"), NOTE)
    author.press("Ask for a review")
    author.reads(author.say("You have asked for a review. Whoever may decide has been told."))


def open_review(reader: Author, title: str) -> None:
    """From the list of courses to the review of one."""
    reader.go_to("Courses")
    reader.follow(title)
    reader.follow(reader.say("Open the review"))
    expect(reader.page.locator("#changes")).to_be_visible()


def comment(reader: Author, title: str, name: str) -> None:
    """Write a comment at a block of a unit, and go back to the review."""
    reader.follow(title)
    reader.press_here(_at(reader, name).locator("summary").last)
    reader.write(_at(reader, name).locator("textarea"), COMMENT)
    reader.activate(_at(reader, name).get_by_role("button", name=reader.say("Send the comment")))
    expect(_at(reader, name)).to_contain_text(COMMENT)
    reader.follow(reader.say("Back to the review"))
    reader.reads(COMMENT)


def _at(reader: Author, name: str) -> Locator:
    return reader.page.locator(f"#block-{name}")


def send_back(reader: Author) -> None:
    """Send the draft back with a reason."""
    reader.write(reader.page.locator("#send-back [name=words]"), REASON)
    reader.press("Send back to the authors")
    reader.reads(reader.say("Sent back. The authors have been told."))


def answer_comment(author: Author, title: str) -> None:
    """The author reads why it came back, and answers at the block."""
    author.go_to("Courses")
    author.follow(title)
    author.reads(REASON)
    author.follow(author.say("See the comments"))
    author.follow(COMMENT)
    thread = author.page.locator(".thread").filter(has_text=COMMENT).first
    author.press_here(thread.locator("summary"))
    author.write(thread.locator("textarea"), ANSWER)
    author.activate(thread.get_by_role("button", name=author.say("Send the answer")))
    expect(thread).to_contain_text(ANSWER)
    author.course()


def publish(reader: Author, note: Texts) -> None:
    """Approve with what is new in both languages."""
    form = reader.page.locator("#publish")
    for lang, words in note.items():
        reader.write(form.locator(f"[name=note_{lang}]"), words)
    reader.press("Publish as version %(number)s", number=1)
    reader.reads(reader.say("Published as version %(number)s.", number=1))


def stands_in_the_catalogue(reader: Author, title: str, summary: str) -> None:
    """Anybody finds the course in the list."""
    reader.open("/course")
    reader.follow(title)
    expect(reader.heading).to_have_text(title)
    reader.reads(summary)


def preview_shows(author: Author, key: str, names: list[str], prompts: list[str]) -> None:
    """The unit as a teacher will see it holds every block and asks every question."""
    preview = author.page.locator(f"a[href*='/unit/{key}?in={author.lang}']").first
    author.activate(preview)
    expect(author.page).to_have_url(re.compile(rf"/unit/{key}\?in="))
    for name in names:
        expect(author.page.locator(f"[id='{name}']")).to_be_visible()
    for prompt in prompts:
        author.reads(prompt)
    author.course()
