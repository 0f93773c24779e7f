"""Placements, days, sent weeks and photos for tests, made through the real services.

The story: the run began on Monday 23 November 2026, the placement lasts from 30 November to 11 December, and today is
Wednesday 2 December, half past two.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from PIL import Image

from lmp.access import Actor, ActorKind
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink, Person
from lmp.content.models import CourseVersion
from lmp.core import clock
from lmp.core.ids import new_id
from lmp.enrolment.models import Enrolment
from lmp.network import service as network
from lmp.network.models import Centre, Company, MentorContact, Workplace
from lmp.workplace import service
from lmp.workplace.models import DayEntry, Placement, Presence, SentWeek
from tests.builders.accounts import a_centre, a_centre_administrator, acting
from tests.builders.enrolment import a_running_enrolment
from tests.builders.mails import mails

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)
THURSDAY, SATURDAY = date(2026, 12, 3), date(2026, 12, 5)
LAST_DAY = date(2026, 12, 11)
SENTENCE = "Ölçüm kaydının kim için tutulduğunu gördüm; sınıfta da kayıt tutturacağım."


@contextmanager
def today_is(day: date = WEDNESDAY, at: time = time(14, 30)) -> Iterator[None]:
    """Let the test live on another day."""
    with clock.at(datetime.combine(day, at, clock.zone())):
        yield


def a_company(centre: Centre | None = None, name: str = "Demo Pano ve Elektrik") -> Company:
    """A company that works with a centre."""
    centre = centre or a_centre()
    return network.add_company(name=name, centre=centre, is_demo=True, by=acting(a_centre_administrator(centre)))


def a_workplace(company: Company, name: str = "OSTİM pano atölyesi", *, photos_allowed: bool = True) -> Workplace:
    """A workplace of a company."""
    return network.add_workplace(
        company,
        name=name,
        province_code=6,
        district_name="Yenimahalle",
        hazard_class="tehlikeli",
        photos_allowed=photos_allowed,
        by=_keeper(company),
    )


def a_mentor(
    company: Company, name: str = "Demo Usta", *, email: str = "usta@demo.example", lang: str = "tr"
) -> MentorContact:
    """Somebody at a company who confirms days."""
    return network.add_mentor_contact(
        company,
        name=name,
        title="pano montaj sorumlusu",
        email=email,
        phone="0 000 000 00 01",
        certificate_kind="usta öğretici",
        lang=lang,
        by=_keeper(company),
    )


def _keeper(company: Company) -> Actor:
    """An administrator of the company's centre."""
    found = next(centre for centre in network.centres() if centre.id == company.centre_id)
    return acting(a_centre_administrator(found))


def an_administrator(enrolment: Enrolment) -> Person:
    """An administrator of the centre that runs the enrolment's course."""
    return a_centre_administrator(enrolment.run.centre)


def a_teacher_in_a_run(version: CourseVersion | None = None, teacher: Person | None = None, **values: Any) -> Enrolment:
    """Somebody on the main list of the story's run."""
    days_ago = (clock.today() - date(2026, 11, 23)).days
    return a_running_enrolment(version, teacher, begun_days_ago=days_ago, days=26, **values)


def a_placement(
    enrolment: Enrolment | None = None,
    *,
    workplace: Workplace | None = None,
    mentor: MentorContact | None = None,
    photos_allowed: bool = True,
    **values: Any,
) -> Placement:
    """A teacher placed at a company; `values` replace what the service is told."""
    enrolment = enrolment or a_teacher_in_a_run()
    company = workplace.company if workplace else a_company(enrolment.run.centre)
    told: dict[str, Any] = {
        "workplace_id": (workplace or a_workplace(company, photos_allowed=photos_allowed)).id,
        "mentor_id": (mentor or a_mentor(company)).id,
        "starts_on": MONDAY,
        "ends_on": LAST_DAY,
        "planned_days": 10,
        "day_starts": time(8, 30),
        "day_ends": time(15, 30),
        "break_minutes": 60,
        "briefed_on": MONDAY,
        "by": acting(an_administrator(enrolment)),
    }
    return service.place(enrolment, **{**told, **values})


def found_again(placement: Placement) -> Placement:
    """A placement of an earlier transaction, in this one."""
    again = service.placement_of(placement.enrolment_id)
    assert again is not None, "the placement was never committed"
    return again


def the_teacher(placement: Placement) -> Actor:
    """The teacher of a placement, acting."""
    return acting(placement.enrolment.person)


def told_day(placement: Placement, on: date, **values: Any) -> dict[str, Any]:
    """What a teacher tells about an ordinary day: 8.30 to 15.30, an hour's break, one task."""
    return {
        "entry_id": new_id(),
        "on": on,
        "presence": Presence.PRESENT,
        "starts": time(8, 30),
        "ends": time(15, 30),
        "break_minutes": 60,
        "tasks": ["t1"],
        "reflection": SENTENCE,
        "version": 0,
        "by": the_teacher(placement),
        **values,
    }


def a_day(placement: Placement, on: date = MONDAY, **values: Any) -> DayEntry:
    """A saved day."""
    return service.save_day(placement, **told_day(placement, on, **values))


def changed(placement: Placement, entry: DayEntry, **values: Any) -> DayEntry:
    """A day saved again from a page that showed its newest version."""
    seen = {"entry_id": entry.id, "version": entry.version}
    return service.save_day(placement, **told_day(placement, entry.day, **{**seen, **values}))


def a_sent_week(placement: Placement, days: Iterable[date] = (MONDAY, TUESDAY)) -> SentWeek:
    """Days that were saved and sent; those that are not there yet are written first."""
    wanted = list(days)
    for on in wanted:
        if service.find_entry(placement.id, on) is None:
            a_day(placement, on)
    return service.send_week(placement, wanted, by=the_teacher(placement))


def newest_token() -> str:
    """The token in the newest mail to a mentor."""
    found = re.search(r"/m/([\w-]+)", mails("workplace/week_sent")[-1].text)
    assert found is not None, "no link in the mail"
    return found[1]


def newest_link() -> OneTimeLink:
    """The link in the newest mail to a mentor."""
    return accounts.open_link(newest_token(), "mentor")


def a_picture(size: tuple[int, int] = (640, 480), colour: str = "#b87333") -> bytes:
    """A photo as a phone makes it, with the place in its EXIF data."""
    exif = Image.Exif()
    exif[0x010F] = "Gizli Telefon"
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_huge_picture(width: int = 20_000, height: int = 10_000) -> bytes:
    """A PNG whose header promises 200 megapixels, in a few bytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0")) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_zip() -> bytes:
    """A ZIP archive, where a photo belongs."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("foto.jpg", b"not a photo")
    return out.getvalue()


def the_bearer(link: OneTimeLink) -> Actor:
    """Whoever follows a mentor's link."""
    return Actor(ActorKind.LINK, name=link.bearer_name, purpose=link.purpose, subject=link.subject_id)


def confirmed(week: SentWeek) -> list[DayEntry]:
    """The days of the newest mail's week, confirmed through its link."""
    link = newest_link()
    return service.confirm(week, link, by=the_bearer(link))
