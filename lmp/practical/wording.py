"""When and where a practical test is held, in one line of both languages."""

from lmp.core import written
from lmp.core.db import Bilingual
from lmp.practical.models import TestDay


def where(day: TestDay) -> Bilingual:
    """Day, hour and place."""
    return Bilingual(
        *(f"{written.day(day.on, lang)}, {written.time_of_day(day.starts, lang)}, {day.place}" for lang in ("tr", "en"))
    )
