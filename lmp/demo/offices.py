"""Offices in which nobody has an account: a school that is asked by mail, and the addresses of directorates."""

from lmp.access import Actor, Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.demo.days import Calendar, on
from lmp.demo.people import BRANCHES, Cast, address_of, key_of
from lmp.demo.places import DOMAIN
from lmp.enrolment import service as enrolments
from lmp.network import service as network

#: A school without an approver; its teacher waits for its office.
SCHOOL = ("Demo Çukurova Mesleki ve Teknik Anadolu Lisesi", 1, "Yüreğir")
TEACHER = "Saliha"
_MOTIVATION = "Atölyemizde ölçme derslerini yenilemek istiyorum."
#: Province → the districts whose directorates have an address too.
_DIRECTORATES = {6: ("Etimesgut",), 34: ("Kadıköy",), 1: ("Yüreğir",)}


def ask(cast: Cast, calendar: Calendar, password: str, by: Actor) -> None:
    """A teacher applied on the last working day, and the coordinator had the link mailed again in the afternoon."""
    coordinator = cast.actor("koordinator")
    with on(calendar.back(20), 9):
        name, province, district = SCHOOL
        school = network.add_school(
            name=name,
            province_code=province,
            district_name=district,
            office_email=f"cukurova@{DOMAIN}",
            is_demo=True,
            by=by,
        )
        teacher = accounts.add_person(
            name=f"{TEACHER} Demo",
            email=address_of(key_of(TEACHER)),
            password=password,
            school_id=school.id,
            branch_id=network.branch(BRANCHES[0]).id,
            is_demo=True,
            by=by,
        )
        accounts.grant(teacher, Role.TEACHER, ScopeKind.OWN, by=by)
        _record_directorates(cast.actor("bakanlik"))
    run = max(enrolments.runs_of(coordinator), key=lambda one: one.starts_on)
    with on(calendar.back(1), 10):
        applied = enrolments.apply(run, motivation=_MOTIVATION, by=accounts.actor_of(teacher))
    with on(calendar.back(1), 15):
        enrolments.offices.ask_again(applied, by=coordinator)


def _record_directorates(by: Actor) -> None:
    """The addresses that the Ministry's official has recorded."""
    for code, names in _DIRECTORATES.items():
        province = network.province(code)
        email = f"mem{code:02}@{DOMAIN}"
        network.change_directorate(province, seen=province.version, office_email=email, by=by)
        for district, _schools in network.districts(code):
            if district.name in names:
                email = f"{key_of(district.name)}@{DOMAIN}"
                network.change_directorate(district, seen=district.version, office_email=email, by=by)
