"""People for tests, made through the real services."""

from itertools import count

from lmp.access import Actor, Role, ScopeKind, system
from lmp.accounts import service
from lmp.accounts.models import Person
from lmp.network import service as network
from lmp.network.models import Centre, School

PASSWORD = "a-password-for-tests"
_numbers = count(1)
BY = system("tests")


def a_person(
    name: str = "Ayşe Demo",
    *,
    email: str | None = None,
    password: str | None = None,
    school: School | None = None,
    branch: str | None = None,
    lang: str = "tr",
) -> Person:
    """Somebody with an account and no role."""
    return service.add_person(
        name=name,
        email=email or f"kisi{next(_numbers)}@demo.example",
        password=password,
        lang=lang,
        school_id=school.id if school else None,
        branch_id=network.branch(branch).id if branch else None,
        is_demo=True,
        by=BY,
    )


def a_school(name: str = "Demo Mesleki ve Teknik Anadolu Lisesi") -> School:
    """A demo school in Ankara, Etimesgut."""
    return network.add_school(name=name, province_code=6, district_name="Etimesgut", is_demo=True, by=BY)


def a_teacher(
    name: str = "Gülşah Demo",
    *,
    branch: str = "Elektrik-Elektronik Teknolojisi",
    school: School | None = None,
    lang: str = "tr",
) -> Person:
    """A teacher with branch and school."""
    made = a_person(name, school=school or a_school(), branch=branch, lang=lang)
    service.grant(made, Role.TEACHER, ScopeKind.OWN, by=BY)
    return made


def _with_role(name: str, role: Role, kind: ScopeKind, scope: str) -> Person:
    made = a_person(name)
    service.grant(made, role, kind, scope, by=BY)
    return made


def a_centre(slug: str = "smm-ank-cezeri") -> Centre:
    """One of the fifteen centres."""
    return network.centre(slug)


def a_trainer(centre: Centre | None = None, name: str = "Tülin Demo") -> Person:
    """A trainer of a centre."""
    return _with_role(name, Role.TRAINER, ScopeKind.CENTRE, str((centre or a_centre()).id))


def an_assessor(centre: Centre | None = None, name: str = "Değer Demo") -> Person:
    """An assessor of a centre."""
    return _with_role(name, Role.ASSESSOR, ScopeKind.CENTRE, str((centre or a_centre()).id))


def a_centre_administrator(centre: Centre | None = None, name: str = "Koray Demo") -> Person:
    """A centre's coordinator."""
    return _with_role(name, Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str((centre or a_centre()).id))


def an_approver(school: School, name: str = "Müdür Demo") -> Person:
    """A school's principal."""
    return _with_role(name, Role.APPROVER, ScopeKind.SCHOOL, str(school.id))


def a_network_administrator(name: str = "Bakan Demo") -> Person:
    """A ministry official."""
    return _with_role(name, Role.NETWORK_ADMINISTRATOR, ScopeKind.NETWORK, "")


def acting(person: Person) -> Actor:
    """The person as somebody who acts."""
    return service.actor_of(person)
