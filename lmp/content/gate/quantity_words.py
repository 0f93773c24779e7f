"""Words that stand for numbers, units and months, in both languages."""

import re

from lmp.content.texts import Lang
from lmp.core import turkish

#: One name for each unit → its spellings: the sign, then Turkish, then English words (Turkish ones may take suffixes).
_SIGNS = (  # noqa: SIM905
    "V kV mV A mA kA µA W kW MW GW mW kWh Wh MWh VA kVA var kvar Ω mΩ kΩ MΩ GΩ Hz kHz MHz GHz mm cm m km µm nm mm² cm² "
    "m² km² mm³ cm³ m³ g kg mg µg N kN N·m Nm kN·m bar mbar Pa kPa MPa hPa psi °C °F K kJ J MJ ppm dB dBA lx lm rad F µF "
    "nF pF H mH C S µS T kB MB GB TB KB MiB GiB kbit Mbit bps lb·ft lb·in in hp PS gal thou min⁻¹ kg/m³ g/cm³ m/s m/s² "
    "mm/min m/min km/h l/min L/min m³/h kJ/mm kJ/kg W/m² W/m²K kW/m² mm/m g/l mg/kg mg/l cal kcal kcal/h BTU/h ° ‰ % €"
).split()
_SAME = {"Nm": "N·m", "KB": "kB", "L/min": "l/min", "rpm": "min⁻¹", "d/dk": "min⁻¹", "dev/dk": "min⁻¹", "ml": "ml"}
_WORDS: dict[Lang, dict[str, str]] = {
    "tr": {
        "dk": "min",
        "dakika": "min",
        "sa": "h",
        "saat": "h",
        "saniye": "s",
        "sn": "s",
        "gün": "day",
        "hafta": "week",
        "ay": "month",
        "yıl": "year",
        "volt": "V",
        "amper": "A",
        "watt": "W",
        "kilovat": "kW",
        "kilovatsaat": "kWh",
        "metre": "m",
        "milimetre": "mm",
        "santimetre": "cm",
        "kilometre": "km",
        "mikrometre": "µm",
        "metrekare": "m²",
        "metreküp": "m³",
        "derece": "°",
        "gram": "g",
        "kilogram": "kg",
        "kilo": "kg",
        "ton": "t",
        "litre": "l",
        "mililitre": "ml",
        "TL": "TL",
        "lira": "TL",
        "kuruş": "kr",
        "kez": "",
        "byte": "B",
        "bayt": "B",
    },
    "en": {
        "min": "min",
        "mins": "min",
        "minute": "min",
        "minutes": "min",
        "h": "h",
        "hour": "h",
        "hours": "h",
        "s": "s",
        "sec": "s",
        "second": "s",
        "seconds": "s",
        "day": "day",
        "days": "day",
        "week": "week",
        "weeks": "week",
        "month": "month",
        "months": "month",
        "year": "year",
        "years": "year",
        "volt": "V",
        "volts": "V",
        "amp": "A",
        "amps": "A",
        "ampere": "A",
        "amperes": "A",
        "watt": "W",
        "watts": "W",
        "kilowatt": "kW",
        "kilowatts": "kW",
        "metre": "m",
        "metres": "m",
        "millimetre": "mm",
        "millimetres": "mm",
        "centimetre": "cm",
        "centimetres": "cm",
        "kilometre": "km",
        "kilometres": "km",
        "micrometre": "µm",
        "micrometres": "µm",
        "degree": "°",
        "degrees": "°",
        "gram": "g",
        "grams": "g",
        "kilogram": "kg",
        "kilograms": "kg",
        "kilo": "kg",
        "kilos": "kg",
        "tonne": "t",
        "tonnes": "t",
        "litre": "l",
        "litres": "l",
        "millilitre": "ml",
        "millilitres": "ml",
        "lira": "TL",
        "TL": "TL",
        "byte": "B",
        "bytes": "B",
    },
}
_SYMBOLS = {sign: _SAME.get(sign, sign) for sign in (*_SIGNS, *_SAME, "min", "h", "s", "ms", "µs", "l", "L", "t")}
_SYMBOLS |= {"L": "l", "mL": "ml", "min": "min"}
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SYMBOLS, key=len, reverse=True)))
_AFTER = re.compile(r"[   \u202f]?|-")
_PER_CENT = re.compile(r"[   ]?per[  ]cent\b")
_WORD = re.compile(r"[   -]?([^\W\d_]+)(?!\d)")
_MONTHS: dict[Lang, tuple[str, ...]] = {
    "tr": tuple("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()),  # noqa: SIM905
    "en": tuple("January February March April May June July August September October November December".split()),  # noqa: SIM905
}
#: Number words by their value; a Turkish word may be followed by suffixes (üçte, ikisi, dördüncü).
_NUMBER_WORDS: dict[Lang, dict[str, tuple[str, ...]]] = {
    "tr": {
        "0": ("sıfır",),
        "0.5": ("yarı", "yarım", "buçuk"),
        "0.25": ("çeyrek",),
        "1": ("bir", "ilk", "tek", "yek"),
        "2": ("iki", "çift", "yarı"),
        "3": ("üç",),
        "4": ("dört", "dörd", "çeyre"),
        "5": ("beş",),
        "6": ("altı",),
        "7": ("yedi",),
        "8": ("sekiz",),
        "9": ("dokuz",),
        "10": ("on",),
        "11": ("on bir",),
        "12": ("on iki", "düzine"),
        "13": ("on üç",),
        "14": ("on dört", "on dörd"),
        "15": ("on beş",),
        "16": ("on altı",),
        "17": ("on yedi",),
        "18": ("on sekiz",),
        "19": ("on dokuz",),
        "20": ("yirmi",),
        "24": ("yirmi dört",),
        "30": ("otuz",),
        "40": ("kırk",),
        "50": ("elli",),
        "60": ("altmış",),
        "70": ("yetmiş",),
        "80": ("seksen",),
        "90": ("doksan",),
        "100": ("yüz",),
        "1000": ("bin",),
        "1000000": ("milyon",),
    },
    "en": {
        "0": ("zero", "nought", "no"),
        "0.5": ("half",),
        "0.25": ("quarter",),
        "1": ("one", "first", "once", "single", "a", "an"),
        "2": ("two", "second", "twice", "double", "half", "pair", "both"),
        "3": ("three", "third", "thirds", "triple"),
        "4": ("four", "fourth", "quarter", "quarters"),
        "5": ("five", "fifth", "fifths"),
        "6": ("six", "sixth"),
        "7": ("seven", "seventh"),
        "8": ("eight", "eighth"),
        "9": ("nine", "ninth"),
        "10": ("ten", "tenth", "tenths"),
        "11": ("eleven", "eleventh"),
        "12": ("twelve", "twelfth", "dozen"),
        "13": ("thirteen",),
        "14": ("fourteen",),
        "15": ("fifteen", "fifteenth"),
        "16": ("sixteen",),
        "17": ("seventeen",),
        "18": ("eighteen",),
        "19": ("nineteen",),
        "20": ("twenty", "twentieth"),
        "24": ("twenty-four",),
        "30": ("thirty",),
        "40": ("forty",),
        "50": ("fifty",),
        "60": ("sixty",),
        "70": ("seventy",),
        "80": ("eighty",),
        "90": ("ninety",),
        "100": ("hundred", "hundredth"),
        "1000": ("thousand", "thousandth"),
        "1000000": ("million",),
    },
}


def unit_after(rest: str, lang: Lang) -> str:
    """The one name of the unit a text goes on with after a number; empty when it is none."""
    if _PER_CENT.match(rest) and lang == "en":
        return "%"
    start = _AFTER.match(rest)
    at = start.end() if start else 0
    sign = _SIGN.match(rest, at)
    if sign and not _goes_on(rest, sign.end()) and (sign[0] != "in" or _is_inch(rest, sign.end())):
        return _SYMBOLS[sign[0]]
    word = _WORD.match(rest)
    return _unit_word(word[1], lang) if word else ""


def _goes_on(rest: str, end: int) -> bool:
    """Whether letters or digits follow, so that what was found is only the beginning of a word."""
    return end < len(rest) and (rest[end].isalnum() or rest[end] in "·/²³⁻")


def _is_inch(rest: str, end: int) -> bool:
    """Whether “in” is the unit: no word of the sentence follows it."""
    return not rest[end:].lstrip()[:1].isalpha()


def _unit_word(word: str, lang: Lang) -> str:
    """A unit that is written as a word."""
    words = _WORDS[lang]
    if lang == "en":
        return words.get(word, words.get(word.lower(), ""))
    low = turkish.lower(word)
    fits = [
        name
        for name in words
        if name in (word, low) or (len(name) > 2 and low.startswith(name) and len(low) - len(name) <= 4)
    ]
    return words[max(fits, key=len)] if fits else ""


def months_in(text: str, lang: Lang) -> set[str]:
    """The numbers of the months a text names."""
    return {str(place) for place, month in enumerate(_MONTHS[lang], 1) if month in text}


def is_spelled_out(value: str, text: str, lang: Lang) -> bool:
    """Whether a text says a number in words, with whatever suffix."""
    words = _NUMBER_WORDS[lang].get(value) or _compound(value, lang)
    low = turkish.lower(text) if lang == "tr" else text.lower()
    ending = r"\w*" if lang == "tr" else r"\b"
    return any(re.search(rf"\b{word}{ending}", low) for word in words)


def _compound(value: str, lang: Lang) -> tuple[str, ...]:
    """A number from 21 to 99 in words: kırk beş, forty-five."""
    if not (len(value) == 2 and value.isdigit()):
        return ()
    known = _NUMBER_WORDS[lang]
    tens, ones = known.get(f"{value[0]}0", ()), known.get(value[1], ())
    return (f"{tens[0]}{' ' if lang == 'tr' else '-'}{ones[0]}",) if tens and ones else ()
