"""One entry of an archive, and whether it may come in."""

import struct
import unicodedata
from dataclasses import dataclass
from stat import S_IFDIR, S_IFMT, S_IFREG
from typing import NamedTuple

from lmp.core.archive.layout import DEFLATED, DESCRIBED, ENCRYPTED, FULL_LONG, HOW_DEFLATED, STORED, UTF8
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

_HARMLESS = DESCRIBED | UTF8 | HOW_DEFLATED
_ZIP64_EXTRA, _SECOND_NAME_EXTRA = 0x0001, 0x7075
_LONGEST_NAME, _DEEPEST = 200, 8
#: Smaller entries may be packed as tightly as they like.
_RATIO_FROM = 100_000
#: What file managers add of themselves.
_BYSTANDERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_BYSTANDING_FOLDER = "__MACOSX"
_ARCHIVES = (".zip", ".jar", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab", ".iso")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_UNHOLDABLE = frozenset('<>:"|?*')


class Limits(NamedTuple):
    """How much comes in: bytes of the archive, entries, bytes of one entry and of all, and how tightly they are packed."""

    archive: int = 50 * 1024 * 1024
    entries: int = 2_000
    each: int = 20_000_000
    total: int = 120_000_000
    ratio: int = 100


class BadArchive(RuleBroken):
    """An archive that is not taken in; `rule` names why for programs, `entry` the entry, where it is about one."""

    def __init__(self, rule: str, message: Message, entry: str = "") -> None:
        """Keep the rule and the entry."""
        super().__init__(message, "file")
        self.rule, self.entry = rule, entry


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the directory at the end of the archive describes it."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    begins: int
    mode: int
    extra: bytes

    @property
    def shown(self) -> str:
        """The name as a sentence can show it: what is no character, or moves the cursor, is a question mark."""
        text = self.raw_name.decode("utf-8", "replace")[: _LONGEST_NAME + 1]
        return "".join(char if char.isprintable() else "?" for char in text)

    @property
    def name(self) -> str:
        """The name, once `check_name` has found nothing wrong with it."""
        return self.raw_name.decode()

    @property
    def is_folder(self) -> bool:
        """Whether it only names a folder."""
        return self.raw_name.endswith(b"/")

    @property
    def parts(self) -> list[str]:
        """The folders and the file of the name."""
        return self.name.rstrip("/").split("/")

    @property
    def is_bystander(self) -> bool:
        """Whether a file manager put it there."""
        return self.parts[0] == _BYSTANDING_FOLDER or self.parts[-1] in _BYSTANDERS

    def refused(self, rule: str, sentence: str, **values: object) -> BadArchive:
        """The refusal of this entry."""
        return BadArchive(rule, Message(sentence, name=self.shown, **values), self.shown)


def check_name(entry: Entry) -> None:
    """A name every system can hold, below the folder it is unpacked to. Raises BadArchive."""
    try:
        name = entry.raw_name.decode("utf-8" if entry.flags & UTF8 else "ascii")
    except UnicodeDecodeError:
        raise entry.refused("name", N_("The name “%(name)s” cannot be read. Use the letters a to z.")) from None
    if "\\" in name:
        raise entry.refused("backslash", N_("The name “%(name)s” holds a backslash. Pack it with slashes."))
    if name.startswith("/") or name[1:2] == ":":
        raise entry.refused("absolute", N_("“%(name)s” names a place on a computer instead of one in the archive."))
    parts = name.removesuffix("/").split("/")
    if ".." in parts:
        raise entry.refused("traversal", N_("“%(name)s” leads out of the archive."))
    if len(entry.raw_name) > _LONGEST_NAME or len(parts) > _DEEPEST:
        raise entry.refused("name", N_("The name “%(name)s” is too long or too deep."))
    if not all(map(_can_be_held, parts)) or not unicodedata.is_normalized("NFC", name):
        raise entry.refused("name", N_("No computer can hold the name “%(name)s” safely. Give the file another name."))


def _can_be_held(part: str) -> bool:
    """Whether every file system takes a name and gives it back as it was."""
    if (
        part in ("", ".")
        or part[-1] in ". "
        or part[0] == " "
        or part.partition(".")[0].casefold().strip() in _RESERVED
    ):
        return False
    return part.isprintable() and not _UNHOLDABLE & set(part)


def check_kind(entry: Entry) -> None:
    """A file or folder, readable by everybody, packed in one of the two usual ways. Raises BadArchive."""
    if entry.flags & ENCRYPTED:
        raise entry.refused("encrypted", N_("“%(name)s” is encrypted. Pack the course without a password."))
    kind = S_IFMT(entry.mode)
    if kind not in (0, S_IFDIR if entry.is_folder else S_IFREG):
        raise entry.refused("link", N_("“%(name)s” is a link or a device; only files and folders are taken in."))
    if entry.method not in (STORED, DEFLATED) or entry.flags & ~_HARMLESS:
        raise entry.refused("method", N_("“%(name)s” is packed in an unusual way. Pack it as an ordinary ZIP."))
    if entry.name.casefold().endswith(_ARCHIVES):
        raise nested(entry)
    extras = _extras(entry)
    if _ZIP64_EXTRA in extras or FULL_LONG in (entry.packed, entry.size, entry.begins):
        raise entry.refused("zip64", N_("“%(name)s” is packed as ZIP64, which no course needs."))
    if _SECOND_NAME_EXTRA in extras:
        raise entry.refused("two-names", N_("“%(name)s” stands in the archive under two names."))


def nested(entry: Entry) -> BadArchive:
    """An archive in the archive."""
    return entry.refused("nested", N_("“%(name)s” is an archive itself. Put its files here instead."))


def _extras(entry: Entry) -> set[int]:
    """The kinds of additional fields of an entry."""
    found, place = set(), 0
    while place + 4 <= len(entry.extra):
        kind, length = struct.unpack_from("<2H", entry.extra, place)
        found.add(kind)
        place += 4 + length
    return found


def check_size(entry: Entry, limits: Limits) -> None:
    """Not too large, and not packed more tightly than anything honest. Raises BadArchive."""
    if entry.size > limits.each:
        raise entry.refused(
            "too-large", N_("“%(name)s” is too large; at most %(limit)s bytes are read."), limit=limits.each
        )
    if entry.size > max(_RATIO_FROM, entry.packed * limits.ratio):
        raise entry.refused(
            "bomb", N_("“%(name)s” would become more than a hundred times as large when it is unpacked.")
        )
    if (entry.is_folder and entry.size) or (entry.method == STORED and entry.packed != entry.size):
        raise damaged(entry)


def damaged(entry: Entry) -> BadArchive:
    """The entry is not what the archive says of it."""
    return entry.refused("damaged", N_("“%(name)s” is damaged, or the archive says something wrong about it."))
