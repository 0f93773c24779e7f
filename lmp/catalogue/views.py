"""Placeholder until the catalogue is written."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lmp.web import pages

bp = Blueprint("catalogue", __name__, template_folder="templates", url_prefix="/<any(tr, en):lang>")


@bp.get("/")
@pages.public
def home() -> ResponseReturnValue:
    """Home."""
    return ""


@bp.get("/course")
@pages.public
def courses() -> ResponseReturnValue:
    """Courses."""
    return ""


@bp.get("/course/<slug>")
@pages.public
def course(slug: str) -> ResponseReturnValue:
    """A course."""
    return slug


@bp.get("/field/<slug>")
@pages.public
def field(slug: str) -> ResponseReturnValue:
    """A field."""
    return slug


@bp.get("/centre")
@pages.public
def centres() -> ResponseReturnValue:
    """Centres."""
    return ""


@bp.get("/centre/<slug>")
@pages.public
def centre(slug: str) -> ResponseReturnValue:
    """A centre."""
    return slug
