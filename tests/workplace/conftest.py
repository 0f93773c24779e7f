"""Every test of the work log lives on Wednesday 2 December 2026, half past two, unless it says otherwise."""

from collections.abc import Iterator

import pytest

from tests.builders.workplace import today_is


@pytest.fixture(autouse=True)
def _wednesday() -> Iterator[None]:
    with today_is():
        yield
