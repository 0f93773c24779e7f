"""How an audit entry is sealed: SHA-256 over the seal before it and the entry's canonical JSON."""

import hashlib
import json
from collections.abc import Mapping

GENESIS = hashlib.sha256(b"LMP audit chain 1").hexdigest()


def seal(previous: str, entry: Mapping[str, object]) -> str:
    """The seal of an entry that follows `previous` (hex)."""
    body = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
