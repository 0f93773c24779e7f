"""What is true about runs and enrolments, without a database."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.access import ScopeKind
from lmp.core import messages
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, RuleBroken
from lmp.enrolment import rules, words
from lmp.enrolment.rules import Dates, Decision, EnrolmentState, RunState
from lmp.web.fields import parse_day

S = EnrolmentState
TODAY = date(2026, 11, 22)


def days(**changes: date) -> Dates:
    usual = {
        "starts_on": date(2027, 1, 12),
        "ends_on": date(2027, 2, 19),
        "apply_from_on": date(2026, 11, 1),
        "apply_until_on": date(2026, 12, 18),
    }
    return Dates(**{**usual, **changes})


def test_every_move_leads_to_a_known_state_and_ends_have_no_way_out() -> None:
    for state, targets in rules.MOVES.items():
        assert state not in targets
    for end in (S.CLOSED, S.REFUSED, S.NOT_SELECTED, S.TRANSFERRED, S.CANCELLED):
        assert end not in rules.MOVES


def test_every_state_has_words_and_a_mark() -> None:
    assert set(words.STATES) == set(S)
    assert set(words.MARKS) == set(S)


@given(st.sampled_from(list(S)), st.sampled_from(list(S)))
def test_a_move_that_is_not_in_the_table_is_a_conflict(now: EnrolmentState, to: EnrolmentState) -> None:
    if to in rules.MOVES.get(now, ()):
        rules.check_move(now, to)
    else:
        with pytest.raises(Conflict):
            rules.check_move(now, to)


def test_people_of_the_main_list_take_part_from_the_first_day_on() -> None:
    first = date(2027, 1, 12)
    assert not rules.is_running(S.MAIN_LIST, first, first - timedelta(days=1))
    assert rules.is_running(S.MAIN_LIST, first, first)
    assert rules.is_running(S.ACTIVE, first, first - timedelta(days=1))
    assert not rules.is_running(S.RESERVE_LIST, first, first)
    assert not rules.is_running(S.WITHDRAWN, first, first)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2027, 1, 11)}, "ends_on"),
        ({"apply_from_on": date(2026, 12, 19)}, "apply_until_on"),
        ({"apply_until_on": date(2027, 1, 13)}, "apply_until_on"),
        ({"apply_from_on": date(2025, 1, 1), "apply_until_on": date(2026, 11, 21)}, "apply_until_on"),
    ],
)
def test_dates_that_do_not_follow_each_other_are_refused_at_their_field(changes: dict[str, date], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        rules.check_dates(days(**changes), TODAY)
    assert broken.value.field == field


def test_a_run_of_one_day_that_takes_applications_until_that_day_is_fine() -> None:
    rules.check_dates(days(starts_on=TODAY, ends_on=TODAY, apply_from_on=TODAY, apply_until_on=TODAY), TODAY)


def test_applications_are_taken_on_the_first_and_on_the_last_day_and_on_no_day_outside() -> None:
    first, last = date(2026, 11, 1), date(2026, 12, 18)
    for day in (first, last):
        rules.check_window(RunState.OPEN, first, last, day)
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(RuleBroken):
            rules.check_window(RunState.OPEN, first, last, day)
    for state in (RunState.CLOSED, RunState.CANCELLED):
        with pytest.raises(RuleBroken):
            rules.check_window(state, first, last, first)


@pytest.mark.parametrize("capacity", [0, -1, rules.MOST_SEATS + 1])
def test_a_run_has_at_least_one_seat_and_not_more_than_it_can_hold(capacity: int) -> None:
    with pytest.raises(RuleBroken):
        rules.check_capacity(capacity)
    rules.check_capacity(1)
    rules.check_capacity(rules.MOST_SEATS)


def test_nobody_has_two_duties_in_a_run() -> None:
    one, two, three = uuid4(), uuid4(), uuid4()
    rules.check_duties([one], [two], three)
    rules.check_duties([one], [two], None)
    with pytest.raises(RuleBroken) as broken:
        rules.check_duties([one, two], [two], None)
    assert broken.value.field == "assessors"
    with pytest.raises(RuleBroken) as broken:
        rules.check_duties([one], [two], two)
    assert broken.value.field == "signatory"


def test_a_chain_is_read_in_the_order_in_which_the_levels_decide() -> None:
    chain = rules.read_chain([{"scope_kind": "province", "days": 5}, {"scope_kind": "school", "days": 3}])
    assert [step.scope_kind for step in chain] == [ScopeKind.SCHOOL, ScopeKind.PROVINCE]
    assert rules.days_to_decide(chain, ScopeKind.PROVINCE) == 5
    assert rules.days_to_decide(chain, ScopeKind.DISTRICT) == 1


@pytest.mark.parametrize(
    "steps",
    [
        [{"scope_kind": "school", "days": 0}],
        [{"scope_kind": "school", "days": rules.LONGEST_WAIT + 1}],
        [{"scope_kind": "school", "days": 3}, {"scope_kind": "school", "days": 3}],
        [{"scope_kind": "centre", "days": 3}],
    ],
)
def test_a_chain_that_cannot_be_is_refused(steps: list[dict[str, object]]) -> None:
    with pytest.raises(RuleBroken):
        rules.read_chain(steps)


def office(kind: ScopeKind) -> rules.Office:
    return rules.Office(kind, f"{kind}-1", kind.title())


def test_a_level_that_does_not_exist_is_skipped() -> None:
    chain = rules.read_chain([{"scope_kind": level, "days": 3} for level in rules.LEVELS])
    whole = [office(level) for level in rules.LEVELS]
    assert rules.steps_for(chain, whole) == whole
    assert rules.steps_for(chain, [whole[0], whole[2]]) == [whole[0], whole[2]]
    assert not rules.has_office("Merkez")
    assert rules.has_office("Etimesgut")


def test_where_approval_is_needed_the_school_must_be_known() -> None:
    chain = rules.read_chain([{"scope_kind": "school", "days": 3}])
    with pytest.raises(RuleBroken):
        rules.steps_for(chain, [])
    assert rules.steps_for((), []) == []


def test_eligibility_follows_branch_and_field_and_names_both() -> None:
    electric, child = uuid4(), uuid4()
    fields = {electric: Bilingual("Elektrik-Elektronik Teknolojisi", "Electrical and Electronics")}
    rules.check_branch("Elektrik-Elektronik Teknolojisi", {electric, child}, fields)
    with pytest.raises(RuleBroken) as broken:
        rules.check_branch("Çocuk Gelişimi", {child}, fields)
    said = messages.text(broken.value.message, "en")
    assert "Electrical and Electronics" in said
    assert "Çocuk Gelişimi" in said
    with pytest.raises(RuleBroken):
        rules.check_branch(None, set(), fields)


def test_only_somebody_who_withdrew_applies_again() -> None:
    for state in S:
        if state is S.WITHDRAWN:
            rules.check_again(state)
        else:
            with pytest.raises(RuleBroken):
                rules.check_again(state)


def test_nobody_attends_a_run_in_which_they_have_a_duty() -> None:
    person = uuid4()
    rules.check_not_on_duty(person, {uuid4()})
    with pytest.raises(RuleBroken):
        rules.check_not_on_duty(person, {person})


def test_a_refusal_needs_a_reason_and_an_approval_does_not() -> None:
    rules.check_reason(approve=True, reason="")
    rules.check_reason(approve=False, reason="Sınav haftası")
    with pytest.raises(RuleBroken) as broken:
        rules.check_reason(approve=False, reason="")
    assert broken.value.field == "reason"


def test_from_the_first_application_on_the_policy_changes_only_with_a_reason() -> None:
    rules.check_change(has_applications=False, reason="")
    rules.check_change(has_applications=True, reason="Yönetmelik değişti")
    with pytest.raises(RuleBroken):
        rules.check_change(has_applications=True, reason="")


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert rules.working_days(date(2026, 11, 2), date(2026, 11, 13)) == 10
    assert rules.working_days(date(2026, 10, 26), date(2026, 10, 30), {date(2026, 10, 29)}) == 4
    assert rules.working_days(date(2026, 11, 7), date(2026, 11, 8)) == 0


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(0, 200))
def test_working_days_of_a_span_are_those_of_its_parts(first: date, length: int) -> None:
    last, middle = first + timedelta(days=length), first + timedelta(days=length // 2)
    after = rules.working_days(middle + timedelta(days=1), last) if middle < last else 0
    assert rules.working_days(first, last) == rules.working_days(first, middle) + after


def test_days_away_are_those_the_course_plans_but_never_more_than_the_run_has() -> None:
    assert rules.days_away(10, 30) == 10
    assert rules.days_away(10, 8) == 8
    assert rules.days_away(0, 5) == 5


@pytest.mark.parametrize(
    ("state", "level", "rank", "running", "said"),
    [
        (S.IN_APPROVAL, ScopeKind.SCHOOL, None, False, "With the school"),
        (S.IN_APPROVAL, ScopeKind.PROVINCE, None, False, "With the provincial directorate"),
        (S.RESERVE_LIST, None, 3, False, "Reserve, place 3"),
        (S.RESERVE_LIST, None, None, False, "On the reserve list"),
        (S.MAIN_LIST, None, None, False, "On the main list"),
        (S.MAIN_LIST, None, None, True, "In progress"),
        (S.REFUSED, None, None, False, "Refused"),
    ],
)
def test_the_state_in_words_says_who_is_waited_for_and_which_place(
    state: EnrolmentState, level: ScopeKind | None, rank: int | None, running: bool, said: str
) -> None:
    found = words.state_in_words(state, level=level, reserve_rank=rank, running=running)
    assert found.msgid % dict(found.values) == said


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 10, 31), "Applications open on %(day)s."),
        (date(2026, 11, 1), "Open for applications"),
        (date(2026, 12, 18), "Open for applications"),
        (date(2026, 12, 19), "Not begun"),
        (date(2027, 1, 12), "In progress"),
        (date(2027, 2, 19), "In progress"),
        (date(2027, 2, 20), "Run ended"),
    ],
)
def test_a_run_says_what_it_does_today(today: date, said: str) -> None:
    assert words.run_in_words(RunState.OPEN, days(), today).msgid == said
    assert words.run_in_words(RunState.CANCELLED, days(), today).msgid == "Cancelled"
    assert words.run_in_words(RunState.CLOSED, days(), today).msgid == "Run closed"


def test_the_timeline_tells_decisions_by_time_and_ends_with_what_is_waited_for() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    moves = [
        SimpleNamespace(from_state=None, to_state=S.APPLIED, at=at, by_name="Ayşe Demo", reason=""),
        SimpleNamespace(from_state=S.APPLIED, to_state=S.IN_APPROVAL, at=at, by_name="Ayşe Demo", reason=""),
    ]
    school = SimpleNamespace(
        scope_kind=ScopeKind.SCHOOL,
        scope_name="Demo MTAL",
        opened_at=at,
        due_on=date(2026, 11, 23),
        decision=Decision.APPROVED,
        reason="Uygundur",
        decided_at=at + timedelta(hours=2),
        decided_by_name="Müdür Demo",
        decided_for_name="",
    )
    province = SimpleNamespace(
        scope_kind=ScopeKind.PROVINCE,
        scope_name="Ankara",
        opened_at=at + timedelta(hours=2),
        due_on=date(2026, 11, 25),
        decision=None,
        reason="",
        decided_at=None,
        decided_by_name="",
        decided_for_name="",
    )
    events = words.timeline(moves, [school, province], waiting=True)
    assert [event.title.msgid for event in events] == [
        "Application sent",
        "Approved",
        "With the provincial directorate",
    ]
    assert (events[1].who, events[1].reason, events[1].office) == ("Müdür Demo", "Uygundur", "Demo MTAL")
    assert events[2].until_on == date(2026, 11, 25)
    assert len(words.timeline(moves, [school, province], waiting=False)) == 2


@pytest.mark.parametrize("typed", ["2.12.2026", "02.12.2026", " 2 12 2026 ", "2/12/2026", "2-12-2026", "2026-12-02"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert parse_day(typed) == date(2026, 12, 2)


@pytest.mark.parametrize("typed", ["", "yarın", "31.02.2026", "2.12.26", "12.2026", "2.13.2026"])
def test_what_is_no_day_is_no_day(typed: str) -> None:
    assert parse_day(typed) is None
