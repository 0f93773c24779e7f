"""A forgiving view of a document in its JSON form: what is absent or of the wrong type reads as absent."""

from collections.abc import Iterator
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands; checks read it without asking whether the parts around it are sound."""

    value: object
    path: Path = ()

    def __getitem__(self, key: str) -> "Node":
        """The value under a key, absent when there is none."""
        return Node(self.value.get(key) if isinstance(self.value, dict) else None, (*self.path, key))

    @property
    def present(self) -> bool:
        """Whether anything stands here."""
        return self.value is not None

    @property
    def items(self) -> list["Node"]:
        """The elements of a list, none when it is no list."""
        values = self.value if isinstance(self.value, list) else []
        return [Node(value, (*self.path, place)) for place, value in enumerate(values)]

    @property
    def keys(self) -> dict[str, "Node"]:
        """The entries of a mapping, none when it is no mapping."""
        values = self.value if isinstance(self.value, dict) else {}
        return {key: Node(value, (*self.path, key)) for key, value in values.items()}

    @property
    def text(self) -> str | None:
        """The value when it is a text."""
        return self.value if isinstance(self.value, str) else None

    @property
    def whole(self) -> int | None:
        """The value when it is a whole number."""
        return self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else None

    @property
    def flag(self) -> bool | None:
        """The value when it is yes or no."""
        return self.value if isinstance(self.value, bool) else None

    def walk(self) -> Iterator["Node"]:
        """The node itself and everything below it."""
        yield self
        for child in (*self.items, *self.keys.values()):
            yield from child.walk()
