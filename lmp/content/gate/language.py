"""Rule: every text is written in the language of its file; told by small words and by the letters only Turkish has."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lmp.content.document.findings import Finding
from lmp.content.document.tree import Path
from lmp.content.gate.passages import REMEMBERED, Course, Passage, blanked, unquoted
from lmp.content.gate.policy import finding
from lmp.content.texts import LANGS, Lang, other
from lmp.core import turkish
from lmp.core.messages import N_, Message

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_BETWEEN = re.compile(r"(\n\s*\n)")
_ROW = re.compile(r"(?m)^\|.*$")
_TURKISH_LETTERS = frozenset("ıİşŞğĞçÇöÖüÜ")
#: Words that mostly stand in every sentence or two, and are no words of the other language.
_SMALL: dict[Lang, frozenset[str]] = {
    "tr": frozenset(
        "ve bir bu ile için da ya ki ne daha çok en gibi kadar sonra önce olan olarak olur değil ise iki her hangi "  # noqa: SIM905
        "nasıl neden yok var kaç ancak ama üç şu o siz sizin bunu bunun onu yalnız aynı üzerinde altında arasında göre "
        "ayrı başka bütün böyle çünkü hem içinde yazın ölçün mi mı mu mü misiniz eder edin edilir yapın yapılır alınır "
        "verir gösterir kesin bulur".split()
    ),
    "en": frozenset(
        "the of and to is are in that it for with as on by be this from at not or an which you your has have its was "  # noqa: SIM905
        "when if but into than then they their what how each one two no do does only must can may will would more "
        "between before after until without where who these those there a".split()
    ),
}
_ENOUGH = 3
_NAMES = {"tr": Message(N_("Turkish")), "en": Message(N_("English"))}


def texts_are_in_their_language(course: Course) -> Iterator[Finding]:
    """No paragraph is written in the other language, and no short text was left as it was."""
    meant = _example_sentences(course)
    for passage in course.passages:
        if passage.node.path in meant:
            continue
        for lang in LANGS:
            yield from _strange_paragraphs(passage, lang)
        if passage.is_complete and is_untranslated(passage.get("tr"), passage.get("en")):
            message = Message(
                N_("Both languages say the same words: “%(text)s”. Translate one of them."), text=passage.get("en")[:60]
            )
            yield finding("language", passage.at("en"), message)


def _example_sentences(course: Course) -> set[Path]:
    """The texts of questions about English itself: two or more options that are the same English in both languages."""
    meant: set[Path] = set()
    for passages in course.by_thing().values():
        same = [
            passage.node.path
            for passage in passages
            if passage.get("tr") == passage.get("en") and not _TURKISH_LETTERS & set(passage.get("en"))
        ]
        if len(same) > 1:
            meant.update(same)
    return meant


def _strange_paragraphs(passage: Passage, lang: Lang) -> Iterator[Finding]:
    """The first paragraph of a text that is in the other language; one finding is enough to look at it."""
    below = _first_strange(passage.get(lang), lang)
    if below is not None:
        message = Message(
            N_("This text is not in %(language)s, the language of its place. Translate it."), language=_NAMES[lang]
        )
        yield finding("language", passage.at(lang), message, below)


@lru_cache(REMEMBERED)
def _first_strange(text: str, lang: Lang) -> int | None:
    """How many lines below the beginning of a text its first paragraph in the other language stands, if there is one."""
    position = 0
    for paragraph in _BETWEEN.split(unquoted(text)):
        if is_written_in(other(lang), paragraph):
            return text.count("\n", 0, position)
        position += len(paragraph)
    return None


def is_written_in(lang: Lang, text: str) -> bool:
    """Whether a text is certainly in a language; short texts, tables and quotations seldom are."""
    words = _WORD.findall(_running(text))
    signs = {each: sum(_is_sign(word, each) for word in words) for each in LANGS}
    return signs[lang] >= _ENOUGH and signs[lang] > 3 * signs[other(lang)]


@lru_cache(8 * REMEMBERED)
def _is_sign(word: str, lang: Lang) -> bool:
    """Whether a word shows that a text is in a language, because it is small or has Turkish letters."""
    if lang == "en":
        return word.lower() in _SMALL["en"]
    low = turkish.lower(word)
    return low in _SMALL["tr"] or not _TURKISH_LETTERS.isdisjoint(low)


def _running(text: str) -> str:
    """A text without quotations, code and tables, in which the other language may stand."""
    return _ROW.sub("", blanked(text))


def is_untranslated(turkish_text: str, english: str) -> bool:
    """Whether two texts are the same although they hold words that one would translate."""
    if turkish_text.strip() != english.strip():
        return False
    words = _WORD.findall(unquoted(english))
    if any(_TURKISH_LETTERS & set(word) for word in words):
        return True
    low = [word for word in words if len(word) > 2 and word.islower()]
    small = sum(word.lower() in _SMALL["tr"] | _SMALL["en"] for word in words)
    return len(low) >= 3 and small > 0
