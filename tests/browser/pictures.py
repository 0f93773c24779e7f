"""Pictures of every page as everybody who may see it: `make pictures`, then open build/pictures/index.html.

By default one picture a page: 390 px, light, Turkish. `ALL=1` takes both widths, schemes and languages; `ROLE=koordinator`
takes the pages of one person of the demo (`ROLE=-` those without an account), `PAGE=enrolment` the endpoints that begin so.
"""

import logging
import os
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path

import click
from playwright.sync_api import Browser, sync_playwright

from lmp import migrate
from lmp.app import create_app
from lmp.config import ROOT
from lmp.content.document import Lang
from lmp.core import db
from lmp.demo.people import address_of
from tests.browser.conftest import CHROMIUM, serve, served_config
from tests.browser.stops import LOOKERS, NOBODY, Stop, stops
from tests.browser.walker import Walker
from tests.demo.shared import PASSWORD, do_what_is_due, loaded

TARGET = ROOT / "build" / "pictures"
WIDTHS = {390: 844, 1280: 900}
#: A picture of a whole page shows the bar of a phone at its end, not across its middle.
_BAR_AT_THE_END = """() => {
  const bar = document.querySelector(".places");
  if (!bar || getComputedStyle(bar).position !== "fixed") return;
  document.body.style.position = "relative";
  bar.style.position = "absolute";
}"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    lang: Lang
    width: int
    scheme: str

    @property
    def name(self) -> str:
        """The folder of its pictures."""
        return f"{self.lang}-{self.width}-{self.scheme}"


ALL_LOOKS = [Look(lang, width, scheme) for lang, width, scheme in product(("tr", "en"), WIDTHS, ("light", "dark"))]  # type: ignore[arg-type]  # mypy widens the literals


@contextmanager
def the_demo() -> Iterator[tuple[str, list[Stop]]]:
    """The demo, loaded afresh and served; answers its address and every page of it."""
    with tempfile.TemporaryDirectory(prefix="lmp-pictures-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        config = served_config(f"sqlite:///{data / 'lmp.sqlite3'}", data, ROOT / "lmp" / "web" / "static" / "build")
        app = create_app(config)
        migrate.upgrade(config.migrations)
        loaded(config)
        do_what_is_due()
        stop = serve(app, config)
        with db.transaction():
            found = stops()
        yield config.url, found
        stop()
        db.engine().dispose()


def wanted(found: list[Stop]) -> list[Stop]:
    """The pages that ROLE and PAGE ask for."""
    role, page = os.environ.get("ROLE", ""), os.environ.get("PAGE", "")
    return [
        stop
        for stop in found
        if (not role or stop.who == role.strip("-")) and (not page or stop.endpoint.startswith(page))
    ]


def file_name(stop: Stop) -> str:
    """Who, which page, and the words of its address; ids are left out."""
    words = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{40,}", "x", stop.path)
    return re.sub(r"[^\w.-]+", "_", f"{stop.who or 'nobody'}_{stop.endpoint}_{words}").strip("_")


def take(browser: Browser, url: str, look: Look, pages: list[Stop]) -> dict[Stop, str]:
    """Take the pictures of one look; answers the file of each page."""
    taken: dict[Stop, str] = {}
    for who in LOOKERS:
        mine = [stop for stop in pages if stop.who == who]
        if not mine:
            continue
        size = (look.width, WIDTHS[look.width])
        walker = Walker.arrive(browser, url, look.lang, size, color_scheme=look.scheme)
        if who != NOBODY:
            walker.sign_in(address_of(who), PASSWORD)
        for stop in mine:
            walker.visit(stop.path)
            name = f"{look.name}/{file_name(stop)}.png"
            if name in taken.values():
                name = name.replace(".png", f"-{len(taken)}.png")
            walker.page.evaluate(_BAR_AT_THE_END)
            walker.page.screenshot(path=str(TARGET / name), full_page=True)
            taken[stop] = name
        for trouble in walker.troubles:
            click.echo(f"{look.name} {who or 'nobody'}: {trouble}", err=True)
        walker.leave()
    return taken


def write_index(pictures: dict[Stop, list[str]]) -> None:
    """One page with everything, by endpoint."""
    by_page: dict[str, list[Stop]] = defaultdict(list)
    for stop in pictures:
        by_page[stop.endpoint].append(stop)
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><style>body{font:15px system-ui;margin:24px}'
        "section{display:flex;flex-wrap:wrap;gap:16px;align-items:start}figure{margin:0}img{border:1px solid #999;max-width:390px;height:auto}"
        "figcaption{max-width:390px}</style><h1>Pictures</h1>"
    ]
    for endpoint in sorted(by_page):
        parts.append(f"<h2>{escape(endpoint)}</h2><section>")
        for stop in by_page[endpoint]:
            for name in pictures[stop]:
                caption = escape(f"{stop.who or 'nobody'} · {name.partition('/')[0]} · {stop.path[:70]}")
                parts.append(
                    f'<figure><a href="{escape(name)}"><img loading="lazy" alt="" src="{escape(name)}"></a><figcaption>{caption}</figcaption></figure>'
                )
        parts.append("</section>")
    (TARGET / "index.html").write_text("".join(parts))


def main() -> None:
    """Take the pictures that were asked for."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    looks = ALL_LOOKS if os.environ.get("ALL") else ALL_LOOKS[:1]
    shutil.rmtree(TARGET, ignore_errors=True)
    for look in looks:
        (TARGET / look.name).mkdir(parents=True)
    pictures: dict[Stop, list[str]] = defaultdict(list)
    with the_demo() as (url, found), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for look in looks:
            for stop, name in take(browser, url, look, wanted(found)).items():
                pictures[stop].append(name)
        browser.close()
    write_index(pictures)
    number = sum(len(names) for names in pictures.values())
    click.echo(f"{number} pictures of {len(pictures)} pages: build/pictures/index.html")


if __name__ == "__main__":
    main()
