"""Where somebody is led after signing in or registering."""

from urllib.parse import urlsplit


def inside(target: str | None) -> str | None:
    """A path of our own, or None: never an address of another host."""
    if not target or "\\" in target or not target.startswith("/") or target.startswith("//"):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
