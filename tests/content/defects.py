"""Small defects that a tired writer leaves in a good block, each planted in the JSON form of one block or question.

A mutator changes one thing and answers whether it could: not every block has a number, a picture or a step to lose.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lmp.content.document import CourseDocument
from lmp.content.gate import english_forms, turkish_forms
from lmp.content.gate.numbers import numbers
from lmp.content.gate.passages import unquoted
from lmp.core import turkish

Raw = dict[str, Any]
Media = dict[str, bytes]


@dataclass(frozen=True)
class Place:
    """A block or question of a course that may get a defect, and what a mutator has to know around it."""

    thing: Raw
    media: Media
    terms: "Terms"


@dataclass(frozen=True)
class Kind:
    """A kind of defect: its name, the rule that has to find it, and how it is planted."""

    name: str
    rule: str
    plant: Callable[[Place], bool]


def _texts(thing: Raw) -> list[Raw]:
    """The bilingual texts a reader meets in a thing, the longest first, accepted answers excepted."""
    found = [
        thing[key]
        for key in ("body", "text", "prompt", "explanation", "alt", "caption")
        if isinstance(thing.get(key), dict)
    ]
    parts = [part for key in ("options", "pairs", "others", "items") for part in thing.get(key, ())]
    found += [
        part[key] for part in parts for key in ("text", "why", "left", "right") if isinstance(part.get(key), dict)
    ]
    return sorted(found, key=lambda text: -len(text["en"]))


def _replace(text: Raw, lang: str, start: int, end: int, new: str) -> None:
    text[lang] = text[lang][:start] + new + text[lang][end:]


def changed_number(place: Place) -> bool:
    """One digit of an English number is another one."""
    for text in _texts(place.thing):
        known = {each.value for lang in ("tr", "en") for each in numbers(text[lang], lang)}
        for number in numbers(text["en"], "en")[1::2]:
            new = number.written[:-1] + str((int(number.written[-1]) + 4) % 10) if number.written[-1].isdigit() else ""
            if len(number.written) > 1 and new and not {each.value for each in numbers(new, "en")} & known:
                _replace(text, "en", number.position, number.position + len(number.written), new)
                return True
    return False


def lost_decimal_sign(place: Place) -> bool:
    """1.45 has become 145."""
    for text in _texts(place.thing):
        found = re.search(r"(?<![\d.])(\d+)\.(\d+)(?![\d.])", text["en"])
        if found and found[0] not in text["tr"]:
            _replace(text, "en", *found.span(), found[1] + found[2])
            return True
    return False


def lost_sign(place: Place) -> bool:
    """A minus is gone."""
    for text in _texts(place.thing):
        found = re.search(r"(?<=[ (])−(?=\d)", text["en"])
        if found:
            _replace(text, "en", *found.span(), "")
            return True
    return False


_SWAPS = {
    "V": "A",
    "A": "V",
    "mm": "cm",
    "kW": "W",
    "W": "kW",
    "mm²": "cm²",
    "MΩ": "kΩ",
    "Ω": "MΩ",
    "°C": "°F",
    "mA": "A",
} | {
    "N·m": "N",
    "in": "mm",
    "m": "mm",
    "min": "h",
    "minutes": "hours",
    "%": " V",
}


def swapped_unit(place: Place) -> bool:
    """A number has another unit in English, wherever it stands in the text."""
    for text in _texts(place.thing):
        for number in numbers(text["en"], "en"):
            sign = re.match(r"[  ]?([^\s\d.,;:)*|]+)", text["en"][number.position + len(number.written) :])
            turkish_units = {each.unit for each in numbers(text["tr"], "tr") if each.value == number.value}
            if sign and sign[1] in _SWAPS and number.unit and turkish_units == {number.unit}:
                end = number.position + len(number.written)
                _replace(text, "en", end + sign.start(1), end + sign.end(1), _SWAPS[sign[1]])
                return True
    return False


def turkish_notation(place: Place) -> bool:
    """A decimal comma was carried over into English."""
    for text in _texts(place.thing):
        found = re.search(r"(?<![\d.,])(\d+)\.(\d{1,2}) (?=(?:V|A|kW|mm|mm²|Ω|kA|W|m)\b)", unquoted(text["en"]))
        if found:
            _replace(text, "en", *found.span(), f"{found[1]},{found[2]} ")
            return True
    return False


def dropped_option(place: Place) -> bool:
    """An option has no English."""
    options = place.thing.get("options", ())
    if options:
        options[-1]["text"]["en"] = ""
    return bool(options)


def wide_tolerance(place: Place) -> bool:
    """The tolerance accepts wrong answers too."""
    if place.thing["kind"] != "number" or not place.thing["tolerance"]:
        return False
    place.thing["tolerance"] = abs(place.thing["value"]) * 0.4
    return True


def changed_answer(place: Place) -> bool:
    """The right number is not the one that the explanation finds."""
    if place.thing["kind"] != "number":
        return False
    place.thing["value"] = place.thing["value"] * 3 + 1
    place.thing["tolerance"] = abs(place.thing["value"]) * 0.01
    return True


def lost_step(place: Place) -> bool:
    """A step of a note or a task is missing in English."""
    if place.thing["kind"] not in ("note", "task"):
        return False
    kept, count = re.subn(r"(?m)^\d+\. .*\n", "", place.thing["text"]["en"], count=1)
    place.thing["text"]["en"] = kept
    return bool(count)


def removed_safety_note(place: Place) -> bool:
    """A safety note stands in Turkish only."""
    if place.thing.get("tone") != "safety":
        return False
    place.thing["title"]["en"] = place.thing["text"]["en"] = ""
    place.thing.pop("translation", None)
    return True


def missing_alt(place: Place) -> bool:
    """A picture is not described in English."""
    if place.thing["kind"] != "image":
        return False
    place.thing["alt"]["en"] = ""
    return True


def file_name_as_alt(place: Place) -> bool:
    """The description of a picture is the name of its file."""
    if place.thing["kind"] != "image":
        return False
    place.thing["alt"]["en"] = place.thing["file"]["en"] or place.thing["file"]["tr"]
    return True


def _is_prose(paragraph: str) -> bool:
    return len(paragraph.split()) > 12 and paragraph[0].isalpha()


def untranslated_paragraph(place: Place) -> bool:
    """A Turkish paragraph stands in the English file."""
    return _swap_paragraph(place, "en", "tr")


def english_in_turkish(place: Place) -> bool:
    """An English paragraph stands in the Turkish file."""
    return _swap_paragraph(place, "tr", "en")


def _swap_paragraph(place: Place, lang: str, source: str) -> bool:
    if "body" not in place.thing:
        return False
    body = place.thing["body"]
    ours, theirs = body[lang].split("\n\n"), [each for each in body[source].split("\n\n") if _is_prose(each)]
    where = [number for number, each in enumerate(ours) if _is_prose(each)]
    if not (where and theirs):
        return False
    ours[where[-1]] = theirs[-1]
    body[lang] = "\n\n".join(ours)
    return True


def untranslated_explanation(place: Place) -> bool:
    """The explanation of a question was never translated."""
    if "explanation" not in place.thing or len(place.thing["explanation"]["tr"].split()) < 6:
        return False
    place.thing["explanation"]["en"] = place.thing["explanation"]["tr"]
    return True


def untranslated_title(place: Place) -> bool:
    """A short title was left as it was."""
    title = place.thing.get("title")
    if not title or len(title["tr"].split()) < 2:
        return False
    title["en"] = title["tr"]
    return True


def other_word_for_term(place: Place) -> bool:
    """A term of the glossary is called something else in English, throughout a text."""
    return place.terms.replace_in(place.thing)


def missing_file(place: Place) -> bool:
    """A block names a drawing that is not there."""
    if place.thing["kind"] != "image":
        return False
    place.thing["file"]["en"] = "yok.en.svg"
    return True


def broken_link(place: Place) -> bool:
    """Both languages link to a file of somebody's own machine."""
    if "body" not in place.thing:
        return False
    for lang, word in (("tr", "Form"), ("en", "Form")):
        place.thing["body"][lang] += f"\n\n[{word}](../belgeler/form.docx)"
    return True


def untranslated_drawing(place: Place) -> bool:
    """The English drawing shows the Turkish words."""
    file = place.thing.get("file", {})
    if place.thing["kind"] != "image" or not file.get("en"):
        return False
    place.media[file["en"]] = place.media[file["tr"]]
    return True


def changed_number_in_drawing(place: Place) -> bool:
    """A number is another one in the English drawing."""
    name = place.thing.get("file", {}).get("en", "")
    if place.thing["kind"] != "image" or not name.endswith(".svg"):
        return False
    old = place.media[name].decode()
    new = re.sub(r">([^<&\d]*)(\d)([^<&]*</text>)", lambda m: f">{m[1]}{(int(m[2]) + 5) % 10}7{m[3]}", old, count=1)
    place.media[name] = new.encode()
    return new != old


def changed_source(place: Place) -> bool:
    """The Turkish text was rewritten afterwards."""
    text = place.thing.get("body") or place.thing.get("text") or place.thing.get("explanation")
    if not text:
        return False
    text["tr"] += " Bu cümle sonradan eklendi."
    return True


def lost_table_row(place: Place) -> bool:
    """A row of a table is missing in English."""
    if "body" not in place.thing:
        return False
    rows = re.findall(r"(?m)^\|(?! ---).*\n", place.thing["body"]["en"])
    if len(rows) < 3:
        return False
    place.thing["body"]["en"] = place.thing["body"]["en"].replace(rows[-1], "", 1)
    return True


def endless_sentence(place: Place) -> bool:
    """A paragraph has no full stop before its end."""
    if "body" not in place.thing:
        return False
    for paragraph in place.thing["body"]["en"].split("\n\n"):
        if _is_prose(paragraph) and len(re.findall(r"[^\W\d]{2,}", unquoted(paragraph))) > 60:
            joined = re.sub(r"[.:;?] +", ", and ", paragraph)
            place.thing["body"]["en"] = place.thing["body"]["en"].replace(paragraph, joined)
            return True
    return False


KINDS = (
    Kind("changed number", "numbers", changed_number),
    Kind("lost decimal sign", "numbers", lost_decimal_sign),
    Kind("lost minus", "numbers", lost_sign),
    Kind("swapped unit", "units", swapped_unit),
    Kind("Turkish notation in English", "number-format", turkish_notation),
    Kind("dropped option", "translation-missing", dropped_option),
    Kind("too wide a tolerance", "tolerance", wide_tolerance),
    Kind("changed answer", "answer", changed_answer),
    Kind("lost step", "steps", lost_step),
    Kind("removed safety note", "translation-missing", removed_safety_note),
    Kind("missing alt", "translation-missing", missing_alt),
    Kind("file name as alt", "alt", file_name_as_alt),
    Kind("untranslated paragraph", "language", untranslated_paragraph),
    Kind("English in the Turkish file", "language", english_in_turkish),
    Kind("untranslated explanation", "language", untranslated_explanation),
    Kind("untranslated title", "language", untranslated_title),
    Kind("another word for a term", "terms", other_word_for_term),
    Kind("missing file", "missing-media", missing_file),
    Kind("broken link", "links", broken_link),
    Kind("untranslated drawing", "drawing-language", untranslated_drawing),
    Kind("changed number in a drawing", "drawing-numbers", changed_number_in_drawing),
    Kind("source rewritten", "translation-stale", changed_source),
    Kind("lost table row", "structure", lost_table_row),
    Kind("endless sentence", "sentence-length", endless_sentence),
)


@dataclass
class Terms:
    """The glossary of a course, for taking a term out of the English of one text; every term is taken once."""

    pairs: list[tuple[str, str]]
    taken: set[str] = field(default_factory=set)

    def replace_in(self, thing: Raw) -> bool:
        """Call a term something else wherever a thing says it; answer whether the thing said one."""
        texts = [text for text in _texts(thing) if text["tr"] and text["en"]]
        low = turkish.lower("\n".join(text["tr"] for text in texts))
        for turkish_name, english in self.pairs:
            pattern = re.compile(rf"\b{re.escape(english).replace('-', '[- ]')}(?:e?s)?\b", re.IGNORECASE)
            is_said = any(pattern.search(text["en"]) for text in texts)
            if turkish_name in self.taken or not is_said or not turkish_forms.occurs(turkish_name, low):
                continue
            self.taken.add(turkish_name)
            for text in texts:
                text["en"] = _without(pattern.sub("gizmo", text["en"]), english)
            return True
        return False


def _without(text: str, term: str) -> str:
    """A text whose main word of the term is called something else too, as somebody does who knows another word."""
    return re.sub(rf"\b{re.escape(english_forms.head(term))}(?:e?s)?\b", "gizmo", text, flags=re.IGNORECASE)


def common_terms(document: CourseDocument, things: Iterable[Raw], fewest: int = 6) -> Terms:
    """The terms that a course says in so many texts or more, in both languages by the words of the glossary."""
    said = [[text for text in _texts(thing) if text["tr"] and text["en"]] for thing in things]
    lows = [turkish.lower("\n".join(text["tr"] for text in texts)) for texts in said]
    pairs = []
    for entry in document.glossary:
        names = tuple(re.sub(r"\s*\([^)]*\)", "", name).strip() for name in (entry.term.tr, entry.term.en))
        if sum(turkish_forms.occurs(names[0], low) for low in lows) >= fewest:
            pairs.append((names[0], names[1]))
    return Terms(pairs)
