"""The calendar of runs: month by month, and as a file for people's own calendars."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from icalendar import Calendar, Event

from lmp.catalogue import service
from lmp.catalogue.service import Offer
from lmp.catalogue.views.blueprint import bp
from lmp.core import addresses, clock, messages, written
from lmp.core.messages import N_, Message
from lmp.web import kept, pages
from lmp.web.language import current_language

#: How far the calendar looks back and ahead.
BACK, AHEAD = timedelta(days=31), timedelta(days=550)


@dataclass(frozen=True)
class Month:
    """A month of the calendar: its first day, and how it is written in an address."""

    first: date

    @property
    def last(self) -> date:
        """The last day of the month."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def word(self) -> str:
        """As it is written in an address: 2027-01."""
        return f"{self.first:%Y-%m}"


@bp.get("/calendar")
@pages.public
@kept.for_everybody
def calendar() -> ResponseReturnValue:
    """The runs that begin in a month; without one in the address the next month that has any."""
    today = clock.today()
    months = [Month(date(*one, 1)) for one in service.months_with_runs(today - BACK, today + AHEAD)]
    shown = _asked() or next((one for one in months if one.last >= today), None) or Month(today.replace(day=1))
    return pages.render(
        "catalogue/calendar.html",
        month=shown,
        offers=service.offers_between(shown.first, shown.last),
        months=[
            {
                "label": f"{written.MONTHS[current_language()][one.first.month - 1]} {one.first.year}",
                "url": url_for("catalogue.calendar", month=one.word),
                "current": one == shown,
            }
            for one in months
        ],
        today=today,
    )


def _asked() -> Month | None:
    """The month in the address, or None for what is none."""
    found = re.fullmatch(r"(20[0-9]{2})-(0[1-9]|1[0-2])", request.args.get("month", ""))
    return Month(date(int(found[1]), int(found[2]), 1)) if found else None


@bp.get("/calendar.ics")
@pages.public
def calendar_file() -> ResponseReturnValue:
    """All coming runs for people's own calendars, with the last day to apply."""
    lang, today = current_language(), clock.today()
    made = Calendar()
    made.add("prodid", "-//LMP//catalogue//")
    made.add("version", "2.0")
    made.add("x-wr-calname", messages.text(Message(N_("Courses")), lang))
    for offer in service.offers_between(today, today + AHEAD):
        made.add_component(_event(offer, lang))
    return Response(
        made.to_ical(),
        mimetype="text/calendar",
        headers={"Content-Disposition": "attachment; filename=kurslar.ics", "Cache-Control": "public, max-age=3600"},
    )


def _event(offer: Offer, lang: str) -> Event:
    """A run as days in a calendar; its end is the day after, as RFC 5545 counts."""
    event = Event()
    event.add("uid", f"{offer.id}@{addresses.host()}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", offer.starts_on)
    event.add("dtend", offer.ends_on + timedelta(days=1))
    event.add("summary", offer.title.in_language(lang))
    event.add("location", f"{offer.venue.in_language(lang)}, {offer.place}")
    said = Message(N_("Apply by %(day)s"), day=written.day(offer.apply_until_on, lang))
    event.add("description", messages.text(said, lang))
    event.add("url", addresses.to("catalogue.course", lang=lang, slug=offer.slug))
    return event
