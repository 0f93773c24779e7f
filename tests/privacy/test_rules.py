"""The deadlines and conditions of the law."""

from datetime import date

import pytest

from lmp.core.errors import RuleBroken
from lmp.core.personal import Personal
from lmp.privacy import rules, words
from lmp.privacy.holdings import holdings
from lmp.privacy.rules import Kind


def test_an_answer_is_due_after_thirty_days() -> None:
    assert rules.due_on(date(2026, 12, 3)) == date(2027, 1, 2)


def test_a_correction_says_what_is_wrong_and_a_refusal_says_why() -> None:
    rules.check_text(Kind.ERASURE, "")
    with pytest.raises(RuleBroken):
        rules.check_text(Kind.CORRECTION, "  ")
    rules.check_answer(True, "")
    with pytest.raises(RuleBroken):
        rules.check_answer(False, " ")


def test_years_are_counted_by_the_calendar() -> None:
    assert rules.years_before(date(2028, 2, 29), 2) == date(2026, 2, 28)
    assert rules.years_before(date(2026, 12, 3), 10) == date(2016, 12, 3)


def test_every_table_with_personal_data_has_words_for_people() -> None:
    import lmp.models

    assert lmp.models.metadata.tables
    assert {one.name for one in holdings()} == set(words.TABLES)
    assert all(isinstance(one.declared, Personal) for one in holdings())
    assert all(one.declared.since in one.table.c for one in holdings() if one.declared.since)
