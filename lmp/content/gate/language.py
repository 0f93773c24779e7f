"""Rule: every text is written in the language of its file; told by small words and by the letters only Turkish has."""

import re
from collections.abc import Iterator

from lmp.content.document.findings import Finding
from lmp.content.document.tree import Path
from lmp.content.gate.passages import Course, Passage, unquoted
from lmp.content.gate.policy import finding
from lmp.content.texts import LANGS, Lang, other
from lmp.core import turkish
from lmp.core.messages import N_, Message

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
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
    position = 0
    for paragraph in re.split(r"(\n\s*\n)", unquoted(passage.get(lang))):
        if is_written_in(other(lang), paragraph):
            message = Message(
                N_("This text is not in %(language)s, the language of its place. Translate it."), language=_NAMES[lang]
            )
            yield finding("language", passage.at(lang), message, passage.get(lang).count("\n", 0, position))
            return
        position += len(paragraph)


def is_written_in(lang: Lang, text: str) -> bool:
    """Whether a text is certainly in a language; short texts, tables and quotations seldom are."""
    signs = {each: _signs(text, each) for each in LANGS}
    return signs[lang] >= _ENOUGH and signs[lang] > 3 * signs[other(lang)]


def _signs(text: str, lang: Lang) -> int:
    """How many words of a text show that it is in a language; a word counts when it is small or has Turkish letters."""
    words = [turkish.lower(word) if lang == "tr" else word.lower() for word in _WORD.findall(_running(text))]
    small = sum(word in _SMALL[lang] for word in words)
    if lang == "en":
        return small
    return small + sum(bool(_TURKISH_LETTERS & set(word)) for word in words if word not in _SMALL["tr"])


def _running(text: str) -> str:
    """A text without quotations, code and tables, in which the other language may stand."""
    return re.sub(r"(?m)^\|.*$", "", unquoted(text))


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
