"""Photos get in through one door: decoded, upright, without anything but the picture."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from lmp.core import images, messages
from lmp.core.errors import RuleBroken
from tests.builders.workplace import a_picture


def refused(data: bytes) -> str:
    with pytest.raises(RuleBroken) as caught:
        images.photo(data)
    assert caught.value.field == "photos"
    return messages.text(caught.value.message, "en")


def a_png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    )


def test_a_photo_loses_its_place_and_camera() -> None:
    large, small = images.photo(a_picture())
    for data in (large, small):
        with Image.open(io.BytesIO(data)) as opened:
            assert opened.format == "JPEG"
            assert not dict(opened.getexif())
        assert b"Gizli" not in data


def test_a_large_photo_becomes_smaller() -> None:
    large, _small = images.photo(a_picture((4000, 3000)))
    with Image.open(io.BytesIO(large)) as opened:
        assert max(opened.size) == images.LONGEST_SIDE


def test_two_hundred_megapixels_are_refused_from_the_header_alone() -> None:
    assert "too many pixels" in refused(a_png_that_claims(20000, 10000))


def test_a_zip_called_a_photo_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.jpg", b"x")
    assert "not a photo" in refused(packed.getvalue())


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff" + b"\x00" * 50, b"%PDF-1.7"]
)
def test_what_is_no_photo_is_refused_in_words(data: bytes) -> None:
    assert "not a photo" in refused(data)


def test_more_bytes_than_a_phone_makes_are_refused() -> None:
    assert "smaller than" in refused(b"\xff\xd8" + b"0" * images.MAX_BYTES)


def test_a_palette_picture_with_transparency_is_taken() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (1, 2, 3, 4)).save(out, "PNG")
    large, _small = images.photo(out.getvalue())
    assert large.startswith(b"\xff\xd8")
