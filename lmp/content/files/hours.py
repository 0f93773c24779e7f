"""How the hours of a new course are spread: over its strands by its shape, over units and days within them."""

from dataclasses import dataclass

from lmp.content.document.course import Shape

FEWEST_HOURS, MOST_HOURS = 4, 240
#: The share of what the practical test leaves that is studied online, in per cent.
_ONLINE_SHARE: dict[Shape, int] = {"workplace": 20, "meeting": 40, "online": 100}
#: Strands are cut in half hours, units and days in quarters.
_HALF, _QUARTER = 30, 15
_TEST_SHARE, _SHORTEST_TEST, _LONGEST_TEST = 3, 60, 180
_LEAST_ONLINE = 60
#: A unit for every three hours online; two at least, because a course of one unit has nothing to look forward to.
_UNIT_MINUTES, _FEWEST_UNITS, _MOST_UNITS = 180, 2, 12
_DAY_MINUTES = 360


@dataclass(frozen=True, slots=True)
class Spread:
    """Minutes of each unit, of each day away from the screen, and of the practical test."""

    units: tuple[int, ...]
    workplace: tuple[int, ...] = ()
    meeting: tuple[int, ...] = ()
    practical: int = 120

    @property
    def strands(self) -> dict[str, int]:
        """Minutes of each strand."""
        return {
            "online": sum(self.units),
            "meeting": sum(self.meeting),
            "workplace": sum(self.workplace),
            "practical": self.practical,
        }


def spread(hours: int, shape: Shape) -> Spread:
    """So many hours of 60 minutes over the strands of a shape; the parts add up to exactly these hours."""
    whole = hours * 60
    practical = min(max(_rounded(whole * _TEST_SHARE / 100), _SHORTEST_TEST), _LONGEST_TEST)
    rest = whole - practical
    online = max(_rounded(rest * _ONLINE_SHARE[shape] / 100), _LEAST_ONLINE)
    online = rest if shape == "online" else online
    units = _parts(online, min(max(online // _UNIT_MINUTES, _FEWEST_UNITS), _MOST_UNITS))
    away = rest - online
    days = _parts(away, -(-away // _DAY_MINUTES))
    return Spread(
        units,
        workplace=days if shape == "workplace" else (),
        meeting=days if shape == "meeting" else (),
        practical=practical,
    )


def _rounded(minutes: float) -> int:
    """The nearest half hour."""
    return round(minutes / _HALF) * _HALF


def _parts(minutes: int, count: int) -> tuple[int, ...]:
    """So many parts as equal as quarters of an hour allow, the longer ones first."""
    if not count:
        return ()
    quarters, longer = divmod(minutes // _QUARTER, count)
    return tuple((quarters + (place < longer)) * _QUARTER for place in range(count))
