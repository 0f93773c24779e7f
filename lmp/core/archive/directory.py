"""The directory of an archive: read strictly, and judged as a whole before anything is unpacked."""

import struct
import unicodedata
from collections.abc import Iterator
from typing import BinaryIO

from lmp.core.archive.entry import BadArchive, Entry, Limits, check_kind, check_name, check_size, damaged
from lmp.core.archive.layout import (
    CENTRAL,
    CENTRAL_SIGN,
    DESCRIBED,
    DESCRIPTOR_SIGN,
    END,
    END_SIGN,
    FULL_LONG,
    FULL_WORD,
    LOCAL,
    LOCAL_SIGN,
    ZIP64_LOCATOR_BYTES,
    ZIP64_LOCATOR_SIGN,
)
from lmp.core.messages import N_, Message

#: A comment of a code host is 40 bytes long; what is much longer hides something.
_LONGEST_COMMENT = 1_024
_MOST_DIRECTORY = 1_000_000
#: All files together may be packed as tightly as they like below this size.
_RATIO_FROM = 1_000_000
#: Bytes that may follow an entry's data when its sizes were not known at its beginning.
_DESCRIPTORS = (12, 16)


def entries_of(source: BinaryIO, limits: Limits) -> list[Entry]:
    """Every entry, after everything that can be judged without unpacking was judged. Raises BadArchive."""
    whole = source.seek(0, 2)
    if whole > limits.archive:
        raise BadArchive(
            "too-large",
            Message(
                N_("The file is too large; at most %(limit)s MB are taken in."), limit=limits.archive // (1024 * 1024)
            ),
        )
    begins, ends, count = _directory(source, whole, limits)
    source.seek(begins)
    entries = list(_listed(source.read(ends - begins), count))
    for entry in entries:
        check_name(entry)
        check_kind(entry)
        check_size(entry, limits)
    check_together(entries, limits)
    check_names_together(entries)
    check_places(source, entries, begins)
    return entries


def _directory(source: BinaryIO, whole: int, limits: Limits) -> tuple[int, int, int]:
    """Where the directory begins and ends, and how many entries it lists."""
    tail_begins = max(0, whole - END.size - _LONGEST_COMMENT)
    source.seek(tail_begins)
    tail = source.read()
    place = tail.find(END_SIGN)
    if place < 0 or len(tail) - place < END.size:
        raise BadArchive(
            "no-archive", Message(N_("This is no ZIP file, or its end is missing. Download or pack it again."))
        )
    _sign, disk, first_disk, here, count, size, begins, comment = END.unpack_from(tail, place)
    if tail.find(END_SIGN, place + 1) >= 0 or place + END.size + comment != len(tail):
        raise ambiguous()
    if _is_zip64(tail, place) or FULL_WORD in (here, count) or FULL_LONG in (size, begins):
        raise BadArchive(
            "zip64", Message(N_("This is a ZIP64 archive, which no course needs. Pack it as an ordinary ZIP."))
        )
    if disk or first_disk or here != count:
        raise BadArchive("split", Message(N_("This is only a part of a split archive. Pack the course as one file.")))
    if count > limits.entries or size > _MOST_DIRECTORY:
        raise BadArchive(
            "too-many",
            Message(N_("The archive holds too many files; at most %(limit)s are taken in."), limit=limits.entries),
        )
    ends = tail_begins + place
    if begins + size != ends:
        raise ambiguous()
    return begins, ends, count


def _is_zip64(tail: bytes, place: int) -> bool:
    """Whether the end of a large archive stands before the ordinary one."""
    before = place - ZIP64_LOCATOR_BYTES
    return before >= 0 and tail[before : before + 4] == ZIP64_LOCATOR_SIGN


def ambiguous() -> BadArchive:
    """More bytes than the archive's own parts."""
    sentence = N_("Something stands before, between or behind the files of the archive. Pack the course again.")
    return BadArchive("hidden", Message(sentence))


def _listed(directory: bytes, count: int) -> Iterator[Entry]:
    """The entries of the directory, which holds exactly so many."""
    place = 0
    for _number in range(count):
        if len(directory) - place < CENTRAL.size or directory[place : place + 4] != CENTRAL_SIGN:
            raise _damaged_directory()
        found = CENTRAL.unpack_from(directory, place)
        flags, method, crc, packed, size = found[3], found[4], *found[7:10]
        name, extra, comment, disk, _internal, external, begins = found[10:]
        place += CENTRAL.size
        if disk or place + name + extra + comment > len(directory):
            raise _damaged_directory()
        raw, more = directory[place : place + name], directory[place + name : place + name + extra]
        yield Entry(raw, flags, method, crc, packed, size, begins, external >> 16, more)
        place += name + extra + comment
    if place != len(directory):
        raise ambiguous()


def _damaged_directory() -> BadArchive:
    """The list of entries cannot be read."""
    return BadArchive("damaged", Message(N_("The archive’s list of files is damaged. Download or pack it again.")))


def check_together(entries: list[Entry], limits: Limits) -> None:
    """The whole is not too large either. Raises BadArchive at the entry that makes it so."""
    total = packed = 0
    for entry in entries:
        total, packed = total + entry.size, packed + entry.packed
        if total > limits.total:
            raise entry.refused(
                "too-large",
                N_("With “%(name)s” the files become too large together; at most %(limit)s bytes are read."),
                limit=limits.total,
            )
    if entries and total > max(_RATIO_FROM, packed * limits.ratio):
        largest = max(entries, key=lambda entry: entry.size)
        raise largest.refused(
            "bomb", N_("“%(name)s” and the rest would become more than a hundred times as large when unpacked.")
        )


def check_names_together(entries: list[Entry]) -> None:
    """No two names that some system takes for one, and no file that is a folder too. Raises BadArchive."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for entry in entries:
        folded = _folded(entry.name.rstrip("/"))
        if folded in seen:
            raise entry.refused(
                "duplicate",
                N_("“%(name)s” and “%(other)s” have the same name on some computers. Name them apart."),
                other=seen[folded],
            )
        seen[folded] = entry.name
        parts = folded.split("/")
        folders |= {"/".join(parts[:length]) for length in range(1, len(parts) + entry.is_folder)}
    for folded, name in seen.items():
        if folded in folders and not name.endswith("/"):
            found = next(entry for entry in entries if entry.name == name)
            raise found.refused("duplicate", N_("“%(name)s” is a file and a folder at once."))


def _folded(name: str) -> str:
    """A name as the most forgetful system compares it: without case, dots of İ and ı, and ways of composing letters."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).casefold()
    return unicodedata.normalize("NFC", plain.replace("\N{COMBINING DOT ABOVE}", "").replace("ı", "i"))


def check_places(source: BinaryIO, entries: list[Entry], directory: int) -> None:
    """The entries lie one behind the other from the first byte to the directory. Raises BadArchive."""
    place = 0
    for entry in sorted(entries, key=lambda entry: entry.begins):
        if entry.begins < place:
            raise entry.refused("overlap", N_("“%(name)s” lies over another file of the archive."))
        if entry.begins > place:
            raise ambiguous()
        place = data_begins(source, entry) + entry.packed
        if place > directory:
            raise damaged(entry)
        if entry.flags & DESCRIBED:
            place = _after_descriptor(source, entry, place, directory)
    if place != directory:
        raise ambiguous()


def data_begins(source: BinaryIO, entry: Entry) -> int:
    """Where the data of an entry begins, whose own head must say what the directory says. Raises BadArchive."""
    source.seek(entry.begins)
    head = source.read(LOCAL.size)
    if len(head) < LOCAL.size or head[:4] != LOCAL_SIGN:
        raise damaged(entry)
    flags, method, _time, _day, crc, packed, size, name, extra = map(int, LOCAL.unpack(head)[2:])
    if source.read(name) != entry.raw_name:
        raise entry.refused("two-names", N_("“%(name)s” stands in the archive under two names."))
    said, known = (crc, packed, size), (entry.crc, entry.packed, entry.size)
    is_open = bool(flags & DESCRIBED) and said == (0, 0, 0)
    if (flags, method) != (entry.flags, entry.method) or not (is_open or said == known):
        raise damaged(entry)
    return entry.begins + LOCAL.size + name + extra


def _after_descriptor(source: BinaryIO, entry: Entry, place: int, directory: int) -> int:
    """Where the next entry begins when sizes stand behind the data, with or without a sign before them. Raises BadArchive."""
    source.seek(place)
    behind = source.read(min(max(_DESCRIPTORS), directory - place))
    sizes = struct.pack("<3L", entry.crc, entry.packed, entry.size)
    for length in reversed(_DESCRIPTORS):
        if behind[:length] == (sizes if length == len(sizes) else DESCRIPTOR_SIGN + sizes):
            return place + length
    raise damaged(entry)
