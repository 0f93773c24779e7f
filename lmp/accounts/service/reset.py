"""A new password for somebody who lost theirs. Known and unknown people get the same answer."""

from lmp.access import Action, Actor, Facts, require
from lmp.accounts import rules
from lmp.accounts.models import OneTimeLink, Person, PersonState
from lmp.accounts.service import invitation, letters, registration
from lmp.accounts.service.links import end_links, make_link, spend_link
from lmp.accounts.service.people import find_person, hashed, person
from lmp.accounts.service.sessions import end_sessions
from lmp.audit import service as audit
from lmp.core.errors import Gone
from lmp.core.messages import N_, Message

PURPOSE = "reset"


def ask(email: str, *, lang: str, place: str, by: Actor) -> None:
    """Mail a way to a new password, or say that nobody uses this address.

    Raises RuleBroken for what is no address, TooMany. `place` is the caller's network address.
    """
    require(by, Action.ASK_FOR_LINK, Facts())
    tidy = registration.limited(email, place)
    found = find_person(tidy)
    if found is None:
        letters.unknown(tidy, lang, registration.is_open())
    elif found.invited_at is not None:
        invitation.remind(found)
    elif found.state is PersonState.ACTIVE:
        bound = {"epoch": found.session_epoch}
        token = make_link(PURPOSE, found.id, bound_to=bound, bearer_name=found.name, valid_for=rules.RESET_LINK)
        letters.reset(found, token)
    audit.record(by, "accounts.reset_asked", found)


def open_person(link: OneTimeLink) -> Person:
    """Whose password the link changes. Raises Gone when their sessions were ended or they were suspended since."""
    who = person(link.subject_id)
    if who.state is not PersonState.ACTIVE or link.bound_to["epoch"] != who.session_epoch:
        raise Gone(Message(N_("This link ended because something changed. Ask for a new one.")))
    return who


def choose(link: OneTimeLink, *, password: str, by: Actor) -> Person:
    """Set the new password, end every session, and tell the person. Raises RuleBroken, Gone."""
    require(by, Action.RESET, Facts(subject=link.subject_id))
    who = open_person(link)
    secret = hashed(password)
    spend_link(link)
    end_links(PURPOSE, who.id)
    set_password(who, secret, by=by)
    return who


def set_password(who: Person, secret: str, *, by: Actor) -> None:
    """Keep the new hash; whoever was signed in with the old password is out."""
    who.password_hash = secret
    end_sessions(who, by=by)
    audit.record(by, "accounts.password_changed", who)
    letters.password_changed(who)
