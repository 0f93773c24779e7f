"""What a refused form held: given back to the person, so that nothing typed is lost when a session ended."""

from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from lmp.web.forms import SWITCH

Fields = list[tuple[str, str]]
#: Never given back: tokens of the old session, the language switch, and what only its owner may type.
DROPPED = frozenset({"csrf_token", SWITCH, "password", "current", "typed"})


def fields() -> Fields:
    """The typed fields of a refused form, without secrets and files.

    Nothing where there is no form to show again, and nothing for what another site sent.
    """
    rule = request.url_rule
    if request.method != "POST" or rule is None or "GET" not in (rule.methods or ()):
        return []
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if name not in DROPPED]


def had_files() -> bool:
    """Whether files were sent; a page cannot give those back."""
    return any(upload.filename for upload in request.files.values())


def seal(path: str, typed: Fields, owner: str) -> str:
    """The fields as one signed text that travels through the sign-in form; `owner` is the person of the old session."""
    return str(_serializer().dumps([path, typed, owner]))


def unseal(text: str | None) -> tuple[str, Fields, str] | None:
    """What was sealed by us, or None."""
    try:
        path, typed, owner = _serializer().loads(text or "")
    except BadData:
        return None
    return path, [(name, value) for name, value in typed], owner


def _serializer() -> Any:
    return URLSafeSerializer(current_app.secret_key or "", salt="typed form")
