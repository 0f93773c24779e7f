"""Turkish letters: casing, order, search and suffixes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.core import turkish
from lmp.core.turkish import Case

IN_ORDER = [
    *("Cezeri", "çay", "g", "ğ", "h", "Iğdır", "Irmak", "ızgara", "ilgaz", "inegöl", "İzmir", "Orhan", "Ömer"),
    *("Quiz", "Rize", "Sultan", "Şener", "Uçak", "Ulus", "Üzüm", "Van", "Wagner", "Xanthos", "Yalova", "Zonguldak"),
]


@pytest.mark.parametrize(
    ("text", "lowered", "raised"),
    [
        ("İSTANBUL", "istanbul", "İSTANBUL"),
        ("IĞDIR", "ığdır", "IĞDIR"),
        ("ısı", "ısı", "ISI"),
        ("title", "title", "TİTLE"),
        ("I\u0307zmir", "izmir", "İZMİR"),
        ("Şanlıurfa Çağ Öğün", "şanlıurfa çağ öğün", "ŞANLIURFA ÇAĞ ÖĞÜN"),
    ],
)
def test_words_of_people_are_cased_the_turkish_way(text: str, lowered: str, raised: str) -> None:
    assert turkish.lower(text) == lowered
    assert turkish.upper(text) == raised


def test_lower_case_of_a_dotted_capital_is_one_letter() -> None:
    assert len(turkish.lower("İ")) == 1


def test_capitalising_touches_only_the_first_letter() -> None:
    assert turkish.capitalise("ilgaz") == "İlgaz"
    assert turkish.capitalise("ıhlamur McKay") == "Ihlamur McKay"
    assert turkish.capitalise("") == ""


def test_identifiers_are_cased_without_language() -> None:
    assert turkish.invariant_lower("WIFI@Demo.Example") == "wifi@demo.example"


def test_the_alphabet_is_the_turkish_one() -> None:
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=turkish.sort_key) == IN_ORDER


def test_numbers_stand_before_letters_and_in_their_natural_order() -> None:
    names = ["Ünite 10", "Ünite 2", "2. gün", "10. gün", "Ünite", "Ünite 007", "Ünite 02a", "abc"]
    expected = ["2. gün", "10. gün", "abc", "Ünite", "Ünite 2", "Ünite 02a", "Ünite 007", "Ünite 10"]
    assert sorted(names, key=turkish.sort_key) == expected


def test_case_and_accents_only_break_ties() -> None:
    assert sorted(["Hala", "hâlâ", "hala", "halb"], key=turkish.sort_key) == ["hala", "Hala", "hâlâ", "halb"]
    assert sorted(["Kâz", "kaza", "Kaz"], key=turkish.sort_key) == ["Kaz", "Kâz", "kaza"]


def test_a_shorter_name_stands_before_a_longer_one_that_begins_with_it() -> None:
    assert turkish.sort_key("Ali") < turkish.sort_key("Ali Can") < turkish.sort_key("Alican")


def test_apostrophes_and_outer_blanks_do_not_count_in_the_order() -> None:
    assert turkish.sort_key(" D’Angelo ") == turkish.sort_key("D'Angelo")


@given(st.text(max_size=400))
def test_a_sort_key_always_fits_its_column(text: str) -> None:
    assert len(turkish.sort_key(text)) <= turkish.SORT_KEY_BYTES


@pytest.mark.parametrize("typed", ["insaat", "İNŞAAT", "inşaat", "ınşaat", "INSAAT", "i\u0307nşaat"])
def test_every_way_to_type_a_word_folds_alike(typed: str) -> None:
    assert turkish.fold(typed) == "insaat"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kâğıthane", "kagithane"),
        ("Millî mekân hâl", "milli mekan hal"),
        ("SMM'nin", "smmnin"),
        ("SMM’nin", "smmnin"),
        ("Çöğüş", "cogus"),
        ("Straße", "strasse"),
    ],
)
def test_folding_drops_marks_and_apostrophes(text: str, folded: str) -> None:
    assert turkish.fold(text) == folded


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert turkish.fold(turkish.fold(text)) == turkish.fold(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ("iş başı", "işbaşı", "İş başında", "İŞBAŞINDA", "iş-başı"),
        ("çevrim içi", "çevrimiçi", "online", "on-line", "Çevrim içinde"),
        ("hizmet içi", "hizmetiçi", "Hizmet İçi"),
        ("e-posta", "eposta", "e-mail", "email"),
        ("öz değerlendirme", "özdeğerlendirme"),
    ],
)
def test_spellings_of_one_word_are_one_search_word(spellings: tuple[str, ...]) -> None:
    assert {tuple(turkish.words(spelling)) for spelling in spellings} == {tuple(turkish.words(spellings[0]))}
    assert len(turkish.words(spellings[0])) == 1


def test_words_stand_once_and_in_order() -> None:
    assert turkish.words("Pano, pano ve ŞARJ: iş yeri!") == ["pano", "ve", "sarj", "isyeri"]
    assert turkish.words(" … ") == []


def test_two_words_that_only_look_like_a_pair_stay_two() -> None:
    assert turkish.words("iş başvurusu") == ["is", "basvurusu"]


def test_a_search_word_is_never_longer_than_its_column() -> None:
    assert turkish.words("x" * 500) == ["x" * turkish.LONGEST_WORD]


@pytest.mark.parametrize(
    ("noun", "locative", "ablative", "genitive", "dative", "accusative"),
    [
        ("30 Kasım", "30 Kasım'da", "30 Kasım'dan", "30 Kasım'ın", "30 Kasım'a", "30 Kasım'ı"),
        ("2026", "2026'da", "2026'dan", "2026'nın", "2026'ya", "2026'yı"),
        ("SMM", "SMM'de", "SMM'den", "SMM'nin", "SMM'ye", "SMM'yi"),
        ("MTEGM", "MTEGM'de", "MTEGM'den", "MTEGM'nin", "MTEGM'ye", "MTEGM'yi"),
        ("MEB", "MEB'de", "MEB'den", "MEB'in", "MEB'e", "MEB'i"),
        ("METEK", "METEK'te", "METEK'ten", "METEK'in", "METEK'e", "METEK'i"),
        ("ÖBA", "ÖBA'da", "ÖBA'dan", "ÖBA'nın", "ÖBA'ya", "ÖBA'yı"),
        ("14 Mart", "14 Mart'ta", "14 Mart'tan", "14 Mart'ın", "14 Mart'a", "14 Mart'ı"),
        ("kurs", "kursta", "kurstan", "kursun", "kursa", "kursu"),
        ("ünite", "ünitede", "üniteden", "ünitenin", "üniteye", "üniteyi"),
        ("saat", "saatte", "saatten", "saatin", "saate", "saati"),
        ("Bursa", "Bursa'da", "Bursa'dan", "Bursa'nın", "Bursa'ya", "Bursa'yı"),
        ("Üsküdar", "Üsküdar'da", "Üsküdar'dan", "Üsküdar'ın", "Üsküdar'a", "Üsküdar'ı"),
        (
            "Cezeri Anadolu Lisesi",
            "Cezeri Anadolu Lisesinde",
            "Cezeri Anadolu Lisesinden",
            "Cezeri Anadolu Lisesinin",
            "Cezeri Anadolu Lisesine",
            "Cezeri Anadolu Lisesini",
        ),
    ],
)
def test_suffixes_follow_how_a_noun_is_heard(
    noun: str, locative: str, ablative: str, genitive: str, dative: str, accusative: str
) -> None:
    assert turkish.suffix(noun, "locative") == locative
    assert turkish.suffix(noun, "ablative") == ablative
    assert turkish.suffix(noun, "genitive") == genitive
    assert turkish.suffix(noun, "dative") == dative
    assert turkish.suffix(noun, "accusative") == accusative


@pytest.mark.parametrize(
    ("number", "locative"),
    [
        *zip(range(10), ["da", "de", "de", "te", "te", "te", "da", "de", "de", "da"], strict=True),
        *zip(range(10, 100, 10), ["da", "de", "da", "ta", "de", "ta", "te", "de", "da"], strict=True),
        *((100, "de"), (1000, "de"), (5_000_000, "da"), (2_000_000_000, "da"), (1200, "de"), (2023, "te")),
    ],
)
def test_numbers_take_the_suffix_of_their_last_word(number: int, locative: str) -> None:
    assert turkish.suffix(str(number), "locative") == f"{number}'{locative}"


@pytest.mark.parametrize(
    ("written", "kind", "expected"),
    [
        ("14.32", "locative", "14.32'de"),
        ("14.00", "locative", "14.00'te"),
        ("08.30", "accusative", "08.30'u"),
        ("1.000", "ablative", "1.000'den"),
        ("%87", "genitive", "%87'nin"),
        ("3,5", "locative", "3,5'te"),
        ("03.02.2026", "dative", "03.02.2026'ya"),
    ],
)
def test_written_numbers_are_read_aloud_first(written: str, kind: Case, expected: str) -> None:
    assert turkish.suffix(written, kind) == expected
