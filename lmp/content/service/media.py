"""The files of courses: made safe when they come in, found by version and name when they go out."""

import hashlib
import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import select

from lmp.content import svg
from lmp.content.files.media import MOST_PIXELS
from lmp.content.models import Course, CourseVersion, Draft
from lmp.content.service.cache import Shelf
from lmp.core import db, files
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.files import StoredFile
from lmp.core.messages import N_, Message

OWNER = "course"
#: What people get, and (only where that differs) the bytes an author gave, so that an export is what was imported.
SERVED, SOURCE = "media", "source"
TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt",
    ".pdf": "application/pdf",
}
_JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Medium:
    """One file of a course: the hash of what the author gave, the hash of what people get, and its type."""

    sha256: str
    served: str
    media_type: str

    def as_dict(self) -> dict[str, str]:
        """For the JSON column."""
        return {"sha256": self.sha256, "served": self.served, "type": self.media_type}


def read_hashes(paths: Mapping[str, Path]) -> dict[str, str]:
    """File name → SHA-256 of the file."""
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(paths.items())}


def make_safe(name: str, data: bytes) -> bytes:
    """What people get instead of `data`, whose size and first bytes the reader of the folder has looked at.

    Raises RuleBroken for a drawing or picture that cannot be shown.
    """
    kind = Path(name).suffix
    if kind == ".svg" and svg.refusals(data):
        raise _unusable(name)
    return _redraw(name, data) if kind in (".png", ".jpg") else data


def _unusable(name: str) -> RuleBroken:
    return RuleBroken(Message(N_("The file %(name)s cannot be shown as a picture."), name=name), "media")


def _redraw(name: str, data: bytes) -> bytes:
    """The picture decoded and written afresh, with nothing beside its pixels."""
    kind = "PNG" if name.endswith(".png") else "JPEG"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encode(data, kind)
    except (
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
    ):
        raise _unusable(name) from None


def _encode(data: bytes, kind: str) -> bytes:
    """Decode within limits and encode. Raises what Pillow raises, and ValueError for too many pixels."""
    with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        has_alpha = kind == "PNG" and ("A" in opened.getbands() or "transparency" in opened.info)
        upright = ImageOps.exif_transpose(opened).convert("RGBA" if has_alpha else "RGB")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, kind, optimize=True, **({"quality": _JPEG_QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept."""

    name: str
    medium: Medium
    source: bytes
    safe: bytes


def check(paths: Mapping[str, Path]) -> list[Checked]:
    """Read and make safe every file, before anything is written. Raises RuleBroken."""
    return [_checked(name, path.read_bytes()) for name, path in sorted(paths.items())]


def _checked(name: str, source: bytes) -> Checked:
    safe = make_safe(name, source)
    medium = Medium(hashlib.sha256(source).hexdigest(), hashlib.sha256(safe).hexdigest(), TYPES[Path(name).suffix])
    return Checked(name, medium, source, safe)


def keep(course: Course, checked: list[Checked]) -> dict[str, dict[str, str]]:
    """Store the files that the course does not have yet; answers what the draft's media column holds."""
    there = {(row.name, row.sha256, row.purpose) for row in files.owned(OWNER, course.id)}
    for one in checked:
        wanted = [(SERVED, one.medium.served, one.safe)]
        if one.medium.sha256 != one.medium.served:
            wanted.append((SOURCE, one.medium.sha256, one.source))
        for purpose, sha256, data in wanted:
            if (one.name, sha256, purpose) not in there:
                files.keep(
                    data,
                    name=one.name,
                    media_type=one.medium.media_type,
                    owner_kind=OWNER,
                    owner_id=course.id,
                    purpose=purpose,
                    is_personal=False,
                )
    return {one.name: one.medium.as_dict() for one in checked}


def adopt(course: Course, source: Draft | CourseVersion) -> dict[str, dict[str, str]]:
    """Let a course have the files of another one: rows of its own on the same blobs; answers what the media column holds."""
    wanted = {
        (name, sha256) for name, medium in source.media.items() for sha256 in (medium["sha256"], medium["served"])
    }
    for row in files.owned(OWNER, source.course_id):
        if (row.name, row.sha256) in wanted:
            files.keep_same(row, owner_id=course.id)
    return dict(source.media)


def again(version: CourseVersion, name: str) -> Checked:
    """A file of a version, to be kept by another course as well. Raises NotFound."""
    found = version.media.get(name)
    if found is None:
        raise NotFound
    medium, store = as_medium(found), files.store()
    return Checked(name, medium, store.read(medium.sha256), store.read(medium.served))


def hashes(thing: Draft | CourseVersion) -> dict[str, str]:
    """File name → SHA-256 of what the author gave."""
    return {name: medium["sha256"] for name, medium in thing.media.items()}


def sources(thing: Draft | CourseVersion) -> dict[str, bytes]:
    """File name → the bytes an author gave."""
    return {name: files.store().read(medium["sha256"]) for name, medium in thing.media.items()}


def medium_of(draft: Draft, name: str) -> Medium:
    """The file under a name in a draft. Raises NotFound."""
    found = draft.media.get(name)
    if found is None:
        raise NotFound
    return as_medium(found)


def read_medium(medium: Medium) -> bytes:
    """The bytes people get."""
    return files.store().read(medium.served)


def picture_size(medium: Medium) -> tuple[int, int] | None:
    """Width and height in pixels, so that a page keeps the room of a picture that is still to come; None if unknown."""
    return _sizes.get(medium.served, lambda: _size(medium))


_sizes: Shelf[tuple[int, int] | None] = Shelf(1024)


def _size(medium: Medium) -> tuple[int, int] | None:
    if not medium.media_type.startswith("image/"):
        return None
    data = read_medium(medium)
    if medium.media_type == TYPES[".svg"]:
        return svg.size(data)
    with Image.open(io.BytesIO(data)) as opened:
        return opened.size


def media_file(thing: Draft | CourseVersion, name: str) -> StoredFile:
    """The stored file that people get under a name. Raises NotFound."""
    medium = thing.media.get(name)
    if medium is None:
        raise NotFound
    found = next(
        (
            row
            for row in files.owned(OWNER, thing.course_id)
            if (row.name, row.sha256, row.purpose) == (name, medium["served"], SERVED)
        ),
        None,
    )
    if found is None:
        raise NotFound
    return found


_public: Shelf[Mapping[str, Medium]] = Shelf(64)
_PREFIX = re.compile(r"[0-9a-f]{16}")


def public_medium(prefix: str, name: str) -> Medium:
    """The file under a name in the published version whose hash begins with these 16 hex digits. Raises NotFound."""
    if not _PREFIX.fullmatch(prefix):
        raise NotFound
    found = _public.get(prefix, lambda: _media_of_version(prefix)).get(name)
    if found is None:
        raise NotFound
    return found


def _media_of_version(prefix: str) -> Mapping[str, Medium]:
    """All files of the version, by name. Raises NotFound, so that nothing is remembered of versions to come."""
    named = select(CourseVersion.media).where(CourseVersion.hash.startswith(prefix))
    found = db.session().scalar(named.order_by(CourseVersion.published_at).limit(1))
    if found is None:
        raise NotFound
    return {name: as_medium(medium) for name, medium in found.items()}


def as_medium(kept: Mapping[str, str]) -> Medium:
    """A file as the JSON column keeps it."""
    return Medium(kept["sha256"], kept["served"], kept["type"])
