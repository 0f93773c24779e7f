"""Fields that only the completion policy and the test of a course have."""

from dataclasses import dataclass

from lmp.content.editing.places import Raw
from lmp.content.forms.sheet_fields import YES, Faults, Number, Shown, Theirs, Ticked
from lmp.content.forms.sheets import Fields
from lmp.web.rows import Typed

ON = "on"


@dataclass(frozen=True)
class Share:
    """A share of one, typed in whole per cent; one that is not whole stays as it is until another is typed."""

    key: str

    def _as_percent(self, holder: Raw) -> Raw:
        return {self.key: round(holder[self.key] * 100)} if self.key in holder else {}

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """In per cent."""
        Number(self.key, 0, 100).show(self._as_percent(holder), at, shown)

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """What differs from what was shown."""
        before = self._as_percent(holder)
        after = dict(before)
        Number(self.key, 0, 100).read(typed, at, after, faults)
        if after != before:
            holder[self.key] = after[self.key] / 100

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """In per cent."""
        Number(self.key, 0, 100).compare(typed, at, self._as_percent(holder), theirs)


@dataclass(frozen=True)
class No:
    """A box whose tick says that something is not so; `box` is its name in the form."""

    key: str
    box: str

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """Ticked when it is not so."""
        if holder.get(self.key) is False:
            shown.values[f"{at}{self.box}"] = [YES]

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """A box that is not ticked sends nothing."""
        holder[self.key] = f"{at}{self.box}" not in typed

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Where it is otherwise."""
        if (f"{at}{self.box}" in typed) != (holder.get(self.key) is False):
            theirs[f"{at}{self.box}"] = Ticked("✓" if holder.get(self.key) is False else "–")


@dataclass(frozen=True)
class Maybe:
    """A thing that is there when its box is ticked, with its fields."""

    key: str
    inner: Fields

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """The box, and the fields of what is there."""
        if self.key in holder:
            shown.values[f"{at}{self.key}-{ON}"] = [YES]
        self.inner.show(holder.get(self.key) or {}, f"{at}{self.key}-", shown)

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """Without its tick the thing goes, whatever its fields say."""
        if f"{at}{self.key}-{ON}" not in typed:
            holder.pop(self.key, None)
            return
        inside = dict(holder.get(self.key) or {})
        self.inner.read(typed, f"{at}{self.key}-", inside, faults)
        holder[self.key] = inside

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Whether it is there, and what it says."""
        box = f"{at}{self.key}-{ON}"
        if (box in typed) != (self.key in holder):
            theirs[box] = Ticked("✓" if self.key in holder else "–")
        if self.key in holder:
            self.inner.compare(typed, f"{at}{self.key}-", holder[self.key], theirs)
