"""Rules: sentences a reader can hold, and texts as readable as technical texts can be; warnings only.

Turkish is judged by Ateşman's formula: 198.825 − 40.175 · (syllables / words) − 2.610 · (words / sentences);
E. Ateşman, “Türkçede okunabilirliğin ölçülmesi”, Dil Dergisi 58 (1997), 71–74.
English is judged by Flesch's Reading Ease: 206.835 − 84.6 · (syllables / words) − 1.015 · (words / sentences);
R. Flesch, “A new readability yardstick”, Journal of Applied Psychology 32 (1948), 221–233.
Both give about 100 for the easiest and 0 for the hardest text. Turkish words carry their grammar as suffixes and technical
terms are long in both languages, so the lines drawn here are low: they catch the text that nobody would read aloud.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lmp.content.document.findings import Finding
from lmp.content.gate.passages import REMEMBERED, Course, Passage, unquoted
from lmp.content.gate.policy import finding
from lmp.content.texts import LANGS, Lang
from lmp.core.messages import N_, Message

LONGEST_SENTENCE = {"tr": 35, "en": 45}
HARDEST = {"tr": 10.0, "en": 20.0}
#: Fewer words than these say nothing about readability.
ENOUGH_WORDS = 80

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ROW = re.compile(r"(?m)^\|.*$")
_END = re.compile(
    r"(?<=[.!?…])[)”’»]*\s+(?=[\"“(«*_]*[A-ZÇĞİÖŞÜ0-9])|\n\s*\n|\n(?=[ \t]*(?:\d+[.)]|[-*+|#>])[ \t])|(?<=[:;])\s"
)
_VOWELS: dict[Lang, re.Pattern[str]] = {
    "tr": re.compile(r"[aeıioöuüâîûAEIİOÖUÜÂÎÛ]"),
    "en": re.compile(r"(?!e\b)[aeiouy]+|(?<=[^aeiouy]l)e\b", re.IGNORECASE),
}


@lru_cache(REMEMBERED)
def word_count(text: str) -> int:
    """How many words a text has; numbers and signs are none."""
    return len(_WORD.findall(text))


@lru_cache(REMEMBERED)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a Markdown text; a list item ends one, and so do colon and semicolon. Tables have none."""
    running = _ROW.sub("\n", unquoted(text))
    return tuple(part.strip() for part in _END.split(running) if part and _WORD.search(part))


@lru_cache(REMEMBERED)
def ease(text: str, lang: Lang) -> float | None:
    """How easily a text is read, from about 100 (easy) to 0 and below; None when it is too short to be judged."""
    found = sentences(text)
    words = [word for sentence in found for word in _WORD.findall(sentence)]
    if len(words) < ENOUGH_WORDS:
        return None
    syllables = sum(_syllables(word, lang) for word in words) / len(words)
    length = len(words) / len(found)
    if lang == "tr":
        return 198.825 - 40.175 * syllables - 2.610 * length
    return 206.835 - 84.6 * syllables - 1.015 * length


@lru_cache(8 * REMEMBERED)
def _syllables(word: str, lang: Lang) -> int:
    """How many syllables a word has; at least one."""
    return max(1, len(_VOWELS[lang].findall(word)))


def texts_can_be_read(course: Course) -> Iterator[Finding]:
    """No sentence is too long, no text too hard."""
    for passage in course.passages:
        for lang in LANGS:
            yield from _too_long(passage, lang)
            reached = ease(passage.get(lang), lang)
            if reached is not None and reached < HARDEST[lang]:
                message = Message(
                    N_("Readability is %(reached)s (100 is easy, 0 hard). Shorten sentences and words."),
                    reached=round(reached),
                )
                yield finding("readability", passage.at(lang), message)


def _too_long(passage: Passage, lang: Lang) -> Iterator[Finding]:
    """The sentences of a text that are too long."""
    for sentence, count in _long_sentences(passage.get(lang), lang):
        message = Message(
            N_("A sentence has %(count)s words: “%(sentence)s…”. Make two of it."), count=count, sentence=sentence[:50]
        )
        below = passage.get(lang).count("\n", 0, passage.get(lang).find(sentence[:30]))
        yield finding("sentence-length", passage.at(lang), message, below)


@lru_cache(REMEMBERED)
def _long_sentences(text: str, lang: Lang) -> tuple[tuple[str, int], ...]:
    """The sentences of a text that are too long, with how many words they have."""
    counted = ((sentence, len(_WORD.findall(sentence))) for sentence in sentences(text))
    return tuple((sentence, count) for sentence, count in counted if count > LONGEST_SENTENCE[lang])
