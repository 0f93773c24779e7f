"""Posting minutes, reversing them and their sums, on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from lmp.core import db
from lmp.core.errors import RuleBroken
from lmp.enrolment.models import Enrolment
from lmp.hours import service
from lmp.hours.models import LedgerHead, MinuteEntry, MinuteTotal, Strand
from tests.builders.accounts import a_teacher
from tests.builders.content import a_published_course
from tests.builders.enrolment import a_running_enrolment

DAY = date(2026, 12, 2)
MORNING = datetime(2026, 12, 2, 5, 30, tzinfo=UTC)


def a_day(
    enrolment: Enrolment, source_id: str, *, after: int = 0, minutes: int = 360, **changes: Any
) -> MinuteEntry | None:
    """A workplace day posted, beginning some minutes after MORNING and an hour longer than its minutes."""
    values: dict[str, Any] = {
        "enrolment": enrolment,
        "strand": Strand.WORKPLACE,
        "minutes": minutes,
        "day": DAY,
        "source_kind": "day_entry",
        "source_id": source_id,
        "starts_at": MORNING + timedelta(minutes=after),
        "ends_at": MORNING + timedelta(minutes=after + minutes + 60),
    }
    return service.post(**(values | changes))


def a_unit(enrolment: Enrolment, source_id: str, minutes: int = 45) -> MinuteEntry | None:
    """A unit posted; units lie in no interval."""
    return service.post(
        enrolment=enrolment, strand=Strand.ONLINE, minutes=minutes, day=DAY, source_kind="unit", source_id=source_id
    )


def _total(enrolment: Enrolment, strand: Strand) -> int | None:
    return db.session().scalar(
        select(MinuteTotal.minutes).where(MinuteTotal.enrolment_id == enrolment.id, MinuteTotal.strand == strand)
    )


def test_posted_minutes_are_counted_in_their_strand(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_unit(enrolment, "one")
    a_unit(enrolment, "two")
    a_day(enrolment, "monday")
    assert service.sums(enrolment.id) == {"online": 90, "meeting": 0, "workplace": 360, "practical": 0}
    assert list(service.sums(enrolment.id)) == list(Strand)


def test_an_entry_says_whose_it_is_and_where_it_comes_from(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    entry = a_day(enrolment, "monday")
    assert entry is not None
    database.session.expire_all()
    (found,) = service.entries(enrolment.id)
    assert (found.person_id, found.strand, found.minutes, found.day) == (
        enrolment.person_id,
        Strand.WORKPLACE,
        360,
        DAY,
    )
    assert (found.starts_at, found.ends_at) == (MORNING, MORNING + timedelta(minutes=420))
    assert (found.source_kind, found.source_id, found.source_version) == ("day_entry", "monday", 1)


def test_the_same_source_is_counted_once(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    assert a_unit(enrolment, "one") is not None
    assert a_unit(enrolment, "one") is None
    assert a_unit(enrolment, "one", minutes=90) is None
    assert service.sums(enrolment.id)[Strand.ONLINE] == 45
    assert _total(enrolment, Strand.ONLINE) == 45


def test_an_hour_of_a_person_counts_once(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_day(enrolment, "monday")
    with pytest.raises(RuleBroken, match="counted already"):
        a_day(enrolment, "monday again", after=419, minutes=60)
    assert service.sums(enrolment.id)[Strand.WORKPLACE] == 360


def test_an_hour_taken_in_one_course_is_taken_in_every_other(database: db.Scope) -> None:
    teacher = a_teacher()
    first = a_running_enrolment(teacher=teacher)
    second = a_running_enrolment(a_published_course(slug="ikinci-kurs"), teacher)
    a_day(first, "monday")
    with pytest.raises(RuleBroken, match="counted already"):
        a_day(second, "elsewhere", strand=Strand.MEETING, source_kind="meeting")


def test_two_people_may_work_at_the_same_time(database: db.Scope) -> None:
    version = a_published_course()
    first, second = a_running_enrolment(version), a_running_enrolment(version)
    assert a_day(first, "monday of one") is not None
    assert a_day(second, "monday of the other") is not None


def test_an_interval_may_begin_when_another_ends(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_day(enrolment, "morning", minutes=60)
    assert a_day(enrolment, "noon", after=120, minutes=60) is not None


def test_units_need_no_interval_and_never_overlap(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_day(enrolment, "monday")
    assert a_unit(enrolment, "one") is not None
    assert a_unit(enrolment, "two") is not None


def test_minutes_longer_than_their_interval_are_a_mistake(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    with pytest.raises(ValueError, match="do not fit"):
        a_day(enrolment, "monday", minutes=60, ends_at=MORNING + timedelta(minutes=59))
    assert service.entries(enrolment.id) == []


def test_a_reversal_takes_the_minutes_back_and_frees_the_interval(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    posted = a_day(enrolment, "monday")
    reversal = service.reverse("day_entry", "monday", 1)
    assert posted is not None
    assert reversal is not None
    assert (reversal.minutes, reversal.reversal_of_id) == (-360, posted.id)
    assert service.sums(enrolment.id)[Strand.WORKPLACE] == 0
    assert _total(enrolment, Strand.WORKPLACE) == 0
    assert a_day(enrolment, "monday", minutes=300, source_version=2) is not None
    assert service.sums(enrolment.id)[Strand.WORKPLACE] == 300
    assert [entry.minutes for entry in service.entries(enrolment.id)] == [360, -360, 300]


def test_nothing_is_reversed_twice(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_day(enrolment, "monday")
    assert service.reverse("day_entry", "monday", 1) is not None
    assert service.reverse("day_entry", "monday", 1) is None
    assert service.reverse("day_entry", "tuesday", 1) is None
    assert service.sums(enrolment.id)[Strand.WORKPLACE] == 0


def test_a_reversed_version_is_not_counted_again(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_unit(enrolment, "one")
    service.reverse("unit", "one")
    assert a_unit(enrolment, "one") is None
    assert service.sums(enrolment.id)[Strand.ONLINE] == 0


def test_the_database_itself_refuses_a_second_entry_of_one_source(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    entry = a_unit(enrolment, "one")
    assert entry is not None
    twin = MinuteEntry(
        **{column.key: getattr(entry, column.key) for column in MinuteEntry.__table__.columns if column.key != "id"}
    )
    with pytest.raises(IntegrityError), database.session.begin_nested():
        database.session.add(twin)


def test_sums_of_many_are_read_in_one_statement(database: db.Scope) -> None:
    version = a_published_course()
    people = [a_running_enrolment(version) for _ in range(3)]
    for number, enrolment in enumerate(people):
        a_unit(enrolment, f"one of {number}", minutes=45 + number)
    before = database.statements
    found = service.sums_of([enrolment.id for enrolment in people])
    assert database.statements == before + 1
    assert [found[enrolment.id][Strand.ONLINE] for enrolment in people] == [45, 46, 47]


def test_sums_of_nobody_cost_nothing(database: db.Scope) -> None:
    before = database.statements
    assert service.sums_of([]) == {}
    assert database.statements == before


def test_every_posting_moves_the_persons_head(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_unit(enrolment, "one")
    a_unit(enrolment, "two")
    service.reverse("unit", "two")
    head = select(LedgerHead.n).where(LedgerHead.person_id == enrolment.person_id)
    assert database.session.scalar(head) == 3


def test_totals_that_say_what_the_entries_say_are_in_order(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_unit(enrolment, "one")
    a_day(enrolment, "monday")
    service.reverse("day_entry", "monday")
    assert service.check() == []


def test_a_total_that_drifted_is_found(database: db.Scope) -> None:
    enrolment = a_running_enrolment()
    a_unit(enrolment, "one")
    a_day(enrolment, "monday")
    database.session.execute(update(MinuteTotal).where(MinuteTotal.strand == Strand.ONLINE).values(minutes=90))
    (difference,) = service.check()
    assert (difference.enrolment_id, difference.strand) == (enrolment.id, Strand.ONLINE)
    assert (difference.total, difference.counted) == (90, 45)
