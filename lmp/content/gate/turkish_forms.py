"""Recognises a Turkish word in the forms a sentence gives it: kesicinin, kabloyu, rengi, ağacı, dayanımı."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lmp.core import turkish

_SOFT = {"p": "b", "ç": "c", "t": "d", "k": "ğ"}
_VOWELS = "aeıioöuüâîû"
#: Nouns that lose the vowel of their last syllable before a vowel (resim, resmi); few, so they are listed.
_SHORTENED = {
    "resim": "resm",
    "ağız": "ağz",
    "omuz": "omz",
    "burun": "burn",
    "kesim": "kesm",
    "hacim": "hacm",
    "cisim": "cism",
} | {
    "şekil": "şekl",
    "isim": "ism",
    "beyin": "beyn",
    "nehir": "nehr",
    "akıl": "akl",
    "vakit": "vakt",
    "ömür": "ömr",
    "asıl": "asl",
    "metin": "metn",
}
#: Plural, possessive and case in a chain, with -ki, -dır and the -(y)la of “with”; no suffix that makes another word.
_SUFFIXES = re.compile(
    r"(?:['’]?(?:l[ae]r|[ıiuü]m[ıiuü]z|[ıiuü]n[ıiuü]z|m[ıiuü]z|n[ıiuü]z|[yn]?[ıiuü]n?|s[ıiuü]n?|[yn]?[ae]|n?[dt][ae]n?|"
    r"y?l[ae]|[cç][ae]|k[ıiuü]|[dt][ıiuü]r|n[ıiuü]n|[ıiuü]?m|y?s[ae])){0,6}"
)
#: What makes a noun of a verb: dökmek, döküm; doğrulamak, doğrulama.
_ACTION = re.compile(r"(?<=\w{3})(?:m[ae]|[ıiuü]m)$")
_POSSESSIVE = re.compile(rf"(?<=[^{_VOWELS}])[ıiuü]$|(?<=[{_VOWELS}])s[ıiuü]$|l[ae]r[ıi]$")


@lru_cache(maxsize=4096)
def stems(word: str, *, is_possessive: bool = False) -> tuple[str, ...]:
    """What the forms of a word begin with; `is_possessive` for the last word of a compound (gerilim düşümü)."""
    low = turkish.lower(word)
    found = [low]
    if is_possessive and _POSSESSIVE.search(low):
        bare = _POSSESSIVE.sub("", low)
        hard = {soft: hard for hard, soft in _SOFT.items()}
        found += [bare] + ([bare[:-1] + hard[bare[-1]]] if bare[-1:] in hard else [])
    for base in tuple(found):
        if base[-1:] in _SOFT and len(base) > 2:
            found.append(base[:-1] + _SOFT[base[-1]])
            if base.endswith("nk"):
                found.append(base[:-1] + "g")
        if base in _SHORTENED:
            found.append(_SHORTENED[base])
    return tuple(dict.fromkeys(found))


def is_done(action: str, low: str) -> bool:
    """Whether a Turkish text, given in small letters, says as a verb what a noun names: döküm, “tabloyu dökmek”."""
    verb = _ACTION.sub("", turkish.lower(action))
    return verb != turkish.lower(action) and verb in low and bool(re.search(rf"(?<!\w){re.escape(verb)}", low))


@lru_cache(maxsize=2048)
def _candidates(term: str) -> re.Pattern[str]:
    """Finds what may be a term in Turkish text in small letters; the groups hold what follows the stem of each word."""
    words = turkish.lower(term).split()
    parts = [_stem_and_rest(words, place) for place in range(len(words))]
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(parts))


def _begins(words: Sequence[str], place: int) -> tuple[str, ...]:
    """What the forms of one word of a term begin with; a single letter (Tip A) has no forms."""
    word = words[place]
    return (word,) if len(word) == 1 else stems(word, is_possessive=len(words) > 1 and place == len(words) - 1)


def _stem_and_rest(words: Sequence[str], place: int) -> str:
    """One word with whatever follows; a single letter is followed by nothing but an apostrophe and its suffix."""
    if len(words[place]) == 1:
        return rf"{re.escape(words[place])}(?!\w)((?:['’]\w+)?)"
    begins = "|".join(re.escape(stem) for stem in sorted(_begins(words, place), key=len, reverse=True))
    return rf"(?:{begins})([\w'’]*)"


@lru_cache(maxsize=8192)
def is_suffix(rest: str) -> bool:
    """Whether what follows a stem is a chain of Turkish suffixes, or nothing."""
    return bool(_SUFFIXES.fullmatch(rest))


def occurs(term: str, low: str) -> bool:
    """Whether a term stands in a Turkish text, given in small letters, in whatever form."""
    first, *others = _beginnings(term)
    if not (any(stem in low for stem in first) and all(any(stem in low for stem in begins) for begins in others)):
        return False
    return any(all(is_suffix(tail) for tail in found.groups()) for found in _found(term, first, low))


def _found(term: str, first: Sequence[str], low: str) -> Iterator[re.Match[str]]:
    """What may be a term, as `finditer` finds it, but looked for only where its first word may begin."""
    end = 0
    for place in sorted({place for stem in first for place in _places(stem, low)}):
        match = _candidates(term).match(low, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def _places(stem: str, low: str) -> Iterator[int]:
    """Where some letters stand in a text."""
    place = low.find(stem)
    while place >= 0:
        yield place
        place = low.find(stem, place + 1)


@lru_cache(maxsize=2048)
def _beginnings(term: str) -> tuple[tuple[str, ...], ...]:
    """What the forms of each word of a term begin with."""
    words = turkish.lower(term).split()
    return tuple(_begins(words, place) for place in range(len(words)))
