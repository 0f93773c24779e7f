"""Who is in the demo: one person for each role, and the teachers of the six runs. All are made up and say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from lmp.access import Actor, Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import turkish
from lmp.core.messages import N_
from lmp.demo.places import DOMAIN
from lmp.network import service as network
from lmp.network.models import Centre, School

#: The key stands before the @, in addresses and all through the story.
STAFF = (
    ("ogretmen", "Demo Öğretmen", Role.TEACHER),
    ("egitimgorevlisi", "Demo Eğitim Görevlisi", Role.TRAINER),
    ("inceleyen", "Demo İnceleyen", Role.TRAINER),
    ("degerlendirici", "Demo Değerlendirici", Role.ASSESSOR),
    ("koordinator", "Demo Koordinatör", Role.CENTRE_ADMINISTRATOR),
    ("okulmuduru", "Demo Okul Müdürü", Role.APPROVER),
    ("bakanlik", "Demo Bakanlık Yetkilisi", Role.NETWORK_ADMINISTRATOR),
)
ROLE_WORDS = {
    Role.TEACHER: N_("teacher"),
    Role.TRAINER: N_("trainer"),
    Role.ASSESSOR: N_("assessor"),
    Role.CENTRE_ADMINISTRATOR: N_("centre coordinator"),
    Role.APPROVER: N_("school principal"),
    Role.NETWORK_ADMINISTRATOR: N_("Ministry official (MTEGM)"),
}
#: The teachers of each run, by first name; `Kâzım Demo` is kazim@.
OLDER = ("Gülşah", "Ömer", "Şirin", "Ümit", "Kâzım", "Tuğba", "Yiğit")
#: Three runs of the past year.
HISTORY = (
    ("Abdullah", "Arzu", "Bahar", "Beyza", "Caner"),
    ("Dursun", "Ebru", "Eren", "Fadime", "Gamze"),
    ("İhsan", "Kadir", "Leyla"),
)
CENTRAL = ("İbrahim", "Işıl", "Çağrı", "Bülent", "Hatice", "Özgür", "Şükrü", "Zeynep")
ENDED = ("Ahmet", "Çiğdem", "Ilgın", "Gökhan", "Hülya", "Barış", "Esra", "Fatih", "Nazlı")
RUNNING = ("Ayşe", "Mehmet", "Elif", "Kemal", "Sevgi", "Uğur", "Pınar", "Cemil", "Dilek", "Rıza", "Müge")
COMING = (
    "Ali", "Berrin", "Cansu", "Doğan", "Emine", "Filiz", "Güven", "Hakan", "İlknur",
    "Jale", "Koray", "Levent", "Meral", "Nuri", "Orhan", "Perihan", "Recep", "Selma",
)  # fmt: skip
#: Colleagues of ogretmen whose applications wait for okulmuduru.
ASKING = ("Aslı", "Deniz", "Ferhat")
REFUSED = "Serkan"
SMALL = ("Tarık", "Ufuk", "Vildan", "Yasemin", "Zafer", "Banu", "Cevdet", "Defne", "Ercan", "Kaan")
LATER = ("Figen", "Gürkan", "Hande", "İsmail")
#: The principals of the schools after the first one; they sign in as little as most teachers here do.
PRINCIPALS = (
    "Aydın",
    "Belgin",
    "Coşkun",
    "Duygu",
    "Engin",
    "Füsun",
    "Gönül",
    "Halit",
    "İclal",
    "Kerim",
    "Lale",
    "Metin",
    "Nalan",
    "Osman",
    "Pelin",
)
#: Besides the people of STAFF these can sign in too: somebody with a certificate, somebody who waits for an
#: approval, and somebody for whom a place is held.
WITH_PASSWORD = ("Gülşah", "Ömer", "Aslı", "Cevdet")
BRANCHES = ("Elektrik-Elektronik Teknolojisi", "Yenilenebilir Enerji Teknolojileri")


def key_of(first_name: str) -> str:
    """What stands before the @ of somebody's address."""
    return turkish.fold(first_name)


def address_of(key: str) -> str:
    """The demo address of a key."""
    return f"{key}@{DOMAIN}"


@dataclass
class Cast:
    """Everybody, by key, and as somebody who acts."""

    people: dict[str, Person]
    actors: dict[str, Actor]

    def person(self, name: str) -> Person:
        """A person by key or first name."""
        return self.people[key_of(name)]

    def actor(self, name: str) -> Actor:
        """A person by key or first name, with the roles they were given."""
        key = key_of(name)
        if key not in self.actors:
            self.actors[key] = accounts.actor_of(self.people[key])
        return self.actors[key]


def make_people(schools: Sequence[School], centre: Centre, password: str, by: Actor) -> Cast:
    """Everybody with their roles; only those who are there to be tried out have a password."""
    cast = Cast({}, {})
    for key, name, role in STAFF:
        teaches = role is Role.TEACHER
        who = _add(cast, key, name, password, schools[0] if teaches else None, BRANCHES[0] if teaches else None, by)
        accounts.grant(who, role, *_scope(role, centre, schools[0]), by=by)
    for first_name, school in zip(PRINCIPALS, schools[1:], strict=True):
        principal = _add(cast, f"mudur.{key_of(first_name)}", f"{first_name} Demo", None, None, None, by)
        accounts.grant(principal, Role.APPROVER, ScopeKind.SCHOOL, str(school.id), by=by)
        cast.people[f"principal {school.id}"] = principal
    cast.people[f"principal {schools[0].id}"] = cast.people["okulmuduru"]
    elsewhere = (
        *OLDER,
        *CENTRAL,
        *ENDED,
        *RUNNING,
        *COMING,
        REFUSED,
        *SMALL,
        *LATER,
        *(name for names in HISTORY for name in names),
    )
    for number, first_name in enumerate(elsewhere):
        _teacher(cast, first_name, schools[1 + number % (len(schools) - 1)], BRANCHES[number % 4 == 3], password, by)
    for first_name in ASKING:
        _teacher(cast, first_name, schools[0], BRANCHES[0], password, by)
    return cast


def _scope(role: Role, centre: Centre, school: School) -> tuple[ScopeKind, str]:
    """What a role of STAFF reaches."""
    if role is Role.TEACHER:
        return ScopeKind.OWN, ""
    if role is Role.APPROVER:
        return ScopeKind.SCHOOL, str(school.id)
    if role is Role.NETWORK_ADMINISTRATOR:
        return ScopeKind.NETWORK, ""
    return ScopeKind.CENTRE, str(centre.id)


def _teacher(cast: Cast, first_name: str, school: School, branch: str, password: str, by: Actor) -> None:
    """A teacher of a school and branch."""
    secret = password if first_name in WITH_PASSWORD else None
    made = _add(cast, key_of(first_name), f"{first_name} Demo", secret, school, branch, by)
    accounts.grant(made, Role.TEACHER, ScopeKind.OWN, by=by)


def _add(
    cast: Cast, key: str, name: str, password: str | None, school: School | None, branch: str | None, by: Actor
) -> Person:
    """An account of the demo."""
    made = accounts.add_person(
        name=name,
        email=address_of(key),
        password=password,
        school_id=school.id if school else None,
        branch_id=network.branch(branch).id if branch else None,
        is_demo=True,
        by=by,
    )
    cast.people[key] = made
    return made
