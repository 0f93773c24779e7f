"""Absolute addresses for mails and QR codes, always from the configured address and never from a request's Host header."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: (endpoint, language or None for neutral addresses, values) → path.
Builder = Callable[[str, str | None, dict[str, object]], str]

_base = ""
_build: Builder | None = None


def configure(base: str, build: Builder) -> None:
    """Set the public address (`LMP_URL`, without a slash at the end) and how paths are made."""
    global _base, _build
    _base, _build = base, build


def to(endpoint: str, *, lang: str | None = None, **values: object) -> str:
    """The absolute address of a page."""
    if _build is None:
        raise RuntimeError("addresses are not configured")
    return _base + _build(endpoint, lang, values)


def base() -> str:
    """The public address, without a slash at the end."""
    return _base


@dataclass(frozen=True)
class Page:
    """A page of ours that a mail or a notice leads to, before its reader's language is known."""

    endpoint: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    #: Neutral addresses hold no language.
    is_neutral: bool = False

    def address(self, lang: str) -> str:
        """The absolute address for a reader of this language."""
        return to(self.endpoint, lang=None if self.is_neutral else lang, **self.values)

    def path(self, lang: str) -> str:
        """The address without the site."""
        return self.address(lang)[len(_base) :]


def page(endpoint: str, /, **values: object) -> Page:
    """A page in its reader's language."""
    return Page(endpoint, values)


def absolute(path: str) -> str:
    """The absolute address of a path of ours."""
    return _base + path


def link(token: str) -> str:
    """The absolute address of a one-time link."""
    return f"{_base}/m/{token}"


def verification(code: str) -> str:
    """The absolute address at which a certificate's code is verified."""
    return f"{_base}/v/{code}"


def host() -> str:
    """The public address without its scheme, as it is printed on paper."""
    return _base.partition("://")[2]
