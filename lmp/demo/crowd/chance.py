"""Seeded chance: the same seed makes the same crowd, and a few places hold most of it."""

import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar
from uuid import UUID

Thing = TypeVar("Thing")
_FIRST_MOMENT = 1_700_000_000_000
_RANDOM_BITS = (1 << 62) - 1


class Ids:
    """Identifiers in the form of `new_id`, one after the other, so that new rows stand together in every index."""

    def __init__(self, seed: int) -> None:
        """Begin at a place of the seed's own."""
        self._number = seed << 32
        self._seed = (seed * 0x9E3779B97F4A7C15) & _RANDOM_BITS

    def new(self) -> UUID:
        """The next one."""
        self._number += 1
        millis, sequence = _FIRST_MOMENT + (self._number >> 12), self._number & 0xFFF
        tail = (self._number * 0xBF58476D1CE4E5B9 ^ self._seed) & _RANDOM_BITS
        return UUID(int=millis << 80 | 0x7 << 76 | sequence << 64 | 0b10 << 62 | tail)


class Skewed(Generic[Thing]):
    """Draws from a list so that the second is drawn half as often as the first, the third a third as often (Zipf)."""

    def __init__(self, things: Sequence[Thing], chance: random.Random) -> None:
        """Weigh the things by their places."""
        self._things = things
        self._weights = list(accumulate(1 / place for place in range(1, len(things) + 1)))
        self._chance = chance

    def draw(self) -> Thing:
        """One of them."""
        return self._chance.choices(self._things, cum_weights=self._weights)[0]
