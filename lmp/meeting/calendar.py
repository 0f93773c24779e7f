"""A teacher's half days as a calendar file (RFC 5545), its times in UTC, so that every calendar shows the right hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """One entry of the file; both moments are UTC, `revision` grows when the half day moves."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    url: str
    revision: int


def calendar_file(name: str, appointments: Iterable[Appointment], *, made_at: datetime) -> bytes:
    """The file: a calendar with a name and one event a half day. A later file replaces the events of an earlier one."""
    made = Calendar()
    made.add("prodid", "-//LMP//meetings//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for one in appointments:
        made.add_component(_event(one, made_at))
    return bytes(made.to_ical())


def _event(one: Appointment, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("summary", one.title)
    event.add("location", one.place)
    if one.text:
        event.add("description", one.text)
    event.add("url", one.url)
    event.add("sequence", one.revision)
    return event
