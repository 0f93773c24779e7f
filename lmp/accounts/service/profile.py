"""What a person keeps about themselves: name, branch and school, address, password, language and colours."""

from dataclasses import replace
from uuid import UUID

from argon2.exceptions import InvalidHashError, VerificationError

from lmp.access import Action, Actor, Facts, require
from lmp.accounts import rules
from lmp.accounts.models import OneTimeLink, Person, PersonState
from lmp.accounts.service import letters
from lmp.accounts.service.limits import check_limit, count_attempt
from lmp.accounts.service.links import end_links, make_link, spend_link
from lmp.accounts.service.people import HASHER, find_person, hashed, index_person, person, tidy_name
from lmp.accounts.service.reset import PURPOSE as RESET
from lmp.accounts.service.reset import set_password
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Gone, RuleBroken
from lmp.core.messages import LANGUAGES, N_, Message
from lmp.network.models import Branch, School

#: The link that confirms another e-mail address.
PURPOSE = "address"
SCHEMES = ("light", "dark")


def rename(who: Person, name: str, *, by: Actor) -> None:
    """Correct one's name; certificates that are issued keep the name they were issued for. Raises RuleBroken."""
    require(by, Action.KEEP_PROFILE, who)
    tidy = tidy_name(name)
    if tidy != who.name:
        audit.record(by, "accounts.renamed", who, before=who.name, after=tidy)
        who.name = tidy
        index_person(who)


def declare(who: Person, *, branch_id: UUID | None, school_id: UUID | None, by: Actor) -> None:
    """Say at which school and in which branch one works (beyan); what was confirmed before is open again when it changes.

    Raises RuleBroken for a branch or school that does not exist.
    """
    require(by, Action.KEEP_PROFILE, who)
    branch = db.session().get(Branch, branch_id) if branch_id else None
    school = db.session().get(School, school_id) if school_id else None
    if branch_id and branch is None:
        raise RuleBroken(Message(N_("Choose a branch from the list.")), "branch")
    if school_id and school is None:
        raise RuleBroken(Message(N_("Choose a school from the list.")), "school")
    if (who.branch_id, who.school_id) == (branch_id, school_id):
        return
    who.branch, who.school = branch, school
    who.confirmed_at = who.confirmed_by = None
    audit.record(by, "accounts.declared", who, branch=str(branch_id or ""), school=str(school_id or ""))


def confirm_declared(who: Person, *, by: Actor, asked: UUID | None = None) -> None:
    """Say that a person does work at the school and in the branch they declared; once is enough.

    An office without an account may say so about the application it was `asked` about.
    """
    require(by, Action.CONFIRM_DECLARED, replace(who.access_facts(), subject=asked))
    if who.school_id is None or who.confirmed_at is not None:
        return
    who.confirmed_at, who.confirmed_by = clock.now(), by.name
    audit.record(by, "accounts.declared_confirmed", who)


def dispute_declared(who: Person, *, what: str, why: str, by: Actor, asked: UUID | None = None) -> None:
    """Say that the branch or the school a person declared is wrong; it stays declared, and the history says why."""
    require(by, Action.CONFIRM_DECLARED, replace(who.access_facts(), subject=asked))
    audit.record(by, "accounts.declared_disputed", who, what=what, why=why)


def choose_display(who: Person, *, lang: str, scheme: str, by: Actor) -> None:
    """Keep the language of mails and pages, and light or dark pages; an empty scheme follows the device."""
    require(by, Action.KEEP_PROFILE, who)
    who.lang = lang if lang in LANGUAGES else who.lang
    who.scheme = scheme if scheme in SCHEMES else None
    audit.record(by, "accounts.display_chosen", who)


def check_own_password(who: Person, password: str, field: str) -> None:
    """Whether somebody at an open session is its owner. Raises RuleBroken at `field`, TooMany."""
    check_limit("own password", str(who.id), rules.PER_ADDRESS)
    try:
        HASHER.verify(who.password_hash or "", password[: rules.LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        count_attempt("own password", str(who.id), rules.PER_ADDRESS)
        raise RuleBroken(Message(N_("This is not your password.")), field) from None


def change_password(who: Person, *, current: str, password: str, by: Actor) -> None:
    """Change one's password; every session ends, also the one at hand. Raises RuleBroken, TooMany."""
    require(by, Action.KEEP_PROFILE, who)
    check_own_password(who, current, "current")
    set_password(who, hashed(password), by=by)
    end_links(RESET, who.id)


def ask_address(who: Person, *, email: str, password: str, by: Actor) -> None:
    """Mail a link to another address, and a notice to the one in use. A known address gets no link, silently.

    Raises RuleBroken for what is no address or a wrong password, TooMany.
    """
    require(by, Action.KEEP_PROFILE, who)
    tidy = rules.address(email)
    if tidy == who.email:
        raise RuleBroken(Message(N_("This is your address already.")), "email")
    check_own_password(who, password, "password")
    check_limit("link address", tidy, rules.LINKS_PER_ADDRESS)
    count_attempt("link address", tidy, rules.LINKS_PER_ADDRESS)
    end_links(PURPOSE, who.id)
    used = find_person(tidy)
    if used is None:
        bound = {"email": tidy, "instead_of": who.email, "epoch": who.session_epoch}
        token = make_link(PURPOSE, who.id, bound_to=bound, bearer_name=who.name, valid_for=rules.ADDRESS_LINK)
        letters.new_address(who, tidy, token)
    elif used.state is PersonState.ACTIVE and used.invited_at is None:
        letters.known(used)
    letters.address_asked(who, tidy)
    audit.record(by, "accounts.address_asked", who)


def open_address(link: OneTimeLink) -> Person:
    """Whose address the link changes. Raises Gone when the address or the sessions changed since."""
    who = person(link.subject_id)
    same = link.bound_to["instead_of"] == who.email and link.bound_to["epoch"] == who.session_epoch
    if who.state is not PersonState.ACTIVE or not same:
        raise Gone(Message(N_("This link ended because something changed. Ask for a new one.")))
    return who


def confirm_address(link: OneTimeLink, *, by: Actor) -> Person:
    """Use the new address from now on. Raises Gone, RuleBroken when somebody registered with it meanwhile."""
    require(by, Action.CONFIRM_ADDRESS, Facts(subject=link.subject_id))
    who, old = open_address(link), link.bound_to["instead_of"]
    if find_person(link.bound_to["email"]) is not None:
        raise RuleBroken(Message(N_("There is an account with this e-mail address already.")))
    spend_link(link)
    end_links(RESET, who.id)
    who.email = link.bound_to["email"]
    index_person(who)
    db.session().flush()
    audit.record(by, "accounts.address_changed", who)
    letters.address_changed(who, old)
    return who
