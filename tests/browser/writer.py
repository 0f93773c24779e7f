"""Somebody who writes a course in the browser, with the keyboard alone or with a mouse where no script runs."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, expect

from lmp.content.document import LANGS
from tests.browser.keyboard import Keys
from tests.browser.walker import Walker

#: Longer texts come from the clipboard, as people take them out of what they have.
TYPED = 12
#: Pages between any page of a course and the course's own.
LEVELS = 3
COURSE = re.compile(r"/draft/[a-z0-9-]+$")
_IS_BELOW_THE_HEADER = "(one) => document.activeElement === document.body && !!one.closest('main')"
Texts = Mapping[str, str]


class Author(Walker):
    """What the pages of a course are written with; fields are found by name, because a form has many of one label."""

    def named(self, name: str) -> Locator:
        """The field of a form."""
        return self.page.locator(f"[name='{name}']")

    def pair(self, name: str, texts: Texts, joint: str = "-") -> None:
        """A text in both languages."""
        for lang in LANGS:
            self.write(self.named(f"{name}{joint}{lang}"), texts[lang])

    def press_here(self, what: Locator) -> None:
        """Press what changes the page one is on."""
        self.activate(what)

    def goes_to(self, what: Locator) -> None:
        """Put the focus there."""
        what.focus()

    def stands_at(self, what: Locator) -> None:
        """The focus is where somebody without a mouse needs it."""

    def toggle(self, what: Locator) -> None:
        """Tick a box, or take its tick away."""
        what.click()

    def save(self) -> None:
        """Save the form of a page."""
        self.press("Save")
        expect(self.page.get_by_role("main")).to_contain_text(self.say("Saved."))

    def place(self, msgid: str) -> None:
        """Go to one of the places of the course."""
        places = self.page.get_by_role("navigation", name=self.say("Places of this course"))
        self.activate(places.get_by_role("link", name=self.say(msgid), exact=True))
        expect(places.locator("[aria-current]")).to_have_text(self.say(msgid))

    def course(self) -> None:
        """Go up to the course; on a phone a page names only the one above it."""
        trail = self.page.get_by_role("navigation", name=self.say("Where this page is"))
        for _ in range(LEVELS):
            if COURSE.search(self.path):
                return
            above = trail.locator("a[href*='/draft/']:visible")
            self.activate(above.first if above.count() > 1 else above)
        raise AssertionError(f"{self.path}: no way up to the course")


class Keyboard(Keys, Author):
    """An author without a mouse."""

    def tab_to(self, what: Locator) -> Locator:
        """On a fresh page past the header, by the link that is there for it."""
        if what.evaluate(_IS_BELOW_THE_HEADER):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("() => document.activeElement.matches('.skip')"):
                self.page.keyboard.press("Enter")
                expect(self.page.locator("#main")).to_be_focused()
        return super().tab_to(what)

    def press_here(self, what: Locator) -> None:
        """Press it; the focus stays on this page."""
        self.presses += 1
        self.tab_to(what)
        self.page.keyboard.press("Enter")

    def attach(self, what: Locator, *files: Path) -> None:
        """Reached by Tab; the window for files is the browser's own and is not walked here."""
        self.presses += 2
        self.tab_to(what).set_input_files(files)

    def goes_to(self, what: Locator) -> None:
        """With the Tab key."""
        self.tab_to(what)

    def stands_at(self, what: Locator) -> None:
        """It is there by itself."""
        expect(what).to_be_focused()

    def toggle(self, what: Locator) -> None:
        """With Space."""
        self.presses += 1
        self.tab_to(what)
        self.page.keyboard.press("Space")

    def write(self, what: Locator, text: str) -> None:
        """Short texts letter by letter."""
        self.lines += 1
        self.tab_to(what)
        self.page.keyboard.press("ControlOrMeta+a")
        if len(text) > TYPED or "\n" in text:
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.press("Delete")
            self.page.keyboard.type(text)
        expect(what).to_have_value(text)
