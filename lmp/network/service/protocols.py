"""Protocols: what a centre and a partner agreed on in writing."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import clock, db, turkish
from lmp.core.errors import NotFound
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import Company, Field, Protocol, ProtocolField
from lmp.network.service import changes


def protocol(protocol_id: UUID, viewer: Actor) -> Protocol:
    """A protocol for somebody who may see it. Raises NotFound."""
    found = db.session().get(Protocol, protocol_id)
    if found is None:
        raise NotFound
    require(viewer, Action.SEE_PROTOCOL, found)
    return found


def protocols_of(company_id: UUID) -> list[Protocol]:
    """The protocols with a partner, the newest first."""
    found = select(Protocol).where(Protocol.company_id == company_id)
    return list(db.session().scalars(found.order_by(Protocol.starts_on.desc(), Protocol.id.desc())))


def fields_of_protocols(protocol_ids: Iterable[UUID]) -> dict[UUID, list[Field]]:
    """The fields of several protocols in one query, in Turkish order."""
    joined = (
        select(ProtocolField.protocol_id, Field)
        .join(Field, Field.id == ProtocolField.field_id)
        .where(ProtocolField.protocol_id.in_(list(protocol_ids)))
        .order_by(Field.kind, Field.sort_key_tr)
    )
    found: dict[UUID, list[Field]] = {}
    for protocol_id, one in db.session().execute(joined):
        found.setdefault(protocol_id, []).append(one)
    return found


def standing(of: Protocol) -> rules.Standing:
    """How a protocol stands today."""
    return rules.standing(
        signed_on=of.signed_on,
        starts_on=of.starts_on,
        ends_on=of.ends_on,
        closed_on=of.closed_on,
        today=clock.today(),
    )


def add_protocol(
    company: Company,
    *,
    title: str,
    duties: str,
    signed_on: date | None,
    starts_on: date,
    ends_on: date | None,
    fields: Collection[Field],
    by: Actor,
) -> Protocol:
    """Keep a protocol between a partner and its centre. Raises RuleBroken for what is missing or cannot be."""
    require(by, Action.KEEP_PARTNER, company)
    values = _values(title, duties, signed_on, starts_on, ends_on)
    made = Protocol(company_id=company.id, centre_id=company.centre_id, **values)
    db.session().add(made)
    db.session().flush()
    changes.set_links(ProtocolField, "protocol_id", made.id, "field_id", [one.id for one in fields])
    audit.record(by, "network.added", made)
    return made


def change_protocol(
    of: Protocol,
    *,
    seen: int,
    title: str,
    duties: str,
    signed_on: date | None,
    starts_on: date,
    ends_on: date | None,
    fields: Collection[Field],
    by: Actor,
) -> None:
    """Change a protocol. Raises RuleBroken as adding does, Stale."""
    require(by, Action.KEEP_PARTNER, of)
    before = fields_of_protocols([of.id]).get(of.id, [])
    told = {"fields": (_names(before), _names(fields))}
    values = _values(title, duties, signed_on, starts_on, ends_on)
    if changes.change(of, values, seen=seen, by=by, told=told):
        changes.set_links(ProtocolField, "protocol_id", of.id, "field_id", [one.id for one in fields])


def _values(
    title: str, duties: str, signed_on: date | None, starts_on: date, ends_on: date | None
) -> dict[str, object]:
    rules.check_term(starts_on, ends_on)
    tidy = rules.check_filled(
        one_line(title, rules.LONGEST_NAME), "title", Message(N_("Write what the protocol is about."))
    )
    return {
        "title": tidy,
        "sort_key": turkish.sort_key(tidy),
        "duties": duties.replace("\r\n", "\n").strip(),
        "signed_on": signed_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def _names(fields: Collection[Field]) -> list[str]:
    return sorted((one.name.tr for one in fields), key=turkish.sort_key)


def close_protocol(of: Protocol, *, by: Actor) -> None:
    """The protocol ends before its time."""
    require(by, Action.KEEP_PARTNER, of)
    changes.close(of, by=by)


def reopen_protocol(of: Protocol, *, by: Actor) -> None:
    """The protocol goes on after all."""
    require(by, Action.KEEP_PARTNER, of)
    changes.reopen(of, by=by)


def remove_protocol(of: Protocol, *, by: Actor) -> None:
    """Delete a protocol that was entered by mistake."""
    require(by, Action.KEEP_PARTNER, of)
    changes.remove(of, by=by, own=("protocol_field",))
