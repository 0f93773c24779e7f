"""Lines end where a reader expects it: never between a number and its unit."""

from lmp.core.text import to_html, together


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert together("40 A'lik kesici, 10 mm², 35 °C") == "40\u00a0A'lik kesici, 10\u00a0mm², 35\u00a0°C"
    assert together("20 denemeye izin verir") == "20 denemeye izin verir"


def test_units_of_a_course_keep_numbers_with_their_units_but_programs_stay_as_they_were_typed() -> None:
    assert to_html("En çok **32 A** ve `sleep 10 s`") == (
        "<p>En çok <strong>32&nbsp;A</strong> ve <code>sleep 10 s</code></p>\n"
    )
