"""Signing in with an app's code and with passkeys, in a real browser with a device of its own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from lmp.accounts.service.people import hashed
from lmp.app import create_app
from lmp.config import Config
from lmp.content.document import Lang
from lmp.core import clock, db
from tests.browser.conftest import Site, serve, served_config
from tests.browser.inbox import Inbox
from tests.browser.walker import Walker
from tests.builders.accounts import a_person, a_trainer

PASSWORD = "a-password-for-the-walk"
EMAIL = "tulin@demo.example"


@pytest.fixture
def config(database_url: str, assets: Path, tmp_path: Path) -> Config:
    """An installation reached by a name, where roles that see others' data need a second factor."""
    read = served_config(database_url, tmp_path / "data", assets)
    return replace(read, url=f"http://localhost:{read.port}", second_factor="required")


@pytest.fixture
def site(config: Config, app: Flask, browser: Browser) -> Iterator[Site]:
    """The installation, served, with one trainer."""
    with db.transaction():
        trainer = a_trainer(name="Tülin Demo")
        trainer.email, trainer.password_hash = EMAIL, hashed(PASSWORD)
    stop = serve(app, config)
    made = Site(app, config.url, Inbox(), browser, [])
    yield made
    for walker in made.walkers:
        walker.leave()
    stop()
    create_app(replace(config, second_factor="optional"))


def a_device(walker: Walker) -> None:
    """Give the browser a passkey device that verifies its holder by itself."""
    session = walker.context.new_cdp_session(walker.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def password(walker: Walker) -> None:
    """Give address and password."""
    walker.open("/sign-in")
    walker.fill("E-mail", EMAIL)
    walker.fill("Password", PASSWORD)
    walker.press("Sign in")


def set_up(walker: Walker) -> str:
    """Set the app up as the page asks; answers its secret."""
    password(walker)
    expect(walker.page).to_have_url(re.compile("/security$"))
    walker.follow(walker.say("Set up the app"))
    secret = walker.page.locator(".secret").inner_text().replace(" ", "")
    walker.fill("Code that the app shows", pyotp.TOTP(secret).at(clock.now()))
    walker.press("Finish")
    expect(walker.heading).to_have_text(walker.say("Your recovery codes"))
    return secret


def sign_out(walker: Walker) -> None:
    """Leave by the menu of the header."""
    walker.page.locator("details.menu summary").click()
    walker.page.get_by_role("button", name=walker.say("Sign out")).click()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "script-free"])
def test_a_trainer_sets_up_an_app_and_a_used_code_is_refused(site: Site, lang: Lang, javascript: bool) -> None:
    walker = site.walker(lang, java_script_enabled=javascript)
    secret = set_up(walker)
    with walker.page.expect_download() as waited:
        walker.page.get_by_role("link", name=walker.say("Download as text")).click()
    assert len(re.findall(r"^\w{4}-\w{4}-\w{4}$", Path(waited.value.path()).read_text(), re.MULTILINE)) == 10
    walker.follow(walker.say("I have kept them"))
    expect(walker.page).to_have_url(re.compile("/today$"))
    sign_out(walker)
    password(walker)
    expect(walker.heading).to_have_text(walker.say("One more step"))
    later = pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30))
    walker.fill("Code", later)
    walker.press("Continue")
    expect(walker.page).to_have_url(re.compile("/today$"))
    other = site.walker(lang, java_script_enabled=javascript)
    password(other)
    other.fill("Code", later)
    other.press("Continue")
    other.reads(other.say("This code was used already. Wait until the app shows the next one."))
    assert other.visit("/people") == 200
    expect(other.heading).to_have_text(other.say("One more step"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_passkey_is_registered_and_signs_in_alone_and_after_the_password(site: Site) -> None:
    walker = site.walker("tr")
    a_device(walker)
    password(walker)
    walker.follow(walker.say("Add a passkey"))
    walker.fill("Name of the passkey", "Dizüstü")
    walker.press("Add the passkey")
    expect(walker.heading).to_have_text(walker.say("Your recovery codes"))
    walker.follow(walker.say("I have kept them"))
    expect(walker.page).to_have_url(re.compile("/today$"))
    walker.open("/security")
    walker.reads("Dizüstü")
    sign_out(walker)
    walker.open("/sign-in")
    walker.press("Sign in with a passkey")
    expect(walker.page).to_have_url(re.compile("/today$"))
    sign_out(walker)
    password(walker)
    walker.press("Use a passkey")
    expect(walker.page).to_have_url(re.compile("/today$"))
    assert walker.troubles == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_a_passkey_on_the_device_the_page_says_so(site: Site) -> None:
    with db.transaction():
        a_person()
    walker = site.walker("tr")
    a_device(walker)
    walker.open("/sign-in")
    walker.press("Sign in with a passkey")
    walker.reads(walker.say("No passkey was used. Try it once more, or take another way."))
