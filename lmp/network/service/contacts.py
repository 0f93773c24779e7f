"""Mentor contacts: the people at companies who confirm days, as checked by the centre."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import clock, db, turkish
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import LANGUAGES, N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import Company, MentorContact
from lmp.network.service import changes

#: Their values never stand in the audit record, only the names of what changed.
PRIVATE = ("name", "title", "email", "phone")

#: What is done when a mentor has another address: the application hands it in, because links belong to the log above.
Moved = Callable[[MentorContact], int]


def _nobody_waits(_contact: MentorContact) -> int:
    return 0


_moved: Moved = _nobody_waits


def configure(moved: Moved) -> None:
    """Take what asks a mentor anew at another address; it answers how many links were sent."""
    global _moved
    _moved = moved


def mentor_contacts(centre_id: UUID) -> list[MentorContact]:
    """The mentors in use of the companies a centre works with."""
    joined = (
        select(MentorContact)
        .join(Company, Company.id == MentorContact.company_id)
        .where(Company.centre_id == centre_id, Company.closed_on.is_(None), MentorContact.closed_on.is_(None))
    )
    return list(db.session().scalars(joined.order_by(Company.sort_key, MentorContact.name)))


def contacts_of(company_id: UUID) -> list[MentorContact]:
    """All mentors of a company, closed ones last."""
    found = db.session().scalars(select(MentorContact).where(MentorContact.company_id == company_id))
    return sorted(found, key=lambda one: (one.closed_on is not None, turkish.sort_key(one.name)))


def mentor_contact(mentor_id: UUID) -> MentorContact:
    """A mentor contact by id. Raises NotFound."""
    found = db.session().get(MentorContact, mentor_id)
    if found is None:
        raise NotFound
    return found


def add_mentor_contact(
    company: Company,
    *,
    name: str,
    title: str,
    email: str,
    phone: str,
    certificate_kind: str,
    by: Actor,
    lang: str = "tr",
    checked: bool = True,
) -> MentorContact:
    """Keep the person at a company who confirms days; `checked` says that the centre has made sure of them today.

    Raises RuleBroken for what is missing or cannot be.
    """
    require(by, Action.KEEP_PARTNER, company)
    values = _values(name, title, email, phone, certificate_kind, lang)
    made = MentorContact(company_id=company.id, checked_on=clock.today() if checked else None, **values)
    db.session().add(made)
    db.session().flush()
    audit.record(by, "network.added", made)
    return made


def change_mentor_contact(
    of: MentorContact,
    *,
    seen: int,
    name: str,
    title: str,
    email: str,
    phone: str,
    certificate_kind: str,
    lang: str,
    checked: bool,
    by: Actor,
) -> int:
    """Change a contact; answers how many waiting weeks were sent to a new address.

    Another address or number counts as unchecked until the centre has made sure of it. Raises RuleBroken for what is
    missing or cannot be, Stale.
    """
    require(by, Action.KEEP_PARTNER, of)
    values = _values(name, title, email, phone, certificate_kind, lang)
    moves = (values["email"], values["phone"]) != (of.email, of.phone)
    values["checked_on"] = clock.today() if checked else None if moves else of.checked_on
    changed = changes.change(of, values, seen=seen, by=by, private=PRIVATE)
    return _moved(of) if "email" in changed else 0


def _values(name: str, title: str, email: str, phone: str, certificate_kind: str, lang: str) -> dict[str, object]:
    address = rules.check_filled(
        rules.read_email(email, "email"),
        "email",
        Message(N_("Write the e-mail address; the days are confirmed by it.")),
    )
    if certificate_kind not in rules.CERTIFICATE_KINDS:
        raise RuleBroken(Message(N_("Choose the kind of certificate.")), "certificate_kind")
    return {
        "name": rules.check_filled(
            one_line(name, rules.LONGEST_PERSON), "name", Message(N_("Write the name and surname."))
        ),
        "title": one_line(title, rules.LONGEST_PERSON),
        "email": address,
        "phone": one_line(phone, rules.LONGEST_PHONE),
        "certificate_kind": certificate_kind,
        "lang": lang if lang in LANGUAGES else LANGUAGES[0],
    }


def close_contact(of: MentorContact, *, by: Actor) -> None:
    """Nobody new is matched with this mentor; what waits for them still can be confirmed."""
    require(by, Action.KEEP_PARTNER, of)
    changes.close(of, by=by)


def reopen_contact(of: MentorContact, *, by: Actor) -> None:
    """Match teachers with this mentor again."""
    require(by, Action.KEEP_PARTNER, of)
    changes.reopen(of, by=by)


def remove_contact(of: MentorContact, *, by: Actor) -> None:
    """Delete a contact that nothing refers to. Raises RuleBroken."""
    require(by, Action.KEEP_PARTNER, of)
    changes.remove(of, by=by)
