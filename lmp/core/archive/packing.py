"""Packing: the same files are the same bytes on every day."""

import zlib
from collections.abc import Iterable, Iterator

from lmp.core.archive.layout import CENTRAL, CENTRAL_SIGN, DEFLATED, END, END_SIGN, LOCAL, LOCAL_SIGN, STORED, UTF8

_FIRST_DAY = 0x0021
_PLAIN_FILE = 0o100644 << 16
_MADE_BY_UNIX, _VERSION = 3 << 8, 20
_TIGHTLY = 9


def pack(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """An archive of these files, piece by piece: the same files are the same bytes on every day."""
    directory, begins, count = [], 0, 0
    for name, content in files:
        packed, method = _packed(content)
        raw, crc = name.encode(), zlib.crc32(content)
        common = (method, 0, _FIRST_DAY, crc, len(packed), len(content), len(raw))
        flags = 0 if raw.isascii() else UTF8
        directory.append(
            CENTRAL.pack(
                CENTRAL_SIGN, _MADE_BY_UNIX | _VERSION, _VERSION, flags, *common, 0, 0, 0, 0, _PLAIN_FILE, begins
            )
            + raw
        )
        head = LOCAL.pack(LOCAL_SIGN, _VERSION, flags, *common, 0) + raw
        yield head
        yield packed
        begins, count = begins + len(head) + len(packed), count + 1
    listed = b"".join(directory)
    yield listed + END.pack(END_SIGN, 0, 0, count, count, len(listed), begins, 0)


def _packed(content: bytes) -> tuple[bytes, int]:
    """The content deflated where that makes it smaller, and how it is packed."""
    squeezer = zlib.compressobj(_TIGHTLY, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = squeezer.compress(content) + squeezer.flush()
    return (packed, DEFLATED) if len(packed) < len(content) else (content, STORED)
