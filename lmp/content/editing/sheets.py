"""A question as a form shows it: every text under a name, the rows in their order; and the question that a form stands for.

A sheet keeps what was typed as it was typed, be it no number and no question yet, so that nothing is lost on the way.
"""

import copy
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from string import ascii_lowercase
from typing import Any

from pydantic import TypeAdapter, ValidationError

from lmp.content.document.questions import AnyQuestion, Question
from lmp.content.document.unwritten import wanted_in
from lmp.content.editing.places import Raw
from lmp.content.editing.questions import blank_row
from lmp.content.texts import LANGS, LONGEST_LINE
from lmp.core import written
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import MAX_MARKDOWN, TextTooLong, normalise, one_line

#: The rows a kind has, and the texts of a row; `why` may be left out.
PARTS: dict[str, tuple[str, ...]] = {
    "single": ("options",),
    "multiple": ("options",),
    "matching": ("pairs", "others"),
    "ordering": ("items",),
}
TEXTS: dict[str, tuple[str, ...]] = {
    "options": ("text", "why"),
    "pairs": ("left", "right"),
    "others": ("text",),
    "items": ("text",),
}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: More rows than any form of ours sends.
_MOST_ROWS = 60
_adapter: TypeAdapter[AnyQuestion] = TypeAdapter(Question)


class NoQuestion(RuleBroken):
    """What was typed cannot be kept as a question yet; `problems` says why, by the name of the field."""

    def __init__(self, problems: Mapping[str, Message]) -> None:
        """Keep a sentence for each field."""
        super().__init__(Message(N_("Some fields have to be corrected before this can be saved.")))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Sheet:
    """The values of a question's form."""

    kind: str
    #: Texts by name: `prompt.tr`, `options.a.why.en`, `accept.tr`, `value`, `outcome`.
    values: Mapping[str, str]
    #: The ids of the rows by part, in their order.
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The right options; of a statement `true` or `false`.
    right: frozenset[str] = frozenset()

    def get(self, name: str) -> str:
        """The text under a name, empty when there is none."""
        return self.values.get(name, "")

    def has(self, name: str) -> bool:
        """Whether the form has a field of this name."""
        part, _, rest = name.partition(".")
        return rest.partition(".")[0] in self.rows[part] if part in self.rows and rest else True

    def with_row(self, part: str, taken: Iterable[str]) -> "Sheet":
        """With an empty row at the end of a part; its id is none of `taken`, because people's answers name ids."""
        row = next_id([*taken, *(one for rows in self.rows.values() for one in rows)])
        return replace(self, rows={**self.rows, part: (*self.rows.get(part, ()), row)})

    def without_row(self, part: str, row: str) -> "Sheet":
        """Without a row."""
        rows = tuple(one for one in self.rows.get(part, ()) if one != row)
        return replace(self, rows={**self.rows, part: rows})

    def moved(self, part: str, row: str, step: int) -> "Sheet":
        """With a row moved by so many places (−1: up); at either end it stays."""
        rows = list(self.rows.get(part, ()))
        if row in rows:
            place = rows.index(row)
            rows.remove(row)
            rows.insert(min(max(place + step, 0), len(rows)), row)
        return replace(self, rows={**self.rows, part: tuple(rows)})

    def taking(self, name: str, theirs: "Sheet") -> "Sheet":
        """With the other person's text in the place of one's own, or the other person's row at the end of a part."""
        part, _, row = name.partition(".")
        if part in theirs.rows and row in theirs.rows[part] and row not in self.rows.get(part, ()):
            texts = {key: text for key, text in theirs.values.items() if key.startswith(f"{name}.")}
            added = replace(self, rows={**self.rows, part: (*self.rows.get(part, ()), row)})
            return replace(added, values={**self.values, **texts}, right=self.right | ({row} & theirs.right))
        if name == "right":
            return replace(self, right=theirs.right)
        return replace(self, values={**self.values, name: theirs.get(name)})


def next_id(taken: Iterable[str]) -> str:
    """The first letter behind every letter that is taken; behind z numbers go on."""
    names = set(taken)
    letters = [ascii_lowercase.index(name) for name in names if len(name) == 1 and name in ascii_lowercase]
    place = max(letters, default=-1) + 1
    if place < len(ascii_lowercase):
        return ascii_lowercase[place]
    return next(name for number in range(1, len(names) + 2) if (name := f"z{number}") not in names)


def sheet_of(question: Raw, lang: str) -> Sheet:
    """The form of a question for somebody who writes numbers as in `lang`; a text that says TODO is empty in it."""
    kind = question["kind"]
    values = {name: str(question[name]) for name in ("outcome", "use", "difficulty")}
    for name in ("prompt", "explanation"):
        values |= _shown(name, question[name])
    rows = {part: tuple(row["id"] for row in question.get(part, [])) for part in PARTS.get(kind, ())}
    for part in rows:
        for row in question.get(part, []):
            for text in TEXTS[part]:
                values |= _shown(f"{part}.{row['id']}.{text}", row.get(text, {}))
    if kind == "number":
        values |= {name: number_in(question.get(name), lang) for name in ("value", "tolerance")}
        values["unit"] = _written(question.get("unit") or "")
    if kind == "text":
        values |= {f"accept.{one}": "\n".join(question["accept"].get(one, [])) for one in LANGS}
    return Sheet(kind, values, rows, _right(question))


def _shown(name: str, text: Raw) -> dict[str, str]:
    """A bilingual text under its names."""
    return {f"{name}.{lang}": _written(text.get(lang, "")) for lang in LANGS}


def _written(text: str) -> str:
    """A text as its field shows it: nothing where it only says what is to be written."""
    return "" if wanted_in(text) is not None else text


def hints_of(question: Raw) -> dict[str, str]:
    """What unwritten texts ask for, by the names of their fields."""
    found: dict[str, str] = {}

    def look(value: object, name: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                look(inner, f"{name}.{key}" if name else key)
        elif isinstance(value, list):
            for inner in value:
                if isinstance(inner, dict):
                    look(inner, f"{name}.{inner['id']}")
        elif isinstance(value, str) and (wanted := wanted_in(value)):
            found[name] = wanted

    look({key: value for key, value in question.items() if key != "notes"}, "")
    return found


def number_in(value: float | None, lang: str) -> str:
    """A number as people of a language type it: every decimal, no grouping."""
    if value is None:
        return ""
    plain = format(Decimal(str(value)).normalize(), "f")
    return plain.replace(".", ",") if lang == "tr" else plain


def _right(question: Raw) -> frozenset[str]:
    """What is marked as right in a question's form."""
    if question["kind"] == "truefalse":
        return frozenset({str(question["correct"]).lower()}) if "correct" in question else frozenset()
    return frozenset(option["id"] for option in question.get("options", []) if option["correct"])


def sheet_sent(kind: str, form: Mapping[str, Sequence[str]]) -> Sheet:
    """The form that somebody sent, its fields by name; rows stand under the names of their parts, in their order."""
    rows = {part: _ids(form.get(part, ())) for part in PARTS.get(kind, ())}
    values = {name: sent[-1] for name, sent in form.items() if sent and (name not in rows) and not name.startswith("_")}
    return Sheet(kind, values, rows, frozenset(form.get("right", ())))


def _ids(sent: Sequence[str]) -> tuple[str, ...]:
    """The ids of rows, each once; what is none was not sent by our form."""
    good = (name for name in sent if len(name) < _MOST_ROWS and _ID.fullmatch(name))
    return tuple(dict.fromkeys(good))[:_MOST_ROWS]


def question_of(sheet: Sheet, before: Raw, lang: str) -> Raw:
    """The question that a form stands for; what it does not show stays as it was `before`.

    A field left empty where a text was still to be written leaves it so. Raises NoQuestion.
    """
    return _Reader(sheet, before, lang).question()


class _Reader:
    """Reads a form into a question and collects what cannot be read."""

    def __init__(self, sheet: Sheet, before: Raw, lang: str) -> None:
        """Take the form, the question it was made from, and the language numbers are typed in."""
        self.sheet, self.before, self.lang = sheet, before, lang
        self.shown = sheet_of(before, lang)
        self.problems: dict[str, Message] = {}

    def question(self) -> Raw:
        """The question. Raises NoQuestion."""
        made = copy.deepcopy(self.before)
        made |= {"outcome": self.sheet.get("outcome"), "use": self.sheet.get("use")}
        made["difficulty"] = {"1": 1, "2": 2, "3": 3}.get(self.sheet.get("difficulty"))
        for name in ("prompt", "explanation"):
            made[name] = self._text(name, self.before[name], normalise)
        for part in PARTS.get(self.sheet.kind, ()):
            made[part] = [self._row(part, row) for row in self.sheet.rows[part]]
        match self.sheet.kind:
            case "truefalse":
                self._truefalse(made)
            case "number":
                self._number(made)
            case "text":
                made["accept"] = {lang: self._accept(lang) for lang in LANGS}
        if self.problems:
            raise NoQuestion(self.problems)
        return sound(made)

    def _text(self, name: str, old: Raw, clean: Callable[[str], str]) -> Raw:
        """A text in both languages."""
        return {lang: self._words(f"{name}.{lang}", old.get(lang, ""), clean) for lang in LANGS}

    def _words(self, name: str, old: str, clean: Callable[[str], str]) -> str:
        """A text in one language: what stood there where the field says the same."""
        sent = clean(self._short(name))
        return old if sent == clean(_written(old)) else sent

    def _short(self, name: str) -> str:
        """What was typed, unless it is longer than any text may be."""
        sent = self.sheet.get(name)
        if len(sent) > MAX_MARKDOWN:
            self.problems[name] = TextTooLong(MAX_MARKDOWN).message
        return sent[:MAX_MARKDOWN]

    def _line(self, name: str) -> Callable[[str], str]:
        """How a text of one line is cleaned; a longer one is a problem of its field."""

        def clean(text: str) -> str:
            try:
                return one_line(text, LONGEST_LINE)
            except TextTooLong as broken:
                self.problems[name] = broken.message
                return ""

        return clean

    def _row(self, part: str, row: str) -> Raw:
        """One option, pair or item; an explanation in neither language is left out."""
        old = next((each for each in self.before.get(part, []) if each["id"] == row), blank_row(part, row))
        made = dict(old)
        for text in TEXTS[part]:
            name = f"{part}.{row}.{text}"
            if part == "options":
                made[text] = self._text(name, old.get(text, {}), normalise)
            else:
                made[text] = {
                    lang: self._words(f"{name}.{lang}", old[text].get(lang, ""), self._line(f"{name}.{lang}"))
                    for lang in LANGS
                }
        if part == "options" and self._has_no_reason(f"{part}.{row}", made, old):
            del made["why"]
        if part == "options":
            made["correct"] = row in self.sheet.right
        return made

    def _has_no_reason(self, name: str, made: Raw, old: Raw) -> bool:
        """Whether an option says nothing about why: its reason was taken away, or left open once the option was written."""
        if any(self.sheet.get(f"{name}.why.{lang}").strip() for lang in LANGS):
            return False
        if not any(made["why"].values()):
            return bool(made["why"] != old.get("why"))
        return all(_written(text) for text in made["text"].values())

    def _truefalse(self, made: Raw) -> None:
        """Whether the statement is right."""
        said = self.sheet.right & {"true", "false"}
        if len(said) == 1:
            made["correct"] = "true" in said
        else:
            self.problems["right"] = Message(N_("Choose whether the statement is true or false."))

    def _number(self, made: Raw) -> None:
        """The right number, how far an answer may lie from it, and its unit."""
        made["value"] = self._real("value")
        if self.sheet.get("tolerance").strip():
            made["tolerance"] = self._real("tolerance")
            if isinstance(made["tolerance"], float) and made["tolerance"] < 0:
                self.problems["tolerance"] = Message(N_("Write the tolerance as a number that is not negative."))
        else:
            made["tolerance"] = 0.0
        unit = self._words("unit", self.before.get("unit") or "", self._line("unit"))
        made["unit"] = unit if unit or self.before.get("unit") == "" else None

    def _real(self, name: str) -> float | None:
        """A number with comma or point; the stored one where the field still shows it."""
        sent = self.sheet.get(name).strip()
        if name in self.before and sent == self.shown.get(name):
            return float(self.before[name])
        found = written.parse_number(sent, self.lang)
        if found is None:
            self.problems[name] = Message(N_("Write a number, for example %(example)s."), example=0.5)
            return None
        return float(found)

    def _accept(self, lang: str) -> list[str]:
        """The accepted answers of a language, one a line."""
        name = f"accept.{lang}"
        lines = [self._line(name)(line) for line in self._short(name).splitlines()]
        return [line for line in lines if line]


def sound(made: Raw) -> Raw:
    """A question in the form in which documents keep it; key and id may be open. Raises NoQuestion."""
    open_names = {"key": "x", "id": "00000000-0000-0000-0000-000000000000"}
    try:
        found = _adapter.validate_python({**open_names, **made})
    except ValidationError as error:
        raise NoQuestion({_field_at(made, one["loc"]): _sentence(one["loc"]) for one in error.errors()}) from None
    kept: Raw = found.model_dump(mode="json", exclude_none=True)
    return {key: value for key, value in kept.items() if key in made or key not in open_names}


def model_of(question: Raw) -> AnyQuestion:
    """The question as the marking takes it. Raises NoQuestion."""
    sound(question)
    return _adapter.validate_python({"key": "x", "id": "00000000-0000-0000-0000-000000000000", **question})


def _sentence(location: tuple[Any, ...]) -> Message:
    """What to write in a field that the format refuses."""
    sentences = {
        "outcome": Message(N_("Choose the outcome this question belongs to.")),
        "difficulty": Message(N_("Choose how difficult the question is.")),
        "use": Message(N_("Choose where the question is asked.")),
    }
    name = next((part for part in location if part in sentences), "")
    return sentences.get(str(name), Message(N_("This cannot be saved as it is. Write it anew.")))


def field_of(question: Raw, path: tuple[str | int, ...]) -> str:
    """The name of the field that a place inside a question is shown in, such as `options.b.text.en`; empty for the whole."""
    words: list[str] = []
    value: Any = question
    for part in path:
        if isinstance(part, int):
            value = value[part] if isinstance(value, list) and part < len(value) else None
            if not isinstance(value, dict):
                break
            words.append(str(value.get("id", part)))
        else:
            value = value.get(part) if isinstance(value, dict) else None
            words.append(part)
    return ".".join(words)


def _field_at(question: Raw, location: tuple[Any, ...]) -> str:
    """The field of a place as the schema names it, which begins with the kind."""
    return field_of(question, tuple(part for part in location if part != question["kind"]))


def differing(mine: Sheet, theirs: Sheet) -> list[str]:
    """The names of what two forms say differently: texts of both, whole rows that only the other one has, what is right."""
    own = [
        name for name in theirs.values if mine.has(name) and mine.get(name).replace("\r\n", "\n") != theirs.get(name)
    ]
    rows = [f"{part}.{row}" for part in theirs.rows for row in theirs.rows[part] if row not in mine.rows.get(part, ())]
    return [*own, *rows, *(["right"] if mine.right != theirs.right else [])]
