"""What the pages behind a one-time link share: kept by no browser, and helpful when the link is over."""

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.accounts import service
from lmp.accounts.models import OneTimeLink
from lmp.core.errors import Gone
from lmp.core.messages import N_, Message
from lmp.web import pages

_ANEW = {
    service.registration.PURPOSE: ("accounts.register", Message(N_("Register again"))),
    service.reset.PURPOSE: ("accounts.forgotten", Message(N_("Ask for a new link"))),
    service.invitation.PURPOSE: ("accounts.forgotten", Message(N_("Ask for a new link"))),
}


def is_over(link: OneTimeLink, token: str) -> ResponseReturnValue | None:
    """None while the link is good; else the page that says what became of it and what to do."""
    try:
        service.open_link(token, link.purpose)
    except Gone as gone:
        return over(link, gone)
    return None


def over(link: OneTimeLink, gone: Gone) -> ResponseReturnValue:
    """The page of a link that does nothing any more: sign in when it was used, else ask for another."""
    used = link.used_at is not None
    endpoint, label = _ANEW.get(link.purpose, ("accounts.sign_in", Message(N_("Sign in"))))
    page = pages.render(
        "accounts/link_over.html",
        used=used,
        url=url_for("accounts.sign_in") if used else url_for(endpoint),
        label=Message(N_("Sign in")) if used else label,
    )
    return unkept(page, gone.status)


def unkept(page: str, status: int = 200) -> ResponseReturnValue:
    """A page that no browser stores."""
    return page, status, {"Cache-Control": "no-store"}
