"""Identifiers: time-ordered UUIDs, so that new rows stand together in every index."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562 §5.7); never smaller than the one before it in this process."""
    global _last
    with _lock:
        stamp = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        _last = stamp
    millis, sequence = stamp >> 12, stamp & 0xFFF
    value = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | sequence << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def parse_id(text: str | None) -> UUID | None:
    """The UUID written in `text`, or None when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
