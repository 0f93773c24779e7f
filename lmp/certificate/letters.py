"""Which letters a font file can draw, read from its character map (OpenType table `cmap`, formats 4 and 12)."""

import struct
from collections.abc import Iterator
from pathlib import Path

_FORMAT_4 = 4
_FORMAT_12 = 12


def letters_of(font: Path) -> frozenset[str]:
    """All letters of a TTF or OTF file; ValueError when it has no character map."""
    content = font.read_bytes()
    tables = (struct.unpack_from(">4s4xII", content, 12 + 16 * index) for index in range(_short(content, 4)))
    start = next((offset for tag, offset, _ in tables if tag == b"cmap"), None)
    if start is None:
        raise ValueError(f"{font.name} has no character map")
    letters: set[str] = set()
    for index in range(_short(content, start + 2)):
        (offset,) = struct.unpack_from(">I", content, start + 8 + 8 * index)
        letters.update(_mapped(content, start + offset))
    return frozenset(letters)


def _short(content: bytes, offset: int) -> int:
    """The unsigned 16-bit number at an offset."""
    number: int = struct.unpack_from(">H", content, offset)[0]
    return number


def _mapped(content: bytes, start: int) -> Iterator[str]:
    """The letters of one subtable; formats that no text face uses yield nothing."""
    kind = _short(content, start)
    if kind == _FORMAT_4:
        yield from _mapped_4(content, start)
    elif kind == _FORMAT_12:
        (groups,) = struct.unpack_from(">I", content, start + 12)
        for index in range(groups):
            first, last, _ = struct.unpack_from(">III", content, start + 16 + 12 * index)
            yield from map(chr, range(first, last + 1))


def _mapped_4(content: bytes, start: int) -> Iterator[str]:
    """Segments of a format 4 subtable: end codes, start codes, deltas, offsets into an array of glyph numbers."""
    count = _short(content, start + 6) // 2
    for index in range(count):
        last = _short(content, start + 14 + 2 * index)
        first, delta, place = (_short(content, start + 16 + 2 * (part * count + index)) for part in (1, 2, 3))
        for point in range(first, min(last, 0xFFFE) + 1):
            if place == 0:
                glyph = (point + delta) & 0xFFFF
            else:
                slot = start + 16 + 2 * (3 * count + index) + place + 2 * (point - first)
                glyph = _short(content, slot)
            if glyph:
                yield chr(point)
