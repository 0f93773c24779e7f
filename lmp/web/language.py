"""Which language a request speaks: its address first, then cookie, person, browser, Turkish."""

from flask import g, has_request_context, request

from lmp.core.messages import LANGUAGES

COOKIE = "lang"


def current_language() -> str:
    """The language of the running request; Turkish outside of one."""
    if not has_request_context():
        return "tr"
    return str(getattr(g, "lang", "tr"))


def preferred_language(person_language: str | None = None) -> str:
    """The language for an address that names none."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE) or person_language
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES, default="tr") or "tr"


def other_language(lang: str) -> str:
    """The one it is not."""
    return "en" if lang == "tr" else "tr"
