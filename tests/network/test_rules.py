"""What network records must be."""

from datetime import date

import pytest

from lmp.core.errors import RuleBroken
from lmp.network import rules
from lmp.network.rules import Standing

TODAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("signed", "starts", "ends", "closed", "wanted"),
    [
        (None, date(2026, 1, 1), None, None, Standing.PREPARED),
        (date(2026, 1, 1), date(2026, 12, 3), None, None, Standing.COMING),
        (date(2026, 1, 1), TODAY, TODAY, None, Standing.RUNNING),
        (date(2026, 1, 1), TODAY, None, None, Standing.RUNNING),
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 12, 1), None, Standing.OVER),
        (date(2026, 1, 1), date(2026, 1, 1), None, TODAY, Standing.ENDED),
        (date(2026, 1, 1), date(2026, 1, 1), None, date(2026, 12, 3), Standing.RUNNING),
    ],
)
def test_a_protocol_stands_as_its_dates_say(
    signed: date | None, starts: date, ends: date | None, closed: date | None, wanted: Standing
) -> None:
    assert rules.standing(signed_on=signed, starts_on=starts, ends_on=ends, closed_on=closed, today=TODAY) is wanted


@pytest.mark.parametrize(
    ("typed", "kept"), [("", ""), (" okul@meb.example ", "okul@meb.example"), ("a.b@c-d.com.tr", "a.b@c-d.com.tr")]
)
def test_an_address_is_taken_as_it_is_typed(typed: str, kept: str) -> None:
    assert rules.read_email(typed, "email") == kept


@pytest.mark.parametrize("typed", ["okul", "okul@meb", "a b@c.example", "Ad <a@b.example>", "a@b.example,c@d.example"])
def test_what_is_no_address_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.read_email(typed, "office_email")
    assert refused.value.field == "office_email"


def test_a_website_loses_its_scheme_and_scripts_are_none() -> None:
    assert rules.read_website("https://okul.meb.k12.tr/") == "okul.meb.k12.tr"
    assert rules.read_website("") == ""
    for typed in ("javascript:alert(1)", "okul", "okul.example onclick"):
        with pytest.raises(RuleBroken):
            rules.read_website(typed)


def test_an_institution_code_is_digits_however_they_are_grouped() -> None:
    assert rules.read_institution_code(" 123 456 ") == "123456"
    assert rules.read_institution_code("") is None
    with pytest.raises(RuleBroken):
        rules.read_institution_code("12A456")


def test_an_agreement_does_not_end_before_it_begins() -> None:
    rules.check_term(TODAY, None)
    rules.check_term(TODAY, TODAY)
    with pytest.raises(RuleBroken):
        rules.check_term(TODAY, date(2026, 12, 1))
