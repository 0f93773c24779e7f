"""The files of courses: of versions for everybody, of drafts for those who may read the draft."""

import io

from flask import Response, send_file
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content import service
from lmp.content.views.blueprint import bp, neutral
from lmp.web import pages

FOREVER = "public, max-age=31536000, immutable"
#: A drawing or film opened by its own address is a document; this one may do nothing.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@neutral.get("/media/<prefix>/<path:name>")
@pages.public
def media(prefix: str, name: str) -> ResponseReturnValue:
    """A file of a published version, by the first 16 hex digits of the version's hash; it never changes."""
    return _served(service.public_medium(prefix, name), name, FOREVER)


def _served(medium: service.Medium, name: str, caching: str) -> Response:
    """The file with its type, in ranges where a player asks for them; a document to keep is a download."""
    answer = send_file(
        io.BytesIO(service.read_medium(medium)),
        mimetype=medium.media_type,
        as_attachment=medium.media_type == "application/pdf",
        download_name=name,
        conditional=True,
        etag=medium.served,
    )
    answer.headers["Cache-Control"] = caching
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@bp.get("/draft/<slug>/media/<path:name>")
@pages.needs(Action.SEE_DRAFT)
def draft_media(slug: str, name: str) -> ResponseReturnValue:
    """A file of a draft, for those who may read the draft."""
    found = service.see_draft(slug, viewer=pages.actor())
    return _served(service.medium_of(found, name), name, "private, no-cache")
