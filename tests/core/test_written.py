"""Numbers, dates and durations as people write them."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.core import written

DAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("value", "places", "turkish", "english"),
    [
        (0, 0, "0", "0"),
        (1234, 0, "1.234", "1,234"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (2.5, 0, "3", "3"),
        (-0.2, 0, "0", "0"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
        (Decimal("0.5"), 1, "0,5", "0.5"),
        (1.005, 2, "1,01", "1.01"),
    ],
)
def test_numbers_are_grouped_and_rounded_half_up(
    value: float | Decimal, places: int, turkish: str, english: str
) -> None:
    assert written.number(value, "tr", places) == turkish
    assert written.number(value, "en", places) == english


def test_the_per_cent_sign_stands_before_in_turkish_and_after_in_english() -> None:
    assert written.percent(0.87, "tr") == "%87"
    assert written.percent(0.87, "en") == "87%"
    assert written.percent(0.285, "tr") == "%29"
    assert written.percent(0.125, "tr", 1) == "%12,5"


@pytest.mark.parametrize(
    ("style", "turkish", "english"),
    [
        ("long", "2 Aralık 2026", "2 December 2026"),
        ("short", "2 Ara 2026", "2 Dec 2026"),
        ("numeric", "02.12.2026", "02/12/2026"),
        ("weekday", "2 Aralık 2026 Çarşamba", "Wednesday 2 December 2026"),
        ("day_month", "2 Aralık", "2 December"),
    ],
)
def test_a_day_has_five_styles(style: written.DayStyle, turkish: str, english: str) -> None:
    assert written.day(DAY, "tr", style) == turkish
    assert written.day(DAY, "en", style) == english


def test_the_clock_has_a_point_in_turkish() -> None:
    assert written.time_of_day(time(8, 30), "tr") == "08.30"
    assert written.time_of_day(time(8, 30), "en") == "08:30"


def test_a_moment_is_written_in_the_zone_it_is_in() -> None:
    moment = datetime(2026, 12, 2, 11, 32, tzinfo=UTC).astimezone(timezone(timedelta(hours=3)))
    assert written.moment(moment, "tr") == "2 Aralık 2026, 14.32"
    assert written.moment(moment, "en") == "2 December 2026, 14:32"


@pytest.mark.parametrize(
    ("first", "last", "turkish", "english"),
    [
        (date(2027, 1, 12), date(2027, 1, 23), "12–23 Ocak 2027", "12–23 January 2027"),
        (date(2026, 11, 2), date(2026, 12, 11), "2 Kasım – 11 Aralık 2026", "2 November – 11 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "28 Aralık 2026 – 8 Ocak 2027", "28 December 2026 – 8 January 2027"),
        (DAY, DAY, "2 Aralık 2026", "2 December 2026"),
        (date(2026, 1, 5), date(2027, 1, 5), "5 Ocak 2026 – 5 Ocak 2027", "5 January 2026 – 5 January 2027"),
    ],
)
def test_a_span_says_month_and_year_once(first: date, last: date, turkish: str, english: str) -> None:
    assert written.span(first, last, "tr") == turkish
    assert written.span(first, last, "en") == english


def test_nouns_stay_singular_after_a_number_in_turkish_only() -> None:
    assert (written.minutes(360, "tr"), written.minutes(360, "en")) == ("360 dakika", "360 minutes")
    assert (written.minutes(1, "tr"), written.minutes(1, "en")) == ("1 dakika", "1 minute")
    assert written.minutes(3600, "tr") == "3.600 dakika"


@pytest.mark.parametrize(
    ("minutes", "turkish", "english"),
    [
        (360, "6 saat", "6 hours"),
        (4890, "81,5 saat", "81.5 hours"),
        (60, "1 saat", "1 hour"),
        (0, "0 saat", "0 hours"),
        (100, "1,7 saat", "1.7 hours"),
        (59, "1 saat", "1 hour"),
    ],
)
def test_hours_have_one_decimal_at_most(minutes: int, turkish: str, english: str) -> None:
    assert written.hours(minutes, "tr") == turkish
    assert written.hours(minutes, "en") == english


def test_calendar_margins_have_short_names() -> None:
    assert (written.month_short(DAY, "tr"), written.weekday_short(DAY, "tr")) == ("Ara", "Çar")
    assert (written.month_short(DAY, "en"), written.weekday_short(DAY, "en")) == ("Dec", "Wed")


def test_codes_are_grouped_in_fours_however_they_came() -> None:
    assert written.code_in_fours("H3KD7QWMX") == "H3KD 7QWM X"
    assert written.code_in_fours("H3KD-7QWM X") == "H3KD 7QWM X"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", "0.5"),
        ("0.5", "0.5"),
        (",5", "0.5"),
        (" 12 ", "12"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234\u00a0567", "1234567"),
        ("1.234.567", "1234567"),
        ("-3,25", "-3.25"),
        ("−3", "-3"),
        ("+4", "4"),
        ("0, 5", "0.5"),
        ("0.125", "0.125"),
        ("12345,678", "12345.678"),
    ],
)
def test_numbers_are_read_with_comma_or_point(text: str, value: str) -> None:
    assert written.parse_number(text) == Decimal(value)
    assert written.parse_number(text, "en") == Decimal(value)


def test_only_three_digits_after_one_separator_depend_on_the_language() -> None:
    assert written.parse_number("1.234") == 1234
    assert written.parse_number("1.234", "en") == Decimal("1.234")
    assert written.parse_number("1,234") == Decimal("1.234")
    assert written.parse_number("1,234", "en") == 1234
    assert written.number_readings("1.234") == (Decimal(1234), Decimal("1.234"))


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "1e5", "nan", "inf", "5,", ".", "12 34", "1.23.4", "1,2,3", "1.23,4", "--1", "٣", "9" * 41]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert written.parse_number(text) is None


@given(st.integers(-(10**9), 10**9), st.integers(0, 2), st.sampled_from(["tr", "en"]))
def test_a_written_number_is_read_back(units: int, places: int, lang: str) -> None:
    value = Decimal(units).scaleb(-places)
    assert written.parse_number(written.number(value, lang, places), lang) == value


@pytest.mark.parametrize("text", ["8.30", "08:30", "0830", "830", " 8 30 ", "8,30"])
def test_times_are_read_in_every_usual_writing(text: str) -> None:
    assert written.parse_time(text) == time(8, 30)


def test_a_lone_hour_is_a_time() -> None:
    assert written.parse_time("8") == time(8)
    assert written.parse_time("0") == time(0)


@pytest.mark.parametrize("text", ["", "24", "8.60", "25:00", "8.3", "noon", "٨", "8:30:00"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert written.parse_time(text) is None
