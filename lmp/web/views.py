"""Static pages, the living component page, and what machines ask: is the process well, is it ready."""

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from lmp.core import clock, mail
from lmp.web import pages, specimens
from lmp.web.statement import statement

bp = Blueprint("web", __name__, url_prefix="/<any(tr, en):lang>")
neutral = Blueprint("web_neutral", __name__)

#: What `/ready` asks, by name; the application hands it in. Each answers None when all is well, else what is wrong.
Check = Callable[[], str | None]


@bp.get("/help")
@pages.public
def help_page() -> ResponseReturnValue:
    """How to reach a person, and the questions people ask first."""
    return pages.render("pages/help.html")


@bp.get("/accessibility")
@pages.public
def accessibility() -> ResponseReturnValue:
    """What we keep to, and how to tell us where we fail."""
    return pages.render("pages/accessibility.html", examined=statement())


@bp.get("/privacy")
@pages.public
def privacy() -> ResponseReturnValue:
    """Which personal data are kept, why and how long."""
    return pages.render("pages/privacy.html")


@neutral.get("/health")
@pages.public
def health() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


def readiness(checks: dict[str, Check]) -> Callable[[], ResponseReturnValue]:
    """The view behind `/ready`: 200 when every check is well, else 503 with what is wrong."""

    @pages.public
    def ready() -> ResponseReturnValue:
        found = {name: check() for name, check in checks.items()}
        well = all(answer is None for answer in found.values())
        body = {
            "status": "ok" if well else "not ready",
            "checks": {name: answer or "ok" for name, answer in found.items()},
        }
        return jsonify(body), 200 if well else 503

    return ready


@pages.public
def outbox() -> ResponseReturnValue:
    """The newest mails of the demo, as their readers see them."""
    return pages.render("pages/outbox.html", mails=mail.outbox(), local=clock.local)


@pages.public
def components() -> ResponseReturnValue:
    """Every component in every state, on one living page."""
    return pages.render(
        "components/show.html", specimens=specimens.forms(), sheet=specimens.sheet(), figures=specimens.figures()
    )
