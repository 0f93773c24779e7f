"""The dated calendar: the days that are no ordinary working days."""

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, Facts, require
from lmp.audit import service as audit
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import CalendarDay, DayKind
from lmp.network.service import changes


def calendar_between(first: date, last: date) -> dict[date, CalendarDay]:
    """The days of the dated calendar from `first` to `last`, both included."""
    return {day.on: day for day in db.session().scalars(_BETWEEN, {"first": first, "last": last})}


_BETWEEN = select(CalendarDay).where(CalendarDay.on.between(bindparam("first"), bindparam("last")))


def calendar_years() -> list[int]:
    """The years from the first day of the calendar to the last, without gaps."""
    found = db.session().scalars(select(CalendarDay.on).order_by(CalendarDay.on)).all()
    return list(range(found[0].year, found[-1].year + 1)) if found else []


def calendar_day(on: date) -> CalendarDay:
    """A day of the calendar. Raises NotFound for an ordinary one."""
    found = db.session().get(CalendarDay, on)
    if found is None:
        raise NotFound
    return found


def add_day(on: date, *, kind: DayKind, name: Bilingual, by: Actor) -> CalendarDay:
    """Put a day into the calendar. Raises RuleBroken for a missing name or a day that is there."""
    require(by, Action.KEEP_NETWORK, Facts())
    taken = RuleBroken(Message(N_("%(day)s stands in the calendar already. Change it there."), day=on), "on")
    if db.session().get(CalendarDay, on) is not None:
        raise taken
    made = CalendarDay(on=on, kind=kind, name=_checked(name))
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise taken from None
    audit.record(by, "network.added", made, on=on.isoformat())
    return made


def change_day(of: CalendarDay, *, seen: int, kind: DayKind, name: Bilingual, by: Actor) -> None:
    """Change why a day is not an ordinary one. Raises RuleBroken for a missing name, Stale."""
    require(by, Action.KEEP_NETWORK, Facts())
    tidy = _checked(name)
    changes.change(of, {"kind": kind, "name_tr": tidy.tr, "name_en": tidy.en}, seen=seen, by=by)


def remove_day(of: CalendarDay, *, by: Actor) -> None:
    """Make it an ordinary day again."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.remove(of, by=by)


def _checked(name: Bilingual) -> Bilingual:
    tidy = Bilingual(one_line(name.tr, rules.LONGEST_NAME), one_line(name.en, rules.LONGEST_NAME))
    rules.check_filled(tidy.tr, "name_tr", Message(N_("Write the Turkish name.")))
    rules.check_filled(tidy.en, "name_en", Message(N_("Write the English name.")))
    return tidy
