"""Moving a run: new first and last days before it begins, for everybody who waits for it."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from sqlalchemy import select

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise
from lmp.enrolment import changing, rules
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from lmp.enrolment.service import seats, telling
from lmp.enrolment.words import Until

#: What a strand checks and plans anew when a run gets this first and last day, in the same transaction; it raises
#: RuleBroken with what stands in the way. Strands lie above this feature, so the application hands this in.
Replanning = Callable[[Run, date, date, Actor], None]
_replannings: tuple[Replanning, ...] = ()


def configure(*replannings: Replanning) -> None:
    """Say what else moves with a run; once per process."""
    global _replannings
    _replannings = replannings


def dates_of(run: Run) -> rules.Dates:
    """When a run is taught and when people may apply."""
    return rules.Dates(
        starts_on=run.starts_on, ends_on=run.ends_on, apply_from_on=run.apply_from_on, apply_until_on=run.apply_until_on
    )


def change_dates(
    run: Run, *, starts_on: date, ends_on: date, apply_until_on: date | None, why: Bilingual, by: Actor
) -> None:
    """Give a run that has not begun other days; its half days are planned anew and everybody is told.

    Raises RuleBroken for days that cannot be or that something planned lies outside of, Conflict once it has begun.
    """
    require(by, Action.OPEN_RUN, run)
    seats.keep_open(run)
    changing.check_not_begun(run.starts_on, clock.today())
    tidy = Bilingual(normalise(why.tr).strip(), normalise(why.en).strip())
    changing.check_why(tidy)
    before = dates_of(run)
    wanted = changing.new_dates(
        before, starts_on=starts_on, ends_on=ends_on, apply_until_on=apply_until_on, today=clock.today()
    )
    _check_offers(run, wanted.starts_on)
    for replan in _replannings:
        replan(run, wanted.starts_on, wanted.ends_on, by)
    run.starts_on, run.ends_on, run.apply_until_on = wanted.starts_on, wanted.ends_on, wanted.apply_until_on
    audit.record(by, "enrolment.dates_changed", run, before=_plain(before), after=_plain(wanted), why=tidy.tr)
    telling.queue_moved(run, before, tidy)


def _check_offers(run: Run, starts_on: date) -> None:
    """A held place is answered before the first day. Raises RuleBroken naming whose time would end later."""
    late = select(Enrolment).where(
        Enrolment.run_id == run.id,
        Enrolment.state == EnrolmentState.OFFERED,
        Enrolment.offer_until > clock.wall(starts_on, time()),
    )
    found = db.session().scalars(late.limit(1)).unique().one_or_none()
    if found is not None and found.offer_until is not None:
        raise RuleBroken(
            Message(
                N_("A place is held for %(name)s until %(until)s. Choose a first day after that."),
                name=found.person.name,
                until=Until(clock.local(found.offer_until)),
            ),
            "starts_on",
        )


def _plain(dates: rules.Dates) -> dict[str, Any]:
    """What the audit record keeps."""
    return {name: getattr(dates, name).isoformat() for name in ("starts_on", "ends_on", "apply_until_on")}
