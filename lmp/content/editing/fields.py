"""What a block or the heading of a unit is edited by: its fields, what they show, and what comes back from a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lmp.content.document.unwritten import wanted_in
from lmp.content.editing.blocks import value_of
from lmp.content.editing.places import Raw, mark_of
from lmp.content.texts import LANGS, Lang
from lmp.core.messages import N_, Message
from lmp.core.text import normalise

Look = Literal["line", "text", "markdown", "number", "choice", "ticks", "yes"]
#: Before the name of an input: the mark of what its field showed.
SEEN = "seen."
#: Behind the mark of a text that is still to be written and was therefore shown as an empty one.
_SHOWN_EMPTY = "~"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. One in both languages has an input for each; `name` is the path in the document's JSON."""

    name: str
    label: str
    look: Look
    is_optional: bool = False
    #: Values that can be chosen, with their words.
    options: tuple[tuple[str, str], ...] = ()
    #: The least and the most of a number.
    least: int = 0
    most: int = 0

    @property
    def is_bilingual(self) -> bool:
        """Whether it is a text in both languages."""
        return self.look in ("line", "text", "markdown")

    @property
    def message(self) -> Message:
        """What it is called."""
        return Message(self.label)


@dataclass(frozen=True, slots=True)
class Entry:
    """One input of a form: what it shows, and the mark of what stands in the document behind it."""

    field: Field
    name: str
    lang: Lang | None
    value: Any
    seen: str
    #: What is asked for, where the text is still to be written.
    hint: str = ""


_TITLE = Field("title", N_("Title"), "line")
_TONES = (("safety", N_("Safety note")), ("tip", N_("Tip")))
_FIELDS: dict[str, tuple[Field, ...]] = {
    "text": (Field("body", N_("Text"), "markdown"),),
    "image": (
        Field("alt", N_("What the picture shows, for people who cannot see it"), "text"),
        Field("caption", N_("Caption"), "text", is_optional=True),
    ),
    "video": (_TITLE, Field("transcript", N_("Transcript"), "markdown")),
    "file": (_TITLE,),
    "task": (
        _TITLE,
        Field("text", N_("What is to be done"), "markdown"),
        Field("minutes", N_("Minutes"), "number", most=100_000),
    ),
    "note": (
        _TITLE,
        Field("text", N_("Text"), "markdown"),
        Field("tone", N_("Kind of note"), "choice", options=_TONES),
    ),
    "question": (),
}
_REVIEWS = (
    ("each", N_("After each try")),
    ("last", N_("After the last try")),
    ("closed", N_("When answers count no more")),
)
_QUIZ = (
    Field("quiz.draw", N_("Questions drawn"), "number", least=1, most=50),
    Field("quiz.pass", N_("Pass mark in per cent"), "number", most=100),
    Field("quiz.attempts", N_("Tries"), "number", is_optional=True, least=1, most=20),
    Field("quiz.minutes", N_("Minutes for one try"), "number", is_optional=True, least=1, most=600),
    Field("quiz.partial", N_("An answer that is right in part counts in part"), "yes"),
    Field("quiz.review", N_("Right answers and explanations are shown"), "choice", options=_REVIEWS),
)
HAS_QUIZ = Field("quiz", N_("The unit ends with a quiz"), "yes")


def fields_of(block: Raw) -> tuple[Field, ...]:
    """The fields of a block, by its kind."""
    return _FIELDS[block["kind"]]


def heading_fields(outcomes: Sequence[Raw], chosen: Sequence[str]) -> tuple[Field, ...]:
    """The fields of a unit's heading; `outcomes` are those of the course, and the unit's own come first, as they stand."""
    others = [outcome["id"] for outcome in outcomes if outcome["id"] not in chosen]
    names = tuple((name, name) for name in (*chosen, *others))
    return (
        _TITLE,
        Field("summary", N_("Summary"), "text"),
        Field("minutes", N_("Minutes"), "number", most=100_000),
        Field("outcomes", N_("Outcomes"), "ticks", options=names),
        HAS_QUIZ,
        *_QUIZ,
    )


def entries(thing: Raw, fields: Sequence[Field]) -> list[Entry]:
    """The inputs of a form as the document has them now, in the order of the fields, Turkish before English."""
    return [_entry(thing, field, name, lang) for field in fields for name, lang in _names(field)]


def _names(field: Field) -> list[tuple[str, Lang | None]]:
    """The inputs of a field, with their languages."""
    return [(f"{field.name}.{lang}", lang) for lang in LANGS] if field.is_bilingual else [(field.name, None)]


def _entry(thing: Raw, field: Field, name: str, lang: Lang | None) -> Entry:
    """One input; a text that is still to be written is shown as an empty one with a hint."""
    there = value_as(thing, field, name)
    hint = wanted_in(there) if field.is_bilingual else None
    if hint is None:
        return Entry(field, name, lang, there, mark_of(there))
    return Entry(field, name, lang, "", f"{mark_of(there)}{_SHOWN_EMPTY}", hint)


def value_as(thing: Raw, field: Field, name: str) -> Any:
    """What stands under a name, with the default of what is left out."""
    if field is HAS_QUIZ:
        return thing.get("quiz") is not None
    there = value_of(thing, name)
    if there is None and field.look == "yes":
        return True
    if there is None and field.name == "quiz.review":
        return "each"
    return there


def read(fields: Sequence[Field], form: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], dict[str, Message]]:
    """What a form says, by name, and what of it cannot be taken. Inputs that the form does not have stay as they are."""
    values: dict[str, Any] = {}
    problems: dict[str, Message] = {}
    for field in fields:
        for name, _lang in _names(field):
            if f"{SEEN}{name}" not in form:
                continue
            try:
                values[name] = _READERS[field.look](field, form.get(name, ()))
            except _Unreadable as unreadable:
                problems[name] = unreadable.message
    return values, problems


class _Unreadable(Exception):
    """A form says something in a field that cannot be there."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid)
        self.message = message


def _text(_field: Field, sent: Sequence[str]) -> str:
    """A text in its one spelling."""
    return normalise(sent[0]) if sent else ""


def _line(_field: Field, sent: Sequence[str]) -> str:
    """A text in one line; its length is the document's business."""
    return " ".join(_text(_field, sent).split())


def _number(field: Field, sent: Sequence[str]) -> int | None:
    """A whole number within its limits; empty where it may be left out."""
    word = "".join(sent[0].split()) if sent else ""
    if not word and field.is_optional:
        return None
    if not (word.isascii() and word.isdecimal() and field.least <= int(word[:9]) <= field.most):
        raise _Unreadable(
            Message(N_("Write a whole number from %(least)s to %(most)s."), least=field.least, most=field.most)
        )
    return int(word)


def _choice(field: Field, sent: Sequence[str]) -> str:
    """One of the options."""
    if not sent or sent[0] not in {value for value, _words in field.options}:
        raise _Unreadable(Message(N_("Choose one of these.")))
    return sent[0]


def _ticks(field: Field, sent: Sequence[str]) -> list[str]:
    """Some of the options, in their order."""
    return [value for value, _words in field.options if value in sent]


def _yes(_field: Field, sent: Sequence[str]) -> bool:
    """Whether a box is ticked."""
    return bool(sent)


_READERS: dict[Look, Any] = {
    "line": _line,
    "text": _text,
    "markdown": _text,
    "number": _number,
    "choice": _choice,
    "ticks": _ticks,
    "yes": _yes,
}


def seen_in(form: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The marks a form brought along, by the name of the field."""
    return {name.removeprefix(SEEN): sent[0] for name, sent in form.items() if name.startswith(SEEN) and sent}


def touched(
    thing: Raw, fields: Sequence[Field], values: Mapping[str, Any], seen: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What of `values` the writer changed, with the marks of what they saw there.

    An empty text keeps what says what is to be written there, and what the document leaves out stays left out.
    """
    by_name = {name: field for field in fields for name, _lang in _names(field)}
    changed = {
        name: value
        for name, value in values.items()
        if value != value_as(thing, by_name[name], name) and not _is_untouched(value, seen.get(name, ""))
    }
    return changed, {
        name: _raw_mark(thing, by_name[name], name, mark) for name, mark in seen.items() if name in by_name
    }


def _raw_mark(thing: Raw, field: Field, name: str, seen: str) -> str:
    """The mark of what stands in the document behind what a form showed, where that is still the same."""
    if seen == mark_of(value_as(thing, field, name)):
        return mark_of(value_of(thing, name))
    return seen.removesuffix(_SHOWN_EMPTY)


def _is_untouched(value: object, seen: str) -> bool:
    """Whether a value is what the form showed."""
    return mark_of(value) == seen or (value == "" and seen.endswith(_SHOWN_EMPTY))
