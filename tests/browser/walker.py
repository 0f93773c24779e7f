"""One person at the platform: reads and presses what is on the page, in one language."""

import re
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
        self.page.on("console", lambda said: self._note(said.type in ("error", "warning"), f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self._note(True, f"script: {error}"))
        self.page.on("request", lambda request: self._note(self._is_elsewhere(request.url), f"foreign: {request.url}"))
        self.page.on("response", lambda got: self._note(got.status >= 500, f"{got.status}: {got.url}"))

    @classmethod
    def arrive(cls, browser: Browser, url: str, lang: Lang, size: tuple[int, int], **options: object) -> "Walker":
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
        self.field(msgid, optional=optional).fill(value)

    def field(self, msgid: str, *, optional: bool = False) -> Locator:
        """The field with this label."""
        label = self.say(msgid) + (f" {self.say('(optional)')}" if optional else "")
        return self.page.get_by_label(label, exact=True)

    def press(self, msgid: str, plural: str | None = None, **values: object) -> None:
        """Press the first button of the page with these words."""
        self.page.get_by_role("main").get_by_role(
            "button", name=self.say(msgid, plural, **values), exact=True
        ).first.click()

    def follow(self, name: str) -> None:
        """Follow the first link of the page with this name."""
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def go_to(self, msgid: str) -> None:
        """Go to one of the places in the header."""
        places = self.page.get_by_role("navigation", name=self.say("Main places"))
        places.get_by_role("link", name=self.say(msgid), exact=True).click()

    def choose(self, question: str, *answers: str) -> None:
        """Choose among the options of a question."""
        group = self.page.get_by_role("group", name=question, exact=True)
        for answer in answers:
            group.get_by_label(answer).first.check()
