"""The timetable of a run: where the plan falls, what may change, who is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest

from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.meeting import service
from lmp.meeting.models import HalfDay
from lmp.meeting.service import Details
from lmp.network.models import CalendarDay, DayKind
from lmp.notice import service as notice_service
from lmp.notice.rules import Delivery, Settings
from tests.builders.accounts import a_centre, a_centre_administrator, a_network_administrator, a_trainer, acting
from tests.builders.content import a_published_course
from tests.builders.enrolment import a_run
from tests.builders.mails import mails
from tests.builders.mails import told as notices
from tests.builders.meeting import (
    FRIDAY,
    MONDAY,
    PLANNED,
    TUESDAY,
    WEDNESDAY,
    a_meeting_course,
    a_meeting_run,
    halves,
    held,
    participants,
    teaching,
    the_trainer,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _sunday_before() -> Iterator[None]:
    with clock.at(clock.wall(date(2026, 11, 29), time(12))):
        yield


def a_calendar_day(on: date, kind: DayKind) -> None:
    """A day of the dated calendar."""
    db.session().add(CalendarDay(on=on, kind=kind, name=db.Bilingual("Deneme günü", "Test day")))
    db.session().flush()


def changed(half: HalfDay, **values: object) -> HalfDay:
    """A half day changed by its trainer from a page that showed its newest version."""
    wanted: Details = replace(service.details_of(half), **values)  # type: ignore[arg-type]  # fields by name
    return service.change(half, wanted, version=half.version, by=teaching(half.run))


def test_a_run_of_a_course_that_meets_gets_the_plan_as_dated_half_days() -> None:
    run = a_meeting_run()
    found = halves(run)
    assert [(one.on, one.starts, one.ends) for one in found] == [
        (MONDAY, time(9), time(12)),
        (MONDAY, time(13), time(16)),
        (TUESDAY, time(9), time(12)),
        (TUESDAY, time(13), time(16)),
        (WEDNESDAY, time(9), time(12)),
    ]
    assert sum(one.minutes for one in found) == PLANNED
    assert found[0].title.in_language("tr") == "Alet etiketlerini okuma"
    assert {one.trainer_id for one in found} == {the_trainer(run).id}


def test_a_run_of_another_course_has_no_half_days() -> None:
    run = a_run(a_published_course())
    assert service.half_days(run, by=teaching(run)) == []


def test_holidays_and_weekends_are_passed_over() -> None:
    a_calendar_day(TUESDAY, DayKind.HOLIDAY)
    run = a_meeting_run(starts_on=date(2026, 11, 28), days=7)
    assert sorted({one.on for one in halves(run)}) == [MONDAY, WEDNESDAY, date(2026, 12, 3)]


def test_a_half_day_of_the_calendar_takes_only_a_day_that_is_over_at_noon() -> None:
    a_calendar_day(MONDAY, DayKind.HALF_DAY)
    a_calendar_day(date(2026, 12, 3), DayKind.HALF_DAY)
    run = a_meeting_run()
    assert sorted({one.on for one in halves(run)}) == [TUESDAY, WEDNESDAY, date(2026, 12, 3)]


def test_a_run_that_is_too_short_for_its_plan_says_which_day_to_change() -> None:
    version = a_meeting_course()
    with pytest.raises(RuleBroken) as broken:
        a_meeting_run(version, days=2)
    assert broken.value.field == "ends_on"
    assert broken.value.message.values == {"planned": 3, "fit": 2}


def test_a_change_is_kept_and_told_to_everybody_with_a_place() -> None:
    run = a_meeting_run()
    participants(run)
    first = halves(run)[0]
    changed(first, on=FRIDAY, starts=time(10), ends=time(12, 30), room="Dil sınıfı 2", bring="Bir alet kılavuzu")
    assert (first.when.on, first.minutes, first.room, first.version) == (FRIDAY, 150, "Dil sınıfı 2", 2)
    told = mails("meeting/changed")
    assert len(told) == 3
    (notice, *_) = notices("meeting/changed")
    assert (notice.kind, notice.delivery, notice.due_on) == ("meeting.changed", Delivery.AT_ONCE, MONDAY)
    assert notice.detail.tr.startswith("4 Aralık 2026, 10.00–12.30, Dil sınıfı 2, ")
    assert "Yanınızda getirin: Bir alet kılavuzu" in notice.detail.tr
    assert told[0].stop_url
    assert "30 Kasım" in told[0].text
    assert "Dil sınıfı 2" in told[0].text
    assert "Bir alet kılavuzu" in told[0].text


def test_a_change_waits_for_the_end_of_the_quiet_hours_unless_it_is_due_today() -> None:
    run = a_meeting_run()
    participants(run)
    with clock.at(clock.wall(date(2026, 11, 26), time(21))):
        changed(halves(run)[2], room="Dil sınıfı 2")
    assert [clock.local(mail.send_after).time() for mail in mails("meeting/changed") if mail.send_after] == [
        time(7)
    ] * 3
    with clock.at(clock.wall(TUESDAY, time(6))):
        changed(halves(run)[3], room="Dil sınıfı 3")
    assert [mail.send_after for mail in mails("meeting/changed")[3:]] == [None] * 3


def test_whoever_wants_changes_in_the_daily_mail_gets_no_mail_of_their_own() -> None:
    run = a_meeting_run()
    first, *_ = participants(run)
    wanted = Settings(choices={"meeting.changed": Delivery.DIGEST})
    notice_service.change(first.person, wanted, by=acting(first.person))
    changed(halves(run)[0], room="Dil sınıfı 2")
    assert len(mails("meeting/changed")) == 2
    assert len(notices("meeting/changed")) == 3


def test_a_new_topic_alone_is_told_to_nobody() -> None:
    run = a_meeting_run()
    participants(run)
    first = halves(run)[0]
    changed(first, topic=db.Bilingual("Yeni konu", ""))
    assert first.topic == db.Bilingual("Yeni konu", "Yeni konu")
    assert mails("meeting/changed") == []


def test_the_trainer_is_told_when_somebody_else_moves_their_half_day() -> None:
    run = a_meeting_run()
    first = halves(run)[0]
    wanted = replace(service.details_of(first), starts=time(8))
    service.change(first, wanted, version=1, by=acting(a_centre_administrator()))
    assert [mail.to_name for mail in mails("meeting/changed")] == [the_trainer(run).name]


def test_saving_without_a_change_changes_nothing() -> None:
    first = halves(a_meeting_run())[0]
    changed(first)
    assert first.version == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": date(2026, 12, 11)}, "on"),
        ({"ends": time(8)}, "ends"),
        ({"ends": time(15, 30)}, "ends"),
        ({"title": db.Bilingual(" ", "")}, "title_tr"),
        ({"on": TUESDAY, "starts": time(11), "ends": time(13)}, "starts"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(values: dict[str, object], field: str) -> None:
    first = halves(a_meeting_run())[0]
    with pytest.raises(RuleBroken) as broken:
        changed(first, **values)
    assert broken.value.field == field
    assert first.version == 1


def test_a_move_onto_a_holiday_needs_a_reason() -> None:
    run = a_meeting_run()
    a_calendar_day(FRIDAY, DayKind.HOLIDAY)
    first = halves(run)[0]
    with pytest.raises(RuleBroken) as broken:
        changed(first, on=FRIDAY)
    assert broken.value.field == "reason"
    assert changed(first, on=FRIDAY, reason="Atölye yalnızca bugün boş").reason == "Atölye yalnızca bugün boş"


def test_the_morning_of_a_half_day_needs_no_reason_and_its_afternoon_does() -> None:
    run = a_meeting_run()
    a_calendar_day(FRIDAY, DayKind.HALF_DAY)
    morning, afternoon = halves(run)[:2]
    assert changed(morning, on=FRIDAY).on == FRIDAY
    with pytest.raises(RuleBroken):
        changed(afternoon, on=FRIDAY)


def test_a_room_and_a_trainer_are_in_one_place_at_a_time() -> None:
    version = a_meeting_course()
    trainer = a_trainer(a_centre(), "Ortak Demo")
    one, other = (a_meeting_run(version, trainers=[trainer]) for _ in range(2))
    first, same_time = halves(one)[0], halves(other)[0]
    with pytest.raises(RuleBroken) as broken:
        changed(first, room="Salon")
    assert broken.value.field == "trainer_id"
    changed(first, trainer_id=None, room="İnci Salonu")
    with pytest.raises(RuleBroken) as broken:
        changed(same_time, trainer_id=None, room="inci salonu")
    assert broken.value.field == "room"


def test_only_a_trainer_of_the_run_teaches_in_it() -> None:
    first = halves(a_meeting_run())[0]
    with pytest.raises(RuleBroken) as broken:
        changed(first, trainer_id=a_trainer(a_centre(), "Başka Demo").id)
    assert broken.value.field == "trainer_id"


def test_a_stale_page_changes_nothing() -> None:
    first = halves(a_meeting_run())[0]
    changed(first, room="Salon")
    with pytest.raises(Conflict):
        service.change(first, replace(service.details_of(first), room="Atölye"), version=1, by=teaching(first.run))
    assert first.room == "Salon"


def test_a_closed_half_day_does_not_move() -> None:
    run = a_meeting_run()
    participants(run)
    first = halves(run)[0]
    held(first)
    with pytest.raises(Conflict):
        changed(first, on=FRIDAY)


def test_strangers_do_not_know_the_timetable_and_officials_only_read_it() -> None:
    run = a_meeting_run()
    first = halves(run)[0]
    stranger = acting(a_trainer(a_centre("smm-bur-oib"), "Yabancı Demo"))
    with pytest.raises(NotFound):
        service.half_day(first.id, by=stranger)
    official = acting(a_network_administrator())
    assert service.half_day(first.id, by=official) is first
    with pytest.raises(NotAllowed):
        service.change(first, service.details_of(first), version=1, by=official)


def test_a_trainer_finds_todays_rosters_and_those_that_are_late() -> None:
    run = a_meeting_run()
    participants(run)
    actor = teaching(run)
    assert service.today_for(actor) == []
    with clock.at(clock.wall(TUESDAY, time(8))):
        assert [one.number for one in service.today_for(actor)] == [1, 2, 3, 4]
    held(halves(run)[0])
    with clock.at(clock.wall(TUESDAY, time(8))):
        assert [one.number for one in service.today_for(actor)] == [2, 3, 4]
        assert service.today_for(acting(a_trainer(a_centre(), "Başka Demo"))) == []
