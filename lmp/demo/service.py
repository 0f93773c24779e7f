"""Loading the demo network once, through the services that everybody uses, and dropping it again."""

import shutil
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from lmp import migrate
from lmp.access import system
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import clock, db
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.demo import (
    bank,
    copies,
    course,
    meeting,
    offices,
    places,
    requests,
    reviewing,
    roles,
    shelf,
    standing_in,
    story,
    talk,
    testing,
)
from lmp.demo.days import on, read_calendar
from lmp.demo.partners import make_partners
from lmp.demo.people import ROLE_WORDS, STAFF, address_of, make_people
from lmp.demo.runs import Stage
from lmp.network import service as network
from lmp.reports import service as reports

CENTRE = "smm-ank-cezeri"
#: The story begins this long ago with people, companies and the course's first version; the second draft is recent.
_BEGINS = timedelta(weeks=60)
_DRAFTED = 3
_BY = system("demo")


def people() -> list[tuple[str, str, str]]:
    """The people one can be in the demo: address, name, and the msgid of their role."""
    return [(address_of(key), name, ROLE_WORDS[role]) for key, name, role in STAFF]


def is_loaded() -> bool:
    """Whether the demo's people are there."""
    return accounts.find_person(address_of(STAFF[0][0])) is not None


def load(*, password: str, courses: Path) -> bool:
    """Load the demo network in one transaction; False when it is there already. The jobs it queues are the caller's to run."""
    with db.transaction():
        if is_loaded():
            return False
        network.seed(by=_BY)
        _make(password, courses)
    return True


def _make(password: str, courses: Path) -> None:
    """Everybody and everything, in the order in which it happened."""
    with on(clock.today() - _BEGINS, 9):
        centre = network.centre(CENTRE)
        schools = places.make_schools(_BY)
        cast = make_people(schools, centre, password, _BY)
        hosts = places.make_hosts(centre, cast.actor("koordinator"))
        make_partners(centre, hosts[0].workplace.company, by=cast.actor("koordinator"), official=cast.actor("bakanlik"))
        course.publish_first(courses, cast)
    calendar = read_calendar()
    stage = Stage(cast, calendar, hosts)
    story.tell(stage)
    talk.tell(stage)
    testing.set_days(stage)
    meeting.tell(courses, calendar, cast.person("egitimgorevlisi"), schools, password=password, by=_BY)
    with on(calendar.back(_DRAFTED), 14):
        course.draft_second(courses, cast)
    bank.tell(cast, calendar)
    reviewing.tell(cast, calendar)
    others = shelf.tell(courses, calendar, by=_BY)
    if (courses / copies.ORIGIN).is_dir():
        copies.tell(centre, cast, others["egitimgorevlisi"], others["inceleyen"], calendar)
    requests.ask(cast, calendar)
    offices.ask(cast, calendar, password, _BY)
    roles.make_changes(cast, centre, calendar)
    standing_in.name_somebody(cast, calendar)
    reports.rebuild()


def drop(*, migrations: Path, files: Path) -> None:
    """Leave an empty database at the newest schema, and nothing in the folder of stored files.

    Raises RuleBroken, before anything is dropped, when there is an account that does not belong to the demo.
    """
    if migrate.current() is not None:
        _check_only_demo()
    migrate.downgrade(migrations, "base")
    migrate.upgrade(migrations)
    shutil.rmtree(files, ignore_errors=True)


def _check_only_demo() -> None:
    with db.reading() as session:
        if session.scalar(select(Person.id).where(Person.is_demo.is_(False)).limit(1)) is not None:
            raise RuleBroken(
                Message(N_("Nothing was dropped: this database holds accounts that do not belong to the demo."))
            )
