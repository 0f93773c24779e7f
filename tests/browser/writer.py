"""Somebody who writes a course in the browser, with the keyboard alone or with a mouse where no script runs."""

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, expect

from lmp.content.document import LANGS
from tests.browser.keyboard import LEADS_ON, Keys
from tests.browser.walker import Walker

#: Longer texts come from the clipboard, as people take them out of what they have.
TYPED = 12
#: Pages between any page of a course and the course's own.
LEVELS = 3
COURSE = re.compile(r"/draft/[a-z0-9-]+$")
#: The key that begins the shorter way from the top of a page; none where the focus is in the page already.
_WAY = """(one) => {
  if (document.activeElement !== document.body || !one.closest("main") || !["", "#main"].includes(location.hash)) return "";
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((two) => two.checkVisibility());
  return all.indexOf(one) > all.length / 2 ? "Shift+Tab" : "Tab";
}"""
Texts = Mapping[str, str]


class Author(Walker):
    """What the pages of a course are written with; fields are found by name, because a form has many of one label."""

    #: Whether Alt and an arrow move what one is in.
    moves_by_keys = False

    def activate(self, what: Locator) -> None:
        """Press it; wait until its page is there when it leads to one."""
        self.presses += 1
        leads_on = what.evaluate(LEADS_ON)
        if leads_on:
            self.page.evaluate("() => { document.documentElement.dataset.left = ''; }")
        what.click()
        if leads_on:
            expect(self.page.locator("html[data-left]")).to_have_count(0)

    def named(self, name: str) -> Locator:
        """The field of a form."""
        return self.page.locator(f"[name='{name}']")

    def pair(self, name: str, texts: Texts, joint: str = "-") -> None:
        """A text in both languages."""
        for lang in LANGS:
            self.write(self.named(f"{name}{joint}{lang}"), texts[lang])

    def press_here(self, what: Locator) -> None:
        """Press what changes the page one is on; without script it is there again."""
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

    def place(self, name: str) -> None:
        """Go to one of the places of the course, by its word in the address; the course's own page has none."""
        places = self.page.get_by_role("navigation", name=self.say("Places of this course"))
        there = re.compile(rf"/draft/[a-z0-9-]+{f'/{name}' if name else ''}(#.*)?$")
        ends = f"/{name}" if name else str(places.locator("a").first.get_attribute("href"))
        self.activate(places.locator(f"a[href$='{ends}']"))
        expect(self.page).to_have_url(there)
        expect(places.locator("[aria-current]")).to_have_attribute("href", re.compile(rf"{re.escape(ends)}$"))

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

    moves_by_keys = True

    def tab_to(self, what: Locator) -> Locator:
        """From the top of a page round its end to what is nearer from there, else past the header by the link for it."""
        way = what.evaluate(_WAY)
        if way:
            self.page.keyboard.press(way)
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
