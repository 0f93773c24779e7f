"""Centres: finding them, adding them, changing what is known about them, and ending them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, Facts, Role, require
from lmp.audit import service as audit
from lmp.core import db, search, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import Centre, Field, FieldCentre, Province
from lmp.network.service import changes


def centres() -> list[Centre]:
    """All centres, by province and name in Turkish order."""
    return list(db.session().scalars(select(Centre).order_by(Centre.sort_key)))


def centre(slug: str) -> Centre:
    """A centre by its slug. Raises NotFound."""
    found = db.session().scalar(select(Centre).where(Centre.slug == slug))
    if found is None:
        raise NotFound
    return found


def centres_of(scopes: Iterable[str]) -> list[Centre]:
    """The centres whose ids a person's grants name."""
    wanted = [UUID(scope) for scope in scopes]
    return list(db.session().scalars(select(Centre).where(Centre.id.in_(wanted)).order_by(Centre.sort_key)))


def kept_centres(actor: Actor) -> list[Centre]:
    """The centres for which somebody keeps records: all for the network, else those they administer."""
    return centres() if actor.has(Role.NETWORK_ADMINISTRATOR) else centres_of(actor.scopes(Role.CENTRE_ADMINISTRATOR))


def centres_in_use(actor: Actor) -> list[Centre]:
    """The same without closed ones: where new roles are given and new partners kept."""
    return [one for one in kept_centres(actor) if one.closed_on is None]


def fields_of_centre(centre_id: UUID) -> list[Field]:
    """The fields a centre serves."""
    joined = select(Field).join(FieldCentre, FieldCentre.field_id == Field.id).where(FieldCentre.centre_id == centre_id)
    return list(db.session().scalars(joined.order_by(Field.kind, Field.sort_key_tr)))


def fields_by_centre(centre_ids: Iterable[UUID]) -> dict[UUID, list[Field]]:
    """The fields of several centres in one query, each list in Turkish order."""
    joined = (
        select(FieldCentre.centre_id, Field)
        .join(Field, Field.id == FieldCentre.field_id)
        .where(FieldCentre.centre_id.in_(list(centre_ids)))
        .order_by(Field.kind, Field.sort_key_tr)
    )
    found: dict[UUID, list[Field]] = {}
    for centre_id, one in db.session().execute(joined):
        found.setdefault(centre_id, []).append(one)
    return found


def index_centre(of: Centre) -> None:
    """Make a centre findable by its names, host school and district."""
    search.index("centre", of.id, [("tr", of.name.tr), ("en", of.name.en), ("tr", of.host_school), ("tr", of.district)])


def change_contact(of: Centre, *, seen: int, website: str, office_email: str, office_phone: str, by: Actor) -> None:
    """How a centre is reached. Raises RuleBroken for addresses that cannot be, Stale."""
    require(by, Action.KEEP_CENTRE, of)
    changes.change(of, _contact(website, office_email, office_phone), seen=seen, by=by)


def _contact(website: str, office_email: str, office_phone: str) -> dict[str, str]:
    return {
        "website": rules.read_website(website),
        "office_email": rules.read_email(office_email, "office_email"),
        "office_phone": one_line(office_phone, rules.LONGEST_PHONE),
    }


@dataclass(frozen=True, kw_only=True)
class CentreDetails:
    """What people write about a centre."""

    name: Bilingual
    host_school: str
    short_name: str
    province: Province
    district: str
    website: str = ""
    office_email: str = ""
    office_phone: str = ""
    fields: Collection[Field] = ()


def add_centre(details: CentreDetails, *, by: Actor) -> Centre:
    """Keep a centre under the next code of its province. Raises RuleBroken for what is missing, or is there already."""
    require(by, Action.KEEP_NETWORK, Facts())
    values = _values(details, None)
    others, plate = centres(), details.province.code
    made = Centre(
        slug=rules.slug_of(f"smm {details.province.name[:3]} {values['short_name']}", {one.slug for one in others}),
        code=rules.centre_code(plate, {one.code for one in others}),
        name=Bilingual(values.pop("name_tr"), values.pop("name_en")),
        **values,
    )
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise RuleBroken(
            Message(N_("Somebody else added a centre of this province at the same moment. Send the form once more.")),
            "province",
        ) from None
    changes.set_links(FieldCentre, "centre_id", made.id, "field_id", [one.id for one in details.fields])
    index_centre(made)
    audit.record(by, "network.added", made)
    return made


def change_centre(of: Centre, details: CentreDetails, *, seen: int, by: Actor) -> None:
    """Change all about a centre, the fields it serves included. Raises RuleBroken as adding does, Stale."""
    require(by, Action.KEEP_NETWORK, of)
    values, before = _values(details, of), fields_of_centre(of.id)
    told = {
        "province_code": (of.province.name, details.province.name),
        "fields": (_names(before), _names(details.fields)),
    }
    if changes.change(of, values, seen=seen, by=by, told=told):
        changes.set_links(FieldCentre, "centre_id", of.id, "field_id", [one.id for one in details.fields])
        index_centre(of)


def close_centre(of: Centre, *, by: Actor) -> None:
    """The centre opens no more runs; those that are open run on, and what it has issued stays."""
    require(by, Action.KEEP_NETWORK, of)
    changes.close(of, by=by)


def reopen_centre(of: Centre, *, by: Actor) -> None:
    """Let a closed centre open runs again."""
    require(by, Action.KEEP_NETWORK, of)
    changes.reopen(of, by=by)


def remove_centre(of: Centre, *, by: Actor) -> None:
    """Delete a centre that nothing refers to. Raises RuleBroken."""
    require(by, Action.KEEP_NETWORK, of)
    changes.remove(of, by=by, own=("field_centre",))
    search.index("centre", of.id, ())


def _values(details: CentreDetails, of: Centre | None) -> dict[str, Any]:
    """What was typed, tidied and compared with the other centres."""
    tr, en = one_line(details.name.tr, rules.LONGEST_NAME), one_line(details.name.en, rules.LONGEST_NAME)
    rules.check_filled(tr, "name_tr", Message(N_("Write the Turkish name.")))
    rules.check_filled(en, "name_en", Message(N_("Write the English name.")))
    others = [one for one in centres() if of is None or one.id != of.id]
    for field, name in (("name_tr", tr), ("name_en", en)):
        if turkish.fold(name) in {turkish.fold(getattr(one.name, field[-2:])) for one in others}:
            raise RuleBroken(Message(N_("There is a centre with this name already.")), field)
    host, short = one_line(details.host_school, rules.LONGEST_NAME), one_line(details.short_name, rules.LONGEST_NAME)
    rules.check_filled(host, "host_school", Message(N_("Write the host school.")))
    rules.check_filled(short, "short_name", Message(N_("Write the short name.")))
    return {
        "name_tr": tr,
        "name_en": en,
        "sort_key": turkish.sort_key(tr),
        "host_school": host,
        "short_name": short,
        "province_code": details.province.code,
        "district": one_line(details.district, 100),
        **_contact(details.website, details.office_email, details.office_phone),
    }


def _names(fields: Collection[Field]) -> list[str]:
    """Fields as the audit record tells them."""
    return sorted((one.name.tr for one in fields), key=turkish.sort_key)
