"""The network's other courses: each published at its own centre, with a run that takes applications."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from lmp.access import Actor, Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.content import service as content
from lmp.core.db import Bilingual
from lmp.demo.course import FIRST_NOTE
from lmp.demo.days import Calendar, on
from lmp.demo.people import address_of
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import RunKind
from lmp.network import service as network
from lmp.network.models import Centre


@dataclass(frozen=True)
class Plan:
    """Where a course is given, in how many working days it begins, and over how many it stretches."""

    centre: str
    begins_in: int
    lasts: int
    capacity: int


PLANS: Mapping[str, Plan] = {
    "bilisim": Plan("smm-koc-denizyildizlari", 22, 28, 20),
    "gida": Plan("smm-koc-aslancimento", 27, 28, 16),
    "mesleki-matematik": Plan("smm-ist-bist", 20, 5, 24),
    "metal": Plan("smm-bur-mimarsinan", 32, 28, 12),
    "motorlu-araclar": Plan("smm-bur-oib", 25, 28, 12),
    "tesisat-iklimlendirme": Plan("smm-ank-mimarsinan", 30, 28, 16),
}
#: The people who look after all of them, by role.
_STAFF = {
    "egitimgorevlisi": (Role.TRAINER, "Demo Ağ Eğitim Görevlisi"),
    "inceleyen": (Role.TRAINER, "Demo Ağ İnceleyen"),
    "degerlendirici": (Role.ASSESSOR, "Demo Ağ Değerlendirici"),
    "koordinator": (Role.CENTRE_ADMINISTRATOR, "Demo Ağ Koordinatör"),
}
_PUBLISHED, _OPENED, _APPLY_FOR = 40, 12, 24


def tell(courses: Path, calendar: Calendar, *, by: Actor) -> dict[str, Actor]:
    """Publish and open every course whose files are there; answers who looks after them, by role."""
    there = {slug: plan for slug, plan in PLANS.items() if (courses / slug).is_dir()}
    if not there:
        return {}
    with on(calendar.today - timedelta(days=_PUBLISHED), 10):
        staff = {key: _add(key, name, by) for key, (_role, name) in _STAFF.items()}
        for centre in {plan.centre for plan in there.values()}:
            _grant(staff, network.centre(centre), by)
        for slug in there:
            content.import_course(courses / slug, author=staff["egitimgorevlisi"], by=_actor(staff, "egitimgorevlisi"))
            content.publish(content.draft(slug), by=_actor(staff, "inceleyen"), note=FIRST_NOTE)
    with on(calendar.today - timedelta(days=_OPENED), 10):
        for slug, plan in there.items():
            _open(slug, plan, staff, calendar)
    return {key: _actor(staff, key) for key in staff}


def _add(key: str, name: str, by: Actor) -> Person:
    return accounts.add_person(name=name, email=address_of(f"{key}.ag"), password=None, is_demo=True, by=by)


def _grant(staff: Mapping[str, Person], centre: Centre, by: Actor) -> None:
    for key, (role, _name) in _STAFF.items():
        accounts.grant(staff[key], role, ScopeKind.CENTRE, str(centre.id), by=by)


def _actor(staff: Mapping[str, Person], key: str) -> Actor:
    return accounts.actor_of(staff[key])


def _open(slug: str, plan: Plan, staff: Mapping[str, Person], calendar: Calendar) -> None:
    """A run whose applications go to the principal first, as at the other centres."""
    centre = network.centre(plan.centre)
    place = f"{centre.short_name}, {centre.district}/{centre.province.name}"
    enrolments.open_run(
        slug,
        starts_on=calendar.ahead(plan.begins_in),
        ends_on=calendar.ahead(plan.begins_in + plan.lasts - 1),
        apply_from_on=calendar.today - timedelta(days=_OPENED - 1),
        apply_until_on=calendar.today - timedelta(days=_OPENED) + timedelta(days=_APPLY_FOR),
        capacity=plan.capacity,
        kind=RunKind.OPEN,
        chain=[{"scope_kind": "school", "days": 3}],
        venue=Bilingual(place, place),
        trainers=[staff["egitimgorevlisi"]],
        assessors=[staff["degerlendirici"]],
        by=_actor(staff, "koordinator"),
    )
