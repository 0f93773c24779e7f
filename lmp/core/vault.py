"""Small secrets at rest: what must be readable again is encrypted, what must only be recognised is a keyed hash.

Each purpose has a key of its own, derived from the installation's secret key, so that one kind of secret never opens another.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken

_secret = b""


class Unreadable(Exception):
    """The sealed text was made with another key, for another purpose, too long ago, or was altered."""


def configure(secret_key: str) -> None:
    """Set the key that all others are derived from (`LMP_SECRET_KEY`)."""
    global _secret
    _secret = secret_key.encode()
    _key.cache_clear()


@cache
def _key(purpose: str) -> bytes:
    """The 256-bit key of a purpose. Raises RuntimeError before `configure`."""
    if not _secret:
        raise RuntimeError("no secret key is configured")
    return hmac.digest(_secret, f"lmp vault 1\n{purpose}".encode(), "sha256")


def seal(purpose: str, text: str) -> str:
    """Encrypt a text for a purpose; the result is safe in a column, a form or an address."""
    return Fernet(urlsafe_b64encode(_key(purpose))).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str, *, seconds: int | None = None) -> str:
    """The text behind `seal`, if it is not older than `seconds`. Raises Unreadable."""
    try:
        return Fernet(urlsafe_b64encode(_key(purpose))).decrypt(sealed.encode(), ttl=seconds).decode()
    except (InvalidToken, UnicodeError):
        raise Unreadable from None


def digest(purpose: str, text: str) -> str:
    """A keyed hash (hex) by which a secret is recognised but never read."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).hexdigest()
