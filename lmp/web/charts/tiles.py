"""The provinces as tiles: every province the same size, each roughly where it lies; no outline of a map."""

from collections.abc import Mapping

from markupsafe import Markup

from lmp.web.charts.drawing import Spoken, checked, frame, rect, text

_WIDE, _TILE, _GAP = 16, 42, 3
#: Rows from north to south, columns from west to east; plate codes, 0 where no province lies.
_ROWS = (
    (0, 39, 0, 0, 0, 0, 67, 74, 37, 57, 55, 52, 28, 61, 53, 8),
    (22, 59, 34, 41, 54, 81, 14, 78, 18, 19, 5, 60, 29, 69, 25, 75),
    (17, 10, 16, 77, 11, 26, 6, 71, 40, 66, 58, 24, 62, 12, 4, 36),
    (35, 45, 64, 43, 3, 42, 68, 50, 38, 46, 44, 23, 21, 49, 13, 76),
    (9, 20, 15, 32, 0, 70, 51, 1, 80, 27, 2, 63, 47, 72, 56, 65),
    (0, 48, 0, 7, 0, 0, 33, 0, 31, 79, 0, 0, 0, 73, 30, 0),
)
#: Plate code → column and row.
PLACES: dict[int, tuple[int, int]] = {
    code: (column, row) for row, codes in enumerate(_ROWS) for column, code in enumerate(codes) if code
}


def tiles(
    spoken: Spoken, values: Mapping[int, int], names: Mapping[int, str], said: Mapping[int, str] | None = None
) -> Markup:
    """All provinces, darker where there are more, each with its plate code and, where there is room, its number.

    `values` and `names` are by plate code; `said` are the numbers as people write them, or the words for a hidden one.
    """
    checked(values.values())
    most = max((value for code, value in values.items() if code in PLACES), default=0)
    slot = 100 / _WIDE
    body = []
    for code, (column, row) in PLACES.items():
        value = values.get(code, 0)
        words = (said or {}).get(code, str(value) if value else "")
        x, y = column * slot, row * (_TILE + _GAP)
        look = f"tile tile-{_shade(value, most)}"
        full = f"{names.get(code, code)}: {words or 0}"
        inside = [
            rect(x + slot * 0.03, y, slot * 0.94, _TILE, "tile-ground", full),
            text(x + slot / 2, y + 17, f"{code:02}", look="tile-code", anchor="middle"),
        ]
        if words:
            inside.append(text(x + slot / 2, y + 36, words[:6], look="tile-number", anchor="middle"))
        body.append(Markup('<g class="{}">{}</g>').format(look, Markup().join(inside)))
    return frame(spoken, len(_ROWS) * (_TILE + _GAP), "tiles", body)


def _shade(value: int, most: int) -> int:
    """0 for nobody, then three steps up to the most."""
    return -(-3 * value // most) if value else 0
