"""The one byte form of a document and the hash that names a version of it."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping

from lmp.content.document.course import CourseDocument


def canonical(document: CourseDocument) -> bytes:
    """Canonical JSON: sorted keys, no blanks, nothing that is absent, UTF-8 in NFC."""
    return _canonical_json(document.model_dump(mode="json", exclude_none=True))


def content_hash(document: CourseDocument, media: Mapping[str, str]) -> str:
    """SHA-256 over the document and the SHA-256 of each file it names. Raises KeyError for a file not in `media`."""
    hashes = {name: media[name] for name in document.media_names()}
    return hashlib.sha256(_canonical_json({"document": hash_of(document), "media": hashes})).hexdigest()


def hash_of(document: CourseDocument) -> str:
    """SHA-256 of the document alone."""
    return hashlib.sha256(canonical(document)).hexdigest()


def _canonical_json(value: object) -> bytes:
    """JSON with one spelling for one value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode()
