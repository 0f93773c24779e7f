"""Belgelerim: what a teacher holds, to look at and to download for ever."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from lmp.access import Action, require
from lmp.certificate import record, service
from lmp.certificate.models import Certificate
from lmp.certificate.service.printing import file_name
from lmp.certificate.views.blueprints import bp
from lmp.certificate.views.public import DOCUMENTS, strand_parts
from lmp.web import pages


@bp.get("/certificate")
@pages.needs(Action.SEE_CERTIFICATE)
def mine() -> ResponseReturnValue:
    """All certificates of the person, newest first."""
    held = [_shown(one) for one in service.certificates_of_person(pages.actor().id or UUID(int=0))]
    return pages.render("certificate/mine.html", held=held)


def _shown(one: Certificate) -> dict[str, object]:
    frozen = record.parse(one.record.encode())
    return {"row": one, "record": frozen, "document": DOCUMENTS[frozen.kind], "parts": strand_parts(frozen)}


@bp.get("/certificate/<uuid:certificate_id>/pdf")
@pages.needs(Action.SEE_CERTIFICATE)
def download(certificate_id: UUID) -> ResponseReturnValue:
    """The PDF."""
    found = service.certificate(certificate_id)
    return _attachment(service.pdf_of(found, by=pages.actor()), "application/pdf", file_name(found))


@bp.get("/certificate/<uuid:certificate_id>/record")
@pages.needs(Action.SEE_CERTIFICATE)
def frozen_record(certificate_id: UUID) -> ResponseReturnValue:
    """The frozen record, byte for byte what the PDF embeds."""
    found = service.certificate(certificate_id)
    require(pages.actor(), Action.SEE_CERTIFICATE, found)
    return _attachment(found.record.encode(), "application/json", file_name(found).replace(".pdf", ".json"))


def _attachment(data: bytes, media_type: str, name: str) -> Response:
    return Response(data, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
