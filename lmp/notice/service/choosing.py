"""What a person wants to hear, and when: reading it and changing it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.notice import rules
from lmp.notice.models import Notice, NoticeSettings
from lmp.notice.rules import Delivery, Settings


def settings_of(person_id: UUID) -> Settings:
    """What a person wants to hear; the usual settings for somebody who chose nothing."""
    return settings_of_many([person_id])[person_id]


def settings_of_many(person_ids: Iterable[UUID]) -> dict[UUID, Settings]:
    """Person → settings, in one query for many people."""
    wanted = list(person_ids)
    rows = db.session().scalars(select(NoticeSettings).where(NoticeSettings.person_id.in_(wanted)))
    found = {row.person_id: _read(row) for row in rows}
    return {person_id: found.get(person_id, rules.USUAL) for person_id in wanted}


def _read(row: NoticeSettings) -> Settings:
    return Settings(
        digest=row.digest,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        quiet_weekend=row.quiet_weekend,
        choices={key: Delivery(chosen) for key, chosen in row.choices.items()},
    )


def change(who: Person, settings: Settings, *, by: Actor) -> None:
    """Keep what a person wants to hear; kinds that may not be ended are left as they are."""
    require(by, Action.KEEP_NOTICES, Notice(person_id=who.id))
    optional = {key: chosen for key, chosen in settings.choices.items() if rules.KINDS[key].is_optional}
    write(
        who.id,
        digest=settings.digest,
        quiet_from=settings.quiet_from,
        quiet_until=settings.quiet_until,
        quiet_weekend=settings.quiet_weekend,
        choices=optional,
    )
    audit.record(by, "notice.settings_changed", who)


def write(person_id: UUID, *, choices: Mapping[str, Delivery] | None = None, **values: Any) -> None:
    """Change some settings of a person and leave the others; for callers that asked for permission."""
    row = db.session().get(NoticeSettings, person_id) or _first(person_id)
    for name, value in values.items():
        setattr(row, name, value)
    if choices is not None:
        row.choices = {**row.choices, **{key: chosen.value for key, chosen in choices.items()}}
    row.changed_at = clock.now()


def _first(person_id: UUID) -> NoticeSettings:
    """The usual settings as a row; the key decides between two pages that make it at the same moment."""
    usual = rules.USUAL
    row = NoticeSettings(
        person_id=person_id,
        digest=usual.digest,
        quiet_from=usual.quiet_from,
        quiet_until=usual.quiet_until,
        quiet_weekend=usual.quiet_weekend,
        choices={},
        changed_at=clock.now(),
    )
    try:
        with db.session().begin_nested():
            db.session().add(row)
    except IntegrityError:
        return db.session().get_one(NoticeSettings, person_id)
    return row
