"""Lines of a question end where a reader expects it: never between a number and its unit."""

from lmp.web.filters import together


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert together("40 A'lik kesici, 10 mm², 35 °C") == "40\u00a0A'lik kesici, 10\u00a0mm², 35\u00a0°C"
    assert together("20 denemeye izin verir") == "20 denemeye izin verir"
