"""The certificate as PDF: printed once after issuing and kept, printed again when the file is not there yet."""

from pathlib import Path
from typing import Any
from uuid import UUID

from lmp.access import Action, Actor, require
from lmp.certificate import pdf, record
from lmp.certificate.models import Certificate
from lmp.core import db, files

JOB = "certificate.print"
OWNER = "certificate"

_fonts: Path | None = None


def configure(fonts: Path) -> None:
    """Set the folder of the printing faces; once per process."""
    global _fonts
    _fonts = fonts


def unprintable(text: str) -> set[str]:
    """Letters of a text that the printing faces lack."""
    return pdf.missing_letters(text, _folder())


def _folder() -> Path:
    if _fonts is None:
        raise RuntimeError("the printing faces are not configured")
    return _fonts


def print_job(payload: dict[str, Any]) -> None:
    """The worker's job: print a certificate and keep the file; a second run finds it there."""
    found = db.session().get_one(Certificate, UUID(payload["certificate"]))
    if not files.owned(OWNER, found.id):
        _keep(found)


def _keep(found: Certificate) -> bytes:
    data = _print(found)
    files.keep(
        data,
        name=file_name(found),
        media_type="application/pdf",
        owner_kind=OWNER,
        owner_id=found.id,
        purpose="certificate",
        is_personal=True,
    )
    return data


def _print(found: Certificate) -> bytes:
    frozen = record.parse(found.record.encode())
    return pdf.render_pdf(frozen, frozen.verify_url, _folder(), found.issued_at)


def pdf_of(found: Certificate, *, by: Actor) -> bytes:
    """The PDF for somebody who may see the certificate; the kept file, or the same bytes printed now."""
    require(by, Action.SEE_CERTIFICATE, found)
    return printed(found)


def printed(found: Certificate) -> bytes:
    """The kept file, or the same bytes printed now; for callers who have asked for permission."""
    kept = files.owned(OWNER, found.id)
    return files.read(kept[0]) if kept else _print(found)


def file_name(found: Certificate) -> str:
    """A file name in plain letters."""
    return f"belge-{found.number.replace(' ', '-')}.pdf"
