"""Fields and subjects: finding them, and changing their names, codes and aliases."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from lmp.access import Action, Actor, Facts, require
from lmp.core import db, search, turkish
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import Centre, Field, FieldCentre
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


def change_field(
    of: Field,
    *,
    seen: int,
    name: Bilingual,
    mtal_code: str,
    mesem_code: str,
    isced_f: str,
    aliases: Sequence[str],
    by: Actor,
) -> None:
    """Change names, codes and aliases. Raises RuleBroken for a missing name, Stale."""
    require(by, Action.KEEP_NETWORK, Facts())
    tr, en = one_line(name.tr, rules.LONGEST_NAME), one_line(name.en, rules.LONGEST_NAME)
    rules.check_filled(tr, "name_tr", Message(N_("Write the Turkish name.")))
    rules.check_filled(en, "name_en", Message(N_("Write the English name.")))
    kept = [tidy for alias in aliases if (tidy := one_line(alias, rules.LONGEST_NAME))]
    values = {
        "name_tr": tr,
        "name_en": en,
        "sort_key_tr": turkish.sort_key(tr),
        "sort_key_en": turkish.sort_key(en),
        "mtal_code": one_line(mtal_code, 10) or None,
        "mesem_code": one_line(mesem_code, 10) or None,
        "isced_f": one_line(isced_f, 10),
        "aliases": list(dict.fromkeys(kept)),
    }
    if changes.change(of, values, seen=seen, by=by):
        index_field(of)
