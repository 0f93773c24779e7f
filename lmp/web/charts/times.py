"""Amounts over weeks or months, and small distributions: columns, dots, steps."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lmp.web.charts.drawing import (
    BROAD,
    FOOT,
    LETTER,
    LINE,
    NARROWEST,
    Spoken,
    checked,
    cut,
    frame,
    letters,
    line,
    percent,
    rect,
    share,
    text,
)

_HIGH, _TOP, _DOT = 120, 22, 12
#: Up to so many in one place are drawn one by one.
MOST_DOTS = 9


@dataclass(frozen=True)
class Column:
    """An amount at a place: the short label below, a second line where it changes (the year), the full words."""

    label: str
    value: int
    said: str
    title: str
    under: str = ""


def columns(spoken: Spoken, found: Sequence[Column]) -> Markup:
    """Upright columns with their numbers above; nothing without columns."""
    if not found:
        return Markup()
    values = checked(one.value for one in found)
    most, slot = max(values), 100 / len(found)
    body = [line(0, _TOP + _HIGH, 100, _TOP + _HIGH, "chart-axis")]
    for place, one in enumerate(found):
        high = share(one.value, most, _HIGH)
        if high:
            body.append(
                rect(place * slot + slot * 0.18, _TOP + _HIGH - high, slot * 0.64, high, "chart-fill c1", one.title)
            )
    body += _numbers(found, lambda one: _TOP + _HIGH - share(one.value, most, _HIGH) - 6)
    below, height = _labels(found, _TOP + _HIGH)
    return frame(spoken, height, "columns", [*body, *below])


def dots(spoken: Spoken, found: Sequence[Column]) -> Markup:
    """One dot a person where they are few, else columns."""
    if not found or max(checked(one.value for one in found)) > MOST_DOTS:
        return columns(spoken, found)
    most, slot = max(one.value for one in found), 100 / len(found)
    floor = _TOP + max(most, 2) * _DOT
    body = [line(0, floor, 100, floor, "chart-axis")]
    for place, one in enumerate(found):
        body += [
            Markup('<circle class="chart-fill c1" cx="{}" cy="{}" r="{}"/>').format(
                percent((place + 0.5) * slot), floor - _DOT * number - 7, _DOT / 2 - 1
            )
            for number in range(one.value)
        ]
    body += _numbers(found, lambda one: floor - one.value * _DOT - 6)
    below, height = _labels(found, floor)
    return frame(spoken, height, "dots", [*body, *below])


def _spread(widths: Sequence[int], places: int, width: int = NARROWEST) -> int:
    """Every how many places a word of these lengths may stand in so many pixels, so that no two touch."""
    pixels = width / places
    return max(1, -(-int((max(widths, default=1) + 1) * LETTER) // max(1, int(pixels))))


def _at(place: int, places: int, words: str) -> tuple[float, str]:
    """Where a word stands over its place: in the middle, held inside the frame at both ends."""
    middle, half = (place + 0.5) * 100 / places, share(len(words) * LETTER / 2, NARROWEST)
    if middle < half:
        return 0, "start"
    if middle > 100 - half:
        return 100, "end"
    return middle, "middle"


def _numbers(found: Sequence[Column], height: Callable[[Column], float]) -> list[Markup]:
    """The numbers above, without noughts: all when they fit, else the largest."""
    written = [place for place, one in enumerate(found) if one.value]
    if _spread([len(one.said) for one in found], len(found)) > 1:
        written = written and [max(written, key=lambda place: found[place].value)]
    made = []
    for place in written:
        x, anchor = _at(place, len(found), found[place].said)
        made.append(text(x, height(found[place]), found[place].said, look="chart-number", anchor=anchor))
    return made


def _labels(found: Sequence[Column], floor: float) -> tuple[list[Markup], float]:
    """The words below, in one or two lines, and the height of the whole.

    Where they do not all fit, every second or third is written, counted from the last one back.
    """
    most = letters(NARROWEST / 2) - 1
    words = [min(most, max(len(one.label), len(one.under))) for one in found]
    narrow, broad = (_spread(words, len(found), width) for width in (NARROWEST, BROAD))
    if narrow == broad:
        made = _written(found, _every(narrow, len(found)), floor, most, "chart-quiet")
    else:
        made = _written(found, _every(narrow, len(found)), floor, most, "chart-quiet chart-narrow")
        made += _written(found, _every(broad, len(found)), floor, most, "chart-quiet chart-broad")
    return made, floor + 4 + (2 if any(one.under for one in found) else 1) * LINE


def _every(step: int, places: int) -> list[int]:
    """Every so many places, the last one among them."""
    return [place for place in range(places) if (places - 1 - place) % step == 0]


def _written(found: Sequence[Column], places: Iterable[int], floor: float, most: int, look: str) -> list[Markup]:
    """The words of these places; the second line only where it is another than before."""
    made, before = [], ""
    for place in places:
        one = found[place]
        for row, words in enumerate((one.label, one.under if one.under != before else "")):
            short = cut(words, most)
            x, anchor = _at(place, len(found), short)
            if short:
                made.append(text(x, floor + FOOT + 4 + row * LINE, short, look=look, anchor=anchor))
        before = one.under
    return made


@dataclass(frozen=True)
class Series:
    """One line: its short name, its amounts from place to place, the last one as people write it."""

    name: str
    values: Sequence[int]
    said: str
    look: str = "c1"


#: The part of the width that the lines take; the rest is for their names.
_PLOT = 55
_LABEL = 2 * LINE


def steps(spoken: Spoken, series: Sequence[Series], first: str, last: str) -> Markup:
    """Amounts that change from week to week, each line named at its end; `first` and `last` name the ends of time."""
    drawn = [one for one in series if checked(one.values)]
    if not drawn:
        return Markup()
    most, high = max(max(one.values) for one in drawn), _HIGH + LINE
    body = [line(0, _TOP + high, _PLOT, _TOP + high, "chart-axis")]
    ends = []
    for one in drawn:
        body.append(_path(one, most, high))
        ends.append(_TOP + high - share(one.values[-1], most, high))
    for one, y, middle in zip(drawn, ends, _apart(ends, _TOP, _TOP + high), strict=True):
        body.append(line(_PLOT, y, _PLOT + 3, middle, f"chart-lead {one.look}"))
        room = letters(NARROWEST * (100 - _PLOT - 4) / 100)
        body.append(text(_PLOT + 4, middle - 2, cut(one.said, room), look="chart-number"))
        body.append(text(_PLOT + 4, middle - 2 + LINE - 2, cut(one.name, room), look="chart-quiet"))
    room = letters(NARROWEST * _PLOT / 200) - 1
    body.append(text(0, _TOP + high + FOOT + 4, cut(first, room), look="chart-quiet"))
    body.append(text(_PLOT, _TOP + high + FOOT + 4, cut(last, room), look="chart-quiet", anchor="end"))
    return frame(spoken, _TOP + high + 4 + LINE, "steps", body)


def _path(one: Series, most: int, high: float) -> Markup:
    """The line in a frame of its own that stretches with the place; its stroke does not."""
    ys = [round(high - share(value, most, high), 1) for value in one.values]
    d = f"M0 {ys[0]}" + "".join(f"H{place}V{y}" for place, y in enumerate(ys[1:], 1)) + f"H{len(ys)}"
    return Markup(
        '<svg x="0" y="{}" width="{}" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" overflow="visible">'
        '<path class="chart-line {}" d="{}"/></svg>'
    ).format(_TOP, percent(_PLOT), high, len(ys), high, one.look, d)


def _apart(ends: Sequence[float], top: float, bottom: float) -> list[float]:
    """Places for two-line names near the ends of their lines, none over another, all inside the frame."""
    order = sorted(range(len(ends)), key=lambda place: ends[place])
    made, above = [0.0] * len(ends), top - _LABEL
    for number, place in enumerate(order):
        left = len(order) - 1 - number
        made[place] = min(max(ends[place], above + _LABEL, top), bottom - LINE - left * _LABEL)
        made[place] = max(made[place], above + _LABEL)
        above = made[place]
    return made
