"""When a mail may leave: how urgent a kind is, quiet hours, weekends, rest days."""

from datetime import date, datetime, time

import pytest

from lmp.access import Role
from lmp.notice import rules
from lmp.notice.rules import KINDS, DayKind, Delivery, Settings

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def test_only_what_asks_for_an_act_goes_at_once() -> None:
    at_once = {kind.key for kind in KINDS.values() if kind.usual is Delivery.AT_ONCE}
    assert at_once == {kind.key for kind in KINDS.values() if kind.urgency is rules.Urgency.ACT_BY}
    assert "application" not in at_once
    assert "application.decide" in at_once


def test_a_choice_counts_but_not_for_what_may_not_be_ended() -> None:
    chosen = Settings(choices={"practical": Delivery.HERE, "application.decide": Delivery.HERE})
    assert rules.delivery(KINDS["practical"], chosen) is Delivery.HERE
    assert rules.delivery(KINDS["application.decide"], chosen) is Delivery.AT_ONCE


def test_a_place_that_must_be_answered_by_an_hour_is_always_mailed_at_once() -> None:
    kind = KINDS["place.offered"]
    assert not kind.is_optional
    chosen = Settings(digest=False, choices={kind.key: Delivery.HERE})
    assert rules.delivery(kind, chosen) is Delivery.AT_ONCE


def test_without_the_daily_mail_its_lines_stay_here() -> None:
    assert rules.delivery(KINDS["practical"], Settings(digest=False)) is Delivery.HERE
    assert rules.delivery(KINDS["workplace.missing"], Settings(digest=False)) is Delivery.AT_ONCE


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (at(FRIDAY, 19, 59), at(FRIDAY, 19, 59)),
        (at(FRIDAY, 20), at(SATURDAY, 7)),
        (at(SATURDAY, 3), at(SATURDAY, 7)),
        (at(SATURDAY, 7), at(SATURDAY, 7)),
    ],
)
def test_a_mail_waits_for_the_morning(now: datetime, leaves: datetime) -> None:
    assert rules.quiet_until(now, rules.USUAL) == leaves
    assert rules.is_quiet(now, rules.USUAL) is (now != leaves)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (at(FRIDAY, 21), at(MONDAY, 7)),
        (at(SATURDAY, 12), at(MONDAY, 7)),
        (at(FRIDAY, 12), at(FRIDAY, 12)),
    ],
)
def test_a_quiet_weekend_ends_on_monday_morning(now: datetime, leaves: datetime) -> None:
    assert rules.quiet_until(now, Settings(quiet_weekend=True)) == leaves


def test_quiet_hours_may_lie_within_a_day_or_be_none() -> None:
    noon = Settings(quiet_from=time(12), quiet_until=time(13))
    assert rules.quiet_until(at(FRIDAY, 12, 30), noon) == at(FRIDAY, 13)
    assert rules.quiet_until(at(FRIDAY, 3), noon) == at(FRIDAY, 3)
    none = Settings(quiet_from=time(7), quiet_until=time(7))
    assert rules.quiet_until(at(FRIDAY, 7), none) == at(FRIDAY, 7)


def test_what_is_due_today_does_not_wait() -> None:
    assert not rules.may_wait(FRIDAY, FRIDAY)
    assert rules.may_wait(SATURDAY, FRIDAY)
    assert rules.may_wait(None, FRIDAY)


def test_the_daily_mail_comes_at_five_at_noon_on_half_days_and_on_rest_days_only_for_what_is_due() -> None:
    assert rules.digest_plan(DayKind.WORKING, MONDAY) == rules.DigestPlan(time(17))
    assert rules.digest_plan(DayKind.HALF, MONDAY) == rules.DigestPlan(time(12))
    assert rules.digest_plan(DayKind.REST, MONDAY) == rules.DigestPlan(time(17), MONDAY)


def test_people_choose_among_the_kinds_of_their_roles() -> None:
    approver = {kind.key for kind in rules.kinds_for({Role.APPROVER})}
    assert approver == {"application.decide", "interest", "data"}
    assert "certificate.sign" not in {kind.key for kind in rules.kinds_for({Role.TEACHER})}


def test_a_stored_path_is_shown_in_the_readers_language() -> None:
    assert rules.path_in("/tr/today", "en") == "/en/today"
    assert rules.path_in("/v/ABCD", "en") == "/v/ABCD"
