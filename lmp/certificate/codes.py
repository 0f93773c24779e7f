"""Verification codes and document numbers: how they are made, forgiven, checked and grouped."""

import secrets
import unicodedata

#: 31 letters and digits: no 0, O, 1 or I (they look alike) and no U (it looks like V). 31 is prime, so weights can be
#: inverted and the check character catches every single error and every swap.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
#: 19 random characters of 31 are 94 bits.
RANDOM_LENGTH = 19
CODE_LENGTH = RANDOM_LENGTH + 1
_GROUP = 4
_PRIMITIVE_ROOT = 3
#: Powers of a primitive root: all different and never 0, so any two places swapped change the sum.
_WEIGHTS = tuple(pow(_PRIMITIVE_ROOT, place, len(ALPHABET)) for place in range(CODE_LENGTH))
#: What people type for a letter of the alphabet, where only one letter of it can be meant. 0 and O stay wrong:
#: they may be a misread Q, D or C.
_MISREAD = str.maketrans({"1": "L", "I": "L", "U": "V"})


def new_code() -> str:
    """A new random verification code of 20 characters (94 random bits and a check character), not grouped."""
    return with_check("".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH)))


def with_check(body: str) -> str:
    """The 19 characters with their check character appended; ValueError for another length or alphabet."""
    if len(body) != RANDOM_LENGTH:
        raise ValueError(f"a code has {RANDOM_LENGTH} characters before its check character")
    last_weight = pow(_WEIGHTS[-1], -1, len(ALPHABET))
    return body + ALPHABET[-_weighted_sum(body) * last_weight % len(ALPHABET)]


def _weighted_sum(text: str) -> int:
    """Sum of the characters' values times the weight of their place."""
    return sum(weight * ALPHABET.index(letter) for weight, letter in zip(_WEIGHTS, text, strict=False))


def normalise(text: str) -> str:
    """What a person typed as a code without spaces and dashes, in capitals, with likely misreadings put right."""
    folded = unicodedata.normalize("NFKD", text).upper()  # i, ı, I and İ all become I (İ leaves its dot behind)
    return "".join(letter for letter in folded if letter.isalnum()).translate(_MISREAD)


def is_well_formed(code: str) -> bool:
    """Whether a normalised code has the right length and alphabet and its check character fits."""
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        return False
    return _weighted_sum(code) % len(ALPHABET) == 0


def grouped(code: str) -> str:
    """The code as people read it aloud: groups of four."""
    return " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def number(year: int, centre_code: str, serial: int) -> str:
    """The document number in three fours, such as "2026 1610 0147": year, centre, serial of that centre and year.

    A centre that passes 9999 in a year goes on with five digits. Raises ValueError for anything that is no number of
    ours.
    """
    if not (2000 <= year <= 9999 and serial >= 1):
        raise ValueError("a document number needs a year of four digits and a serial from 1")
    if len(centre_code) != _GROUP or not (centre_code.isascii() and centre_code.isdigit()):
        raise ValueError("a centre code has four digits")
    return f"{year} {centre_code} {serial:04d}"
