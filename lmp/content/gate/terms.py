"""Rules: a term of the glossary stands in both languages or in neither, and the glossary explains what the course says.

A glossary cannot know every meaning of a word (kılavuz is a tap and a manual), and a good sentence may leave a term out.
So the course itself is the measure: only where nearly every other text renders a term as the glossary does is the odd
one named. Both words of a parenthesis count: artık akım cihazı (RCD).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lmp.content.document.findings import Finding
from lmp.content.document.translation import things
from lmp.content.document.tree import Node
from lmp.content.document.unwritten import written
from lmp.content.gate import english_forms, turkish_forms
from lmp.content.gate.passages import REMEMBERED, Course, Passage
from lmp.content.gate.policy import finding
from lmp.content.texts import LANGS, Lang, other
from lmp.core import turkish
from lmp.core.messages import N_, Message

#: Of the texts that name a term, how many may leave its other side out before the term is no measure any more.
_MOST_ODD = 0.25
#: In how many texts a term stands at least before it is a measure; a single word has other meanings, a compound hardly.
_FEWEST_OF_WORDS, _FEWEST_OF_COMPOUNDS = 6, 3
_LONG_WORD = 4
_PARENTHESIS = re.compile(r"\s*\(([^)]*)\)")
_WORD = re.compile(r"[\w-]+")
_VERB = re.compile(r"m[ae]k$")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary: the word itself and whatever else stands in parentheses, by language."""

    node: Node
    names: Mapping[Lang, tuple[str, ...]]

    def is_rendered_in(self, text: "Words", lang: Lang) -> bool:
        """Whether a text says the term somehow: by any of its names or its main word, as a verb or a quotation."""
        names = self.names[lang]
        if self._is_quoted_in(text, lang):
            return True
        if lang == "tr":
            words = names[0].split()
            known = (
                stem for place, word in enumerate(words) for stem in _stems(words, place) if len(word) >= _LONG_WORD
            )
            said = text.said["tr"]
            is_said = any(turkish_forms.occurs(name, said) for name in names) or any(stem in said for stem in known)
            return is_said or turkish_forms.is_done(words[-1], said)
        main = english_forms.root(english_forms.head(names[0]))
        return main in text.roots or any(english_forms.occurs(name, text.roots) for name in names)

    def _is_quoted_in(self, text: "Words", lang: Lang) -> bool:
        """Whether a text says the term in the other language, as courses about language and loanwords do."""
        if lang == "en":
            return any(turkish_forms.occurs(name, text.said["en"]) for name in self.names["tr"])
        return any(f" {turkish.lower(name)} " in text.quoted for name in self.names["en"])


def _stems(words: list[str], place: int) -> tuple[str, ...]:
    """The stems of one word of a term."""
    return turkish_forms.stems(words[place], is_possessive=len(words) > 1 and place == len(words) - 1)


class Words:
    """The words of a text in both languages, made ready to be searched when somebody searches."""

    def __init__(self, tr: str, en: str) -> None:
        """Keep both texts."""
        self._texts: Mapping[Lang, str] = {"tr": tr, "en": en}

    @cached_property
    def said(self) -> Mapping[Lang, str]:
        """In small letters."""
        return {lang: turkish.lower(text) for lang, text in self._texts.items()}

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The roots of the English words."""
        return english_forms.roots(self._texts["en"])

    @cached_property
    def spelled(self) -> str:
        """The English words between blanks, as terms are looked for word by word."""
        return english_forms.spelled(self._texts["en"])

    @cached_property
    def quoted(self) -> str:
        """The words of the Turkish text between blanks, for English terms that stand in it."""
        return f" {' '.join(_WORD.findall(self.said['tr']))} "


def terms_are_rendered(course: Course) -> Iterator[Finding]:
    """A term that one language names is named by the other one too, judged by how the course renders it elsewhere."""
    texts, terms = _texts(course), _terms(course.root)
    firsts = {lang: tuple(term.names[lang][0] for term in terms) for lang in LANGS}
    said = {lang: [_named_in(words, lang, firsts[lang]) for words, _passages in texts] for lang in LANGS}
    for place, term in enumerate(terms):
        for lang in LANGS:
            named = [each for each, names in zip(texts, said[lang], strict=True) if place in names]
            odd = [passages for words, passages in named if not term.is_rendered_in(words, other(lang))]
            fewest = _FEWEST_OF_COMPOUNDS if " " in term.names[lang][0] else _FEWEST_OF_WORDS
            if len(named) >= fewest and len(odd) <= max(1, len(named) * _MOST_ODD):
                yield from (_odd_one(term, passages, lang) for passages in odd)


@lru_cache(2 * REMEMBERED)
def _named_in(words: Words, lang: Lang, names: tuple[str, ...]) -> frozenset[int]:
    """Which of some names a text says, by their places."""
    return frozenset(place for place, name in enumerate(names) if _says(words, lang, name))


def _says(words: Words, lang: Lang, name: str) -> bool:
    """Whether a text says a name in whatever form."""
    return turkish_forms.occurs(name, words.said["tr"]) if lang == "tr" else english_forms.stands(name, words.spelled)


def _terms(root: Node) -> list[Term]:
    """The entries of the glossary that can be recognised: nouns in both languages."""
    found = []
    for entry in root["glossary"].items:
        names = {lang: _names(written(entry["term"][lang].text or "")) for lang in LANGS}
        if all(names[lang] and names[lang][0] for lang in LANGS) and not _VERB.search(names["tr"][0]):
            found.append(Term(entry, names))
    return found


def _names(term: str) -> tuple[str, ...]:
    """A term and what stands in its parentheses."""
    more = (name.strip() for inner in _PARENTHESIS.findall(term) for name in inner.split(","))
    return (_PARENTHESIS.sub("", term).strip(), *filter(None, more))


def _texts(course: Course) -> list[tuple[Words, list[Passage]]]:
    """The words of every block and question, and of the headings of the units, with the texts they stand in."""
    wanted = {thing.path for thing in things(course.root)}
    return [(_words(passages), passages) for path, passages in course.by_thing().items() if path in wanted]


def _words(passages: Sequence[Passage]) -> Words:
    """What some texts say together."""
    return _remembered(*("\n".join(passage.get(lang) for passage in passages) for lang in LANGS))


@lru_cache(REMEMBERED)
def _remembered(tr: str, en: str) -> Words:
    """The words of a text, the same for equal texts."""
    return Words(tr, en)


def _odd_one(term: Term, passages: Sequence[Passage], lang: Lang) -> Finding:
    """The finding in the text that lacks the other side of a term."""
    message = Message(
        N_("“%(term)s” stands here, but not “%(other)s” in the other language. Use the term of the glossary."),
        term=term.names[lang][0],
        other=term.names[other(lang)][0],
    )
    named = (each for each in passages if _says(_words([each]), lang, term.names[lang][0]))
    place = next(named, passages[0])
    return finding("terms", place.at(other(lang)), message)


def glossary_is_used(course: Course) -> Iterator[Finding]:
    """Every term of the glossary stands somewhere in the course, in each language.

    What stands in one text stands in the whole; only what no text says is looked for across the ends of texts.
    """
    read = [passage for passage in course.passages if passage.is_complete and passage.node.path[0] != "glossary"]
    whole = Words(*("\n".join(passage.get(lang) for passage in read) for lang in LANGS))
    for term in _terms(course.root):
        for lang in LANGS:
            if any(term.is_rendered_in(_words([passage]), lang) for passage in read) or term.is_rendered_in(
                whole, lang
            ):
                continue
            message = Message(
                N_("The course never says “%(term)s”. Use the term or remove it."), term=term.names[lang][0]
            )
            yield finding("glossary", term.node["term"][lang], message)
