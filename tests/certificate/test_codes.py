"""A verification code is random, forgiving to type, and its check character catches what people get wrong."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.certificate import codes
from tests.certificate.specimens import CODE

bodies = st.text(alphabet=codes.ALPHABET, min_size=codes.RANDOM_LENGTH, max_size=codes.RANDOM_LENGTH)
SAMPLE = [codes.with_check(body) for body in ("K7QX4MHD9WRT2PLC8VN", "2" * 19, "Z" * 19, "ABCDEFGHJKLMNPQRSTV")]


def test_a_new_code_has_at_least_eighty_random_bits_and_no_letter_that_is_misread() -> None:
    assert len(codes.ALPHABET) ** codes.RANDOM_LENGTH >= 2**80
    assert not set("0O1I") & set(codes.ALPHABET)
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.is_well_formed(code) for code in made)
    assert set("".join(made)) == set(codes.ALPHABET)


def test_the_check_character_never_changes_for_a_known_code() -> None:
    assert codes.with_check(CODE[:-1]) == CODE


@pytest.mark.parametrize("code", SAMPLE)
def test_every_single_wrong_character_is_caught(code: str) -> None:
    wrong = [
        code[:place] + letter + code[place + 1 :]
        for place in range(codes.CODE_LENGTH)
        for letter in codes.ALPHABET
        if letter != code[place]
    ]
    assert len(wrong) == 20 * 30
    assert not any(codes.is_well_formed(text) for text in wrong)


@pytest.mark.parametrize("code", SAMPLE)
def test_every_swap_of_two_different_characters_is_caught(code: str) -> None:
    for first, second in combinations(range(codes.CODE_LENGTH), 2):
        letters = list(code)
        letters[first], letters[second] = letters[second], letters[first]
        assert code[first] == code[second] or not codes.is_well_formed("".join(letters))


@given(bodies, st.integers(0, codes.CODE_LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_any_code_is_well_formed_until_one_character_differs(body: str, place: int, letter: str) -> None:
    code = codes.with_check(body)
    assert codes.is_well_formed(code)
    changed = code[:place] + letter + code[place + 1 :]
    assert codes.is_well_formed(changed) == (changed == code)


@pytest.mark.parametrize("text", ["", "K7QX", CODE + "A", CODE[:-1] + "0", CODE.lower(), codes.grouped(CODE), "İ" * 20])
def test_what_is_not_a_normalised_code_is_not_well_formed(text: str) -> None:
    assert not codes.is_well_formed(text)


@pytest.mark.parametrize(
    "typed",
    [
        codes.grouped(CODE),
        codes.grouped(CODE).lower(),
        "-".join(codes.grouped(CODE).split()),
        "\u2013".join(codes.grouped(CODE).split()),
        f"  {CODE}\t\n",
        "\u00a0".join(codes.grouped(CODE).split()),
        CODE.replace("L", "l"),
        CODE.replace("L", "1"),
        CODE.replace("L", "I"),
        CODE.replace("L", "ı"),
        CODE.replace("L", "i"),
        CODE.replace("L", "İ"),
        CODE.replace("V", "U"),
        CODE.replace("V", "ü"),
        "".join(chr(ord(letter) + 0xFEE0) for letter in CODE),
    ],
)
def test_spaces_dashes_lower_case_and_turkish_letters_are_forgiven(typed: str) -> None:
    assert codes.normalise(typed) == CODE


def test_a_zero_is_not_guessed_because_several_letters_look_like_it() -> None:
    assert not codes.is_well_formed(codes.normalise(CODE.replace("Q", "0")))


@given(st.text(max_size=60))
def test_any_text_can_be_normalised(text: str) -> None:
    once = codes.normalise(text)
    assert not codes.is_well_formed(once) or set(once) <= set(codes.ALPHABET)


def test_a_code_is_read_aloud_in_five_groups_of_four() -> None:
    assert codes.grouped(CODE) == "K7QX 4MHD 9WRT 2PLC 8VND"


@pytest.mark.parametrize("body", ["", "K7QX", "0" * 19, "k7qx4mhd9wrt2plc8vn"])
def test_a_check_character_is_made_only_for_nineteen_characters_of_the_alphabet(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        codes.with_check(body)


@pytest.mark.parametrize(
    ("serial", "number"), [(1, "2026 1610 0001"), (147, "2026 1610 0147"), (12345, "2026 1610 12345")]
)
def test_a_number_names_year_centre_and_serial(serial: int, number: str) -> None:
    assert codes.number(2026, "1610", serial) == number


@pytest.mark.parametrize(
    ("year", "centre", "serial"), [(26, "1610", 1), (2026, "161", 1), (2026, "16a0", 1), (2026, "1610", 0)]
)
def test_what_cannot_be_a_number_is_refused(year: int, centre: str, serial: int) -> None:
    with pytest.raises(ValueError, match="a "):
        codes.number(year, centre, serial)
