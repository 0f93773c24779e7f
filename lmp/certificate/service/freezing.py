"""The frozen record of what was earned, in both languages; it outlives course, run and account."""

from datetime import date

from lmp.certificate import codes, record
from lmp.certificate.record import CertificateRecord
from lmp.certificate.service.evidence import Standing
from lmp.content import service as content
from lmp.content.document import CourseDocument
from lmp.content.policy import STRANDS
from lmp.core import addresses
from lmp.enrolment.models import Run
from lmp.network.models import FieldKind

_COORDINATOR = record.Office(tr="Merkez koordinatörü", en="Centre coordinator")
_SIGNATORY = record.Office(tr="İmza yetkilisi", en="Authorised signatory")
_ASSESSED_WITH_COMPANY = record.Bilingual(
    tr="Merkezin değerlendiricisi; iş başı günlerini işletme onayladı",
    en="The centre's assessor; the company confirmed the days on the job",
)
_ASSESSED = record.Bilingual(tr="Merkezin değerlendiricisi", en="The centre's assessor")


def freeze(
    standing: Standing, *, number: str, code: str, issued_on: date, people: list[tuple[str, bool]], replaces: str | None
) -> CertificateRecord:
    """The record of a completed enrolment. `people` are the names under the document: (name, is the signatory)."""
    run = standing.enrolment.run
    document = content.document(run.version)
    test = standing.evidence.practical
    return CertificateRecord(
        kind=record.document_kind(standing.policy.document, run.activity_no),
        number=number,
        code=code,
        person=standing.enrolment.person.name,
        **_of_course(run, document),
        **_of_centre(run),
        strands=_strands(standing),
        lesson_minutes=standing.policy.lesson_minutes,
        score=test.score if test else None,
        pass_mark=standing.policy.pass_mark if test else None,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        issued_on=issued_on,
        run=str(run.id),
        activity_no=run.activity_no,
        signatories=tuple(
            record.Signatory(name=name, title=_SIGNATORY if signs else _COORDINATOR) for name, signs in people[:2]
        ),
        assessed_by=_ASSESSED_WITH_COMPANY if standing.evidence.days_confirmed else _ASSESSED,
        replaces=replaces,
        verify_url=addresses.verification(code),
        evidence=_evidence(standing),
    )


def _of_course(run: Run, document: CourseDocument) -> dict[str, object]:
    regulated = document.regulated
    return {
        "course_slug": run.course.slug,
        "course_title": record.Title(tr=document.title.tr, en=document.title.en),
        "course_version": run.version.number,
        "course_hash": run.version.hash,
        "fields": tuple(
            record.FieldName(
                tr=field.name.tr, en=field.name.en, kind="subject" if field.kind is FieldKind.SUBJECT else "vocational"
            )
            for field in run.course.fields
        ),
        "outcomes": tuple(record.Bilingual(tr=one.text.tr, en=one.text.en) for one in document.outcomes),
        "regulated": record.Bilingual(tr=regulated.tr, en=regulated.en) if regulated else None,
    }


def _of_centre(run: Run) -> dict[str, object]:
    return {
        "centre": record.Title(tr=run.centre.name.tr, en=run.centre.name.en),
        "school": run.centre.host_school,
        "province": run.centre.province.name,
        "district": run.centre.district,
        "issued_place": run.centre.province.name,
    }


def _strands(standing: Standing) -> tuple[record.Strand, ...]:
    return tuple(
        record.Strand(
            key=strand, planned=standing.policy.strands.of(strand), earned=standing.evidence.earned.get(strand, 0)
        )
        for strand in STRANDS
        if standing.policy.strands.of(strand) or standing.evidence.earned.get(strand)
    )


def _evidence(standing: Standing) -> record.Evidence:
    found = standing.evidence
    return record.Evidence(
        days_confirmed=found.days_confirmed,
        units_proven=len(content.document(standing.enrolment.run.version).units) - len(found.open_units),
        ledger_entries=len(found.ids),
        ids=tuple(sorted(record.evidence_hash(one) for one in found.ids)),
    )


def new_number(year: int, centre_code: str, serial: int) -> str:
    """The printed number."""
    return codes.number(year, centre_code, serial)
