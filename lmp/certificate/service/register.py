"""The register of certificates: looking them up, revoking them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import CursorResult, Integer, bindparam, select, update
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.certificate import codes
from lmp.certificate.models import Certificate, RevocationKind
from lmp.content.models import Course
from lmp.core import clock, db
from lmp.core.addresses import Page
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Run
from lmp.notice import service as notice


def certificate(certificate_id: UUID) -> Certificate:
    """A certificate by id. Raises NotFound."""
    found = db.session().get(Certificate, certificate_id)
    if found is None:
        raise NotFound
    return found


def find_by_code(typed: str) -> Certificate | None:
    """The certificate of a code as people type it, or None; a code with a wrong check character asks no database."""
    code = codes.normalise(typed)
    if not codes.is_well_formed(code):
        return None
    return db.session().scalar(_BY_CODE, {"code": code})


#: What was frozen is all that its public page shows; run and person are read by whoever asks for them.
_BY_CODE = select(Certificate).where(Certificate.code == bindparam("code")).options(lazyload(Certificate.enrolment))


def replacement_of(found: Certificate) -> Certificate | None:
    """The certificate that replaces this one, if there is one."""
    return db.session().scalar(select(Certificate).where(Certificate.replaces_id == found.id))


def certificates_of_person(person_id: UUID) -> list[Certificate]:
    """All certificates of a person, newest first, revoked ones too."""
    found = select(Certificate).where(Certificate.person_id == person_id)
    return list(db.session().scalars(found.order_by(Certificate.issued_at.desc())).unique())


@dataclass(frozen=True)
class Held:
    """A certificate in a short list: its number and what it is of."""

    number: str
    title: Bilingual


def held_by(person_id: UUID, limit: int) -> list[Held]:
    """The newest valid certificates of a person."""
    return [Held(*row) for row in db.session().execute(_HELD, {"person_id": person_id, "most": limit})]


_HELD = (
    select(Certificate.number, Course.title)
    .join(Run, Run.id == Certificate.run_id)
    .join(Course, Course.id == Run.course_id)
    .where(Certificate.person_id == bindparam("person_id"), Certificate.revoked_at.is_(None))
    .order_by(Certificate.issued_at.desc())
    .limit(bindparam("most", type_=Integer()))
)


def certificates_of_enrolment(enrolment_id: UUID) -> list[Certificate]:
    """All certificates of an enrolment, newest first, without what hangs on them."""
    found = select(Certificate).where(Certificate.enrolment_id == enrolment_id).options(lazyload(Certificate.enrolment))
    return list(db.session().scalars(found.order_by(Certificate.issued_at.desc())))


def certificates_of_run(run_id: UUID) -> list[Certificate]:
    """All certificates of a run, by number."""
    found = select(Certificate).where(Certificate.run_id == run_id)
    return list(db.session().scalars(found.order_by(Certificate.number)).unique())


def all_certificates(limit: int = 10_000) -> list[Certificate]:
    """The register, newest first, for the command line."""
    return list(db.session().scalars(select(Certificate).order_by(Certificate.issued_at.desc()).limit(limit)).unique())


def revoke(found: Certificate, *, kind: RevocationKind, note: str, by: Actor) -> None:
    """Revoke with a public kind and a full reason. Raises RuleBroken without a reason, Conflict when revoked already."""
    require(by, Action.REVOKE, found)
    tidy = normalise(note)
    if not tidy:
        raise RuleBroken(Message(N_("Write the reason; the holder and the centre will read it.")), "note")
    revoked = db.session().execute(
        update(Certificate)
        .where(Certificate.id == found.id, Certificate.revoked_at.is_(None))
        .values(revoked_at=clock.now(), revocation_kind=kind, revocation_note=tidy)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(revoked, CursorResult) or revoked.rowcount != 1:
        raise Conflict(Message(N_("This certificate is revoked already.")))
    db.session().refresh(found)
    audit.record(by, "certificate.revoked", found, kind=kind.value, note=tidy)
    notice.tell(
        "certificate.revoked",
        found.enrolment.person,
        "certificate/revoked",
        page=Page("certificate_neutral.show", {"code": found.code}, is_neutral=True),
        topic=enrolment_service.topic(found.enrolment.run),
        subject=found.id,
        detail=tidy,
        number=found.number,
        note=tidy,
    )
