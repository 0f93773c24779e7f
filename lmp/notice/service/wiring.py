"""What the application hands to notices: a secret for the links that end mails, what can be ended, and the reminders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from lmp.accounts.models import Person
from lmp.core.addresses import Page
from lmp.core.db import Bilingual
from lmp.core.messages import Message


@dataclass(frozen=True)
class Topic:
    """The training a notice belongs to."""

    id: UUID
    title: Bilingual


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing people should be reminded of; `interval` says how often at most (a week, a number of days before)."""

    subject_id: UUID
    interval: str
    people: Sequence[Person]
    #: Reminds those who have no account; called every day it is due, it sees itself that they hear it once.
    without_account: Callable[[], object] | None = None
    page: Page
    topic: Topic | None = None
    due_on: date | None = None
    #: A sentence below the title, in both languages.
    detail: object = ""
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Found:
    """A batch of what is due, and the key after which the next batch begins; None when there is none."""

    due: Sequence[Due]
    after: UUID | None


@dataclass(frozen=True)
class Reminder:
    """A rule that looks once a day for what people should be reminded of: (day, after, limit) → a batch."""

    name: str
    kind: str
    template: str
    find: Callable[[date, UUID | None, int], Found]


@dataclass(frozen=True)
class Stoppable:
    """Mails to somebody who has no settings of their own: how they are ended, begun again, and called."""

    words: Callable[[UUID], Message]
    end: Callable[[UUID, Any], None]
    resume: Callable[[UUID, Any], None]


@dataclass(frozen=True)
class Wiring:
    """All of it."""

    secret: bytes
    reminders: Sequence[Reminder] = ()
    stops: Mapping[str, Stoppable] = field(default_factory=lambda: MappingProxyType({}))


_wiring: Wiring | None = None


def configure(wiring: Wiring) -> None:
    """Take what the application hands in; once per process."""
    global _wiring
    _wiring = wiring


def wiring() -> Wiring:
    """What was handed in."""
    if _wiring is None:
        raise RuntimeError("notices are not configured")
    return _wiring
