"""The whole chain through the pages: with a mouse, with the keyboard alone, and without script."""

from dataclasses import replace
from pathlib import Path

import pytest

from lmp.content.document import Lang
from tests.browser import chain
from tests.browser.conftest import PHONE, Site
from tests.browser.keyboard import Keys
from tests.browser.world import make_world
from tests.builders.workplace import a_picture

CHAIN = [("sqlite", "tr"), ("sqlite", "en"), ("postgres", "tr")]
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(("database_url", "lang"), CHAIN, indirect=["database_url"])
def test_the_whole_chain(site: Site, lang: Lang, tmp_path: Path) -> None:
    walk(site, lang, tmp_path)


@ON_SQLITE
def test_the_whole_chain_with_the_keyboard_alone_and_the_ring_always_in_sight(site: Site, tmp_path: Path) -> None:
    walk(replace(site, kind=Keys, size=PHONE), "tr", tmp_path)


@ON_SQLITE
@pytest.mark.parametrize("lang", ["tr", "en"])
def test_the_whole_chain_without_script(site: Site, lang: Lang, tmp_path: Path) -> None:
    walk(replace(site, options={"java_script_enabled": False}), lang, tmp_path)


def walk(site: Site, lang: Lang, folder: Path) -> None:
    """Open a run, apply, approve, study, match, log, confirm, test, issue, download, verify."""
    world, photo = make_world(lang), folder / "pano.jpg"
    photo.write_bytes(a_picture())
    coordinator, teacher = site.walker(lang), site.walker(lang)
    chain.open_a_run(coordinator, world)
    chain.apply(teacher, world)
    chain.approve(site, lang, world)
    chain.study(teacher, world)
    chain.match_a_company(coordinator, world)
    chain.log_the_day_and_send_it(teacher, photo)
    chain.confirm_as_mentor(site, lang, world)
    chain.assess(site, lang, world)
    chain.issue(coordinator, world)
    code = chain.download(teacher, world, folder)
    chain.verify(site, lang, world, code)
