"""What people can do with accounts: sign in and out, hold roles, follow one-time links."""

from lmp.accounts.service import invitation, kept_forms, own_sessions, profile, registration, reset
from lmp.accounts.service.invitation import invite
from lmp.accounts.service.limits import check_limit, count_attempt
from lmp.accounts.service.links import end_links, find_link, link_actor, make_link, open_link, spend_link
from lmp.accounts.service.people import (
    actor_of,
    add_person,
    add_unread,
    find_person,
    grant,
    grants_of,
    holders,
    person,
    set_unread,
)
from lmp.accounts.service.register import Listed, register
from lmp.accounts.service.sessions import (
    Browser,
    Session,
    end_sessions,
    open_session,
    owner_of,
    resume,
    sign_in,
    sign_out,
    switch_language,
)

__all__ = [
    "Browser",
    "Listed",
    "Session",
    "actor_of",
    "add_person",
    "add_unread",
    "check_limit",
    "count_attempt",
    "end_links",
    "end_sessions",
    "find_link",
    "find_person",
    "grant",
    "grants_of",
    "holders",
    "invitation",
    "invite",
    "kept_forms",
    "link_actor",
    "make_link",
    "open_link",
    "open_session",
    "own_sessions",
    "owner_of",
    "person",
    "profile",
    "register",
    "registration",
    "reset",
    "resume",
    "set_unread",
    "sign_in",
    "sign_out",
    "spend_link",
    "switch_language",
]
