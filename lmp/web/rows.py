"""Forms whose rows come and go: their buttons reshape what was typed, and nothing is saved until the form is.

A row of a list is known by a token that is free in its list, and its fields begin with list and token: `days-0-title-tr`,
`days-0-tasks-2-text-en`. Its first field is `…-key`: what the row was called when the page was opened, empty for a new one.
Rows stand in the order of their keys, so that a script may move them without giving them other names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from werkzeug.datastructures import MultiDict

from lmp.core.messages import N_, Message
from lmp.web.forms import SWITCH, said
from lmp.web.language import current_language

#: Name → what was typed there, in the order of the page.
Typed = dict[str, list[str]]
#: The name of the buttons; their value is the act and what it is done to: `up:days-0-tasks-2`, `add:days-0-tasks`.
ACT = "act"
KEY = "key"
#: Marks a row that goes when the form is saved; until then it can be brought back.
GONE = "gone"
Act = Literal["add", "up", "down", "copy", "remove", "keep"]
_NOT_TYPED = frozenset({"csrf_token", ACT, SWITCH})
#: More rows in one list than any page of ours shows.
MOST_ROWS = 400


def typed(form: MultiDict[str, str]) -> Typed:
    """What a form brought, without its token and buttons."""
    return {name: form.getlist(name) for name in form if name not in _NOT_TYPED}


def tokens(values: Mapping[str, list[str]], name: str) -> list[str]:
    """The rows of a list in their order, those that are to go among them."""
    start, end = f"{name}-", f"-{KEY}"
    found = (one[len(start) : -len(end)] for one in values if one.startswith(start) and one.endswith(end))
    return [token for token in found if token and "-" not in token][:MOST_ROWS]


def is_gone(values: Mapping[str, list[str]], row: str) -> bool:
    """Whether a row goes when the form is saved."""
    return bool(values.get(f"{row}-{GONE}"))


@dataclass(frozen=True, slots=True)
class Reshaped:
    """The form after a button, and the row or list to show."""

    values: Typed
    focus: str


def reshape(values: Typed, act: str, fresh: Mapping[str, Typed]) -> Reshaped:
    """Do what a button asks for; what it does not understand changes nothing.

    `fresh` gives for the last word of a list's name what a new row brings besides its key: {"criteria": {"levels-0-key": [""]}}.
    """
    verb, _, place = act.partition(":")
    name, _, token = place.rpartition("-")
    if verb == "add":
        return _add(values, place, fresh.get(place.rpartition("-")[2], {}))
    if token not in tokens(values, name):
        return Reshaped(values, place)
    if verb in ("up", "down"):
        return Reshaped(_move(values, name, token, -1 if verb == "up" else 1), place)
    if verb == "copy":
        return _copy(values, name, token)
    if verb == "remove":
        return _remove(values, name, token)
    if verb == "keep":
        return Reshaped({one: what for one, what in values.items() if one != f"{place}-{GONE}"}, place)
    return Reshaped(values, place)


def _of(values: Typed, row: str) -> Typed:
    """The fields of a row."""
    return {name: what for name, what in values.items() if name.startswith(f"{row}-")}


def _free(values: Typed, name: str) -> str:
    """A token that no row of a list has."""
    taken = [int(token) for token in tokens(values, name) if token.isdecimal() and token.isascii()]
    return str(max(taken, default=-1) + 1)


def _add(values: Typed, name: str, more: Typed) -> Reshaped:
    """A new row at the end of a list."""
    row = f"{name}-{_free(values, name)}"
    new = {f"{row}-{KEY}": [""], **{f"{row}-{inner}": list(what) for inner, what in more.items()}}
    return Reshaped({**values, **new}, row)


def _move(values: Typed, name: str, token: str, step: int) -> Typed:
    """A row exchanged with its neighbour; at either end it stays."""
    order = tokens(values, name)
    place = order.index(token)
    there = place + step
    if not 0 <= there < len(order):
        return values
    order[place], order[there] = order[there], order[place]
    return _in_order(values, name, order)


def _in_order(values: Typed, name: str, order: list[str]) -> Typed:
    """The form with the rows of one list in another order, at the place where the list began."""
    rows = {inner: what for token in order for inner, what in _of(values, f"{name}-{token}").items()}
    made: Typed = {}
    for inner, what in values.items():
        if inner in rows:
            made.update(rows)
        else:
            made[inner] = what
    return made


def _copy(values: Typed, name: str, token: str) -> Reshaped:
    """A new row behind a row, with the same in its fields; keys are the first one's own."""
    old, new = f"{name}-{token}", f"{name}-{_free(values, name)}"
    copied = {
        f"{new}{inner[len(old) :]}": [""] if inner.endswith(f"-{KEY}") else list(what)
        for inner, what in _of(values, old).items()
    }
    order = tokens(values, name)
    order.insert(order.index(token) + 1, new.rpartition("-")[2])
    return Reshaped(_in_order({**values, **copied}, name, order), new)


def _remove(values: Typed, name: str, token: str) -> Reshaped:
    """A row marked to go; one that is new and empty goes at once."""
    row = f"{name}-{token}"
    mine = _of(values, row)
    if any(word.strip() for what in mine.values() for word in what):
        made: Typed = {}
        for inner, what in values.items():
            made[inner] = what
            if inner == f"{row}-{KEY}":
                made[f"{row}-{GONE}"] = ["1"]
        return Reshaped(made, row)
    return Reshaped({inner: what for inner, what in values.items() if inner not in mine}, name)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the page shows it: what its fields begin with, its number among those that stay, and where it stands."""

    name: str
    number: int
    is_gone: bool
    is_first: bool
    is_last: bool
    key: str


@dataclass
class Sheet:
    """A form whose rows come and go, as the page shows it."""

    values: Typed
    #: Name of a field → sentences about what stands there.
    errors: dict[str, list[Message]] = field(default_factory=dict)
    #: Name of a field → what is to be written there.
    wanted: dict[str, str] = field(default_factory=dict)
    #: Name of a field → what somebody else has saved there meanwhile.
    theirs: dict[str, str] = field(default_factory=dict)
    #: Sentences that belong to no field.
    general: list[Message] = field(default_factory=list)
    status: int = 200
    #: What the last button was about; the page shows it.
    focus: str = ""
    #: Whether a button reshaped the form, so that something is not saved yet.
    is_reshaped: bool = False

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, [""])[0]

    def has(self, name: str, value: str) -> bool:
        """Whether a box is ticked."""
        return value in self.values.get(name, [])

    def rows(self, name: str) -> list[Row]:
        """The rows of a list."""
        order = tokens(self.values, name)
        names = [f"{name}-{token}" for token in order]
        staying = [one for one in names if not is_gone(self.values, one)]
        return [
            Row(
                name=one,
                number=staying.index(one) + 1 if one in staying else 0,
                is_gone=one not in staying,
                is_first=place == 0,
                is_last=place == len(names) - 1,
                key=self.value(f"{one}-{KEY}"),
            )
            for place, one in enumerate(names)
        ]

    def fields_of(self, row: str) -> list[tuple[str, str]]:
        """Everything that a row holds, to be kept while it is not shown."""
        return [(name, word) for name, what in _of(self.values, row).items() for word in what]

    def called(self, row: str) -> str:
        """What a row is known by: the first words in it, in the language of the page if there are any."""
        typed_here = [
            one for one in self.fields_of(row) if one[1].strip() and not one[0].endswith((f"-{KEY}", f"-{GONE}"))
        ]
        typed_here.sort(key=lambda one: not one[0].endswith(f"-{current_language()}"))
        return typed_here[0][1].strip() if typed_here else ""

    def said(self, name: str) -> str:
        """The sentences at a field."""
        return " ".join(said(one) for one in self.errors.get(name, ()))

    def is_bad(self, row: str) -> bool:
        """Whether something in a row is to be repaired or was changed by somebody else."""
        return any(name.startswith(f"{row}-") for name in (*self.errors, *self.theirs))

    def is_open(self, row: str) -> bool:
        """Whether a folded row is to be shown at once."""
        return self.focus == row or self.focus.startswith(f"{row}-") or self.is_bad(row)

    @property
    def summary(self) -> list[dict[str, str]]:
        """What is to be repaired, for the summary on top."""
        ours = [{"text": said(one)} for one in self.general]
        first = next((name for name in self.theirs if name in self.values), None)
        if first is not None:
            ours.append({"text": said(Message(N_("Go to the first difference"))), "url": f"#{first}"})
        return ours + [{"text": self.said(name), "url": f"#{name}"} for name in self.errors]

    @property
    def has_errors(self) -> bool:
        """Whether the page shows an error summary."""
        return bool(self.general or self.errors)
