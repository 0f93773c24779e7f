"""Flask-Login behind one door: the cookie holds a session's token, the row behind it decides."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from itsdangerous import BadData, URLSafeSerializer

#: The cookie that tells browsers of the owner from those of strangers when passwords are tried.
BROWSER = "browser"


@dataclass
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """What Flask-Login keeps: the token as id, and whatever the loader found behind it."""

    token: str
    found: Any

    def get_id(self) -> str:
        """The cookie's content."""
        return self.token


def install(app: Flask, load: Callable[[str], Any]) -> None:
    """Let `load` (token → session or None) answer who a cookie belongs to."""
    manager = LoginManager()
    manager.session_protection = None  # the row is bound to its token and epoch; a changing mobile address is no attack

    @manager.user_loader  # type: ignore[untyped-decorator]
    def user(token: str) -> SignedIn | None:
        found = load(token)
        return SignedIn(token, found) if found is not None else None

    manager.init_app(app)


def current() -> Any:
    """What the loader found for this request's cookie, or None."""
    return current_user.found if current_user.is_authenticated else None


def token() -> str:
    """The token of the open session, or an empty text."""
    return str(current_user.token) if current_user.is_authenticated else ""


def begin(new_token: str) -> None:
    """Put a fresh session into the cookie; nothing of an earlier one survives."""
    session.clear()
    login_user(SignedIn(new_token, None))


def last_token() -> str:
    """The token that the cookie still holds, also when its session has ended."""
    return str(session.get("_user_id", ""))


def remember_browser(response: Response, person_id: UUID) -> Response:
    """Let this browser be known as one that the person has signed in with."""
    value = _browsers().dumps([str(person_id), secrets.token_urlsafe(12)])
    response.set_cookie(
        BROWSER,
        value,
        max_age=31536000,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def known_browser() -> tuple[UUID, str] | None:
    """The person who has signed in with this browser, and the browser's own key; None when it is new."""
    try:
        person_id, key = _browsers().loads(request.cookies.get(BROWSER, ""))
    except BadData:
        return None
    return UUID(person_id), key


def _browsers() -> Any:
    return URLSafeSerializer(current_app.secret_key or "", salt="known browser")


def end() -> None:
    """Empty the cookie."""
    logout_user()
    session.clear()
