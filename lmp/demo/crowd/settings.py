"""Where the copies take place: each centre has the demo's course, staff and companies of its own; schools are many."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

from lmp.access import Actor, system
from lmp.content.models import Course, CourseVersion
from lmp.core import bulk, turkish
from lmp.demo.crowd.chance import Ids, Skewed
from lmp.demo.crowd.original import Original, metadata, read
from lmp.network import service as network
from lmp.network.models import Centre, Company, School

BY: Actor = system("demo")
#: One school of the crowd for so many people.
_PEOPLE_OF_A_SCHOOL = 40
_MOST_SCHOOLS = 8_000
#: The provinces that hold most of the load, by plate code, the largest first.
_LARGEST = (34, 6, 35, 16, 1, 7, 42, 27, 63, 41, 33, 21, 31, 55, 38)
_NAMES = ("Gül", "Çınar", "Ilgaz", "Şehit Demo", "Öncü", "Ümit", "İnci", "Yıldız")


@dataclass
class Place:
    """A centre: what leads to it and its course from those of the demo, and its groups of staff as they are made."""

    changes: dict[Any, Any]
    runs: int = 0
    groups: list[dict[Any, Any]] = field(default_factory=list)


@dataclass
class Setting:
    """Everything that copies of runs are put into. A school is (id, id as text, name)."""

    staff: Original
    places: list[Place]
    old_schools: list[tuple[UUID, str, str]]
    schools: list[tuple[UUID, str, str]]

    @property
    def known(self) -> set[Any]:
        """What copies of runs replace besides their own identifiers."""
        schools = {one for school in self.old_schools for one in school}
        return {*self.staff.ids, *map(str, self.staff.ids), *self.places[0].changes, *schools}


def prepare(
    connection: Connection, centre: Centre, staff: Iterable[UUID], people: int, ids: Ids, chance: random.Random
) -> Setting:
    """Make what the copies need; the demo's own centre is the largest."""
    companies = list(connection.scalars(select(Company.id).where(Company.is_demo, Company.centre_id == centre.id)))
    course = connection.execute(select(Course.__table__).where(Course.centre_id == centre.id)).first()
    version = (
        connection.execute(
            select(CourseVersion.__table__).where(CourseVersion.id == course._mapping["current_version_id"])
        ).first()
        if course
        else None
    )
    if course is None or version is None:
        raise LookupError("the demo's course is not published")
    same = _both({centre.id: centre.id, course.id: course.id, version.id: version.id})
    places = [Place(same)]
    others = [one for one in network.centres() if one.id != centre.id]
    places += [Place(_course_for(connection, (course.id, version.id), centre, other, ids)) for other in others]
    original = read(connection, {"person": staff, "company": companies}, known=same.keys())
    original.in_order = [(one, str(one)) for one, _text in original.in_order]  # runs name them in texts
    old = [(one.id, str(one.id), one.name) for one in network.schools() if one.office_email and one.is_demo]
    return Setting(original, places, old, _schools(connection, people, ids, chance))


def _both(changes: dict[UUID, UUID]) -> dict[Any, Any]:
    """The changes, also for identifiers as they stand in texts."""
    return {**changes, **{str(old): str(new) for old, new in changes.items()}}


def _course_for(
    connection: Connection, old: tuple[UUID, UUID], centre: Centre, other: Centre, ids: Ids
) -> dict[Any, Any]:
    """The demo's course as another centre's: the same version, published again."""
    changes = {centre.id: other.id, old[0]: ids.new(), old[1]: ids.new()}
    swaps: dict[Any, Any] = {**changes}
    tables = metadata.tables
    _again(connection, tables["course"], tables["course"].c.id == old[0], {**swaps, old[1]: None}, suffix=other.slug)
    version = tables["course_version"]
    _again(connection, version, version.c.id == old[1], swaps)
    _again(connection, tables["version_unit"], tables["version_unit"].c.version_id == old[1], swaps)
    _again(connection, tables["course_field"], tables["course_field"].c.course_id == old[0], swaps)
    course = tables["course"]
    connection.execute(course.update().where(course.c.id == changes[old[0]]).values(current_version_id=changes[old[1]]))
    return _both(changes)


def _again(
    connection: Connection, table: Table, which: Any, swaps: dict[Any, Any], *, suffix: str | None = None
) -> None:
    """Rows once more with other identifiers; a slug gets the suffix."""
    rows = []
    for row in connection.execute(select(table).where(which)):
        values = [swaps.get(value, value) if isinstance(value, UUID) else value for value in row]
        if suffix is not None:
            place = list(table.columns.keys()).index("slug")
            values[place] = f"{values[place]}-{suffix}"
        rows.append(values)
    bulk.write(connection, table, rows)


def _schools(connection: Connection, people: int, ids: Ids, chance: random.Random) -> list[tuple[UUID, str, str]]:
    """Schools of the crowd, the most in the largest provinces."""
    codes = [*_LARGEST, *(one.code for one in network.provinces() if one.code not in _LARGEST)]
    districts = {code: network.district(code, "Merkez", by=BY).id for code in codes}
    drawn = Skewed(codes, chance)
    pattern = connection.execute(select(School.__table__).where(School.is_demo).limit(1)).one()
    columns = list(metadata.tables["school"].columns.keys())
    made: list[list[Any]] = []
    for number in range(max(8, min(people // _PEOPLE_OF_A_SCHOOL, _MOST_SCHOOLS))):
        province = drawn.draw()
        name = f"Demo {_NAMES[number % len(_NAMES)]} {number + 1} Mesleki ve Teknik Anadolu Lisesi"
        fresh = {
            "id": ids.new(), "code": None, "name": name, "sort_key": turkish.sort_key(name), "province_code": province,
            "district_id": districts[province], "office_email": None,
        }  # fmt: skip
        made.append([fresh.get(column, value) for column, value in zip(columns, pattern, strict=True)])
    bulk.write(connection, metadata.tables["school"], made)
    return _named(made, columns)


def _named(rows: Sequence[Sequence[Any]], columns: list[str]) -> list[tuple[UUID, str, str]]:
    key, name = columns.index("id"), columns.index("name")
    return [(row[key], str(row[key]), row[name]) for row in rows]
