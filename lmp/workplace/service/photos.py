"""Photos of a day: decoded, made anew without any metadata, and kept with a small version."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, or_, select

from lmp.access import Action, Actor, require
from lmp.core import db, files, images
from lmp.core.errors import NotFound
from lmp.core.files import StoredFile
from lmp.workplace import rules
from lmp.workplace.models import DayEntry, SentWeek

OWNER = "day_entry"
_PHOTO, _SMALL = "photo", "small photo"
_JPEG = "image/jpeg"


@dataclass(frozen=True)
class Photo:
    """A photo of a day and its small version, both by file id."""

    id: UUID
    small_id: UUID


@dataclass(frozen=True)
class Picture:
    """A photo that is ready to be kept: JPEG, large and small."""

    large: bytes
    small: bytes

    @property
    def sha256(self) -> str:
        """The large version's hash, which tells whether the day has this photo already."""
        return hashlib.sha256(self.large).hexdigest()


def decode_photos(uploads: Sequence[bytes]) -> list[Picture]:
    """Uploads as pictures. Raises RuleBroken for what is not a usable photo; decodes no more than a day may have."""
    rules.check_photos(0, len(uploads), allowed=True)
    return [Picture(*images.photo(data)) for data in uploads]


def photos_of(entry_ids: Collection[UUID]) -> dict[UUID, list[Photo]]:
    """The photos of several days in one query, in the order in which they came."""
    found: dict[UUID, list[Photo]] = {entry_id: [] for entry_id in entry_ids}
    if not found:
        return found
    rows = _rows(entry_ids)
    small = {row.name: row.id for row in rows if row.purpose == _SMALL}
    for row in rows:
        if row.purpose == _PHOTO:
            found[row.owner_id].append(Photo(row.id, small.get(str(row.id), row.id)))
    return found


def _rows(entry_ids: Iterable[UUID]) -> list[StoredFile]:
    """The files of several days, oldest first."""
    return list(db.session().scalars(_OF_DAYS, {"days": list(entry_ids)}))


_OF_DAYS = (
    select(StoredFile)
    .where(StoredFile.owner_kind == OWNER, StoredFile.owner_id.in_(bindparam("days", expanding=True)))
    .order_by(StoredFile.id)
)


def photo_hashes(entry_id: UUID) -> dict[str, UUID]:
    """Hash → file id of a day's photos."""
    return {row.sha256: row.id for row in _rows([entry_id]) if row.purpose == _PHOTO}


def keep_photos(entry: DayEntry, pictures: Iterable[Picture]) -> None:
    """Keep pictures with a day."""
    for picture in pictures:
        large = _keep(entry, picture.large, name=f"{entry.day.isoformat()}.jpg", purpose=_PHOTO)
        _keep(entry, picture.small, name=str(large.id), purpose=_SMALL)


def _keep(entry: DayEntry, data: bytes, *, name: str, purpose: str) -> StoredFile:
    return files.keep(
        data, name=name, media_type=_JPEG, owner_kind=OWNER, owner_id=entry.id, purpose=purpose, is_personal=True
    )


def remove_photos(entry: DayEntry, photo_ids: Collection[UUID]) -> None:
    """Take photos away from a day, the small versions with them."""
    named = [str(photo_id) for photo_id in photo_ids]
    db.session().execute(
        delete(StoredFile).where(
            StoredFile.owner_kind == OWNER,
            StoredFile.owner_id == entry.id,
            or_(StoredFile.id.in_(list(photo_ids)), StoredFile.name.in_(named)),
        )
    )


def open_photo(file_id: UUID, *, viewer: Actor) -> StoredFile:
    """A photo for somebody who may read the log it belongs to. Raises NotFound."""
    row, entry = _with_entry(file_id)
    require(viewer, Action.SEE_LOG, entry)
    return row


def open_sent_photo(week: SentWeek, file_id: UUID, *, by: Actor) -> StoredFile:
    """A photo of one of the days a mentor was sent. Raises NotFound."""
    require(by, Action.CONFIRM_WEEK, week)
    row, entry = _with_entry(file_id)
    if not is_as_sent(week.entries, entry):
        raise NotFound
    return row


def is_as_sent(entries: Mapping[str, object], entry: DayEntry) -> bool:
    """Whether a day is in a sent week and has not changed since."""
    return entries.get(str(entry.id)) == entry.version


def _with_entry(file_id: UUID) -> tuple[StoredFile, DayEntry]:
    """A photo's row and its day. Raises NotFound."""
    row = db.session().get(StoredFile, file_id)
    entry = db.session().get(DayEntry, row.owner_id) if row is not None and row.owner_kind == OWNER else None
    if row is None or entry is None:
        raise NotFound
    return row, entry
