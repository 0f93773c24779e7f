"""What may be written into the work log, by when, and how the plan falls on the days of a placement."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.core import clock, messages
from lmp.core.errors import Conflict, RuleBroken
from lmp.workplace import rules
from lmp.workplace.rules import Candidate, Day, Term

MONDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 2)
TERM = Term(starts_on=MONDAY, ends_on=date(2026, 12, 11), briefed_on=MONDAY)
RUN = (date(2026, 11, 23), date(2026, 12, 18))
USUAL = (time(8, 30), time(15, 30), 60)
GOOD = Day(
    on=WEDNESDAY,
    is_present=True,
    starts=time(8, 30),
    ends=time(15, 30),
    break_minutes=60,
    tasks=("t1",),
    other_work="",
    reflection="Ölçüm kaydını gördüm.",
    reason="",
)
AWAY = replace(GOOD, is_present=False, starts=None, ends=None, break_minutes=0, tasks=(), reason="Raporluydum.")


def check(day: Day, *, special: str | None = None) -> None:
    """Check a day against a plan with two tasks."""
    rules.check_day(day, tasks={"t1", "t2"}, special=special)


def refusal(day: Day, **more: Any) -> tuple[str | None, str]:
    """The field a refused day is told at, and the sentence."""
    with pytest.raises(RuleBroken) as refused:
        check(day, **more)
    return refused.value.field, messages.text(refused.value.message, "en")


def test_an_ordinary_day_counts_without_its_break() -> None:
    check(GOOD)
    assert rules.counted(GOOD) == 360


def test_a_night_shift_passes_midnight_and_belongs_to_its_first_day() -> None:
    night = replace(GOOD, starts=time(22), ends=time(5, 30), break_minutes=30)
    check(night)
    assert rules.counted(night) == 420
    first, last = rules.interval(WEDNESDAY, time(22), time(5, 30))
    assert clock.local(first) == datetime(2026, 12, 2, 22, tzinfo=clock.zone())
    assert clock.local(last) == datetime(2026, 12, 3, 5, 30, tzinfo=clock.zone())


@given(
    starts=st.times(),
    ends=st.times(),
    pause=st.integers(0, 600),
)
def test_a_day_that_is_accepted_has_between_one_and_480_minutes(starts: time, ends: time, pause: int) -> None:
    day = replace(
        GOOD,
        starts=starts.replace(second=0, microsecond=0),
        ends=ends.replace(second=0, microsecond=0),
        break_minutes=pause,
    )
    try:
        check(day)
    except RuleBroken:
        return
    assert 1 <= rules.counted(day) <= rules.DAILY_LIMIT


def test_eight_hours_count_and_one_minute_more_does_not() -> None:
    full = replace(GOOD, ends=time(17, 30))
    check(full)
    field, sentence = refusal(replace(full, ends=time(17, 31)))
    assert (field, rules.counted(full)) == ("ends", 480)
    assert "at most 480 minutes" in sentence
    assert "these times make 481" in sentence


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts": None}, "starts"),
        ({"ends": None}, "ends"),
        ({"ends": time(8, 30)}, "ends"),
        ({"break_minutes": 420}, "break_minutes"),
        ({"break_minutes": 500}, "break_minutes"),
        ({"break_minutes": -1}, "break_minutes"),
        ({"tasks": ()}, "tasks"),
        ({"tasks": ("t1", "t9")}, "tasks"),
        ({"reflection": ""}, "reflection"),
        ({"reflection": "ö" * 601}, "reflection"),
        ({"other_work": "ş" * 201}, "other_work"),
        ({"reason": "ı" * 301}, "reason"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(changes: dict[str, Any], field: str) -> None:
    assert refusal(replace(GOOD, **changes))[0] == field


def test_other_work_alone_is_enough() -> None:
    check(replace(GOOD, tasks=(), other_work="Pano etiketleme"))


def test_a_day_away_needs_a_reason_and_nothing_else() -> None:
    check(replace(AWAY, reflection=""))
    assert rules.counted(AWAY) == 0
    assert refusal(replace(AWAY, reason=""))[0] == "away_why"
    assert refusal(replace(AWAY, reason="x" * 301))[0] == "away_why"


def test_work_on_a_special_day_needs_a_reason_and_names_the_day() -> None:
    check(replace(GOOD, reason="Devreye alma bugüne kaldı."), special="Republic Day")
    assert refusal(GOOD, special="Republic Day") == ("reason", "This day is Republic Day. Write why you worked on it.")
    check(AWAY, special="Republic Day")


def begin(on: date, today: date, term: Term = TERM) -> str | None:
    """Why a day cannot be begun, in English; None when it can."""
    try:
        rules.check_can_begin(on, term, today=today, centre="Demo Centre")
    except RuleBroken as broken:
        return messages.text(broken.message, "en")
    return None


def test_today_and_the_three_days_before_can_be_begun() -> None:
    for age in range(4):
        assert begin(MONDAY, MONDAY + timedelta(days=age)) is None


def test_after_three_days_the_sentence_says_whom_to_ask() -> None:
    assert begin(MONDAY, MONDAY + timedelta(days=4)) == (
        "A day that is more than 3 days old can only be opened by the centre coordinator. Ask your centre: Demo Centre."
    )


def test_no_day_of_the_future_outside_the_placement_or_before_the_briefing_can_be_begun() -> None:
    assert "has not come yet" in str(begin(WEDNESDAY, WEDNESDAY - timedelta(days=1)))
    assert "from 30 November 2026 to 11 December 2026" in str(begin(date(2026, 11, 29), WEDNESDAY))
    assert "from 30 November 2026" in str(begin(date(2026, 12, 12), date(2026, 12, 12)))
    assert "The safety briefing is on 2 December 2026" in str(
        begin(WEDNESDAY - timedelta(days=1), WEDNESDAY, replace(TERM, briefed_on=WEDNESDAY))
    )
    assert "not recorded yet" in str(begin(WEDNESDAY, WEDNESDAY, replace(TERM, briefed_on=None)))


def test_the_centre_opens_old_days_but_none_of_the_future() -> None:
    rules.check_can_be_opened(MONDAY, TERM, today=date(2026, 12, 11))
    with pytest.raises(RuleBroken):
        rules.check_can_be_opened(date(2026, 12, 11), TERM, today=MONDAY)
    with pytest.raises(RuleBroken):
        rules.check_can_be_opened(date(2026, 11, 27), TERM, today=MONDAY)


def test_a_confirmed_day_changes_only_with_a_reason_of_its_own() -> None:
    rules.check_correction(replace(GOOD, reason="Bitiş yanlıştı."), "")
    for day, before, field in (
        (GOOD, "", "reason"),
        (replace(GOOD, reason="Nöbet."), "Nöbet.", "reason"),
        (AWAY, AWAY.reason, "away_why"),
    ):
        with pytest.raises(RuleBroken) as refused:
            rules.check_correction(day, before)
        assert refused.value.field == field


def test_asking_for_a_correction_needs_words() -> None:
    rules.check_why("Perşembe 15.30'da çıktık.")
    for why in ("", "x" * 601):
        with pytest.raises(RuleBroken):
            rules.check_why(why)


def test_a_day_has_four_photos_at_most_and_none_where_they_are_not_allowed() -> None:
    rules.check_photos(3, 1, allowed=True)
    rules.check_photos(4, 0, allowed=False)
    for kept, added, allowed in ((4, 1, True), (0, 5, True), (0, 1, False)):
        with pytest.raises(RuleBroken):
            rules.check_photos(kept, added, allowed=allowed)


def test_only_written_days_that_are_with_the_teacher_can_be_sent() -> None:
    ready, gone, empty = (
        Candidate(is_written=True, is_with_teacher=True),
        Candidate(is_written=True, is_with_teacher=False),
        Candidate(is_written=False, is_with_teacher=True),
    )
    rules.check_sending([MONDAY], {MONDAY: ready})
    with pytest.raises(Conflict):
        rules.check_sending([MONDAY, WEDNESDAY], {MONDAY: ready, WEDNESDAY: gone})
    for wanted in ([], [MONDAY, WEDNESDAY]):
        with pytest.raises(RuleBroken):
            rules.check_sending(wanted, {MONDAY: ready, WEDNESDAY: empty})
    with pytest.raises(RuleBroken):
        rules.check_sending([MONDAY], {})


def place(
    term: Term = TERM, *, planned_days: int = 10, working: int = 10, hours: tuple[time, time, int] = USUAL
) -> str | None:
    """The field a placement is refused at; None when it can be."""
    try:
        rules.check_placement(term, run=RUN, planned_days=planned_days, working=working, hours=hours)
    except RuleBroken as broken:
        return broken.field
    return None


def test_a_placement_lies_in_its_run_and_has_enough_working_days() -> None:
    assert place() is None
    assert place(replace(TERM, briefed_on=None)) is None
    assert place(replace(TERM, ends_on=date(2026, 11, 27))) == "ends_on"
    assert place(replace(TERM, starts_on=date(2026, 11, 20))) == "starts_on"
    assert place(replace(TERM, ends_on=date(2026, 12, 19))) == "ends_on"
    assert place(replace(TERM, briefed_on=date(2026, 12, 12))) == "briefed_on"
    assert place(planned_days=0) == "planned_days"
    assert place(planned_days=11) == "planned_days"


def test_the_usual_day_of_a_placement_is_a_sensible_one() -> None:
    assert place(hours=(time(22), time(6), 30)) is None
    assert place(hours=(time(8), time(8), 0)) == "break_minutes"
    assert place(hours=(time(8), time(9), 60)) == "break_minutes"
    assert place(hours=(time(8), time(16, 1), 0)) == "day_ends"


@pytest.mark.parametrize("address", ["gulsah@demo.example", "GULSAH@DEMO.EXAMPLE", " Gulsah@demo.example "])
def test_a_teacher_is_never_their_own_mentor_however_the_address_is_written(address: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.check_mentor(address, "gulsah@demo.example")
    assert refused.value.field == "mentor_id"


def test_turkish_capitals_do_not_hide_that_two_addresses_are_one() -> None:
    with pytest.raises(RuleBroken):
        rules.check_mentor("İLKAY@demo.example", "ilkay@demo.example")
    with pytest.raises(RuleBroken):
        rules.check_mentor("ILKAY@demo.example", "ilkay@demo.example")


@pytest.mark.parametrize("address", ["", "usta", "usta@", "@demo.example"])
def test_a_mentor_must_be_reachable(address: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.check_mentor(address, "gulsah@demo.example")
    assert refused.value.field == "mentor_id"
    rules.check_mentor("usta@demo.example", "gulsah@demo.example")


def test_working_days_leave_out_weekends_and_the_calendar() -> None:
    found = rules.working_days(date(2026, 10, 26), date(2026, 11, 2), {date(2026, 10, 28), date(2026, 10, 29)})
    assert [day.day for day in found] == [26, 27, 30, 2]
    assert rules.working_days(WEDNESDAY, MONDAY, ()) == ()


def test_weeks_begin_on_monday_and_the_first_one_holds_the_first_day() -> None:
    term = Term(starts_on=WEDNESDAY, ends_on=date(2026, 12, 15), briefed_on=None)
    assert [day.day for day in rules.week_days(term, 1)] == [2, 3, 4, 5, 6]
    assert [day.day for day in rules.week_days(term, 3)] == [14, 15]
    assert (rules.week_days(term, 0), rules.week_days(term, 4)) == ((), ())
    assert (rules.weeks(term), rules.week_number(WEDNESDAY, date(2026, 12, 7))) == (3, 2)


@pytest.mark.parametrize(
    ("today", "week"), [(date(2026, 11, 1), 1), (MONDAY, 1), (date(2026, 12, 9), 2), (date(2027, 3, 1), 2)]
)
def test_the_current_week_is_the_nearest_one(today: date, week: int) -> None:
    assert rules.current_week(TERM, today) == week


def test_weekends_are_shown_only_when_something_is_there() -> None:
    days = rules.week_days(TERM, 1)
    saturday = date(2026, 12, 5)
    assert saturday not in rules.shown_days(days, (), WEDNESDAY)
    assert saturday in rules.shown_days(days, {saturday}, WEDNESDAY)
    assert saturday in rules.shown_days(days, (), saturday)
