"""Where the log's pages hang: with a language in the address, and without one."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from lmp.core import files
from lmp.core.files import StoredFile

bp = Blueprint("workplace", __name__, url_prefix="/<any(tr, en):lang>")
neutral = Blueprint("workplace_neutral", __name__)

#: A photo never changes under its address; only this reader's browser may keep it.
_PHOTO_CACHE = "private, max-age=86400, immutable"


def picture(row: StoredFile) -> ResponseReturnValue:
    """A photo for the one reader who may see it."""
    response = Response(files.read(row), mimetype=row.media_type)
    response.headers["Cache-Control"] = _PHOTO_CACHE
    response.headers["Content-Disposition"] = "inline"
    return response
