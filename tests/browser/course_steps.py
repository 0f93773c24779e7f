"""A course is begun and written page by page: what it says of itself, its outcomes, words, days and test."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from lmp.content.document import LANGS
from tests.browser.writer import Author

Raw = dict[str, Any]
FIELD = {"tr": "Elektrik-Elektronik Teknolojisi", "en": "Electrical and Electronics Technology"}
HOURS = "16"
LEVELS, TASKS = 3, 3


def begin(author: Author, wanted: Raw, shape: str) -> str:
    """Five things begin a course; answers its short name."""
    author.go_to("Courses")
    author.follow(author.say("New course"))
    author.fill("Title in Turkish", wanted["title"]["tr"])
    author.fill("Title in English", wanted["title"]["en"])
    author.select(author.named("field"), FIELD[author.lang])
    author.fill("Hours, all parts together", HOURS)
    author.tick(author.page.locator(f"[name=shape][value={shape}]"))
    author.activate(author.page.locator("#form button[type=submit]").last)
    expect(author.heading).to_have_text(wanted["title"][author.lang])
    return author.path.rpartition("/")[2]


def outcomes(author: Author, wanted: Raw) -> None:
    """The template has one outcome; each further one gets a row of its own."""
    author.place("outcome")
    for place, outcome in enumerate(wanted["outcomes"]):
        row = f"outcomes-{place}"
        if place:
            add_row(author, "outcomes", row)
        author.pair(f"{row}-text", outcome["text"])
        author.pair(f"{row}-you", outcome["you"])
    author.save()


def add_row(author: Author, rows: str, made: str) -> None:
    """A new row, in whose first field one writes at once."""
    author.press_here(author.page.locator(f"button[value='add:{rows}']"))
    expect(author.page.locator(f"#row-{made}")).to_be_visible()
    author.stands_at(author.page.locator(f"#row-{made}").locator("textarea, input:not([type=hidden])").first)


def glossary(author: Author, wanted: Raw) -> None:
    """The template's only term is written, the others are added."""
    author.place("glossary")
    first, *others = wanted["glossary"]
    author.activate(author.page.locator("a[href*='term=']"))
    _term(author, first)
    author.press("Save")
    expect(author.page.locator(".matter")).to_contain_text(first["term"]["en"])
    for term in others:
        _term(author, term)
        author.press("Add the term")
        expect(author.page.locator(".matter").filter(has_text=term["term"]["en"])).to_be_visible()


def _term(author: Author, term: Raw) -> None:
    author.pair("term", term["term"])
    author.pair("definition", term["definition"])


def workplace(author: Author, wanted: Raw) -> None:
    """The days that the hours gave are written; copies of the last one, with titles of their own, make them ten."""
    author.place("workplace")
    author.pair("hazard", wanted["workplace"]["hazard"])
    for day, (turkish, english, *tasks) in enumerate(wanted["workplace"]["days"]):
        row = f"days-{day}"
        if tasks:
            unfold(author, row)
        else:
            author.press_here(author.page.locator(f"button[value='copy:days-{day - 1}']"))
            author.stands_at(author.named(f"{row}-title-tr"))
        author.pair(f"{row}-title", {"tr": turkish, "en": english})
        for task, texts in enumerate(tasks[0] if tasks else ()):
            author.pair(f"{row}-tasks-{task}-text", dict(zip(LANGS, texts, strict=True)))
            tick_outcome(author, f"{row}-tasks-{task}-outcomes", "o1" if day else "o2")
    author.save()


def meeting(author: Author, wanted: Raw) -> None:
    """The days face to face, each of two half days whose times stand already."""
    author.place("meeting")
    for day, (turkish, english, halves) in enumerate(wanted["meeting"]["days"]):
        row = f"days-{day}"
        unfold(author, row)
        author.pair(f"{row}-title", {"tr": turkish, "en": english})
        for half, (title_tr, title_en, topic_tr, topic_en) in enumerate(halves):
            author.pair(f"{row}-units-{half}-title", {"tr": title_tr, "en": title_en})
            author.pair(f"{row}-units-{half}-topic", {"tr": topic_tr, "en": topic_en})
    author.save()


def practical(author: Author, wanted: Raw) -> None:
    """Eight criteria of three levels."""
    author.place("practical")
    author.pair("place", wanted["practical"]["place"])
    for place, texts in enumerate(wanted["practical"]["criteria"]):
        row = f"criteria-{place}"
        unfold(author, row)
        author.pair(f"{row}-text", dict(zip(LANGS, texts, strict=True)))
        tick_outcome(author, f"{row}-outcomes", "o2")
        for level in range(LEVELS):
            author.pair(f"{row}-levels-{level}-text", wanted["practical"]["levels"][level])
    author.save()


def unfold(author: Author, row: str) -> None:
    """Open a day or criterion that is folded."""
    fold = author.page.locator(f"#fold-{row}")
    if fold.get_attribute("open") is None:
        author.press_here(fold.locator("summary").first)
        expect(fold).to_have_attribute("open", "")


def tick_outcome(author: Author, name: str, outcome: str) -> None:
    """One of the course's outcomes, at a task or a criterion."""
    author.tick(author.page.locator(f"[name='{name}'][value={outcome}]"))


def details(author: Author, wanted: Raw) -> None:
    """What the course says of itself; its minutes are those of its parts."""
    author.place("details")
    author.pair("summary", wanted["summary"])
    author.pair("audience", wanted["audience"])
    author.press_here(author.page.locator("button[value=sums]"))
    author.stands_at(author.named("minutes-online"))
    for place, source in enumerate(wanted["sources"]):
        author.write(author.named(f"sources-{place}-title"), source["title"])
        author.pair(f"sources-{place}-note", source["note"])
    author.save()


def completion(author: Author, minutes: Raw) -> None:
    """What is asked for before the course counts as completed."""
    author.place("policy")
    for strand, planned in minutes.items():
        author.write(author.named(f"policy-strands-{strand}"), str(planned))
    author.tick(author.named("policy-confirmed"))
    author.save()


def nothing_is_missing(author: Author) -> None:
    """The page of the course finds nothing."""
    author.place("")
    author.reads(author.say("Everything fits: both languages, minutes, questions and plans."))


def only_one_unit(author: Author) -> None:
    """Take the second of the template's units out."""
    author.place("unit")
    author.activate(author.page.locator("button[value='remove:ikinci']"))
    author.reads(author.say("The unit was removed."))


def unit(author: Author, key: str) -> None:
    """Go from the course to the editor of a unit."""
    author.activate(author.page.get_by_role("main").locator(f"a[href$='/unit/{key}/edit']").first)
    expect(author.page).to_have_url(re.compile(f"/unit/{key}/edit"))


def block(author: Author, name: str) -> Locator:
    """A block on the page of the editor."""
    return author.page.locator(f"#block-{name}")
