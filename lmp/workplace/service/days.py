"""Writing the days of a placement: each save is checked, versioned and kept once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.hours import service as hours
from lmp.workplace import rules
from lmp.workplace.models import DayEntry, DayState, Placement, Presence
from lmp.workplace.service import letters
from lmp.workplace.service.photos import Picture, decode_photos, keep_photos, photo_hashes, remove_photos
from lmp.workplace.service.placements import check_running
from lmp.workplace.service.plan import Plan, plan_of, term_of

#: What the ledger calls the record that confirmed minutes come from.
SOURCE = "day_entry"
#: Far more than any of the fields takes; the rules name each field's own limit.
_LONGEST_TEXT = 10_000


@dataclass(frozen=True, kw_only=True)
class _Save:
    """One saving of a day."""

    day: rules.Day
    pictures: Sequence[Picture]
    without: Collection[UUID]
    plan: Plan
    by: Actor


def save_day(
    placement: Placement,
    *,
    entry_id: UUID,
    on: date,
    presence: Presence,
    starts: time | None,
    ends: time | None,
    break_minutes: int,
    tasks: Sequence[str],
    version: int,
    by: Actor,
    other_work: str = "",
    reflection: str = "",
    reason: str = "",
    photos: Sequence[bytes] = (),
    without: Collection[UUID] = (),
) -> DayEntry:
    """Write a day or change it; `version` is the one its page showed (0: none), `entry_id` may be made on the device.

    `photos` are uploads as they came, `without` the ids of photos to take away. The same form sent again answers the
    same entry. A sent day comes back together with its week; a confirmed one needs a `reason` of its own, its minutes
    are taken back and it has to be confirmed anew. Raises RuleBroken for what cannot be, Conflict when the day changed
    since it was opened.
    """
    require(by, Action.WRITE_LOG, placement)
    check_running(placement)
    here = presence is Presence.PRESENT
    day = rules.Day(
        on=on,
        is_present=here,
        starts=starts if here else None,
        ends=ends if here else None,
        break_minutes=break_minutes if here else 0,
        tasks=tuple(dict.fromkeys(tasks)) if here else (),
        other_work=_tidy(other_work) if here else "",
        reflection=_tidy(reflection),
        reason=_tidy(reason),
    )
    plan = plan_of(placement)
    save = _Save(day=day, pictures=decode_photos(photos), without=without, plan=plan, by=by)
    kept = find_entry(placement.id, on)
    if kept is None:
        check_can_begin(placement, on)
    rules.check_day(day, tasks=plan.tasks(), special=plan.special(on))
    if kept is None:
        return _begin(placement, entry_id, save)
    if is_written(kept) and (kept.id, kept.version) != (entry_id, version):
        return _same_or_conflict(kept, save)
    return _change(kept, save)


def _tidy(text: str) -> str:
    """A sentence in one line, without what cannot be seen."""
    return one_line(text, _LONGEST_TEXT)


def find_entry(placement_id: UUID, on: date) -> DayEntry | None:
    """The entry of a day, or None."""
    found = entries_between(placement_id, on, on)
    return found[0] if found else None


def entries_between(placement_id: UUID, first: date, last: date) -> list[DayEntry]:
    """The entries of a placement from one day to another, in order."""
    return list(db.session().scalars(_BETWEEN, {"placement_id": placement_id, "first": first, "last": last}))


_BETWEEN = (
    select(DayEntry)
    .where(
        DayEntry.placement_id == bindparam("placement_id"),
        DayEntry.day.between(bindparam("first"), bindparam("last")),
    )
    .options(lazyload(DayEntry.placement))
    .order_by(DayEntry.day)
)


def is_written(entry: DayEntry) -> bool:
    """Whether the teacher wrote the day; one that the centre opened late is empty until then."""
    return entry.presence is Presence.ABSENT or entry.minutes > 0


def check_can_begin(placement: Placement, on: date) -> None:
    """Whether a day without an entry may be written today. Raises RuleBroken."""
    rules.check_can_begin(on, term_of(placement), today=clock.today(), centre=placement.enrolment.run.centre.name)


def _begin(placement: Placement, entry_id: UUID, save: _Save) -> DayEntry:
    """The first entry of a day; whoever was faster with the same one is answered the same."""
    fresh = _fresh(save.pictures, ())
    rules.check_photos(0, len(fresh), allowed=save.plan.photos_allowed)
    made = DayEntry(id=entry_id, placement_id=placement.id, day=save.day.on, saved_at=clock.now(), **_columns(save.day))
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        winner = find_entry(placement.id, save.day.on)
        if winner is None:
            raise Conflict(
                Message(N_("This page was used for another day. Open the day again and save it there."))
            ) from None
        return _same_or_conflict(winner, save)
    keep_photos(made, fresh)
    audit.record(save.by, "workplace.day_saved", made, version=1, minutes=made.minutes)
    return made


def _columns(day: rules.Day) -> dict[str, Any]:
    """A day as its row keeps it; the minutes are counted here and nowhere else."""
    return {
        "presence": Presence.PRESENT if day.is_present else Presence.ABSENT,
        "starts": day.starts,
        "ends": day.ends,
        "break_minutes": day.break_minutes,
        "minutes": rules.counted(day),
        "tasks": list(day.tasks),
        "other_work": day.other_work,
        "reflection": day.reflection,
        "reason": day.reason,
    }


def _fresh(pictures: Sequence[Picture], had: Collection[str]) -> list[Picture]:
    """The pictures a day does not have yet, each once."""
    by_hash = {picture.sha256: picture for picture in pictures}
    return [picture for sha256, picture in by_hash.items() if sha256 not in had]


def _says_same(kept: DayEntry, save: _Save) -> bool:
    """Whether saving would change nothing."""
    same = all(getattr(kept, name) == value for name, value in _columns(save.day).items())
    return same and not save.without and not _fresh(save.pictures, photo_hashes(kept.id))


def _same_or_conflict(kept: DayEntry, save: _Save) -> DayEntry:
    """The kept entry when it says the same already (a form sent twice). Raises Conflict when it says something else."""
    if _says_same(kept, save):
        return kept
    raise Conflict(
        Message(
            N_(
                "This day was changed in another window or on another device in the meantime. "
                "Your text is kept below; compare, then save again."
            )
        )
    )


def _change(kept: DayEntry, save: _Save) -> DayEntry:
    """A new version of an entry; what it was sent or confirmed for is taken back first."""
    if kept.state in (DayState.SENT, DayState.CONFIRMED) and _says_same(kept, save):
        return kept
    had = photo_hashes(kept.id)
    fresh, going = _fresh(save.pictures, had), set(save.without) & set(had.values())
    rules.check_photos(len(had) - len(going), len(fresh), allowed=save.plan.photos_allowed)
    if kept.state is DayState.CONFIRMED:
        _correct(kept, save)
    elif kept.state is DayState.SENT:
        _take_week_back(kept, save.by)
        _store(kept, save)
    else:
        _store(kept, save)
    remove_photos(kept, going)
    keep_photos(kept, fresh)
    audit.record(save.by, "workplace.day_saved", kept, version=kept.version, minutes=kept.minutes)
    return kept


def _correct(kept: DayEntry, save: _Save) -> None:
    """A confirmed day in a new version: the reason is kept, its minutes are taken back."""
    rules.check_correction(save.day, kept.reason)
    version, minutes = kept.version, kept.minutes
    _store(kept, save)
    hours.reverse(SOURCE, str(kept.id), version)
    audit.record(save.by, "workplace.day_corrected", kept, version=version, minutes=minutes, why=save.day.reason)


def _store(kept: DayEntry, save: _Save) -> None:
    """Write over the very version that was read. Raises Conflict when it changed or was decided just now."""
    stored = db.session().execute(
        update(DayEntry)
        .where(DayEntry.id == kept.id, DayEntry.version == kept.version, DayEntry.state == kept.state)
        .values(
            **_columns(save.day),
            state=DayState.DRAFT,
            version=kept.version + 1,
            saved_at=clock.now(),
            sent_at=None,
            decided_at=None,
            decided_by="",
        )
        .execution_options(synchronize_session=False)
    )
    if not isinstance(stored, CursorResult) or stored.rowcount != 1:
        raise Conflict(
            Message(
                N_(
                    "The company or another window has just changed this day. "
                    "Your text is kept below; compare, then save again."
                )
            )
        )
    db.session().refresh(kept, [column.key for column in DayEntry.__table__.columns])


def _take_week_back(kept: DayEntry, by: Actor) -> None:
    """A day that was sent and changes takes its week back: the mentor's link dies."""
    for week in letters.open_weeks(kept.placement_id):
        if week.entries.get(str(kept.id)) == kept.version:
            letters.take_back(week)
            audit.record(by, "workplace.week_taken_back", week)


def allow_late(placement: Placement, on: date, *, reason: str, by: Actor) -> DayEntry:
    """Open a day that is too old for its teacher to begin: an empty entry with the centre's reason.

    Raises RuleBroken for a day outside the placement, or one that is written already.
    """
    require(by, Action.PLACE, placement)
    tidy = _tidy(reason)
    rules.check_can_be_opened(on, term_of(placement), today=clock.today())
    if not tidy:
        raise RuleBroken(Message(N_("Write why the day is opened late.")), "reason")
    rules.check_length(tidy, rules.LONGEST_REASON, "reason")
    made = DayEntry(
        placement_id=placement.id,
        day=on,
        presence=Presence.PRESENT,
        minutes=0,
        tasks=[],
        reason=tidy,
        saved_at=clock.now(),
    )
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise RuleBroken(Message(N_("This day is open or written already.")), "on") from None
    audit.record(by, "workplace.day_opened", made, on=on.isoformat(), why=tidy)
    return made
