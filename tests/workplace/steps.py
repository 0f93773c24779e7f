"""Where the pages of the log are, and what is done on them."""

from datetime import date
from typing import Any

from sqlalchemy import select

from lmp.accounts.models import Person
from lmp.core import db
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace.models import DayEntry, Placement
from tests.builders.accounts import a_centre, a_centre_administrator
from tests.builders.workplace import (
    MONDAY,
    TUESDAY,
    a_sent_week,
    found_again,
    newest_token,
)
from tests.visitor import Page, Visitor


def day_url(placement: Placement, on: date, lang: str = "tr") -> str:
    """The address of a day's page."""
    return f"/{lang}/log/{placement.id}/{on.isoformat()}"


def week_url(placement: Placement, number: int = 1) -> str:
    """The address of a week's page."""
    return f"/tr/log/{placement.id}/week/{number}"


def sent(placement: Placement, *days: date) -> str:
    """Send days and answer the mentor's address."""
    with db.transaction():
        a_sent_week(found_again(placement), days or (MONDAY, TUESDAY))
        return f"/m/{newest_token()}"


def entries(placement: Placement) -> dict[date, DayEntry]:
    """What the database holds."""
    with db.reading() as session:
        found = list(session.scalars(select(DayEntry).where(DayEntry.placement_id == placement.id)))
        session.expunge_all()
        return {entry.day: entry for entry in found}


def minutes_of(placement: Placement) -> int:
    """Confirmed minutes."""
    with db.reading():
        return hours.sums(placement.enrolment_id)[Strand.WORKPLACE]


def an_admin(placement: Placement, slug: str | None = None) -> Person:
    """An administrator of the placement's centre, or of another one."""
    with db.transaction():
        return a_centre_administrator(a_centre(slug) if slug else placement.enrolment.run.centre)


def press(mentor: Visitor, url: str, act: str, *, expect: int = 303, **values: Any) -> Page:
    """Press a button of the mentor's page."""
    return mentor.send(url, {"act": act, **values}, expect=expect)
