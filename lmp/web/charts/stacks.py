"""Stacked bars by strand, in the order and with the patterns that the whole product uses."""

from collections.abc import Mapping, Sequence
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

#: Always in this order.
STRANDS = ("online", "meeting", "workplace", "practical")
_BAR, _GAP, _BESIDE, _LEAST = 16, 10, 8, 20


@dataclass(frozen=True)
class Stack:
    """One row: its name, an amount a strand, each amount and the sum as people write them."""

    label: str
    parts: Mapping[str, int]
    said: Mapping[str, str]
    total_said: str


def stacks(spoken: Spoken, rows: Sequence[Stack]) -> Markup:
    """One bar a row, its parts beside each other; nothing without rows."""
    if not rows:
        return Markup()
    most = max(sum(checked(row.parts.values())) for row in rows)
    room = max(100 - share(max(len(row.total_said) for row in rows) * LETTER + _BESIDE, NARROWEST), _LEAST)
    body: list[Markup] = []
    y = 0.0
    for row in rows:
        name, y = named(row.label, y)
        body += name
        x = 0.0
        for strand in STRANDS:
            width = share(row.parts.get(strand, 0), most, room)
            if width:
                full, fill = f"{row.label}: {row.said[strand]}", pattern(spoken.id, strand)
                body.append(rect(x, y, width, _BAR, f"chart-part s-{strand}", full, fill))
            x += width
        body.append(text(x, y + _BAR - 3, row.total_said, look="chart-number", push=_BESIDE))
        y += _BAR + _GAP
    return frame(spoken, y - _GAP + 4, "stacks", body, patterns(spoken.id))
