"""What differs between two texts, word by word, for people who read them beside each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

#: same: in both texts; gone: only in the old one; new: only in the new one; gap: words in both that are left out.
Kind = Literal["same", "gone", "new", "gap"]
#: Words that stand in both texts and are longer than this are cut in the middle.
LONGEST_SAME = 360
_KEPT = 140
#: Passages with more pairs of words than this are shown as replaced, because comparing them would take seconds.
MOST_PAIRS = 300_000
#: Below this share of words in common a passage was written anew: marking single words would only confuse.
_ALIKE = 0.3
_WORD = re.compile(r"\n|\w+(?:[.,:'’/-]\w+)*|[^\w\s]+")
GAP = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and whether the other text has them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Two texts beside each other; each holds what is the same and what only it has."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with the blanks in front of it; two words are the same whatever stands in front."""

    blanks: str
    word: str


def compare(before: str, after: str) -> Sides:
    """Both texts with the words marked that only one of them has."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i1, i2, j1, j2 in _matches([line.strip() for line in old], [line.strip() for line in new]):
        gone, came = "".join(old[i1:i2]), "".join(new[j1:j2])
        for side, pieces in zip(sides, _passage(tag, gone, came), strict=True):
            side.extend(pieces)
    return Sides(*(tuple(_shortened(_joined(side))) for side in sides))


def _matches(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What to do to the one list to have the other."""
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _passage(tag: str, gone: str, came: str) -> tuple[list[Piece], list[Piece]]:
    """Some lines of both texts that stand against each other."""
    if tag == "equal":
        return [Piece("same", gone)], [Piece("same", came)]
    old, new = _tokens(gone), _tokens(came)
    if tag != "replace" or len(old) * len(new) > MOST_PAIRS:
        return [Piece("gone", gone)], [Piece("new", came)]
    found = _matches([token.word for token in old], [token.word for token in new])
    alike = sum(i2 - i1 for tag, i1, i2, _j1, _j2 in found if tag == "equal")
    if alike < _ALIKE * max(len(old), len(new)):
        return [Piece("gone", gone)], [Piece("new", came)]
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i1, i2, j1, j2 in found:
        sides[0].extend(_marked("same" if tag == "equal" else "gone", old[i1:i2]))
        sides[1].extend(_marked("same" if tag == "equal" else "new", new[j1:j2]))
    return sides


def _tokens(text: str) -> list[_Token]:
    """The words, signs and line ends of a text."""
    found, end = [], 0
    for match in _WORD.finditer(text):
        found.append(_Token(text[end : match.start()], match[0]))
        end = match.end()
    return found


def _marked(kind: Kind, tokens: Sequence[_Token]) -> Iterator[Piece]:
    """Some words as they were written; the blanks in front of them are not part of the mark."""
    if tokens:
        yield Piece("same", tokens[0].blanks)
        yield Piece(kind, "".join((token.blanks if place else "") + token.word for place, token in enumerate(tokens)))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces of one kind that follow each other as one; empty ones left out."""
    kept: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if kept is not None and kept.kind == piece.kind:
            kept = Piece(kept.kind, kept.text + piece.text)
            continue
        if kept is not None:
            yield kept
        kept = piece
    if kept is not None:
        yield kept


def _shortened(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Long stretches that stand in both texts without their middle; a text that is the same all over stays whole."""
    whole = list(pieces)
    for place, piece in enumerate(whole):
        if piece.kind != "same" or len(piece.text) <= LONGEST_SAME or len(whole) == 1:
            yield piece
            continue
        if place > 0:
            yield Piece("same", piece.text[:_KEPT].rpartition(" ")[0])
        yield Piece("gap", GAP)
        if place < len(whole) - 1:
            yield Piece("same", " " + piece.text[-_KEPT:].partition(" ")[2])
