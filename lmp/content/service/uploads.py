"""Files that authors upload: looked at, made safe, named, and put into the block they belong to."""

import io
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from lmp.access import Actor
from lmp.content.editing import Place, Raw, block_in, blocks
from lmp.content.editing import media as naming
from lmp.content.editing.media import FILES, Kind
from lmp.content.files.media import MOST_PIXELS, mistakes_inside
from lmp.content.models import Verb
from lmp.content.service import drafts, editing, media
from lmp.content.service.media import Checked
from lmp.content.service.revisions import Act
from lmp.core.errors import RuleBroken, TooLarge
from lmp.core.messages import N_, Message

Sort = Literal["image", "video", "captions", "file"]
MEGABYTE = 1024 * 1024
LARGEST: Mapping[Sort, int] = {
    "image": 12 * MEGABYTE,
    "video": 50 * MEGABYTE,
    "captions": MEGABYTE,
    "file": 20 * MEGABYTE,
}
#: A picture with more pixels is made smaller, so that this is its longest side.
LONGEST_SIDE = 2560
_MOST_DECODED = 60_000_000
_PHOTO_QUALITY = 90
_WRONG: Mapping[Sort, Message] = {
    "image": Message(N_("This is no picture we can show. Choose a JPEG, PNG, WebP or SVG file.")),
    "video": Message(N_("This is no film we can show. Choose an MP4 file.")),
    "captions": Message(N_("This is no caption file. Choose a WebVTT file; its first line is WEBVTT.")),
    "file": Message(N_("This is no PDF. Save the document as PDF and choose that file.")),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    data: bytes


def check_upload(sort: Sort, upload: Upload, field: str) -> Checked:
    """The file made safe, under the name it came with. Raises RuleBroken for its input with what to do, TooLarge."""
    if not upload.data:
        raise RuleBroken(Message(N_("This file is empty. Choose another one.")), field)
    if len(upload.data) > LARGEST[sort]:
        raise _too_large(sort)
    ending, data = _told_apart(sort, upload.data, field)
    name = f"{naming.media_name(upload.name, ending, '', {})}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        for _rule, message in mistakes_inside(ending, path):
            raise RuleBroken(message, field)
        return media.check({name: path})[0]


def _too_large(sort: Sort) -> TooLarge:
    """The sentence that says how much is taken."""
    limit = LARGEST[sort] // MEGABYTE
    if sort == "video":
        hint = N_(
            "The film is too large: at most %(limit)s MB. Make it shorter, or save it with a lower resolution (720p)."
        )
        return TooLarge(Message(hint, limit=limit))
    return TooLarge(Message(N_("The file is too large: at most %(limit)s MB. Choose a smaller one."), limit=limit))


def _told_apart(sort: Sort, data: bytes, field: str) -> tuple[str, bytes]:
    """The ending that the bytes deserve, whatever the name says; a picture of another kind is made one of ours."""
    if sort == "image":
        return _picture(data, field)
    ending = {"video": "mp4", "captions": "vtt", "file": "pdf"}[sort]
    head = data[:16].removeprefix(b"\xef\xbb\xbf")
    fits = {
        "mp4": head[4:8] == b"ftyp" and not _is_heic(data),
        "vtt": head.startswith(b"WEBVTT"),
        "pdf": head.startswith(b"%PDF-"),
    }
    if not fits[ending]:
        raise RuleBroken(_WRONG[sort], field)
    return ending, data


def _is_heic(data: bytes) -> bool:
    """Whether this is a photograph as telephones of one maker keep it."""
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def _picture(data: bytes, field: str) -> tuple[str, bytes]:
    """A picture as PNG, JPEG or drawing; one of another kind or with too many pixels is written afresh."""
    if _is_heic(data):
        sentence = N_(
            "Photos of this kind (HEIC) cannot be shown by all browsers. On the telephone choose “Most compatible” under Camera, Formats, or save the photo as JPEG."
        )
        raise RuleBroken(Message(sentence), field)
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<svg", b"<?xml", b"<!--")):
        return "svg", data
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _drawn(data)
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise RuleBroken(_WRONG["image"], field) from None


def _drawn(data: bytes) -> tuple[str, bytes]:
    """The bytes as they are if we show them, else drawn afresh. Raises what Pillow raises."""
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF", "BMP")) as opened:
        pixels = opened.width * opened.height
        if opened.format in ("PNG", "JPEG") and pixels <= MOST_PIXELS:
            return {"PNG": "png", "JPEG": "jpg"}[opened.format], data
        if pixels > _MOST_DECODED:
            raise ValueError("too many pixels")
        is_photo = opened.format == "JPEG"
        clear = "A" in opened.getbands() or "transparency" in opened.info
        upright = ImageOps.exif_transpose(opened).convert("RGBA" if clear and not is_photo else "RGB")
    if pixels > MOST_PIXELS:
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG" if is_photo else "PNG", optimize=True, **({"quality": _PHOTO_QUALITY} if is_photo else {}))
    return "jpg" if is_photo else "png", out.getvalue()


def sort_of(kind: Kind, field: str) -> Sort:
    """What is expected in an input."""
    return "captions" if field.startswith("captions") else kind


def add_medium(
    slug: str,
    unit: str,
    kind: Kind,
    texts: Mapping[str, str],
    files: Mapping[str, Checked],
    *,
    after: str | None,
    by: Actor,
) -> str:
    """Put a picture, film or file into a unit, behind a block; answers the id of its block.

    Raises RuleBroken, NotFound, NotAllowed.
    """
    made: list[str] = []
    place = Place("block", unit)

    def change(document: Raw, named: Mapping[str, str]) -> None:
        made.append(naming.add(document, unit, kind, {**_written(texts), **named}, after))

    _edit(slug, kind, files, change, Act(Verb.ADD, place), by)
    return made[-1]


def change_medium(
    slug: str,
    unit: str,
    block: str,
    texts: Mapping[str, str],
    files: Mapping[str, Checked],
    *,
    without: tuple[str, ...] = (),
    seen: Mapping[str, str],
    by: Actor,
) -> None:
    """Give a block other files and words; `without` are the files it shall not have any more.

    Raises TextsSuperseded where somebody else wrote meanwhile, RuleBroken, NotFound, NotAllowed.
    """
    kind: Kind = _kind_of(drafts.draft(slug).document, unit, block)

    def change(document: Raw, named: Mapping[str, str]) -> None:
        gone = {FILES[kind][name]: None for name in without}
        blocks.write(document, unit, block, {**texts, **gone, **named}, seen)

    _edit(slug, kind, files, change, Act(Verb.WRITE, Place("block", unit, block)), by)


def _kind_of(document: Raw, unit: str, block: str) -> Any:
    return block_in(document, unit, block)["kind"]


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that say something; an empty caption is no caption."""
    return {name: text for name, text in texts.items() if text}


def _edit(slug: str, kind: Kind, files: Mapping[str, Checked], change: Any, act: Act, by: Actor) -> None:
    """Name the files when nobody else can name one any more, then change the draft."""
    draft = drafts.draft(slug)
    kept: list[Checked] = []

    def with_names(document: Raw) -> None:
        taken = {**media.hashes(draft)}
        named: dict[str, str] = {}
        for field, checked in files.items():
            ending = checked.name.rpartition(".")[2]
            name = naming.media_name(checked.name, ending, checked.medium.sha256, taken)
            taken[name] = checked.medium.sha256
            named[FILES[kind][field]] = name
            kept.append(replace(checked, name=name))
        change(document, named)

    editing.edit(slug, with_names, act, by=by, files=kept)
