"""What stands in one field of a course's forms: how it is shown, and how what was typed there becomes part of the document.

A field that comes back as it was shown changes nothing, so that a form which is sent unchanged leaves every byte of the document.
`at` is what the names of the fields begin with: "" or "days-0-".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lmp.content.document.unwritten import wanted_in
from lmp.content.editing.places import Raw
from lmp.content.texts import LANGS, LONGEST_LINE
from lmp.core import written
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import MAX_MARKDOWN, TextTooLong, normalise, one_line
from lmp.web.language import current_language
from lmp.web.rows import Typed

Faults = dict[str, list[Message]]
Theirs = dict[str, str]
YES = "y"


class Ticked(str):
    """What somebody else ticked, for readers; it is no value that a field could take."""

    __slots__ = ()


@dataclass
class Shown:
    """A form as it opens: the values, and what unwritten texts ask for."""

    values: Typed = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)


class Part(Protocol):
    """One field, or several that belong together."""

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """Put what `holder` says into the form."""

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """Put what was typed into `holder`, or a sentence into `faults`."""

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Note what `holder` says otherwise than what was typed."""


def shown_text(text: str) -> str:
    """A text as its field shows it: an unwritten one is an empty field."""
    return "" if wanted_in(text) is not None else text


def clean_text(text: str) -> str:
    """A text of several lines as the document holds it. Raises TextTooLong."""
    if len(text) > MAX_MARKDOWN:
        raise TextTooLong(MAX_MARKDOWN)
    return normalise(text)


def clean_line(text: str) -> str:
    """A text of one line as the document holds it. Raises TextTooLong."""
    return one_line(text, LONGEST_LINE)


def _typed(typed: Typed, name: str, clean: Callable[[str], str], faults: Faults) -> str | None:
    """What was typed in a field, cleaned; None where it was not there or cannot be."""
    if name not in typed:
        return None
    try:
        return clean(typed[name][0])
    except RuleBroken as broken:
        faults.setdefault(name, []).append(broken.message)
        return None


@dataclass(frozen=True)
class Words:
    """A text in both languages; `optional`: it may be absent as a whole. A line has no line breaks."""

    key: str
    is_line: bool = False
    is_optional: bool = False

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """Each language in its field."""
        for lang in LANGS:
            text, name = self._text(holder, lang), f"{at}{self.key}-{lang}"
            shown.values[name] = [shown_text(text)]
            wish = wanted_in(text)
            if wish:
                shown.wanted[name] = wish

    def _text(self, holder: Raw, lang: str) -> str:
        return str((holder.get(self.key) or {}).get(lang, ""))

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """What differs from what was shown."""
        clean = clean_line if self.is_line else clean_text
        texts = dict(holder.get(self.key) or ({} if self.is_optional else {"tr": "", "en": ""}))
        for lang in LANGS:
            text = _typed(typed, f"{at}{self.key}-{lang}", clean, faults)
            if text is not None and text != shown_text(self._text(holder, lang)):
                texts[lang] = text
        if self.is_optional and texts != holder.get(self.key) and not any(texts.values()):
            holder.pop(self.key, None)
        elif texts or not self.is_optional:
            holder[self.key] = texts

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Each language that says something else."""
        for lang in LANGS:
            name, there = f"{at}{self.key}-{lang}", shown_text(self._text(holder, lang))
            if name in typed and normalise(typed[name][0]) != there:
                theirs[name] = there


@dataclass(frozen=True)
class Line:
    """A text that is the same in both languages; `optional`: an empty one is absent."""

    key: str
    is_line: bool = True
    is_optional: bool = False

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """The text."""
        text, name = holder.get(self.key, ""), f"{at}{self.key}"
        shown.values[name] = [shown_text(text)]
        wish = wanted_in(text)
        if wish:
            shown.wanted[name] = wish

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """What differs from what was shown."""
        text = _typed(typed, f"{at}{self.key}", clean_line if self.is_line else clean_text, faults)
        if text is None or (self.key in holder and text == shown_text(holder[self.key])):
            return
        if text or not self.is_optional:
            holder[self.key] = text
        else:
            holder.pop(self.key, None)

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Where it says something else."""
        name, there = f"{at}{self.key}", shown_text(holder.get(self.key, ""))
        if name in typed and normalise(typed[name][0]) != there:
            theirs[name] = there


@dataclass(frozen=True)
class Number:
    """A whole number within limits; `optional`: left empty it is absent."""

    key: str
    least: int = 0
    most: int = 100_000
    is_optional: bool = False

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """The digits."""
        shown.values[f"{at}{self.key}"] = [self._digits(holder)]

    def _digits(self, holder: Raw) -> str:
        return str(holder.get(self.key, ""))

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """The number, or what to write."""
        name = f"{at}{self.key}"
        if name not in typed:
            return
        text = typed[name][0].strip()
        if text == self._digits(holder) and text:
            return
        if self.is_optional and not text:
            holder.pop(self.key, None)
            return
        number = written.parse_number(text, current_language())
        if number is None or number != int(number) or not self.least <= number <= self.most:
            sentence = Message(N_("Write a number between %(least)s and %(most)s."), least=self.least, most=self.most)
            faults.setdefault(name, []).append(sentence)
        else:
            holder[self.key] = int(number)

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Where another number stands."""
        name, there = f"{at}{self.key}", self._digits(holder)
        if name in typed and typed[name][0].strip() != there:
            theirs[name] = there


@dataclass(frozen=True)
class Clock:
    """A time of day, typed as 8.30, 08:30 or 0830 and kept as 08:30."""

    key: str

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """The time as it is kept; people may write it otherwise."""
        shown.values[f"{at}{self.key}"] = [holder.get(self.key, "")]

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """The time, or how to write it."""
        name = f"{at}{self.key}"
        if name not in typed:
            return
        found = written.parse_time(typed[name][0])
        if found is None:
            sentence = Message(N_("Write the time as hours and minutes, for example 8.30."))
            faults.setdefault(name, []).append(sentence)
        else:
            holder[self.key] = f"{found:%H:%M}"

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Where another time stands."""
        name = f"{at}{self.key}"
        if name in typed and typed[name][0].strip() != holder.get(self.key, ""):
            theirs[name] = holder.get(self.key, "")


@dataclass(frozen=True)
class Yes:
    """A box that is ticked or not."""

    key: str

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """Ticked when it is so."""
        if holder.get(self.key):
            shown.values[f"{at}{self.key}"] = [YES]

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """A box that is not ticked sends nothing."""
        holder[self.key] = f"{at}{self.key}" in typed

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Where it is otherwise."""
        if (f"{at}{self.key}" in typed) != bool(holder.get(self.key)):
            theirs[f"{at}{self.key}"] = Ticked("✓" if holder.get(self.key) else "–")


@dataclass(frozen=True)
class One:
    """One of several: the value of each as the form sends it → as the document holds it."""

    key: str
    options: Mapping[str, object]

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """The chosen one."""
        shown.values[f"{at}{self.key}"] = [self._chosen(holder)]

    def _chosen(self, holder: Raw) -> str:
        return next((sent for sent, held in self.options.items() if held == holder.get(self.key)), "")

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """The chosen one, or that one must be chosen."""
        name = f"{at}{self.key}"
        chosen = typed.get(name, [""])[0]
        if chosen in self.options:
            holder[self.key] = self.options[chosen]
        elif name in typed or self.key not in holder:
            faults.setdefault(name, []).append(Message(N_("Choose one of these.")))

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Where another one is chosen."""
        if typed.get(f"{at}{self.key}", [""])[0] != self._chosen(holder):
            theirs[f"{at}{self.key}"] = self._chosen(holder)


@dataclass(frozen=True)
class Some:
    """Any of several names; `optional`: none is the same as absent. Names that are not offered stay as they are."""

    key: str
    offered: tuple[str, ...]
    is_optional: bool = False
    is_needed: bool = False

    def show(self, holder: Raw, at: str, shown: Shown) -> None:
        """The ticked ones."""
        ticked = [name for name in holder.get(self.key) or () if name in self.offered]
        if ticked:
            shown.values[f"{at}{self.key}"] = ticked

    def read(self, typed: Typed, at: str, holder: Raw, faults: Faults) -> None:
        """Those that stay keep their order; new ones come behind them."""
        name = f"{at}{self.key}"
        ticked = set(typed.get(name, ()))
        before = list(holder.get(self.key) or ())
        kept = [one for one in before if one in ticked or one not in self.offered]
        found = kept + [one for one in self.offered if one in ticked and one not in before]
        if self.is_needed and not found:
            faults.setdefault(name, []).append(Message(N_("Choose at least one.")))
        elif found or not self.is_optional:
            holder[self.key] = found
        else:
            holder.pop(self.key, None)

    def compare(self, typed: Typed, at: str, holder: Raw, theirs: Theirs) -> None:
        """Where others are ticked."""
        name = f"{at}{self.key}"
        there = [one for one in holder.get(self.key) or () if one in self.offered]
        if set(typed.get(name, ())) != set(there):
            theirs[name] = Ticked(", ".join(there))
