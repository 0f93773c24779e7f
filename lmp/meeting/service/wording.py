"""Where people meet, in one line of both languages: day, hours, room, place, what to bring."""

from collections.abc import Sequence

from lmp.core import messages, written
from lmp.core.db import Bilingual
from lmp.core.messages import N_, Message
from lmp.meeting.models import HalfDay


def where(halves: Sequence[HalfDay]) -> Bilingual:
    """The half days of one day in one line; what is the same for all of them is said once."""
    return Bilingual(*(_line(halves, lang) for lang in ("tr", "en")))


def _line(halves: Sequence[HalfDay], lang: str) -> str:
    hours = dict.fromkeys(
        f"{written.time_of_day(half.starts, lang)}–{written.time_of_day(half.ends, lang)}" for half in halves
    )
    rooms = dict.fromkeys(half.room for half in halves if half.room)
    first = halves[0]
    line = ", ".join([written.day(first.on, lang), *hours, *rooms, first.run.venue.in_language(lang)])
    things = ", ".join(dict.fromkeys(half.bring for half in halves if half.bring))
    if not things:
        return line
    return f"{line}. {messages.text(Message(N_('Bring along: %(things)s'), things=things), lang)}"
