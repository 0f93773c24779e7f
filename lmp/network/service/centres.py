"""Centres: finding them, and changing what is known about them."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, Role, require
from lmp.core import db, search, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound
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


def change_centre(
    of: Centre,
    *,
    seen: int,
    name: Bilingual,
    host_school: str,
    short_name: str,
    province: Province,
    district: str,
    website: str,
    office_email: str,
    office_phone: str,
    fields: Collection[Field],
    by: Actor,
) -> None:
    """Change all about a centre, the fields it serves included. Raises RuleBroken for what is missing, Stale."""
    require(by, Action.KEEP_NETWORK, of)
    tr, en = one_line(name.tr, rules.LONGEST_NAME), one_line(name.en, rules.LONGEST_NAME)
    rules.check_filled(tr, "name_tr", Message(N_("Write the Turkish name.")))
    rules.check_filled(en, "name_en", Message(N_("Write the English name.")))
    before = fields_of_centre(of.id)
    values = {
        "name_tr": tr,
        "name_en": en,
        "sort_key": turkish.sort_key(tr),
        "host_school": one_line(host_school, rules.LONGEST_NAME),
        "short_name": one_line(short_name, rules.LONGEST_NAME),
        "province_code": province.code,
        "district": one_line(district, 100),
        **_contact(website, office_email, office_phone),
    }
    told = {"province_code": (of.province.name, province.name), "fields": (_names(before), _names(fields))}
    if changes.change(of, values, seen=seen, by=by, told=told):
        changes.set_links(FieldCentre, "centre_id", of.id, "field_id", [one.id for one in fields])
        index_centre(of)


def _names(fields: Collection[Field]) -> list[str]:
    """Fields as the audit record tells them."""
    return sorted((one.name.tr for one in fields), key=turkish.sort_key)
