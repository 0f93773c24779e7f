"""Recognises an English term in the forms a sentence gives it: plural, hyphen or blank, words of it in another order."""

import re
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
#: Words that carry nothing of a term.
_LIGHT = frozenset("the a an of to in for and or with by on at per".split())  # noqa: SIM905
#: How many words the parts of a term may lie apart when they stand in another order.
WINDOW = 12
_ENDINGS = (
    "ations",
    "ation",
    "ings",
    "ing",
    "ed",
    "es",
    "s",
    "e",
    "ion",
    "ions",
    "er",
    "ers",
    "or",
    "ors",
    "ment",
    "ments",
    "al",
    "ly",
    "ant",
    "able",
)


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """A word without plural and the commonest endings; good for comparing, not for reading."""
    low = word.lower().split("'")[0].split("’")[0]
    if low.endswith("ies") and len(low) > 4:
        low = low[:-3] + "y"
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            low = low[: -len(ending)]
            break
    if len(low) > 4 and low[-1] == low[-2]:
        low = low[:-1]
    return low[:-1] + "i" if low.endswith("y") and len(low) > 3 else low


def roots(text: str) -> list[str]:
    """The roots of the words of a text in their order."""
    return [root(token) for token in _TOKEN.findall(text.replace("-", " ").replace("/", " "))]


def term_roots(term: str) -> tuple[str, ...]:
    """The roots of the words that carry a term."""
    return tuple(root(word) for word in _TOKEN.findall(term.replace("-", " ").replace("/", " ")) if word not in _LIGHT)


def occurs(term: str, text_roots: list[str]) -> bool:
    """Whether the words of a term stand close together in a text, in whatever order."""
    wanted = term_roots(term)
    if not wanted:
        return False
    places = [place for place, each in enumerate(text_roots) if each == wanted[0]]
    return any(set(wanted) <= set(text_roots[max(0, place - WINDOW) : place + WINDOW + 1]) for place in places)


def stands(term: str, joined: str) -> bool:
    """Whether a term stands in a text word by word; the text is given as its roots between blanks."""
    wanted = term_roots(term)
    return bool(wanted) and f" {' '.join(wanted)} " in joined


def head(term: str) -> str:
    """The last word of a term, by which a text may call it once it was named (the breaker)."""
    words = _TOKEN.findall(term.replace("-", " "))
    return words[-1] if words else ""
