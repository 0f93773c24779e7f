"""What differs between two texts, word by word, for people who read them beside each other."""

import re
from collections.abc import Iterable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands against each other in both texts; the same words, or words of which each text has its own."""

    same: bool
    old: str
    new: str


def compare(before: str, after: str) -> Sides:
    """Both texts with the words marked that only one of them has."""
    stretches = _shortened(_joined(_stretches(before, after)))
    old = [piece for left, _right in stretches for piece in left]
    new = [piece for _left, right in stretches for piece in right]
    return Sides(tuple(piece for piece in old if piece.text), tuple(piece for piece in new if piece.text))


def _stretches(before: str, after: str) -> Iterator[_Stretch]:
    """Both texts cut where they begin or end to differ."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, i1, i2, j1, j2 in _matches([line.strip() for line in old], [line.strip() for line in new]):
        gone, came = "".join(old[i1:i2]), "".join(new[j1:j2])
        if tag == "replace":
            yield from _passage(gone, came)
        else:
            yield _Stretch(tag == "equal", gone, came)


def _matches(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What to do to the one list to have the other."""
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _passage(gone: str, came: str) -> Iterator[_Stretch]:
    """Some lines that were written differently, word by word; as a whole where they were written anew."""
    old, new = _tokens(gone), _tokens(came)
    found = _matches([token.word for token in old], [token.word for token in new]) if _comparable(old, new) else []
    alike = sum(i2 - i1 for tag, i1, i2, _j1, _j2 in found if tag == "equal")
    if alike < _ALIKE * max(len(old), len(new)) or not found:
        yield _Stretch(same=False, old=gone, new=came)
        return
    for tag, i1, i2, j1, j2 in found:
        left, right = old[i1:i2], new[j1:j2]
        yield _Stretch(same=True, old=left[0].blanks if left else "", new=right[0].blanks if right else "")
        yield _Stretch(tag == "equal", _words(left), _words(right))


def _comparable(old: Sequence[_Token], new: Sequence[_Token]) -> bool:
    """Whether comparing takes no longer than a reader waits."""
    return len(old) * len(new) <= MOST_PAIRS


def _tokens(text: str) -> list[_Token]:
    """The words, signs and line ends of a text."""
    found, end = [], 0
    for match in _WORD.finditer(text):
        found.append(_Token(text[end : match.start()], match[0]))
        end = match.end()
    return found


def _words(tokens: Sequence[_Token]) -> str:
    """Some words as they were written, without the blanks in front of them."""
    return "".join((token.blanks if place else "") + token.word for place, token in enumerate(tokens))


def _joined(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Stretches of one kind that follow each other as one."""
    kept: list[_Stretch] = []
    for one in stretches:
        if kept and (kept[-1].same == one.same or not (one.old or one.new)):
            kept[-1] = _Stretch(kept[-1].same, kept[-1].old + one.old, kept[-1].new + one.new)
        elif one.old or one.new:
            kept.append(one)
    return kept


def _shortened(stretches: Sequence[_Stretch]) -> list[tuple[list[Piece], list[Piece]]]:
    """The pieces of both sides; long stretches that stand in both lose their middle, unless nothing differs at all."""
    found = []
    for place, one in enumerate(stretches):
        if not one.same:
            found.append(([Piece("gone", one.old)], [Piece("new", one.new)]))
        elif len(stretches) == 1 or max(len(one.old), len(one.new)) <= LONGEST_SAME:
            found.append(([Piece("same", one.old)], [Piece("same", one.new)]))
        else:
            ends = (place > 0, place < len(stretches) - 1)
            found.append((_cut(one.old, *ends), _cut(one.new, *ends)))
    return found


def _cut(text: str, head: bool, tail: bool) -> list[Piece]:
    """A long text without its middle: its head behind a difference, its tail in front of one."""
    return [
        Piece("same", text[:_KEPT].rpartition(" ")[0] if head else ""),
        Piece("gap", GAP),
        Piece("same", " " + text[-_KEPT:].partition(" ")[2] if tail else ""),
    ]
