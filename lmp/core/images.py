"""The one way an image from a person gets in: decoded, turned upright, re-encoded, nothing else kept (no EXIF, no GPS)."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
THUMB = (312, 240)
_FORMATS = ("JPEG", "PNG", "WEBP")


def photo(data: bytes) -> tuple[bytes, bytes]:
    """A photo as JPEG, and a small version of it. Raises RuleBroken (field `photos`) for what is not a usable picture."""
    if len(data) > MAX_BYTES:
        raise RuleBroken(Message(N_("Choose a photo smaller than %(size)s MB."), size=MAX_BYTES // 1024**2), "photos")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _reencode(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, _TooManyPixels):
        raise RuleBroken(
            Message(N_("This photo has too many pixels. Take it again at a lower resolution (at most 50 megapixels).")),
            "photos",
        ) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise RuleBroken(
            Message(N_("This file is not a photo we can read. Choose a JPEG, PNG or WebP file.")), "photos"
        ) from None


class _TooManyPixels(Exception):
    """More pixels than we decode; known from the header alone."""


def _reencode(data: bytes) -> tuple[bytes, bytes]:
    """Decode within limits and write afresh."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise _TooManyPixels
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = ImageOps.fit(upright, THUMB)
    return _jpeg(upright, 82), _jpeg(small, 78)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """The image as JPEG without any metadata."""
    out = io.BytesIO()
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    clean.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
