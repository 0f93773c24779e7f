"""Loading the network's facts from the package's data files into an empty network."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select

from lmp.access import Action, Actor, Facts, require
from lmp.audit import service as audit
from lmp.core import db, turkish
from lmp.core.db import Bilingual
from lmp.network.models import (
    Branch,
    BranchField,
    CalendarDay,
    Centre,
    DayKind,
    Field,
    FieldCentre,
    FieldKind,
    Province,
)
from lmp.network.service.branches import index_branch
from lmp.network.service.centres import index_centre
from lmp.network.service.fields import index_field

DATA = Path(__file__).resolve().parent.parent / "data"


def seed(*, by: Actor) -> bool:
    """Load the network's facts from the package's data files into an empty network; False when they are there."""
    require(by, Action.KEEP_NETWORK, Facts())
    if db.session().scalar(select(func.count()).select_from(Field)):
        return False
    for row in _data("provinces"):
        db.session().add(Province(code=row["code"], name=row["name"], sort_key=turkish.sort_key(row["name"])))
    db.session().flush()
    by_slug = {row["slug"]: _seed_field(row) for row in _data("fields")}
    for row in _data("centres"):
        _seed_centre(row, by_slug)
    for row in _data("branches"):
        _seed_branch(row, by_slug)
    for row in _data("calendar")["days"]:
        db.session().add(
            CalendarDay(on=date.fromisoformat(row["on"]), kind=DayKind(row["kind"]), name=Bilingual(**row["name"]))
        )
    db.session().flush()
    audit.record(by, "network.seeded")
    return True


def _data(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _seed_field(row: dict[str, Any]) -> Field:
    name = Bilingual(**row["name"])
    made = Field(
        slug=row["slug"],
        name=name,
        kind=FieldKind(row["kind"]),
        mtal_code=row["mtal_code"],
        mesem_code=row["mesem_code"],
        isced_f=row["isced_f"],
        aliases=row["aliases"],
        sort_key_tr=turkish.sort_key(name.tr),
        sort_key_en=turkish.sort_key(name.en),
    )
    db.session().add(made)
    db.session().flush()
    index_field(made)
    return made


def _seed_centre(row: dict[str, Any], by_slug: dict[str, Field]) -> None:
    name = Bilingual(**row["name"])
    made = Centre(
        slug=row["slug"],
        code=row["code"],
        name=name,
        host_school=row["host_school"],
        short_name=row["short_name"],
        province_code=row["province_code"],
        district=row["district"],
        website=row["website"],
        sort_key=turkish.sort_key(name.tr),
    )
    db.session().add(made)
    db.session().flush()
    db.session().add_all(FieldCentre(field_id=by_slug[slug].id, centre_id=made.id) for slug in row["fields"])
    index_centre(made)


def _seed_branch(row: dict[str, Any], by_slug: dict[str, Field]) -> None:
    made = Branch(name=row["name"], sort_key=turkish.sort_key(row["name"]))
    db.session().add(made)
    db.session().flush()
    db.session().add_all(BranchField(branch_id=made.id, field_id=by_slug[slug].id) for slug in row["fields"])
    index_branch(made)
