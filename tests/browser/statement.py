"""`make statement`: examine every page and write what was found into the accessibility statement of the platform."""

import json
import logging

import click
from playwright.sync_api import sync_playwright

from lmp.core import clock
from lmp.web.statement import WRITTEN
from tests.browser.conftest import CHROMIUM, PHONE
from tests.browser.examining import LOOKS, found, violations
from tests.browser.pictures import the_demo
from tests.browser.stops import LOOKERS
from tests.browser.walker import Walker


def main() -> None:
    """Walk as everybody in both looks; the statement says what axe found, even if that is something."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    wrong: list[str] = []
    with the_demo() as (url, pages), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        version = ""
        for scheme, lang in LOOKS:
            for who in LOOKERS:
                walker = Walker.arrive(
                    browser, url, lang, PHONE, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
                )
                wrong += found(walker, pages, who, violations)
                version = walker.page.evaluate("() => axe.version")
                walker.leave()
        browser.close()
    said = {
        "examined_on": clock.today().isoformat(),
        "tool": f"axe-core {version}",
        "pages": len(pages),
        "kinds": sorted({stop.endpoint for stop in pages}),
        "findings": len(wrong),
    }
    WRITTEN.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    for one in wrong:
        click.echo(one)
    click.echo(f"{len(pages)} pages in {len(LOOKS)} looks, {len(wrong)} findings")


if __name__ == "__main__":
    main()
