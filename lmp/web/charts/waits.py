"""How long people waited: half of them up to here, nine of ten up to there."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lmp.web.charts.drawing import (
    FOOT,
    LINE,
    NARROWEST,
    Spoken,
    checked,
    cut,
    frame,
    letters,
    named,
    rect,
    share,
    text,
)

_BAR, _GAP = 14, 16
#: The scale is at least a week, so that a day looks like a day.
_WEEK = 7


@dataclass(frozen=True)
class Wait:
    """One kind of waiting, in days: the median, the ninth decile, and both in words."""

    label: str
    half: int
    most: int
    said: str


def waits(spoken: Spoken, rows: Sequence[Wait]) -> Markup:
    """One row a kind: dark up to the median, light up to the ninth decile; nothing without rows."""
    if not rows:
        return Markup()
    checked([*(row.half for row in rows), *(row.most for row in rows)])
    longest = max(_WEEK, *(max(row.half, row.most) for row in rows))
    body: list[Markup] = []
    y = 0.0
    for row in rows:
        full = f"{row.label}: {row.said}"
        name, y = named(row.label, y)
        body += name
        body.append(rect(0, y, 100, _BAR, "chart-track"))
        body.append(rect(0, y, share(max(row.half, row.most), longest), _BAR, "chart-light", full))
        body.append(rect(0, y, share(row.half, longest), _BAR, "chart-fill c1", full))
        # someone who waited less than a day is drawn as a thin line, so that the row is not taken for empty
        body.append(rect(0, y, 0.6, _BAR, "chart-fill c1"))
        y += _BAR
        body.append(text(0, y + FOOT + 2, cut(row.said, letters(NARROWEST)), look="chart-number"))
        y += LINE + _GAP
    return frame(spoken, y - _GAP + 4, "waits", body)
