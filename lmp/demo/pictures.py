"""Photos for the demo's work log, drawn: a panel and a meter, never people."""

import io
from functools import cache

from PIL import Image, ImageDraw

_SIZE = (1200, 900)
_STEEL, _SHADE, _INK, _COPPER, _GREEN, _PAPER = "#c9d1d3", "#9aa7aa", "#22303a", "#b4713a", "#3f7d58", "#f2efe6"


@cache
def panel(breakers: int) -> bytes:
    """An open panel with a busbar and a row of circuit breakers, as JPEG."""
    image, draw = _canvas("#7d8a8d")
    draw.rounded_rectangle((180, 70, 1020, 840), 12, fill=_STEEL, outline=_INK, width=6)
    draw.rectangle((230, 120, 970, 790), fill="#e4e9ea", outline=_SHADE, width=3)
    for line in range(3):
        draw.rectangle((270, 165 + line * 34, 930, 183 + line * 34), fill=_COPPER)
    width = 640 // breakers
    for number in range(breakers):
        left = 280 + number * width
        draw.line((left + width // 2, 280, left + width // 2, 400), fill=_INK, width=7)
        draw.rectangle((left + 8, 400, left + width - 8, 560), fill=_PAPER, outline=_INK, width=3)
        draw.rectangle((left + width // 2 - 9, 455 - (number % 2) * 14, left + width // 2 + 9, 500), fill=_INK)
        draw.line((left + width // 2, 560, left + width // 2, 690), fill=_GREEN if number % 2 else _INK, width=7)
    draw.rectangle((270, 700, 930, 730), fill=_SHADE, outline=_INK, width=3)
    for number in range(16):
        draw.ellipse((284 + number * 40, 707, 300 + number * 40, 723), fill=_INK)
    return _jpeg(image)


@cache
def meter(reading: str) -> bytes:
    """A measuring instrument that shows a reading, as JPEG."""
    image, draw = _canvas("#8a7f6d")
    draw.rounded_rectangle((360, 60, 840, 840), 48, fill="#d9a521", outline=_INK, width=8)
    draw.rounded_rectangle((400, 105, 800, 795), 30, fill="#2b3338")
    draw.rectangle((440, 145, 760, 305), fill="#cdd8c4", outline="#111a1e", width=5)
    draw.text((600, 225), reading, fill=_INK, font_size=84, anchor="mm")
    draw.ellipse((500, 390, 700, 590), fill="#11181c", outline=_SHADE, width=6)
    draw.line((600, 490, 655, 420), fill=_PAPER, width=12)
    for left, colour in ((470, "#b3261e"), (600, "#11181c"), (730, "#b3261e")):
        draw.ellipse((left - 34, 680, left + 34, 748), fill=colour, outline=_SHADE, width=6)
    draw.line((470, 714, 250, 900), fill="#b3261e", width=16)
    draw.line((600, 714, 760, 900), fill="#11181c", width=16)
    return _jpeg(image)


def _canvas(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A workbench seen from above."""
    image = Image.new("RGB", _SIZE, colour)
    draw = ImageDraw.Draw(image)
    for line in range(0, _SIZE[1], 60):
        draw.line((0, line, _SIZE[0], line + 14), fill="#00000018", width=2)
    return image, draw


def _jpeg(image: Image.Image) -> bytes:
    """The drawing as a camera would hand it over."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
