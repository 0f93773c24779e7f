"""Reminders by rule: each rule is asked once a day, in batches, and each reader is told once in its interval."""

from datetime import date
from typing import Any
from uuid import UUID

from lmp.core import clock, jobs
from lmp.core.ids import parse_id
from lmp.notice import rules
from lmp.notice.service.telling import tell
from lmp.notice.service.wiring import Due, Reminder, wiring

JOB = "notice.remind"
BATCH = 200


def begin() -> None:
    """Ask every rule once a day, in the morning and never in the quiet hours; asked again and again by the worker."""
    local = clock.local(clock.now())
    if local.time() < rules.REMIND_AT or rules.is_quiet(local, rules.USUAL):
        return
    for reminder in wiring().reminders:
        key = f"{JOB}:{local.date().isoformat()}:{reminder.name}"
        if not jobs.is_known(key):
            _queue(reminder.name, local.date(), None, key)


def _queue(name: str, day: date, after: UUID | None, key: str) -> None:
    jobs.queue(JOB, {"name": name, "day": day.isoformat(), "after": str(after or "")}, unique=key)


def make(payload: dict[str, Any]) -> None:
    """The worker's job: the next things a rule finds, and a job for those after them. It may run twice."""
    reminder = next((one for one in wiring().reminders if one.name == payload["name"]), None)
    day = date.fromisoformat(payload["day"])
    if reminder is None or day != clock.today():
        return  # a reminder of yesterday helps nobody
    found = reminder.find(day, parse_id(payload["after"]), BATCH)
    for due in found.due:
        _remind(reminder, due)
    if found.after is not None:
        _queue(reminder.name, day, found.after, f"{JOB}:{day.isoformat()}:{reminder.name}:{found.after}")


def _remind(reminder: Reminder, due: Due) -> None:
    """Tell everybody it concerns, each once in the interval."""
    if due.without_account is not None:
        due.without_account()
    for who in due.people:
        tell(
            reminder.kind,
            who,
            reminder.template,
            page=due.page,
            topic=due.topic,
            subject=due.subject_id,
            due_on=due.due_on,
            detail=due.detail,
            once=f"{reminder.name}:{due.subject_id}:{due.interval}",
            **due.values,
        )
