"""Archives that must not come in, built byte by byte, because no honest program writes them."""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from lmp.content.files import canonical_files
from tests.content.samples import MEDIA, course

LINK, FIFO, DEVICE = 0o120777, 0o010644, 0o060644
UTF8, DESCRIBED = 0x800, 0x08


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry, and every lie about it."""

    name: bytes
    content: bytes = b"x"
    mode: int = 0o100644
    flags: int = 0
    method: int = 8
    extra: bytes = b""
    #: What the directory and the entry's own head say instead of the truth.
    said_size: int | None = None
    said_packed: int | None = None
    said_crc: int | None = None
    #: What only the directory says.
    said_begin: int | None = None
    #: What only the own head says.
    own_name: bytes | None = None
    own_size: int | None = None
    #: The bytes that lie there instead of the packed content.
    packed: bytes | None = None

    @property
    def data(self) -> bytes:
        """What lies in the archive."""
        if self.packed is not None:
            return self.packed
        return deflate(self.content) if self.method == 8 else self.content

    @property
    def sizes(self) -> tuple[int, int, int]:
        """CRC, packed size and size as they are said."""
        crc = zlib.crc32(self.content) if self.said_crc is None else self.said_crc
        packed = len(self.data) if self.said_packed is None else self.said_packed
        return crc, packed, len(self.content) if self.said_size is None else self.said_size

    def local(self) -> bytes:
        """The entry itself."""
        name = self.name if self.own_name is None else self.own_name
        crc, packed, size = self.sizes
        said = (0, 0, 0) if self.flags & DESCRIBED else (crc, packed, size if self.own_size is None else self.own_size)
        head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, self.flags, self.method, 0, 33, *said, len(name), 0)
        return head + name + self.data + (struct.pack("<3L", crc, packed, size) if self.flags & DESCRIBED else b"")

    def listed(self, begins: int) -> bytes:
        """Its place in the directory."""
        place = begins if self.said_begin is None else self.said_begin
        lengths = (len(self.name), len(self.extra), 0, 0, 0)
        built = ("<4s6H3L5H2L", b"PK\x01\x02", 3 << 8 | 20, 20, self.flags, self.method, 0, 33)
        return struct.pack(*built, *self.sizes, *lengths, self.mode << 16, place) + self.name + self.extra


def deflate(content: bytes) -> bytes:
    """Packed as ZIP files do it."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeezer.compress(content) + squeezer.flush()


def archive(*entries: Entry, before: bytes = b"", between: bytes = b"", behind: bytes = b"", **end: int) -> bytes:
    """The bytes of an archive, with more around its parts, and another `count`, `size`, `begins` or `disk` at its end."""
    out, listed = io.BytesIO(), []
    out.write(before)
    for entry in entries:
        listed.append(entry.listed(out.tell()))
        out.write(entry.local())
    out.write(between)
    directory, begins = b"".join(listed), out.tell()
    count, size = end.get("count", len(entries)), end.get("size", len(directory))
    out.write(directory)
    disk = end.get("disk", 0)
    out.write(
        struct.pack("<4s4H2LH", b"PK\x05\x06", disk, 0, count, count, size, end.get("begins", begins), 0) + behind
    )
    return out.getvalue()


def a_course(names: dict[str, bytes] | None = None, media: dict[str, bytes] | None = None) -> bytes:
    """A sound course, with other files or other media."""
    files = canonical_files(course()) | {f"media/{name}": data for name, data in (MEDIA | (media or {})).items()}
    every = {f"ornek-kurs/{name}": data for name, data in files.items()} | (names or {})
    return archive(*(Entry(name=name.encode(), content=data) for name, data in every.items()))


SMALL = Entry(name=b"kurs/course.yaml", content=b"slug: kurs\n")


def one(name: str = "kurs/a.md", **said: object) -> bytes:
    """A sound file and one that is not."""
    flags = 0 if name.isascii() else UTF8
    return archive(SMALL, Entry(**{"name": name.encode(), "flags": flags, **said}))  # type: ignore[arg-type]


def many(*names: str) -> bytes:
    """Files of these names."""
    return archive(*(Entry(name=name.encode(), flags=0 if name.isascii() else UTF8) for name in names))


def quick_bomb() -> bytes:
    """Many entries of one and the same data."""
    kernel = Entry(name=b"kurs/media/cekirdek.mp4", content=bytes(range(256)) * 90)
    again = (replace(kernel, name=f"kurs/media/{n}.mp4".encode(), packed=b"", said_begin=0) for n in range(50))
    return archive(kernel, *(replace(each, said_packed=len(kernel.data)) for each in again))


def embracing() -> bytes:
    """An entry whose data are another entry."""
    inner = Entry(name=b"kurs/b.md", content=b"inner", method=0)
    outer = Entry(name=b"kurs/a.md", content=inner.local(), method=0)
    return archive(outer, replace(inner, packed=b"", said_packed=5, said_begin=30 + len(outer.name)))


def slow_bomb() -> bytes:
    """A thousand files, each of them packed just tightly enough, too much together."""
    content = b"".join(bytes([n % 251]) * 40 + bytes([n * 7 % 256, n % 13]) for n in range(4_000))
    kernel = Entry(name=b"kurs/media/0.mp4", content=content)
    packed = kernel.data
    return archive(*(replace(kernel, name=f"kurs/media/{n}.mp4".encode(), packed=packed) for n in range(1_500)))


def large_locator() -> bytes:
    """A locator of a large archive's end before ordinary numbers that say something else."""
    plain = archive(SMALL)
    return plain[:-22] + struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1) + plain[-22:]


def two_ends() -> bytes:
    """A comment that is the end of another archive."""
    first, second = archive(SMALL), archive()
    return first[:-2] + struct.pack("<H", len(second)) + second


FILM = Entry(name=b"kurs/media/film.mp4", content=bytes(range(256)) * 400, method=0)


def halved() -> bytes:
    """The first half of a download."""
    whole = archive(SMALL, FILM)
    return whole[: len(whole) // 2]


def torn() -> bytes:
    """An archive whose middle was lost."""
    whole = archive(SMALL, FILM)
    return whole[:9_000] + whole[10_000:]


def flipped() -> bytes:
    """An archive in which one byte of a film is another."""
    whole = bytearray(archive(SMALL, FILM))
    whole[9_000] ^= 1
    return bytes(whole)


def lying_small() -> bytes:
    """Thirty million noughts that are said to be a thousand."""
    packed = deflate(bytes(30_000_000))
    return one("kurs/media/sifir.mp4", packed=packed, said_size=1_000)


WORDS = "".join(f"{n * n} kez söylenir. " for n in range(40_000)).encode()
PICTURE_BOMB = (
    b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + b"IHDR" + struct.pack(">2L5B", 60_000, 60_000, 8, 6, 0, 0, 0)
    + struct.pack(">L", zlib.crc32(b"IHDR" + struct.pack(">2L5B", 60_000, 60_000, 8, 6, 0, 0, 0)))
)  # fmt: skip
ENTITIES = (
    b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
)

#: What it is → the rule that refuses it, a part of the name that the refusal names, and how it is built.
HOSTILE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "traversal": ("traversal", "../../etc", lambda: one("kurs/../../etc/cron.d/x")),
    "traversal at the end": ("traversal", "kurs/..", lambda: one("kurs/..")),
    "absolute path": ("absolute", "/etc/passwd", lambda: one("/etc/passwd")),
    "drive path": ("absolute", "C:/Windows", lambda: one("C:/Windows/x.dll")),
    "backslash path": ("backslash", "..", lambda: one("kurs\\..\\..\\x")),
    "share path": ("absolute", "//server", lambda: one("//server/share/x")),
    "symbolic link": ("link", "kurs/a.md", lambda: one(mode=LINK, content=b"/etc/passwd")),
    "named pipe": ("link", "kurs/a.md", lambda: one(mode=FIFO)),
    "device": ("link", "kurs/a.md", lambda: one(mode=DEVICE)),
    "bomb by ratio": ("bomb", "sifir.mp4", lambda: one("kurs/media/sifir.mp4", content=bytes(19_000_000))),
    "bomb of many": ("too-large", "media/", slow_bomb),
    "bomb by size": ("too-large", "sifir.mp4", lambda: one("kurs/media/sifir.mp4", said_size=4_000_000_000)),
    "too many files": ("too-many", "", lambda: many(*(f"kurs/media/{n}.svg" for n in range(3_000)))),
    "count that lies": ("damaged", "", lambda: archive(SMALL, count=2)),
    "fewer than listed": ("hidden", "", lambda: archive(SMALL, FILM, count=1)),
    "one data for all": ("overlap", "media/0.mp4", quick_bomb),
    "entry in an entry": ("overlap", "kurs/b.md", embracing),
    "size said too small": ("damaged", "sifir.mp4", lying_small),
    "size said too large": ("damaged", "kurs/a.md", lambda: one(said_size=90_000)),
    "two sizes": ("damaged", "kurs/a.md", lambda: one(own_size=70_000)),
    "two names": ("two-names", "kurs/a.md", lambda: one(own_name=b"kurs/b.md")),
    "second name beside": ("two-names", "kurs/a.md", lambda: one(extra=struct.pack("<2H", 0x7075, 5) + b"\x01....")),
    "nested by name": ("nested", "ic.zip", lambda: one("kurs/media/ic.zip")),
    "nested by content": ("nested", "form.pdf", lambda: one("kurs/media/form.pdf", content=archive(SMALL))),
    "nested packed tar": ("nested", "form.pdf", lambda: one("kurs/media/form.pdf", content=b"\x1f\x8b\x08rest")),
    "the same name twice": ("duplicate", "kurs/a.md", lambda: many("kurs/a.md", "kurs/a.md")),
    "names that differ in case": ("duplicate", "kurs/A.md", lambda: many("kurs/a.md", "kurs/A.md")),
    "names that differ in İ": ("duplicate", "kurs/İs.md", lambda: many("kurs/is.md", "kurs/İs.md")),
    "names that differ in ı": ("duplicate", "kurs/ıs.md", lambda: many("kurs/Is.md", "kurs/ıs.md")),
    "names that differ in width": ("duplicate", "kurs/", lambda: many("kurs/a.md", "kurs/\uff41.md")),
    "name not composed": ("name", "kurs/s", lambda: many("kurs/s\u0327.md")),
    "file that is a folder": ("duplicate", "kurs/media", lambda: many("kurs/media", "kurs/media/a.svg")),
    "reserved name": ("name", "kurs/con.md", lambda: many("kurs/con.md")),
    "name with a line break": ("name", "kurs/a", lambda: many("kurs/a\n.md")),
    "name with a nought": ("name", "kurs/a", lambda: many("kurs/a\0.md")),
    "name that turns around": ("name", "kurs/", lambda: many("kurs/\u202emd.a")),
    "name that ends in a dot": ("name", "kurs/a.", lambda: many("kurs/a.")),
    "empty name": ("name", "kurs//a", lambda: many("kurs//a.md")),
    "name too long": ("name", "aaaa", lambda: many("kurs/" + "a" * 300)),
    "name in no coding": ("name", "kurs/", lambda: archive(Entry(name=b"kurs/\xff\xfe.md"))),
    "encrypted": ("encrypted", "kurs/a.md", lambda: one(flags=1)),
    "encrypted directory": ("encrypted", "kurs/a.md", lambda: one(flags=0x2000)),
    "unusual packing": ("method", "kurs/a.md", lambda: one(method=14)),
    "ZIP64 count": ("zip64", "", lambda: archive(SMALL, count=0xFFFF)),
    "ZIP64 size": ("zip64", "kurs/a.md", lambda: one(extra=struct.pack("<2HQ", 1, 8, 5), said_packed=1)),
    "ZIP64 locator": ("zip64", "", large_locator),
    "split": ("split", "", lambda: archive(SMALL, disk=1)),
    "program before": ("hidden", "", lambda: archive(SMALL, before=b"MZ program")),
    "something between": ("hidden", "", lambda: archive(SMALL, between=b"hidden")),
    "something behind": ("hidden", "", lambda: archive(SMALL, behind=b"hidden")),
    "two ends": ("hidden", "", two_ends),
    "half a download": ("no-archive", "", halved),
    "hole in the middle": ("hidden", "", torn),
    "flipped bit": ("damaged", "film.mp4", flipped),
    "no archive": ("no-archive", "", lambda: b"<!doctype html><title>404</title>" * 50),
    "nothing": ("no-archive", "", lambda: b""),
    "more than 50 MB": ("too-large", "", lambda: bytes(50 * 1024 * 1024 + 1)),
    "no course": ("no-course", "", lambda: many("kurs/README.md")),
    "several courses": ("several", "b/course.yaml", lambda: many("a/course.yaml", "b/course.yaml")),
    "something beside the course": ("stray", "x.md", lambda: many("a/course.yaml", "x.md")),
    "texts without end": (
        "too-large", "glossary",
        lambda: a_course({f"ornek-kurs/units/0{n}-glossary/tr.md": WORDS for n in range(4)}),
    ),
    "program called a film": ("magic", "tanitim.mp4", lambda: a_course(media={"tanitim.mp4": b"MZ\x90\x00program"})),
    "page called a form": ("magic", "form.pdf", lambda: a_course(media={"form.pdf": b"<html><script>"})),
    "program called a photo": ("magic", "pano.jpg", lambda: a_course(media={"pano.jpg": b"\x7fELF" * 9})),
    "script in a drawing": (
        "svg", "tek-hat.svg",
        lambda: a_course(media={"tek-hat.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'}),
    ),
    "entities in a drawing": ("svg", "tek-hat.svg", lambda: a_course(media={"tek-hat.svg": ENTITIES})),
    "picture of 3.6 gigapixels": (
        "picture", "ek.png",
        lambda: a_course({"ornek-kurs/media/ek.png": PICTURE_BOMB}),
    ),
    "aliases in YAML": (
        "yaml-alias", "glossary.yaml",
        lambda: a_course({"ornek-kurs/glossary.yaml": b"- &a [x, x]\n- &b [*a, *a]\n- [*b, *b]\n"}),
    ),
}  # fmt: skip
