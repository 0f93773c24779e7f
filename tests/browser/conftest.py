"""The platform as people meet it: a real server with its worker, a real mail server, and a real browser."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from lmp import worker
from lmp.app import create_app, job_handlers, recurring
from lmp.config import ROOT, Config, read_config
from lmp.content.document import Lang
from lmp.core import db
from tests.browser.inbox import Inbox
from tests.browser.stops import Stop, stops
from tests.browser.walker import Walker
from tests.demo.shared import DATABASE, SECRET, do_what_is_due

#: The browser to use: the one that is named, else Debian's; the one without a screen draws the same in less time.
_CHROMIUMS = (os.environ.get("LMP_CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = next((name for name in _CHROMIUMS if name and Path(name).exists()), None)
HOST = "127.0.0.1"
PHONE, DESK = (390, 844), (1280, 900)


def a_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            headless=True,
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built assets, so that a build beside the tests takes nothing away from them."""
    folder = tmp_path_factory.mktemp("assets") / "build"
    shutil.copytree(ROOT / "lmp" / "web" / "static" / "build", folder)
    return folder


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that keeps what it is given."""
    inbox = Inbox()
    server = Controller(inbox, hostname=HOST, port=a_free_port())
    server.start()
    inbox.address = f"smtp://{HOST}:{server.port}"
    yield inbox
    server.stop()


@pytest.fixture
def config(database_url: str, inbox: Inbox, assets: Path, tmp_path: Path) -> Config:
    """The settings of an installation that is served."""
    return served_config(database_url, tmp_path / "data", assets, inbox.address)


def served_config(database_url: str, data: Path, assets: Path, smtp_url: str = "") -> Config:
    """Settings whose public address is the one the server will listen on."""
    port = a_free_port()
    read = read_config(
        {
            "LMP_DATA": str(data),
            "LMP_SECRET_KEY": SECRET,
            "LMP_DEMO": "1",
            "LMP_URL": f"http://{HOST}:{port}",
            "LMP_SMTP_URL": smtp_url,
            "PORT": str(port),
        }
    )
    return replace(read, database_url=database_url, assets=assets, testing=True, public_seconds=0)


def serve(app: Flask, config: Config) -> Callable[[], None]:
    """Serve an application and run its worker; answers how to stop both."""
    server = make_server(HOST, config.port, app, threaded=True)
    stop = threading.Event()
    threads = (
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=worker.work, args=(job_handlers(), recurring(), stop), daemon=True),
    )
    for thread in threads:
        thread.start()

    def stop_all() -> None:
        stop.set()
        server.shutdown()
        for thread in threads:
            thread.join(30)
        server.server_close()

    return stop_all


@dataclass
class Site:
    """A served installation, and the people who come to it."""

    app: Flask
    url: str
    inbox: Inbox
    browser: Browser
    walkers: list[Walker]
    #: How everybody walks here, and with what kind of browser.
    kind: type[Walker] = Walker
    size: tuple[int, int] = DESK
    options: Mapping[str, object] = field(default_factory=dict)

    def walker(self, lang: Lang, *, size: tuple[int, int] | None = None, **options: object) -> Walker:
        """Somebody with a browser of their own."""
        made = self.kind.arrive(self.browser, self.url, lang, size or self.size, **{**self.options, **options})
        self.walkers.append(made)
        return made


@pytest.fixture
def site(config: Config, app: Flask, inbox: Inbox, browser: Browser) -> Iterator[Site]:
    """An empty installation, served; whoever came to it must have met no trouble."""
    stop = serve(app, config)
    made = Site(app, config.url, inbox, browser, [])
    yield made
    for walker in made.walkers:
        walker.leave()
    stop()
    assert [trouble for walker in made.walkers for trouble in walker.troubles] == []


@pytest.fixture(scope="module")
def demo_site(
    demo_data: Path, assets: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The demo, served; mail stays in its outbox."""
    folder = tmp_path_factory.mktemp("demo-site") / "data"
    shutil.copytree(demo_data, folder)
    config = served_config(f"sqlite:///{folder / DATABASE}", folder, assets)
    app = create_app(config)
    do_what_is_due()
    stop = serve(app, config)
    yield Site(app, config.url, Inbox(), browser, [])
    stop()
    db.engine().dispose()


@pytest.fixture(scope="module")
def every_stop(demo_site: Site) -> list[Stop]:
    """Every page of the demo that is looked at."""
    with db.transaction():
        return stops()


@pytest.fixture
def walkers(demo_site: Site) -> Iterator[Site]:
    """The demo for one test; whoever came leaves afterwards."""
    yield demo_site
    while demo_site.walkers:
        demo_site.walkers.pop().leave()
