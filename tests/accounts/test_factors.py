"""When an app's code counts, and who needs a second factor: no database."""

from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.access import Grant, Role, ScopeKind
from lmp.accounts import factors

SECRET = "JBSWY3DPEHPK3PXP" * 2
NOON = datetime(2026, 12, 3, 12, 0, 7, tzinfo=UTC)


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_code_counts_a_step_early_and_a_step_late(seconds: int) -> None:
    found = factors.match(SECRET, code_at(NOON + timedelta(seconds=seconds)), NOON, None)
    assert found is not None
    assert found.fresh


@pytest.mark.parametrize("seconds", [-90, -60, 60, 90])
def test_a_code_two_steps_away_does_not(seconds: int) -> None:
    assert factors.match(SECRET, code_at(NOON + timedelta(seconds=seconds)), NOON, None) is None


@given(st.integers(0, 90))
def test_a_code_that_counted_never_counts_again(later: int) -> None:
    first = factors.match(SECRET, code_at(NOON), NOON, None)
    assert first is not None
    again = factors.match(SECRET, code_at(NOON), NOON + timedelta(seconds=later), first.step)
    assert again is None or not again.fresh


def test_an_older_code_does_not_count_after_a_newer_one() -> None:
    newer = factors.match(SECRET, code_at(NOON), NOON, None)
    assert newer is not None
    older = factors.match(SECRET, code_at(NOON - timedelta(seconds=30)), NOON, newer.step)
    assert older is not None
    assert not older.fresh


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.TEACHER}))
def test_every_role_that_sees_others_needs_one_where_it_is_required(role: Role) -> None:
    grants = (Grant(Role.TEACHER, ScopeKind.OWN), Grant(role, ScopeKind.NETWORK, "", date(2027, 1, 1)))
    assert factors.must_have(grants, required=True)
    assert not factors.must_have(grants, required=False)


def test_a_teacher_never_needs_one() -> None:
    assert not factors.must_have((Grant(Role.TEACHER, ScopeKind.OWN),), required=True)


def test_recovery_codes_are_ten_different_ones_without_letters_that_look_alike() -> None:
    codes = factors.new_recovery_codes()
    assert len(set(codes)) == 10
    assert not set("".join(codes)) & set("ilo01 ")


@pytest.mark.parametrize("typed", ["abcd-efgh-jkmn", "ABCD EFGH JKMN", " abcd.efgh–jkmn "])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert factors.tidy_code(typed) == "abcdefghjkmn"
