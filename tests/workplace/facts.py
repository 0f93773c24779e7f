"""What tests of the work log ask the database."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from lmp.core import db, messages
from lmp.core.files import StoredFile
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace import service
from lmp.workplace.models import DayEntry, DayState, Placement
from tests.builders.workplace import (
    MONDAY,
)


def minutes_of(placement: Placement) -> int:
    """Confirmed workplace minutes, as the ledger counts them."""
    return hours.sums(placement.enrolment_id)[Strand.WORKPLACE]


def states(placement: Placement) -> dict[date, DayState]:
    """The states of the written days, as the database has them."""
    rows = db.session().execute(select(DayEntry.day, DayEntry.state).where(DayEntry.placement_id == placement.id))
    return {row.day: row.state for row in rows}


def kept_files() -> int:
    """Photos of days, large and small."""
    return db.session().scalar(select(func.count()).where(StoredFile.owner_kind == "day_entry")) or 0


def said(refused: pytest.ExceptionInfo[Any]) -> str:
    """The English sentence of a refusal."""
    return messages.text(refused.value.message, "en")


def photos_of(placement: Placement, on: date = MONDAY) -> tuple[service.Photo, ...]:
    """The photos of a day."""
    return service.day(placement, on).photos
