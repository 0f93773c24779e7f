"""Turkish letters: casing, alphabet order, search folding, suffixes; and the casing of identifiers, which differs."""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Case = Literal["locative", "ablative", "genitive", "dative", "accusative"]

SORT_KEY_BYTES = 200
LONGEST_WORD = 60

_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´＇")
_UPPER = str.maketrans({"i": "İ"})


def invariant_lower(text: str) -> str:
    """Lower case without language, for e-mail addresses, codes and file extensions: never for people's words."""
    return unicodedata.normalize("NFC", text).casefold()


def lower(text: str) -> str:
    """Turkish lower case: İ → i, I → ı."""
    return unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "ı").lower()


def upper(text: str) -> str:
    """Turkish upper case: i → İ, ı → I."""
    return unicodedata.normalize("NFC", text).translate(_UPPER).upper()


def capitalise(text: str) -> str:
    """The first letter in Turkish upper case; the rest stays as it was typed (McKay, d'Angelo)."""
    return upper(text[:1]) + text[1:]


_ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_WEIGHT = {letter: 0x40 + place for place, letter in enumerate(_ALPHABET)}
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
_SPACE, _NUMBER, _OTHER_SCRIPT = 0x04, 0x10, 0xF0
_PRIMARY_BYTES = 150
_TOKENS = re.compile(r"(?P<number>[0-9]+)|(?P<gap>[\W_]+)|(?P<letter>[^\W_])")


@lru_cache(maxsize=4096)
def sort_key(text: str) -> bytes:
    """Bytes whose plain order is the Turkish alphabet's, numbers by size, case and accents only as tie-breakers.

    At most 200 bytes, alike on every database: stored in a column and used in ORDER BY.
    """
    primary, accents, cases = bytearray(), bytearray(), bytearray()
    for token in _TOKENS.finditer(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).strip()):
        if len(primary) >= _PRIMARY_BYTES:
            break
        weights, accent, case = _weights(token)
        primary += weights
        accents.append(accent)
        cases.append(case)
    ties = accents.rstrip(b"\1") + b"\0" + cases.rstrip(b"\1")
    return bytes(primary[:_PRIMARY_BYTES] + b"\0" + ties)[:SORT_KEY_BYTES]


def _weights(token: re.Match[str]) -> tuple[bytes, int, int]:
    """Primary weights, accent (1 none) and case (1 lower, 2 upper) of a number, a gap or a letter."""
    if token["number"]:
        digits = token["number"].lstrip("0") or "0"
        return bytes((_NUMBER, min(len(digits), 255))) + digits.encode(), 1, 1
    if token["gap"]:
        return bytes((_SPACE,)), 1, 1
    small = lower(token["letter"])
    case = 1 if small == token["letter"] else 2
    if small in _WEIGHT:
        return bytes((_WEIGHT[small],)), 1, case
    weights, accent = _foreign(small)
    return weights, accent, case


def _foreign(letter: str) -> tuple[bytes, int]:
    """Weights of a letter outside the alphabet: â beside a, é beside e, ß as ss, other scripts after z."""
    plain = _LATIN.get(letter) or _without_marks(letter)
    if plain and all(part in _WEIGHT for part in plain):
        return bytes(_WEIGHT[part] for part in plain), 2 if letter in "âîû" else 3
    return bytes((_OTHER_SCRIPT,)) + ord(letter[0]).to_bytes(3, "big"), 1


def _without_marks(text: str) -> str:
    """The text without its combining marks."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def fold(text: str) -> str:
    """The text as search sees it: no case, no marks, no apostrophes, ı I İ i alike (İnşaat → insaat)."""
    bare = text.translate(_APOSTROPHES)
    if bare.isascii():
        return bare.lower()
    return _without_marks(_without_marks(bare).casefold()).replace("ı", "i")


#: Spellings of one word that are written apart, together or in English; suffixes after them are dropped.
_TWO_WORDS = (
    ("is", "basi"),
    ("is", "yeri"),
    ("is", "gunu"),
    ("is", "birligi"),
    ("cevrim", "ici"),
    ("hizmet", "ici"),
    ("yuz", "yuze"),
    ("oz", "degerlendirme"),
    ("geri", "bildirim"),
    ("on", "test"),
    ("son", "test"),
    ("kare", "kod"),
    ("yurt", "disi"),
    ("e", "posta"),
)
_STEMS_AFTER: dict[str, tuple[str, ...]] = {}
for _first, _second in _TWO_WORDS:
    _STEMS_AFTER[_first] = (*_STEMS_AFTER.get(_first, ()), _second)
_JOINED = tuple(first + second for first, second in _TWO_WORDS)
_ENGLISH = {"online": "cevrimici", "email": "eposta"}
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The folded search words of a text, each once, spelling variants as one ("iş başında", "işbaşı" → isbasi)."""
    found: dict[str, None] = {}
    tokens = _WORD.findall(fold(text))
    place = 0
    while place < len(tokens):
        joined = _join(tokens[place], tokens[place + 1 : place + 2])
        found[(joined or _canonical(tokens[place]))[:LONGEST_WORD]] = None
        place += 2 if joined else 1
    return list(found)


def _join(first: str, rest: list[str]) -> str | None:
    """The joined spelling of two neighbouring words, or None when they are two words."""
    if not rest:
        return None
    if (first, rest[0]) in {("on", "line"), ("e", "mail")}:
        return _ENGLISH[first + rest[0]]
    for stem in _STEMS_AFTER.get(first, ()):
        if rest[0].startswith(stem):
            return first + stem
    return None


def _canonical(word: str) -> str:
    """The one spelling of a word that is written together or in English."""
    if word in _ENGLISH:
        return _ENGLISH[word]
    return next((joined for joined in _JOINED if word.startswith(joined)), word)


_VOWELS = {"a": "a", "ı": "a", "o": "o", "u": "o", "e": "e", "i": "e", "ö": "ö", "ü": "ö", "â": "a", "î": "e", "û": "o"}
_CLOSE = {"a": "ı", "e": "i", "o": "u", "ö": "ü"}
_OPEN = {"a": "a", "e": "e", "o": "a", "ö": "e"}
_HARD = frozenset("fstkçşhp")
#: Words that are spelled with a back vowel and take front suffixes.
_FRONT = {
    **dict.fromkeys(("saat", "harf", "hâl", "kemal", "cemal", "celal", "bilal", "hilal", "ideal"), "e"),
    **dict.fromkeys(("rol", "kontrol", "protokol", "sembol", "petrol", "alkol", "gol"), "ö"),
}
#: Last words of institutions: they carry a possessive (n before the suffix) and, by TDK's rule, no apostrophe.
_SCHOOLS = {"lisesi", "okulu", "merkezi", "üniversitesi", "fakültesi", "enstitüsü"}
_BODIES = {"müdürlüğü", "bakanlığı", "başkanlığı", "kurumu", "kurulu", "ajansı", "vakfı", "derneği", "odası", "birliği"}
_INSTITUTIONS = frozenset(_SCHOOLS | _BODIES)
_DIGIT_NAMES = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TEN_NAMES = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_POWER_NAMES = ((9, "milyar"), (6, "milyon"), (3, "bin"), (2, "yüz"))
_READABLE_ENDINGS = frozenset(("rk", "rt", "lk", "lt", "nk", "nt", "nç", "rç", "st", "şt", "rs", "lp", "rp"))
_ENDS_IN_DIGITS = re.compile(r"([0-9][0-9.,:]*)%?$")


def suffix(noun: str, kind: Case) -> str:
    """The noun with its case ending: 30 Kasım'da, 2026'nın, SMM'nin, kursa, Cezeri Lisesinde.

    Numbers and capitalised words get an apostrophe. The noun's own last letter is never softened, so give the
    stem that the suffix wants when it changes (kitab, not kitap).
    """
    heard = _as_heard(noun)
    institution = lower(_last_word(noun)) in _INSTITUTIONS
    ending = _ending(heard, kind, possessive=institution)
    apostrophe = "" if institution or not _is_name(noun) else "’" if "’" in noun else "'"
    return noun + apostrophe + ending


def _ending(heard: str, kind: Case, *, possessive: bool) -> str:
    """The bare suffix for a word as it is heard."""
    harmony = _FRONT.get(heard) or next((_VOWELS[char] for char in reversed(heard) if char in _VOWELS), "e")
    ends_in_vowel = heard[-1:] in _VOWELS
    open_vowel, close_vowel = _OPEN[harmony], _CLOSE[harmony]
    if kind in ("locative", "ablative"):
        consonant = "nd" if possessive else "t" if heard[-1:] in _HARD else "d"
        return consonant + open_vowel + ("n" if kind == "ablative" else "")
    buffer = ("n" if possessive or kind == "genitive" else "y") if ends_in_vowel else ""
    if kind == "dative":
        return buffer + open_vowel
    return buffer + close_vowel + ("n" if kind == "genitive" else "")


def _last_word(text: str) -> str:
    """The last word of a text, empty when it has none."""
    return next(reversed(text.split()), "")


def _is_name(noun: str) -> bool:
    """Whether the suffix is set apart: after digits, abbreviations and words with a capital."""
    last = _last_word(noun)
    return bool(_ENDS_IN_DIGITS.search(noun)) or last[:1].isupper() or last[-1:].isupper()


def _as_heard(noun: str) -> str:
    """The last word in lower case as it is read aloud: 2026 → altı, SMM → me, METEK → metek."""
    digits = _ENDS_IN_DIGITS.search(noun)
    if digits:
        return _number_as_heard(digits[1])
    last = _last_word(re.sub(r"[^\w]+$", "", noun))
    word = lower(last)
    return _letters_as_heard(word) if last.isupper() and _is_spelled_out(word) else word


def _number_as_heard(digits: str) -> str:
    """The last word of a number, a time or a date: 1.000 → bin, 14.00 → dört, 3,5 → beş."""
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", digits):
        digits = digits.replace(".", "")
    groups = [group for group in re.split(r"[.,:]", digits) if group]
    group = groups[-1]
    if len(groups) > 1 and not int(group):
        group = groups[-2]
    number = group.lstrip("0")
    zeros = len(number) - len(number.rstrip("0"))
    for power, name in _POWER_NAMES:
        if zeros >= power:
            return name
    return _TEN_NAMES[int(number[-2])] if zeros == 1 else _DIGIT_NAMES[int(number[-1:] or 0)]


def _is_spelled_out(word: str) -> bool:
    """Whether an abbreviation is read letter by letter: too short, no vowel, or a cluster nobody can say."""
    vowels = [char in _VOWELS for char in word]
    if len(word) <= 2 or not any(vowels):
        return True
    return vowels[0] == vowels[1] or (not any(vowels[-2:]) and word[-2:] not in _READABLE_ENDINGS)


def _letters_as_heard(word: str) -> str:
    """The name of the last letter: consonants are read with e (SMM → me), vowels as they are."""
    last = word[-1]
    return last if last in _VOWELS else {"q": "kü", "x": "iks"}.get(last, last + "e")
