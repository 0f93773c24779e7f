"""Flask-Login behind one door: the cookie holds a session's token, the row behind it decides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user


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


def end() -> None:
    """Empty the cookie."""
    logout_user()
    session.clear()
