"""What people and administrators do with personal data."""

from lmp.privacy.models import Destruction
from lmp.privacy.service import downloads, retention
from lmp.privacy.service.downloads import archive, file_of, is_ready, own_request
from lmp.privacy.service.requests import answer, ask, erase, kept_and_erased, queue, request_of, requests_of
from lmp.privacy.service.retention import approve, count_due, get_round, rounds

#: Job name → what the worker does.
JOBS = {downloads.JOB: downloads.prepare, retention.JOB: retention.destroy}

__all__ = [
    "JOBS",
    "Destruction",
    "answer",
    "approve",
    "archive",
    "ask",
    "count_due",
    "downloads",
    "erase",
    "file_of",
    "get_round",
    "is_ready",
    "kept_and_erased",
    "own_request",
    "queue",
    "request_of",
    "requests_of",
    "retention",
    "rounds",
]
