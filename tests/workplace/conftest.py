"""Every test of the work log lives on Wednesday 2 December 2026, half past two, unless it says otherwise."""

from collections.abc import Iterator
from typing import Any

import pytest

from lmp.core import db
from lmp.workplace.models import Placement
from tests.builders.workplace import a_placement, today_is
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _wednesday() -> Iterator[None]:
    with today_is():
        yield


@pytest.fixture
def placement(app: Any) -> Placement:
    """A committed placement."""
    with db.transaction():
        return a_placement()


@pytest.fixture
def teacher(visitor: Visitor, placement: Placement) -> Visitor:
    """The placed teacher's browser."""
    return visitor.sign_in(placement.enrolment.person)
