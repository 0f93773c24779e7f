"""What differs between two states of a course, thing by thing and text by text, with the words marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lmp.content import changes, wording
from lmp.content.changes import Change
from lmp.content.document import LANGS, CourseDocument, Lang
from lmp.content.wording import Sides
from lmp.core.messages import N_, Message

#: The last word of a text's place → what people call it. Whatever is missing here is shown by its place.
_NAMES = {
    "accept": N_("Accepted answers"),
    "alt": N_("Alternative text"),
    "ask": N_("Question"),
    "audience": N_("For whom"),
    "caption": N_("Caption"),
    "captions": N_("Captions"),
    "correct": N_("Right answer"),
    "definition": N_("Explanation of the term"),
    "difficulty": N_("Difficulty"),
    "draw": N_("Questions drawn"),
    "end": N_("End"),
    "explanation": N_("Explanation"),
    "fields": N_("Fields"),
    "file": N_("File"),
    "hazard": N_("Hazard"),
    "kind": N_("Kind of entry"),
    "left": N_("Left side"),
    "licence": N_("Licence"),
    "minutes": N_("Minutes"),
    "must": N_("Critical step"),
    "outcome": N_("Outcome"),
    "outcomes": N_("Outcomes"),
    "pass": N_("Pass mark"),
    "photos": N_("Photos"),
    "place": N_("Place"),
    "points": N_("Points"),
    "prompt": N_("Question"),
    "regulated": N_("Legal remark"),
    "right": N_("Right side"),
    "start": N_("Beginning"),
    "summary": N_("In brief"),
    "term": N_("Term"),
    "text": N_("Text"),
    "body": N_("Text"),
    "title": N_("Title"),
    "tolerance": N_("Tolerance"),
    "tone": N_("Kind of note"),
    "topic": N_("Topic"),
    "transcript": N_("Transcript"),
    "unit": N_("Unit of measure"),
    "use": N_("Where it is asked"),
    "value": N_("Right number"),
    "why": N_("Why"),
    "you": N_("Outcome as the course page says it"),
}
_YES, _NO = N_("yes"), N_("no")
#: A text of a thing: in each language, or (under None) what has no language.
_Texts = dict[Lang | None, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a thing, before and now. `lang` is None for what has no language, `name` tells apart texts of one kind."""

    label: Message | None
    name: str
    lang: Lang | None
    sides: Sides


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that was added, changed or removed, and its texts that differ."""

    change: Change
    rows: tuple[Row, ...]


def differences(
    before: CourseDocument | None,
    after: CourseDocument,
    media_before: Mapping[str, str],
    media_after: Mapping[str, str],
) -> list[Difference]:
    """Every difference in the order of `changes.changes`, each with the texts that say it."""
    old = changes.things(before, media_before) if before else {}
    new = changes.things(after, media_after)
    return [
        Difference(change, rows(old.get(change.thing), new.get(change.thing)))
        for change in changes.changes(before, after, media_before, media_after)
    ]


def rows(before: Any, after: Any) -> tuple[Row, ...]:
    """The texts of one thing that differ; of a thing that came or went, all of them. The bytes of a file say nothing."""
    if isinstance(before, str) or isinstance(after, str):
        return ()
    old, new = dict(_texts(before)), dict(_texts(after))
    return tuple(
        Row(_label(name), ".".join(name[:-1]), lang, wording.compare(was, now))
        for name in (*new, *(name for name in old if name not in new))
        for lang in (None, *LANGS)
        if (was := old.get(name, {}).get(lang, "")) != (now := new.get(name, {}).get(lang, ""))
    )


def _label(name: Sequence[str]) -> Message | None:
    """What people call a text, if they have a word for it."""
    return Message(_NAMES[name[-1]]) if name and name[-1] in _NAMES else None


def _texts(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], _Texts]]:
    """Every text in a thing with its place; the mark of a translation is no reader's concern."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGS):
            yield place, {lang: _said(value.get(lang)) for lang in LANGS}
            return
        for key, inner in value.items():
            if key != "translation":
                yield from _texts(inner, (*place, key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, inner in enumerate(value, 1):
            name = inner.get("id") or inner.get("key") or number if isinstance(inner, dict) else number
            yield from _texts(inner, (*place, str(name)))
    elif value is not None:
        yield place, {None: _said(value)}


def _said(value: Any) -> str:
    """A value as words; lists one below the other."""
    if isinstance(value, list):
        return "\n".join(_said(one) for one in value)
    if isinstance(value, bool):
        return _YES if value else _NO
    return "" if value is None else str(value)
