"""Unpacking: file by file, never more bytes than were announced."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lmp.core.archive.directory import data_begins, entries_of
from lmp.core.archive.entry import Entry, Limits, damaged, nested
from lmp.core.archive.layout import STORED

_CHUNK = 65_536
_ARCHIVE_HEADS = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def unpack(source: BinaryIO, into: Path, limits: Limits = Limits()) -> list[str]:  # noqa: B008 - a tuple, never changed
    """Write the files of an archive below the empty folder `into`; answer their names, with slashes, in their order.

    Raises BadArchive before anything is written where the directory shows it; where only the content does, the folder holds
    what was written until then, and the caller throws it away.
    """
    entries = entries_of(source, limits)
    written = []
    for entry in entries:
        if not entry.is_folder and not entry.is_bystander:
            _write(source, entry, into)
            written.append(entry.name)
    return written


def _write(source: BinaryIO, entry: Entry, into: Path) -> None:
    """Write one file; never more bytes than it was said to have. Raises BadArchive."""
    target = into.joinpath(*entry.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        crc = size = 0
        for piece in _unpacked(source, entry):
            if size == 0 and piece.startswith(_ARCHIVE_HEADS):
                raise nested(entry)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            file.write(piece)
    if (crc, size) != (entry.crc, entry.size):
        raise damaged(entry)


def _unpacked(source: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The content of an entry in pieces, one byte too many at most. Raises BadArchive for what cannot be unpacked."""
    source.seek(data_begins(source, entry))
    unread = entry.packed
    if entry.method == STORED:
        while unread and (piece := source.read(min(_CHUNK, unread))):
            unread -= len(piece)
            yield piece
        return
    squeezed = zlib.decompressobj(-zlib.MAX_WBITS)
    left, waiting, piece = entry.size + 1, b"", b""
    try:
        while left and not squeezed.eof and (unread or waiting or piece):
            if not waiting:
                waiting = source.read(min(_CHUNK, unread))
                unread -= len(waiting)
            piece = squeezed.decompress(waiting, min(_CHUNK, left))
            waiting, left = squeezed.unconsumed_tail, left - len(piece)
            if piece:
                yield piece
    except zlib.error:
        raise damaged(entry) from None
    if not squeezed.eof or unread or squeezed.unused_data:
        raise damaged(entry)
