"""What happened to accounts: a role that ended, somebody suspended, support that looked with a teacher's eyes, a file of invitations."""

from lmp.access import Role, ScopeKind, system
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.accounts.service import act_as, bulk, directory, grants
from lmp.core import clock
from lmp.demo.days import Calendar, on
from lmp.demo.people import Cast, address_of
from lmp.network.models import Centre

_LEFT, _SUSPENDED = "Nihat", "Seda"
_FILE = (
    "Ad soyad;E-posta;Rol;Merkez;Son gün\r\n"
    "Tuncay Demo;tuncay@demo.example;eğitim görevlisi;{code};31.12.2030\r\n"
    "Demo Değerlendirici;degerlendirici@demo.example;eğitim görevlisi;{code};\r\n"
    "Demo İnceleyen;inceleyen@demo.example;eğitim görevlisi;{code};\r\n"
)


def make_changes(cast: Cast, centre: Centre, calendar: Calendar) -> None:
    """The story of the accounts, in the order of its days."""
    official, coordinator = cast.actor("bakanlik"), cast.actor("koordinator")
    with on(calendar.back(30), 10):
        left, out = (_somebody(name) for name in (_LEFT, _SUSPENDED))
        for who in (left, out):
            accounts.grant(who, Role.TRAINER, ScopeKind.CENTRE, str(centre.id), by=coordinator)
    with on(calendar.back(6), 11):
        (held,) = directory.grants_held([left.id])[left.id]
        grants.end_grant(grants.a_grant(held.id), "Başka bir okula atandı", seen=left.access_version, by=coordinator)
        grants.suspend(out, "Hesabının ele geçirildiğini bildirdi", seen=out.access_version, by=official)
    with on(calendar.back(4), 15):
        _support(cast)
    with on(calendar.back(1), 16):
        bulk.rehearse(_FILE.format(code=centre.code).encode(), "yeni-egitimciler.csv", by=coordinator)


def _somebody(first_name: str) -> Person:
    """One more account of the demo, without a password."""
    return accounts.add_person(
        name=f"{first_name} Demo", email=address_of(first_name.lower()), password=None, is_demo=True, by=system("demo")
    )


def _support(cast: Cast) -> None:
    """The Ministry looks with the teacher's eyes for a while."""
    official = cast.person("bakanlik")
    opened = accounts.resume(accounts.open_session(official, agent="demo"))
    if opened is None:
        raise LookupError("the session is not there")
    act_as.begin_looking(
        cast.person("ogretmen"), "Günlüğünde bir günü göremediğini söyledi", session_id=opened.id, by=opened.actor
    )
    with clock.at(clock.now() + clock.minutes(11)):
        act_as.end_looking(opened.id)
    accounts.end_sessions(official, by=opened.actor)
