"""What writing courses costs: `python -m tests.bench.authors [--engine sqlite] [--rounds 7]` prints its table.

Opening the editor of a unit, saving a block, the parity panel, the preview and publishing, in a course of one unit and in one
of ten, each unit with 200 blocks of a real course; CPU milliseconds beside a bare page or act of the same visitor. A scene
whose name ends in “anew” comes after somebody saved a block. Then what the door for archives costs.
"""

import argparse
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from flask import Flask

from lmp import migrate
from lmp.access import system
from lmp.accounts.models import Person
from lmp.app import create_app
from lmp.core import db
from lmp.network import service as network
from tests.bench import archives, floor
from tests.bench.asking import Environ, environ
from tests.bench.installation import settings, settle
from tests.bench.meter import Measured, Meter, Scene
from tests.bench.table import show
from tests.builders.accounts import a_centre, a_trainer
from tests.builders.large import a_large_draft
from tests.visitor import Visitor

UNITS, BLOCKS = (1, 10), 200
#: What comes after a save needs seconds: only what is prepared once is warmed up.
_WARM = 2
_numbers = count(1)


def main() -> None:
    """Measure on the asked engines, then the archives."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.authors")
    parser.add_argument("--engine", action="append", choices=["sqlite", "postgres"])
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lmp-bench-")))
        for engine in given.engine or ["sqlite", "postgres"]:
            config = settings(stack, folder, engine, "authors")
            app = create_app(config)
            migrate.upgrade(config.migrations)
            with db.transaction():
                network.seed(by=system("bench"))
            show(engine, measure(app, given.rounds), "units")
            db.engine().dispose()
    archives.main()


def measure(app: Flask, rounds: int) -> dict[int, dict[str, Measured]]:
    """Every scene in a course of each size."""
    with db.transaction():
        author, reviewer = a_trainer(a_centre(), "Yazar Demo"), a_trainer(a_centre(), "İnceleyen Demo")
        for units in UNITS:
            a_large_draft(author, units, BLOCKS, _slug(units))
    settle()
    floor.install(app)
    meter = Meter(app)
    return {units: meter.run(scenes(app, _slug(units), author, reviewer), rounds) for units in UNITS}


def _slug(units: int) -> str:
    return f"kurs-{units}"


def scenes(app: Flask, slug: str, author: Person, reviewer: Person) -> list[Scene]:
    """What an author and a reviewer do with one course."""
    who, reader = Visitor(app).sign_in(author), Visitor(app).sign_in(reviewer)
    draft = f"/tr/draft/{slug}"
    unit = f"{draft}/unit/unite-1"

    def save() -> Environ:
        return _written(who, f"{unit}/edit", f"{unit}/block/metin-100")

    def again(path: str) -> Callable[[], Environ]:
        def request() -> Environ:
            who.app.wsgi_app(environ(who, path), lambda *_: lambda _: None)
            return environ(who, path)

        return request

    def after_saving(path: str, accept: str = "") -> Callable[[], Environ]:
        def request() -> Environ:
            who.app.wsgi_app(save(), lambda *_: lambda _: None)
            return environ(who, path, accept=accept)

        return request

    def publish() -> Environ:
        who.app.wsgi_app(save(), lambda *_: lambda _: None)
        form = reader.open(f"{draft}/review").form("/review")
        note = {"note_tr": "Yeni metin", "note_en": "New text"}
        return environ(reader, f"{draft}/review", {**form, **note, "act": "publish"})

    page, act = floor.a_page(who), floor.an_act(who, who.token())
    return [
        Scene("open the editor", again(f"{unit}/edit"), page, most=1, warm=_WARM),
        Scene("open it anew", after_saving(f"{unit}/edit"), page, most=1, warm=_WARM),
        Scene("save a block", save, act, most=1),
        Scene("panel anew", after_saving(f"{unit}/edit?panel", "application/json"), page, most=1, warm=_WARM),
        Scene("preview", again(unit), page, most=1, warm=_WARM),
        Scene("preview anew", after_saving(unit), page, most=1, warm=_WARM),
        Scene("publish", publish, floor.an_act(reader, reader.token()), most=1, warm=_WARM),
    ]


def _written(who: Visitor, page: str, target: str) -> Environ:
    """The form of a block with another text, as the script of the editor sends it."""
    form = who.open(f"{page}?edit=metin-100").form(target)
    number = next(_numbers)
    form |= {"body.tr": f"Kayıt {number} yazıldı.", "body.en": f"Entry {number} was written."}
    return environ(who, target, form, accept="application/json")


if __name__ == "__main__":
    main()
