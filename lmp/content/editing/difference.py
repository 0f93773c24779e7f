"""What two people wrote in the same place, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "theirs", "mine"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Beyond so many words a comparison would keep people waiting; both texts are then shown whole.
MOST_WORDS = 6_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stands in both texts, or in one of them only."""

    kind: Kind
    text: str


def difference(theirs: str, mine: str) -> list[Piece]:
    """The two texts in one: joined, the pieces that are not mine are their text, and those that are not theirs mine."""
    left, right = _WORDS.findall(theirs), _WORDS.findall(mine)
    if len(left) + len(right) > MOST_WORDS:
        return [piece for piece in (Piece("theirs", theirs), Piece("mine", mine)) if piece.text]
    return list(_pieces(left, right))


def _pieces(left: list[str], right: list[str]) -> Iterator[Piece]:
    """Equal runs, and where they differ first their words, then mine."""
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(left[a:b]))
            continue
        if b > a:
            yield Piece("theirs", "".join(left[a:b]))
        if d > c:
            yield Piece("mine", "".join(right[c:d]))
