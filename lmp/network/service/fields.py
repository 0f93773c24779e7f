"""Fields and subjects: finding them, adding them, changing their names, codes and aliases, and ending them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, Facts, require
from lmp.audit import service as audit
from lmp.core import db, search, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import Centre, Field, FieldCentre, FieldKind
from lmp.network.service import changes


def fields() -> list[Field]:
    """All fields and subjects, in Turkish order, subjects last."""
    return list(db.session().scalars(select(Field).order_by(Field.kind, Field.sort_key_tr)))


def field(slug: str) -> Field:
    """A field or subject by its slug. Raises NotFound."""
    found = db.session().scalar(select(Field).where(Field.slug == slug))
    if found is None:
        raise NotFound
    return found


def centres_of_field(field_id: UUID) -> list[Centre]:
    """The centres that serve a field."""
    joined = (
        select(Centre).join(FieldCentre, FieldCentre.centre_id == Centre.id).where(FieldCentre.field_id == field_id)
    )
    return list(db.session().scalars(joined.order_by(Centre.sort_key)))


def index_field(of: Field) -> None:
    """Make a field findable by its names and aliases."""
    names = [("tr", of.name.tr), ("en", of.name.en)]
    search.index("field", of.id, [*names, *(("tr", str(alias)) for alias in of.aliases)])


def fields_on_offer(kept: Collection[Field] = ()) -> list[Field]:
    """The fields in use, and those of `kept` that something is tied to already."""
    tied = {one.id for one in kept}
    return [one for one in fields() if one.closed_on is None or one.id in tied]


@dataclass(frozen=True, kw_only=True)
class FieldDetails:
    """What people write about a field."""

    name: Bilingual
    mtal_code: str = ""
    mesem_code: str = ""
    isced_f: str = ""
    aliases: Sequence[str] = ()


def add_field(kind: FieldKind, details: FieldDetails, *, by: Actor) -> Field:
    """Keep a field or subject. Raises RuleBroken for a missing name, and for a name or code that another one has."""
    require(by, Action.KEEP_NETWORK, Facts())
    values = _values(details, None)
    slug = rules.slug_of(values["name_tr"], {one.slug for one in fields()})
    made = Field(
        slug=slug,
        kind=kind,
        name=Bilingual(values.pop("name_tr"), values.pop("name_en")),
        **values,
    )
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise _taken("name_tr") from None
    index_field(made)
    audit.record(by, "network.added", made)
    return made


def change_field(of: Field, details: FieldDetails, *, seen: int, by: Actor) -> None:
    """Change names, codes and aliases. Raises RuleBroken as adding does, Stale."""
    require(by, Action.KEEP_NETWORK, Facts())
    if changes.change(of, _values(details, of), seen=seen, by=by):
        index_field(of)


def close_field(of: Field, *, by: Actor) -> None:
    """The field is taught no more; what was taught in it stays."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.close(of, by=by)


def reopen_field(of: Field, *, by: Actor) -> None:
    """Teach a closed field again."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.reopen(of, by=by)


def remove_field(of: Field, *, by: Actor) -> None:
    """Delete a field that nothing refers to. Raises RuleBroken."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.remove(of, by=by)
    search.index("field", of.id, ())


def _values(details: FieldDetails, of: Field | None) -> dict[str, Any]:
    """What was typed, tidied and compared with the other fields."""
    tr, en = one_line(details.name.tr, rules.LONGEST_NAME), one_line(details.name.en, rules.LONGEST_NAME)
    rules.check_filled(tr, "name_tr", Message(N_("Write the Turkish name.")))
    rules.check_filled(en, "name_en", Message(N_("Write the English name.")))
    mtal, mesem = one_line(details.mtal_code, 10) or None, one_line(details.mesem_code, 10) or None
    others = [one for one in fields() if of is None or one.id != of.id]
    for field, name in (("name_tr", tr), ("name_en", en)):
        if turkish.fold(name) in {turkish.fold(getattr(one.name, field[-2:])) for one in others}:
            raise _taken(field)
    rules.check_code(mtal, {one.mtal_code: one.name.tr for one in others if one.mtal_code}, "mtal_code")
    rules.check_code(mesem, {one.mesem_code: one.name.tr for one in others if one.mesem_code}, "mesem_code")
    kept = [tidy for alias in details.aliases if (tidy := one_line(alias, rules.LONGEST_NAME))]
    return {
        "name_tr": tr,
        "name_en": en,
        "sort_key_tr": turkish.sort_key(tr),
        "sort_key_en": turkish.sort_key(en),
        "mtal_code": mtal,
        "mesem_code": mesem,
        "isced_f": one_line(details.isced_f, 10),
        "aliases": list(dict.fromkeys(kept)),
    }


def _taken(field: str) -> RuleBroken:
    return RuleBroken(Message(N_("There is a field with this name already.")), field)
