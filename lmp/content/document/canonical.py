"""The one byte form of a document and the hash that names a version of it."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from lmp.content.document.course import CourseDocument


def canonical(document: CourseDocument) -> bytes:
    """Canonical JSON: sorted keys, no blanks, nothing that is absent, UTF-8 in NFC."""
    return canonical_json(document.model_dump(mode="json", exclude_none=True))


def content_hash(document: CourseDocument, media: Mapping[str, str]) -> str:
    """SHA-256 over the document and the SHA-256 of each file it names. Raises KeyError for a file not in `media`."""
    hashes = {name: media[name] for name in document.media_names()}
    return _with_media(hash_of(document), hashes)


def hash_of_parts(document: Mapping[str, Any], units: Sequence[bytes], media: Mapping[str, str]) -> str:
    """The same hash of a document in its JSON form, from the canonical bytes of its units and the files it names."""
    made = hashlib.sha256()
    for place, key in enumerate(sorted(document)):
        made.update((b"," if place else b"{") + canonical_json(key) + b":")
        made.update(b"[" + b",".join(units) + b"]" if key == "units" else canonical_json(document[key]))
    made.update(b"}")
    return _with_media(made.hexdigest(), media)


def _with_media(hashed: str, media: Mapping[str, str]) -> str:
    """The hash of a document and its files."""
    return hashlib.sha256(canonical_json({"document": hashed, "media": media})).hexdigest()


def hash_of(document: CourseDocument) -> str:
    """SHA-256 of the document alone."""
    return hashlib.sha256(canonical(document)).hexdigest()


def canonical_json(value: object) -> bytes:
    """JSON with one spelling for one value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode()
