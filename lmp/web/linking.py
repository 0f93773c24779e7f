"""Addresses in templates, built once: a list of a thousand rows links to a few routes with the same shape each time."""

from functools import lru_cache
from typing import Any

from flask import current_app, url_for

from lmp.web.language import current_language

_KEPT = 8_192


def link_to(endpoint: str, **values: Any) -> str:
    """As Flask's `url_for`, in the language of the request; what was built before is remembered."""
    if endpoint.startswith(".") or any(name.startswith("_") for name in values):
        return url_for(endpoint, **values)
    try:
        return _built(id(current_app._get_current_object()), current_language(), endpoint, tuple(values.items()))  # type: ignore[attr-defined]  # Flask's documented way to the application itself
    except TypeError:  # a value that cannot be remembered, such as a list
        return url_for(endpoint, **values)


@lru_cache(_KEPT)
def _built(_application: int, _lang: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))
