"""Open registration: an address gets a link, the link an account. Known and unknown people get the same answer."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from lmp.access import Action, Actor, Facts, Role, ScopeKind, require, system
from lmp.accounts import rules
from lmp.accounts.models import OneTimeLink, Person, PersonState
from lmp.accounts.service import invitation, letters
from lmp.accounts.service.limits import check_limit, count_attempt
from lmp.accounts.service.links import end_links, make_link, spend_link
from lmp.accounts.service.people import find_person, grant, hashed, keep_new, tidy_name
from lmp.audit import service as audit
from lmp.core import clock
from lmp.core.errors import NotAllowed
from lmp.core.messages import N_, Message

PURPOSE = "registration"


@dataclass
class _Setting:
    is_open: bool = True


_setting = _Setting()


def configure(*, is_open: bool) -> None:
    """Whether anybody may register (`LMP_REGISTRATION`), or only invited people come in; once per process."""
    _setting.is_open = is_open


def is_open() -> bool:
    """Whether anybody may register."""
    return _setting.is_open


def limited(email: str, place: str) -> str:
    """The address, tidy, with this wish for a link counted. Raises RuleBroken, TooMany."""
    tidy = rules.address(email)
    check_limit("link address", tidy, rules.LINKS_PER_ADDRESS)
    check_limit("link place", place, rules.LINKS_PER_PLACE)
    count_attempt("link address", tidy, rules.LINKS_PER_ADDRESS)
    count_attempt("link place", place, rules.LINKS_PER_PLACE)
    return tidy


def ask(email: str, *, lang: str, onward: str, place: str, by: Actor) -> None:
    """Mail the next step: a link to register, or the ways back into the account there is.

    `onward` is the page of ours that the person came from, `place` the caller's network address.
    Raises RuleBroken for what is no address, NotAllowed where only invited people come in, TooMany.
    """
    require(by, Action.ASK_FOR_LINK, Facts())
    if not is_open():
        raise NotAllowed(Message(N_("Accounts are opened by invitation here.")))
    tidy = limited(email, place)
    found = find_person(tidy)
    if found is None:
        subject = uuid5(NAMESPACE_URL, f"mailto:{tidy}")
        bound = {"email": tidy, "lang": lang, "onward": onward}
        token = make_link(PURPOSE, subject, bound_to=bound, bearer_name=tidy, valid_for=rules.REGISTRATION_LINK)
        letters.registration(tidy, lang, token)
    elif found.invited_at is not None:
        invitation.remind(found)
    elif found.state is PersonState.ACTIVE:
        letters.known(found)
    audit.record(by, "accounts.registration_asked")


def complete(link: OneTimeLink, *, name: str, password: str, by: Actor) -> Person:
    """Make the account of the address that the link went to; its owner is a teacher. Raises RuleBroken, Gone."""
    require(by, Action.REGISTER, Facts(subject=link.subject_id))
    made = Person(
        name=tidy_name(name),
        email=link.bound_to["email"],
        password_hash=hashed(password),
        lang=link.bound_to["lang"],
        created_at=clock.now(),
    )
    spend_link(link)
    end_links(PURPOSE, link.subject_id)
    keep_new(made)
    grant(made, Role.TEACHER, ScopeKind.OWN, by=system("registration"))
    audit.record(by, "accounts.registered", made)
    return made
