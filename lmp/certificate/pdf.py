"""The printed certificate: PDF/A-3a and PDF/UA-1 together, with its frozen record inside, always in both languages."""

import json
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import cast

import segno
import typst

from lmp.certificate.facts import printed_facts
from lmp.certificate.letters import letters_of
from lmp.certificate.record import CertificateRecord, canonical

_TEMPLATES = Path(__file__).parent / "print"
_SERIF = "Source Serif 4"
_SANS = "Atkinson Hyperlegible Next"
#: Gives the sans voice its digits and the signs that Atkinson lacks.
_HELPER = "Source Sans 3"


class FontsMissing(FileNotFoundError):
    """The folder does not hold the three printing faces; the asset build makes them."""


class UnprintableLetters(ValueError):
    """The record holds letters that the printing faces lack; `letters` is the set of them."""

    def __init__(self, letters: set[str]) -> None:
        self.letters = letters
        super().__init__("the printing faces lack " + " ".join(sorted(letters)))


class _Press:
    """A warm typst compiler with its fonts; typst keeps its caches in it, so there is one per folder of fonts."""

    def __init__(self, fonts: Path) -> None:
        self._turn = Lock()
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
        absent = {_SERIF, _SANS, _HELPER} - set(found.families())
        if absent:
            raise FontsMissing(f"{fonts} lacks {', '.join(sorted(absent))}: run the asset build")
        # Any text of the record may be set in either voice, so a letter counts only when both have it.
        self.letters = _letters(found, _SERIF) & (_letters(found, _SANS) | _letters(found, _HELPER))
        self._compiler = typst.Compiler(
            _TEMPLATES / "certificate.typ", root=_TEMPLATES, font_paths=found, ignore_system_fonts=True
        )

    def print(self, inputs: dict[str, str], created: datetime) -> bytes:
        """Compile the certificate with these inputs; one at a time, since a compiler is not made for two threads."""
        moment = created.astimezone(UTC).replace(microsecond=0)
        with self._turn:
            pdf = self._compiler.compile(
                format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=moment
            )
        return cast(bytes, pdf)  # several pages as a list come only for pictures


def _letters(fonts: typst.Fonts, family: str) -> frozenset[str]:
    """The letters that every style of a family can draw."""
    files = [Path(font.path) for font in fonts.fonts() if font.family == family and font.path]
    return frozenset.intersection(*map(letters_of, files))


@lru_cache(maxsize=2)
def _press(fonts: Path) -> _Press:
    """The press of this process for a folder of fonts."""
    return _Press(fonts)


def missing_letters(text: str, fonts: Path) -> set[str]:
    """The letters of a text that cannot be printed, so that a batch can refuse them before it starts."""
    return set(unicodedata.normalize("NFC", text)) - _press(fonts).letters


def qr_picture(qr_text: str) -> tuple[str, int]:
    """The QR symbol as SVG without quiet zone, and its modules per side; one filled path, so that no seams show."""
    symbol = segno.make_qr(qr_text, error="l")
    side = len(symbol.matrix)
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, line in enumerate(symbol.matrix) for x, dark in enumerate(line) if dark
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{squares}"/></svg>', side


def render_pdf(record: CertificateRecord, qr_text: str, fonts: Path, created: datetime) -> bytes:
    """Print the record; the same arguments give the same bytes, which end with a newline so that they can be signed.

    Raises FontsMissing, UnprintableLetters, or ValueError when `created` has no zone.
    """
    if created.tzinfo is None:
        raise ValueError("the moment of creation needs a zone")
    content = canonical(record).decode()
    if lacking := missing_letters(content, fonts):
        raise UnprintableLetters(lacking)
    picture, side = qr_picture(qr_text)
    facts = json.dumps({**printed_facts(record), "qr_modules": side})
    pdf = _press(fonts).print({"record": content, "facts": facts, "qr": picture}, created)
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"
