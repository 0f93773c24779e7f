"""YAML as course files use it: 1.2 core scalars, no tags, no anchors, every value with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from lmp.content.document.tree import Path
from lmp.core.messages import N_, Message

#: The C parser's composer is recursive and dies of deep nesting, so we compose from its events ourselves.
DEEPEST = 24
#: Keys whose value is a text even when it looks like a number (hex digits may all be decimal).
_ALWAYS_TEXT = frozenset({"from"})

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in one text, before its file is known."""

    line: int
    path: Path
    rule: str
    message: Message


@dataclass(slots=True)
class YamlText:
    """What a YAML text says, the line of every part, and what is wrong with it."""

    value: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    is_broken: bool = False


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Read one YAML document whose first line is line `first_line` of its file."""
    found = YamlText()
    composer = _Composer(found, first_line)
    try:
        found.value = composer.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        composer.stop(mark.line if mark else 0, str(broken.problem or broken.context))
    except yaml.reader.ReaderError as broken:
        composer.stop(text.count("\n", 0, int(broken.position)), str(broken.reason))
    except _TooDeepError as broken:
        composer.stop(broken.line, "nested too deeply")
    return found


def scalar(text: str) -> object:
    """The value of a plain scalar by YAML 1.2's core schema: no, yes, on and 12:30 are texts."""
    if _NULL.fullmatch(text):
        return None
    if text in _BOOL:
        return _BOOL[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def _line(event: yaml.Event) -> int:
    """The line of an event, from nought."""
    return event.start_mark.line if event.start_mark else 0


class _TooDeepError(Exception):
    """Nesting that no course needs."""

    def __init__(self, line: int) -> None:
        """`line` counts from nought."""
        self.line = line


class _Composer:
    """Builds values from parser events and notes lines and mistakes on the way."""

    def __init__(self, found: YamlText, first_line: int) -> None:
        """Fill `found`; lines of events count from nought, ours from `first_line`."""
        self.found = found
        self.first_line = first_line

    def stop(self, line: int, detail: str) -> None:
        """Note that the text cannot be read."""
        self.found.value = None
        self.found.is_broken = True
        self._note(line, (), "yaml", Message(N_("This is not YAML as we read it: %(detail)s."), detail=detail))

    def document(self, events: Iterator[yaml.Event]) -> object:
        """The value of the only document."""
        value: object = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = Message(N_("A second document begins here; only one is read."))
                    self._note(_line(event), (), "yaml", message)
                    return value
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, (), 0)
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> object:
        """The value that begins with `event`."""
        line = _line(event)
        if depth > DEEPEST:
            raise _TooDeepError(line)
        self.found.lines.setdefault(path, line + self.first_line)
        if isinstance(event, yaml.AliasEvent):
            self._note(line, path, "yaml-alias", Message(N_("Anchors and aliases (& and *) are not read.")))
            return None
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            self._refuse_marks(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path, depth)
        if not isinstance(event, yaml.ScalarEvent):
            return None
        is_plain = event.implicit[0] and not (path and path[-1] in _ALWAYS_TEXT)
        return scalar(event.value) if is_plain else event.value

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, path: Path) -> None:
        """Note anchors and explicit tags."""
        if event.anchor is not None:
            message = Message(N_("Anchors and aliases (& and *) are not read."))
            self._note(_line(event), path, "yaml-alias", message)
        if event.tag is not None:
            self._note(_line(event), path, "yaml-tag", Message(N_("Tags (!) are not read.")))

    def _sequence(self, events: Iterator[yaml.Event], path: Path, depth: int) -> list[object]:
        """The elements of a list."""
        values: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(event, events, (*path, len(values)), depth + 1))
        return values

    def _mapping(self, events: Iterator[yaml.Event], path: Path, depth: int) -> dict[str, object]:
        """The entries of a mapping; the first of two equal keys counts."""
        values: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = self._key(event, events, path, depth)
            if key in values:
                self._note(
                    line, (*path, key), "duplicate-key", Message(N_("The key “%(key)s” stands here twice."), key=key)
                )
                self._value(next(events), events, (*path, key), depth + 1)
                continue
            self.found.lines.setdefault((*path, key), line + self.first_line)
            values[key] = self._value(next(events), events, (*path, key), depth + 1)
        return values

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path, depth: int) -> str:
        """The key that begins with `event`, always a text."""
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        self._value(event, events, (*path, "?"), depth + 1)
        self._note(_line(event), path, "yaml", Message(N_("A key is a word, not a list or a group.")))
        return "?"

    def _note(self, line: int, path: Path, rule: str, message: Message) -> None:
        """Remember a mistake."""
        self.found.mistakes.append(Mistake(line + self.first_line, path, rule, message))
