"""Inviting one person by e-mail: the account is there at once, and opens when its owner accepts."""

from datetime import date, timedelta
from uuid import UUID

from lmp.access import Action, Actor, ActorKind, Facts, Role, ScopeKind, require, system
from lmp.accounts import rules
from lmp.accounts.models import OneTimeLink, Person
from lmp.accounts.service import letters
from lmp.accounts.service.links import end_links, make_link, spend_link
from lmp.accounts.service.people import grant, hashed, index_person, keep_new, person, tidy_name
from lmp.audit import service as audit
from lmp.core import clock
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

PURPOSE = "invitation"


def invite(
    *,
    email: str,
    name: str,
    lang: str,
    by: Actor,
    role: Role | None = None,
    scope_kind: ScopeKind = ScopeKind.OWN,
    scope: str = "",
    until_on: date | None = None,
    school_id: UUID | None = None,
    branch_id: UUID | None = None,
) -> Person:
    """Make an account for somebody and mail them the link that opens it. Without a role they come as a teacher.

    Raises NotAllowed where `by` may not give the role, RuleBroken for a name or address that cannot be or is in use.
    """
    require(by, Action.INVITE, Facts())
    made = Person(
        name=tidy_name(name),
        email=rules.address(email),
        password_hash=None,
        lang=lang,
        school_id=school_id,
        branch_id=branch_id,
        created_at=clock.now(),
        invited_at=clock.now(),
    )
    keep_new(made)
    if role is None:
        grant(made, Role.TEACHER, ScopeKind.OWN, by=system("invitation"))
    else:
        grant(made, role, scope_kind, scope, by=by, until_on=until_on)
    _send(made, by)
    audit.record(by, "accounts.invited", made)
    return made


def invite_again(who: Person, *, by: Actor) -> None:
    """Send the invitation once more; the earlier link ends. Raises RuleBroken when it was accepted already."""
    require(by, Action.INVITE, Facts())
    if who.invited_at is None:
        raise RuleBroken(Message(N_("This person has accepted the invitation already.")))
    who.invited_at = clock.now()
    _send(who, by)
    audit.record(by, "accounts.invited_again", who)


def remind(who: Person) -> None:
    """Send the invitation once more because its owner came by another way: by registering or asking for a password."""
    invite_again(who, by=system("invitation"))


def accept(link: OneTimeLink, *, name: str, password: str, by: Actor) -> Person:
    """Open the account: its owner says how they are called and chooses a password. Raises RuleBroken, Gone."""
    require(by, Action.ACCEPT_INVITATION, Facts(subject=link.subject_id))
    who = person(link.subject_id)
    who.name, secret = tidy_name(name), hashed(password)
    spend_link(link)
    who.password_hash, who.invited_at = secret, None
    index_person(who)
    audit.record(by, "accounts.invitation_accepted", who)
    return who


def _send(who: Person, by: Actor) -> None:
    """A fresh link; only the newest one works."""
    end_links(PURPOSE, who.id)
    token = make_link(PURPOSE, who.id, bound_to={}, bearer_name=who.name, days_valid=rules.INVITATION_DAYS)
    inviter = by.name if by.kind is ActorKind.PERSON else ""
    letters.invited(who, inviter, token, clock.today() + timedelta(days=rules.INVITATION_DAYS))
