"""Recognises an English term in the forms a sentence gives it: plural, hyphen or blank, words of it in another order."""

import re
from collections.abc import Sequence
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
#: The name of a command (pg_restore): no word of the sentence, whatever words are in it.
_COMMAND = re.compile(r"\b[^\W_]+(?:_[^\W_]+)+\b")
#: Words that carry nothing of a term.
_LIGHT = frozenset("the a an of to in for and or with by on at per".split())  # noqa: SIM905
#: How many words the parts of a term may lie apart when they stand in another order.
WINDOW = 12
_ENDINGS = tuple(
    sorted("ations ation ings ing ed e ion ions er ers or ors ment ments al ly ant able".split(), key=len, reverse=True)  # noqa: SIM905
)


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """A word in small letters without its plural and without what follows an apostrophe."""
    low = word.lower().split("'")[0].split("’")[0]
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") and len(low) > 3 else low


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """A word without the commonest endings, so that verify is known in verification; good for comparing only."""
    low = singular(word)
    ending = next((each for each in _ENDINGS if low.endswith(each) and len(low) - len(each) >= 4), "")
    low = low.removesuffix(ending)
    if len(low) > 3 and low[-1] == low[-2]:
        low = low[:-1]
    return low[:-1] + "i" if low.endswith("y") and len(low) > 3 else low


def words(text: str) -> list[str]:
    """The words of a text in their order; hyphen and slash part words."""
    return _TOKEN.findall(text.replace("-", " ").replace("/", " "))


def roots(text: str) -> tuple[str, ...]:
    """The roots of the words of a text in their order."""
    return tuple(map(root, words(text)))


def spelled(text: str) -> str:
    """The words of a text in the singular between blanks, to look for a term word by word; a command says no term."""
    return f" {' '.join(map(singular, words(_COMMAND.sub(' ', text))))} "


def _carrying(term: str) -> list[str]:
    """The words that carry a term."""
    return [word for word in words(term) if word not in _LIGHT]


def occurs(term: str, text_roots: Sequence[str]) -> bool:
    """Whether the words of a term stand close together in a text, in whatever order."""
    wanted = _roots_of(term)
    if not wanted or wanted[0] not in text_roots:
        return False
    places = [place for place, each in enumerate(text_roots) if each == wanted[0]]
    return any(set(wanted) <= set(text_roots[max(0, place - WINDOW) : place + WINDOW + 1]) for place in places)


@lru_cache(maxsize=2048)
def _roots_of(term: str) -> tuple[str, ...]:
    """The roots of the words that carry a term."""
    return tuple(root(word) for word in _carrying(term))


def stands(term: str, spelled_text: str) -> bool:
    """Whether a term stands in a text word by word; the text is given as `spelled` makes it."""
    wanted = _spelled_term(term)
    return bool(wanted) and wanted in spelled_text


@lru_cache(maxsize=2048)
def _spelled_term(term: str) -> str:
    """A term as `spelled` makes it; empty when it has no words."""
    return spelled(term) if words(term) else ""


def head(term: str) -> str:
    """The last word of a term, by which a text may call it once it was named (the breaker)."""
    return next(reversed(words(term)), "")
