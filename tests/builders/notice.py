"""Notices for tests, told through the real service."""

from datetime import date
from typing import Any
from uuid import UUID

from lmp.accounts.models import Person
from lmp.core import addresses
from lmp.core.db import Bilingual
from lmp.notice import service
from lmp.notice.models import Notice
from lmp.notice.service import Topic


def a_notice(
    who: Person,
    kind: str = "practical",
    *,
    topic: Topic | None = None,
    due_on: date | None = None,
    once: str | None = None,
    passed: bool = True,
    **values: Any,
) -> Notice | None:
    """Something a person is told, in the words of the practical test's mail."""
    return service.tell(
        kind,
        who,
        "practical/decided",
        page=addresses.page("journey.today"),
        topic=topic,
        due_on=due_on,
        once=once,
        course=Bilingual("Elektrikli araç bakımı", "Electric vehicle maintenance"),
        passed=passed,
        score=90,
        **values,
    )


def a_topic(number: int = 1, tr: str = "Elektrikli araç bakımı, 4–15 Ocak 2027") -> Topic:
    """A training that notices belong to."""
    return Topic(UUID(int=number), Bilingual(tr, f"{tr} (en)"))
