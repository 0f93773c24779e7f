"""One person at the platform: reads and presses what is on the page, in one language."""

import re
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from lmp.content.document import Lang
from lmp.core import messages
from lmp.core.messages import Message

expect.set_options(timeout=15_000)


class Walker:
    """Finds things by their role and words, as somebody with a screen reader does, and notes every trouble."""

    def __init__(self, context: BrowserContext, url: str, lang: Lang) -> None:
        """Nobody is signed in yet."""
        self.context, self.url, self.lang = context, url, lang
        self.page: Page = context.new_page()
        self.troubles: list[str] = []
        #: What it cost so far: presses, and lines typed.
        self.presses, self.lines = 0, 0
        self.page.on("console", lambda said: self._note(said.type in ("error", "warning"), f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self._note(True, f"script: {error}"))
        self.page.on("request", lambda request: self._note(self._is_elsewhere(request.url), f"foreign: {request.url}"))
        self.page.on("response", lambda got: self._note(got.status >= 500, f"{got.status}: {got.url}"))

    @classmethod
    def arrive(cls, browser: Browser, url: str, lang: Lang, size: tuple[int, int], **options: object) -> Self:
        """A fresh browser of somebody who reads `lang`."""
        width, height = size
        locale = {"tr": "tr-TR", "en": "en-GB"}[lang]
        context = browser.new_context(
            base_url=url,
            locale=locale,
            viewport={"width": width, "height": height},
            **options,  # type: ignore[arg-type]  # Playwright's own options
        )
        context.set_default_timeout(15_000)
        return cls(context, url, lang)

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    def _note(self, happened: bool, what: str) -> None:
        if happened:
            self.troubles.append(f"{urlsplit(self.page.url).path}: {what}")

    def _is_elsewhere(self, address: str) -> bool:
        return not address.startswith((self.url, "data:", "blob:"))

    # what stands on the page

    def say(self, msgid: str, plural: str | None = None, **values: object) -> str:
        """A sentence of the platform in this person's language."""
        return messages.text(Message(msgid, plural, **values) if plural else Message(msgid, **values), self.lang)

    @property
    def path(self) -> str:
        """Where one is."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> Locator:
        """The title of the page."""
        return self.page.locator("h1")

    def reads(self, text: str) -> None:
        """See a text on the page."""
        expect(self.page.get_by_role("main")).to_contain_text(text)

    # what one does

    def open(self, path: str) -> None:
        """Open a page of one's language, or a whole address."""
        self.page.goto(path if path.startswith("http") else f"/{self.lang}{path}")

    def visit(self, path: str) -> int:
        """Open a page and answer its status; `=/…` is an address without a language. A refusal is no trouble."""
        before = list(self.troubles)
        answer = self.page.goto(f"{path[1:]}?lang={self.lang}" if path.startswith("=") else f"/{self.lang}{path}")
        status = answer.status if answer is not None else 0
        if 400 <= status < 500:
            self.troubles = before
        return status

    def refused(self, status: int) -> None:
        """What was sent was answered with a refusal, as it should be, so the browser's complaint is no trouble."""
        found = [one for one in self.troubles if f"status of {status}" in one]
        assert found, f"nothing was refused with {status}"
        self.troubles.remove(found[0])

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form, on whatever page asks for it."""
        if not self.path.endswith("/sign-in"):
            self.open("/sign-in")
        self.fill("E-mail", email)
        self.fill("Password", password)
        self.press("Sign in")
        expect(self.page).not_to_have_url(re.compile("/sign-in"))

    def fill(self, msgid: str, value: str, *, optional: bool = False) -> None:
        """Write into the field with this label."""
        self.write(self.field(msgid, optional=optional), value)

    def field(self, msgid: str, *, optional: bool = False) -> Locator:
        """The field with this label."""
        label = self.say(msgid) + (f" {self.say('(optional)')}" if optional else "")
        return self.page.get_by_label(label, exact=True)

    def press(self, msgid: str, plural: str | None = None, **values: object) -> None:
        """Press the first button of the page with these words."""
        name = self.say(msgid, plural, **values)
        self.activate(self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link of the page with this name, or whose name holds the pattern."""
        exact = isinstance(name, str)
        self.activate(self.page.get_by_role("main").get_by_role("link", name=name, exact=exact).first)

    def go_to(self, msgid: str) -> None:
        """Go to one of the places in the header."""
        places = self.page.get_by_role("navigation", name=self.say("Main places"))
        self.activate(places.get_by_role("link", name=self.say(msgid), exact=True))

    def choose(self, question: str, *answers: str) -> None:
        """Choose among the options of a question."""
        group = self.page.get_by_role("group", name=question, exact=True)
        for answer in answers:
            self.tick(group.get_by_label(answer).first)

    # how one does it: with a mouse here; somebody with a keyboard has other ways

    def activate(self, what: Locator) -> None:
        """Press a button, follow a link, open what is folded."""
        self.presses += 1
        what.click()

    def tick(self, what: Locator) -> None:
        """Choose an option or tick a box."""
        self.presses += 1
        what.check()

    def write(self, what: Locator, text: str) -> None:
        """Write into a field instead of what stands there."""
        self.lines += 1
        what.fill(text)

    def select(self, what: Locator, label: str) -> None:
        """Choose from a list that folds out."""
        self.presses += 2
        what.select_option(label=label)

    def attach(self, what: Locator, *files: Path) -> None:
        """Choose files for a field."""
        self.presses += 2
        what.set_input_files(files)
