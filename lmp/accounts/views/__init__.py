"""The pages of accounts, one file a topic."""

from lmp.accounts import service
from lmp.accounts.views import act_as as act_as
from lmp.accounts.views import (
    bulk,
    delegations,
    grants,
    invitation,
    own_sessions,
    profile,
    registration,
    reset,
    teaching,
)
from lmp.accounts.views import passkeys as passkeys
from lmp.accounts.views import people_pages as people_pages
from lmp.accounts.views import second_factor as second_factor
from lmp.accounts.views import sign_in as sign_in
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.wall import wall

#: What stands behind a one-time link, by its purpose.
link_pages = {
    service.registration.PURPOSE: registration.follow,
    service.invitation.PURPOSE: invitation.follow,
    service.reset.PURPOSE: reset.follow,
    service.profile.PURPOSE: profile.follow,
}

__all__ = [
    "act_as",
    "bp",
    "bulk",
    "delegations",
    "grants",
    "link_pages",
    "own_sessions",
    "passkeys",
    "people_pages",
    "second_factor",
    "sign_in",
    "teaching",
    "wall",
]
