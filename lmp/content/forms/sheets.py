"""Forms of whole parts of a course: groups of fields, and lists whose rows come and go."""

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lmp.content.editing.places import Raw
from lmp.content.forms.sheet_fields import Faults, Part, Shown, Theirs
from lmp.core.messages import Message
from lmp.web.rows import KEY, Typed, is_gone, tokens

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Gives a new row its name: (the row, the names that are taken).
Naming = Callable[[Raw, set[str]], str]


@dataclass(frozen=True)
class Fields:
    """Several fields of one thing."""

    parts: tuple[Part, ...]

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """All of them."""
        for part in self.parts:
            part.show(holder, at, shown)

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """All of them."""
        for part in self.parts:
            part.read(typed, at, holder, faults)

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """All of them."""
        for part in self.parts:
            part.compare(typed, at, holder, theirs)


def fields(*parts: Part) -> Fields:
    """Several fields of one thing."""
    return Fields(parts)


@dataclass(frozen=True)
class Group:
    """Fields of a thing inside a thing."""

    key: str
    inner: Fields

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """Under the names of the outer thing."""
        self.inner.show(holder.get(self.key) or {}, f"{at}{self.key}-", shown)

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """Into the inner thing."""
        inside = dict(holder.get(self.key) or {})
        self.inner.read(typed, f"{at}{self.key}-", inside, faults)
        holder[self.key] = inside

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """With the inner thing."""
        self.inner.compare(typed, f"{at}{self.key}-", holder.get(self.key) or {}, theirs)


@dataclass(frozen=True)
class Rows:
    """A list. `ident`: the key that names its rows, else their place does; `numbered`: the key that counts them from one."""

    key: str
    inner: Fields
    ident: str = ""
    naming: Naming | None = None
    numbered: str = ""
    least: int = 0
    #: What to say when too few stay.
    too_few: Message | None = None
    is_optional: bool = False

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """Row after row."""
        for place, row in enumerate(holder.get(self.key) or ()):
            name = f"{at}{self.key}-{place}"
            shown.values[f"{name}-{KEY}"] = [self._key(row, place)]
            self.inner.show(row, f"{name}-", shown)

    def _key(self, row: Raw, place: int) -> str:
        return str(row[self.ident]) if self.ident else str(place)

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """The rows that stay, each with what it said before and the form does not ask; empty new ones are left out."""
        before: Sequence[Raw] = holder.get(self.key) or ()
        known = {self._key(row, place): row for place, row in enumerate(before)}
        kept: list[tuple[str, Raw]] = []
        for token in tokens(typed, f"{at}{self.key}"):
            row = f"{at}{self.key}-{token}"
            key = typed[f"{row}-{KEY}"][0]
            if is_gone(typed, row) or (not key and _is_empty(typed, row)):
                continue
            made = copy.deepcopy(known.pop(key)) if key in known else self._lost(key)
            self.inner.read(typed, f"{row}-", made, faults)
            kept.append((key, made))
        self._name(kept)
        self._number(kept, before)
        if len(kept) < self.least and self.too_few is not None:
            faults.setdefault(f"row-{at}{self.key}", []).append(self.too_few)
        if kept or self.key in holder or not self.is_optional:
            holder[self.key] = [row for _, row in kept]

    def _lost(self, key: str) -> Raw:
        """What is left of a row that somebody else removed meanwhile: its name."""
        return {self.ident: key} if self.ident and _NAME.fullmatch(key) else {}

    def _name(self, rows: Sequence[tuple[str, Raw]]) -> None:
        """Names for new rows, none of them taken; a row that somebody else removed keeps its name."""
        if not self.ident or self.naming is None:
            return
        taken = {str(row[self.ident]) for _, row in rows if self.ident in row}
        for _, row in rows:
            if self.ident not in row:
                row[self.ident] = self.naming(row, taken)
                taken.add(row[self.ident])

    def _number(self, rows: Sequence[tuple[str, Raw]], before: Sequence[Raw]) -> None:
        """Numbers from one, unless every row stands where it stood."""
        stood = [self._key(row, place) for place, row in enumerate(before)]
        if self.numbered and [key for key, _ in rows] != stood:
            for place, (_, row) in enumerate(rows, 1):
                row[self.numbered] = place

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Row by row; rows that only `holder` has join those that were typed."""
        mine = {typed[f"{at}{self.key}-{token}-{KEY}"][0]: token for token in tokens(typed, f"{at}{self.key}")}
        for place, row in enumerate(holder.get(self.key) or ()):
            token = mine.get(self._key(row, place))
            if token is not None:
                self.inner.compare(typed, f"{at}{self.key}-{token}-", row, theirs)
            else:
                self._join(typed, at, row, place, theirs)

    def _join(self, typed: Typed, at: str, row: Raw, place: int, theirs: Theirs) -> None:
        """A row that somebody else added, at the end."""
        taken = [int(token) for token in tokens(typed, f"{at}{self.key}") if token.isdecimal() and token.isascii()]
        name = f"{at}{self.key}-{max(taken, default=-1) + 1}"
        shown = Shown()
        self.inner.show(row, f"{name}-", shown)
        typed |= {f"{name}-{KEY}": [self._key(row, place)], **shown.values}
        theirs[name] = ""


def _is_empty(typed: Typed, row: str) -> bool:
    """Whether nothing was typed in a row."""
    return not any(
        word.strip()
        for name, what in typed.items()
        if name.startswith(f"{row}-") and not name.endswith(f"-{KEY}")
        for word in what
    )
