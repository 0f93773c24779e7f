"""Horizontal bars: one row a thing, its name above, its number at the end of the bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lmp.web.charts.drawing import (
    LETTER,
    NARROWEST,
    Spoken,
    checked,
    frame,
    named,
    pattern,
    patterns,
    rect,
    share,
    text,
)

_BAR, _GAP, _BESIDE = 14, 14, 8
_STRAND = "s-"


@dataclass(frozen=True)
class Bar:
    """A thing and its number; `said` is the number as people write it, with its unit. `of` draws what was planned."""

    label: str
    value: int
    said: str
    of: int | None = None
    #: The class that colours it: c1 … c6, or a strand (s-online …).
    look: str = "c1"


def bars(spoken: Spoken, rows: Sequence[Bar]) -> Markup:
    """Bars from the left, each with its name and number; nothing without rows."""
    if not rows:
        return Markup()
    checked([*(row.value for row in rows), *(row.of or 0 for row in rows)])
    most = max(max(row.value, row.of or 0) for row in rows)
    room = 100 - share(max(len(row.said) for row in rows) * LETTER + _BESIDE, NARROWEST)
    body: list[Markup] = []
    y = 0.0
    stranded = any(row.look.startswith(_STRAND) for row in rows)
    for row in rows:
        name, y = named(row.label, y)
        body += name
        full = f"{row.label}: {row.said}"
        planned = share(row.of or 0, most, max(room, 20))
        width = share(row.value, most, max(room, 20))
        if row.of:
            body.append(rect(0, y, planned, _BAR, "chart-open", full))
        fill = pattern(spoken.id, row.look.removeprefix(_STRAND))
        body.append(rect(0, y, width, _BAR, f"chart-fill {row.look}", full, fill))
        body.append(text(max(width, planned), y + _BAR - 2, row.said, look="chart-number", push=_BESIDE))
        y += _BAR + _GAP
    return frame(spoken, y - _GAP + 4, "bars", body, patterns(spoken.id) if stranded else Markup())
