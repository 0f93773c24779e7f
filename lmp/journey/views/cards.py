"""What Bugün is made of: the next step, and rows of things that are due or wait for others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lmp.core.messages import Message


@dataclass(frozen=True)
class Act:
    """A thing to press, in words."""

    label: Message
    url: str
    #: Whether pressing it does it, instead of leading to a page.
    posts: bool = False


@dataclass(frozen=True)
class Next:
    """The one sheet of the page: the step with its button."""

    title: object
    act: Act
    kicker: object = None
    facts: Sequence[object] = ()
    quiet: Act | None = None
    on: date | None = None


@dataclass(frozen=True)
class Row:
    """A thing that is due or waits; `state` is the key of a state word, `word` its words."""

    title: object
    url: str | None = None
    meta: Sequence[object] = ()
    on: date | None = None
    state: str = ""
    word: Message | None = None
    #: What one does with it, for the button when it is the next step.
    act: Message | None = None


@dataclass(frozen=True)
class Day:
    """Everything Bugün shows."""

    next: Next | None = None
    second: Row | None = None
    due: Sequence[Row] = field(default=())
    waiting: Sequence[Row] = field(default=())
    #: The runs one looks after, each with its numbers.
    runs: Sequence[Row] = field(default=())


@dataclass(frozen=True)
class Section:
    """Rows under a heading, with the address that shows those folded away."""

    rows: Sequence[Row]
    folded: int
    all_url: str

    @property
    def number(self) -> int:
        """All of them, folded away or not."""
        return len(self.rows) + self.folded
