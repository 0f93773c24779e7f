"""Completion, issuing, verifying and revoking."""

from lmp.certificate.service.evidence import Standing, standing_of, standings
from lmp.certificate.service.issuing import (
    JOBS,
    batch,
    batches_to_sign,
    candidates,
    candidates_of,
    close_run,
    discard,
    issue,
    prepare,
    ready_runs,
    return_batch,
    sign,
    waiting_batch,
    waiting_people,
)
from lmp.certificate.service.printing import pdf_of
from lmp.certificate.service.register import (
    all_certificates,
    certificate,
    certificates_of_enrolment,
    certificates_of_person,
    certificates_of_run,
    find_by_code,
    replacement_of,
    revoke,
)

__all__ = [
    "JOBS",
    "Standing",
    "all_certificates",
    "batch",
    "batches_to_sign",
    "candidates",
    "candidates_of",
    "certificate",
    "certificates_of_enrolment",
    "certificates_of_person",
    "certificates_of_run",
    "close_run",
    "discard",
    "find_by_code",
    "issue",
    "pdf_of",
    "prepare",
    "ready_runs",
    "replacement_of",
    "return_batch",
    "revoke",
    "sign",
    "standing_of",
    "standings",
    "waiting_batch",
    "waiting_people",
]
