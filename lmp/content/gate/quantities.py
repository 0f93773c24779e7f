"""Rules: both languages name the same numbers with the same units, each as its language writes them."""

import re
from collections.abc import Callable, Iterable, Iterator

from lmp.content.document.findings import Finding
from lmp.content.gate.numbers import Number, numbers, parts_of
from lmp.content.gate.passages import Course, Passage, unquoted
from lmp.content.gate.policy import finding
from lmp.content.gate.quantity_words import is_spelled_out, months_in
from lmp.content.texts import LANGS, Lang, other
from lmp.core.messages import N_, Message


def numbers_are_equal(course: Course) -> Iterator[Finding]:
    """What one language counts, measures or dates, the other does too.

    A number may be written as a word, and one language may name a number once more that the other names nearby;
    a number in the place of another is always a finding.
    """
    for passages in course.by_thing().values():
        nearby = {lang: _values(passages, lang) for lang in LANGS}
        for passage in passages:
            odd = odd_numbers(passage.get("tr"), passage.get("en"))
            if odd["tr"] and odd["en"]:
                yield _differ(passage, odd)
                continue
            for lang in LANGS:
                alone = [each for each in odd[lang] if each.value not in nearby[other(lang)]]
                if alone:
                    yield _differ(passage, {lang: alone, other(lang): []})


def _values(passages: Iterable[Passage], lang: Lang) -> set[str]:
    """Every number that the texts of one thing name in a language, and its title where that has no language."""
    texts = [text for passage in passages for text in (passage.get(lang), passage.thing["title"].text or "")]
    return {number.value for text in texts for number in numbers(text, lang)}


def odd_numbers(turkish: str, english: str) -> dict[Lang, list[Number]]:
    """The numbers of each language that have no partner in the other one, neither as digits nor in words."""
    texts: dict[Lang, str] = {"tr": turkish, "en": english}
    left: dict[Lang, list[Number]] = {"tr": [*numbers(turkish, "tr")], "en": [*numbers(english, "en")]}
    for fits in (_are_equal, _mean_the_same):
        _pair_off(left["tr"], left["en"], fits)
    dated = {lang: _date_parts(left[other(lang)]) | months_in(texts[other(lang)], other(lang)) for lang in LANGS}
    return {
        lang: [
            each
            for each in left[lang]
            if not is_spelled_out(each.value.lstrip("-"), texts[other(lang)], other(lang))
            and each.value not in dated[lang]
            and not _is_date_said(each, texts[other(lang)], other(lang))
        ]
        for lang in LANGS
    }


def _pair_off(ours: list[Number], theirs: list[Number], fits: Callable[[Number, Number], bool]) -> None:
    """Take away every number with its partner."""
    for one in tuple(ours):
        partner = next((each for each in theirs if fits(one, each)), None)
        if partner is not None:
            ours.remove(one)
            theirs.remove(partner)


def _are_equal(one: Number, another: Number) -> bool:
    return one.value == another.value


def _mean_the_same(one: Number, another: Number) -> bool:
    """Whether a quotation in the notation of the other language makes two numbers equal."""
    return bool({one.value, one.other_reading} & {another.value, another.other_reading} - {""})


def _date_parts(left: Iterable[Number]) -> set[str]:
    """The parts of dates written in digits, which the other language may name one by one."""
    return {part for number in left if number.value.count(".") > 1 for part in parts_of(number.value)}


def _is_date_said(number: Number, text: str, lang: Lang) -> bool:
    """Whether the other language says a date written in digits with the name of its month."""
    if number.value.count(".") != 2:
        return False
    said = {each.value for each in numbers(text, lang)} | months_in(text, lang)
    return set(parts_of(number.value)) <= said


def _differ(passage: Passage, odd: dict[Lang, list[Number]]) -> Finding:
    """The finding at the first odd number, in the language where one stands."""
    lang: Lang = "en" if odd["en"] else "tr"
    first = odd[lang][0]
    below = passage.get(lang).count("\n", 0, first.position)
    if not odd["tr"] or not odd["en"]:
        message = Message(
            N_("This number stands in one language only: %(numbers)s. Write it in both or in neither."),
            numbers=_listed(odd[lang]),
        )
    else:
        message = Message(
            N_("The numbers differ: %(turkish)s in Turkish, %(english)s in English. Make them equal."),
            turkish=_listed(odd["tr"]),
            english=_listed(odd["en"]),
        )
    return finding("numbers", passage.at(lang), message, below)


def _listed(found: Iterable[Number]) -> str:
    """Numbers as they stand in the text, with their units."""
    return "; ".join(dict.fromkeys(f"{each.written} {each.unit}".strip() for each in found))


def units_are_equal(course: Course) -> Iterator[Finding]:
    """A number that has a unit in both languages has the same one."""
    for passage in course.passages:
        if passage.is_complete:
            yield from _unit_findings(passage)


def _unit_findings(passage: Passage) -> Iterator[Finding]:
    """Numbers whose unit in one language is none of those the other language gives them."""
    units = {lang: _units(passage.get(lang), lang) for lang in LANGS}
    for value in (each for each in units["tr"] if each in units["en"]):
        turkish, english = units["tr"][value], units["en"][value]
        alone = {lang: units[lang][value].keys() - units[other(lang)][value].keys() - {""} for lang in LANGS}
        is_swapped = alone["tr"] and alone["en"]
        is_one_sided = any(alone[lang] and "" not in units[other(lang)][value] for lang in LANGS)
        if is_swapped or is_one_sided:
            first = min(number.position for unit, number in english.items() if unit in alone["en"] or not alone["en"])
            message = Message(
                N_("%(number)s has another unit in each language: %(turkish)s in Turkish, %(english)s in English."),
                number=next(iter(turkish.values())).written,
                turkish=", ".join(sorted(filter(None, turkish))),
                english=", ".join(sorted(filter(None, english))),
            )
            yield finding("units", passage.at("en"), message, passage.get("en").count("\n", 0, first))


def _units(text: str, lang: Lang) -> dict[str, dict[str, Number]]:
    """Value → unit → the first number with both; a number without a unit has the unit “”."""
    found: dict[str, dict[str, Number]] = {}
    for number in numbers(text, lang):
        found.setdefault(number.value, {}).setdefault(number.unit, number)
    return found


#: Decimals and per cent signs as only the other language writes them.
_FOREIGN: dict[Lang, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "tr": (re.compile(r"\d+\.\d{1,2}"), re.compile(r"\d%(?!\d)")),
    "en": (re.compile(r"\d+,\d{1,2}"), re.compile(r"(?<!\d)%\d")),
}


def numbers_suit_their_language(course: Course) -> Iterator[Finding]:
    """Decimal signs and per cent signs stand as the language wants them; quotations and code may do otherwise."""
    for passage in course.passages:
        for lang in LANGS:
            found = _in_foreign_notation(passage.get(lang), lang)
            if found:
                written, position = found
                sentence = N_(
                    "“%(number)s” is written as in the other language. "
                    "Write 1,5 and %%20 in Turkish, 1.5 and 20%% in English."
                )
                below = passage.get(lang).count("\n", 0, position)
                yield finding("number-format", passage.at(lang), Message(sentence, number=written), below)


def _in_foreign_notation(text: str, lang: Lang) -> tuple[str, int] | None:
    """The first quantity that is written as in the other language, with its place."""
    decimal, per_cent = _FOREIGN[lang]
    for number in numbers(text, lang):
        if number.unit and not number.other_reading and decimal.fullmatch(number.written.lstrip("−- ")):
            return number.written, number.position
    found = per_cent.search(unquoted(text))
    return (found[0], found.start()) if found else None
