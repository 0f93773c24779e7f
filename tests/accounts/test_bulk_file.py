"""Files of many invitations, read and checked without a database."""

import random
from datetime import date
from typing import Any

import pytest

from lmp.access import Role
from lmp.accounts import bulk_file
from lmp.accounts.bulk_file import Known
from lmp.core.errors import RuleBroken
from tests.accounts import forty

CENTRE = "0601"
KNOWN = Known(
    today=date(2026, 12, 3),
    roles=(Role.TEACHER, Role.TRAINER, Role.ASSESSOR, Role.APPROVER),
    centres={CENTRE: "centre-id", "cezerimtal": "centre-id"},
    schools={"123456": "school-id"},
    branches={"elektrikelektronikteknolojisi": "branch-id"},
)
GOOD = "Ad soyad;E-posta;Rol;Merkez\nİlke Işık;ilke@okul.example;Eğitim görevlisi;Cezeri MTAL\n"


def checked(text: str | bytes, known: Known = KNOWN) -> tuple[list[dict[str, Any]], list[bulk_file.Mistake]]:
    sheet, mistakes = bulk_file.read(text if isinstance(text, bytes) else text.encode())
    assert not mistakes
    return bulk_file.check(sheet, known)


def test_forty_mistakes_in_windows_1254_are_all_named_by_their_cell() -> None:
    data, cells = forty.file_of(CENTRE)
    assert len(cells) == 40
    good, mistakes = checked(data)
    assert not good
    assert [(one.letter + str(one.line), one.value) for one in mistakes] == cells
    assert all(one.say.msgid for one in mistakes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_reads_the_same(encoding: str, separator: str) -> None:
    good, mistakes = checked(GOOD.replace(";", separator).encode(encoding))
    assert not mistakes
    assert good[0]["name"] == "İlke Işık"
    assert good[0]["role"] == "trainer"


@pytest.mark.parametrize("seed", range(5))
def test_columns_stand_in_any_order_and_either_language(seed: int) -> None:
    columns = [("Name", "İlke"), ("E-MAIL", "i@okul.example"), ("role", "Trainer"), ("Centre", "0601"), ("Dil", "en")]
    random.Random(seed).shuffle(columns)
    good, mistakes = checked("\n".join(";".join(part) for part in zip(*columns, strict=True)))
    assert not mistakes
    assert (good[0]["name"], good[0]["lang"], good[0]["scope"]) == ("İlke", "en", "centre-id")


def test_an_unknown_heading_and_a_missing_column_are_mistakes() -> None:
    _sheet, mistakes = bulk_file.read("Ad soyad;Ünvan\nİlke;Müdür\n".encode())
    assert [(one.letter, one.value) for one in mistakes] == [("B", "Ünvan"), ("", ""), ("", "")]


def test_an_address_that_stands_twice_names_the_first_line() -> None:
    _good, mistakes = checked(GOOD + "Başka Biri;ILKE@okul.example;öğretmen;\n")
    assert [(one.letter, one.line, one.say.values["line"]) for one in mistakes] == [("B", 3, 2)]


def test_two_mistakes_of_one_line_are_both_told() -> None:
    _good, mistakes = checked("Ad soyad;E-posta;Rol\n;x;öğretmen\n")
    assert [one.letter for one in mistakes] == ["A", "B"]


def test_a_role_never_outlasts_the_senders_own() -> None:
    known = Known(**{**vars(KNOWN), "longest": {Role.TRAINER: date(2027, 6, 30)}})
    text = "Ad soyad;E-posta;Rol;Merkez;Son gün\nİlke;i@okul.example;eğitim görevlisi;0601;{}\n"
    assert checked(text.format("30.06.2027"), known)[1] == []
    for late in ("", "01.07.2027"):
        assert [one.letter for one in checked(text.format(late), known)[1]] == ["E"]


def test_a_principal_needs_a_school() -> None:
    text = "Ad soyad;E-posta;Rol;Kurum kodu\nİlke;i@okul.example;okul müdürü;{}\n"
    assert checked(text.format("123456"))[0][0]["scope"] == "school-id"
    assert [one.letter for one in checked(text.format(""))[1]] == ["D"]


def test_lines_are_counted_as_the_spreadsheet_counts_them() -> None:
    good, _mistakes = checked("Ad soyad;E-posta;Rol\n\n;;\nİlke;i@okul.example;öğretmen\n")
    assert good[0]["line"] == 4


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf", b"Ad soyad;E-posta;Rol\n", b"PK\x03\x04rest", b"a\x00b", b"x" * (5 * 1024 * 1024 + 1)],
)
def test_what_is_no_list_of_people_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(RuleBroken):
        bulk_file.read(data)


def test_ten_thousand_people_are_the_most() -> None:
    rows = "".join(f"Kişi;k{n}@okul.example;öğretmen\n" for n in range(bulk_file.MOST_ROWS))
    assert len(checked("Ad soyad;E-posta;Rol\n" + rows)[0]) == bulk_file.MOST_ROWS
    with pytest.raises(RuleBroken, match="at most"):
        bulk_file.read(("Ad soyad;E-posta;Rol\n" + rows + "Bir;b@okul.example;öğretmen\n").encode())


def test_the_example_is_right() -> None:
    good, mistakes = checked(bulk_file.EXAMPLE)
    assert not mistakes
    assert len(good) == 2


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_columns_are_called_as_in_a_spreadsheet(place: int, name: str) -> None:
    assert bulk_file.letter(place) == name
