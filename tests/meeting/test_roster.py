"""Rosters: marked as often as needed, closed once, corrected with a reason; the ledger says the same."""

from collections.abc import Iterator
from datetime import time

import pytest

from lmp.certificate import service as certificate
from lmp.content.policy import CompletionPolicy
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.meeting import service
from lmp.meeting.models import Excuse, Mark
from lmp.meeting.rules import Choice
from lmp.meeting.service import HoursTaken
from tests.builders.accounts import a_centre, a_network_administrator, a_trainer, acting
from tests.builders.mails import mails, told
from tests.builders.meeting import (
    ABSENT,
    MONDAY,
    PRESENT,
    WEDNESDAY,
    a_meeting_course,
    a_meeting_run,
    halves,
    held,
    marked,
    participants,
    teaching,
)

pytestmark = pytest.mark.usefixtures("database")
REPORT = Choice(Mark.EXCUSED, Excuse.REPORT)


@pytest.fixture(autouse=True)
def _monday_evening() -> Iterator[None]:
    with clock.at(clock.wall(MONDAY, time(18))):
        yield


def minutes(enrolment: Enrolment) -> int:
    """The minutes of the face-to-face strand in the ledger."""
    return hours.sums(enrolment.id)[Strand.MEETING]


def what_it_says(run: Run, place: int = 0) -> dict[str, Choice | None]:
    """The roster of a half day, by name."""
    return {line.name: line.choice for line in service.roster(halves(run)[place])}


def test_a_roster_holds_everybody_with_a_place_in_turkish_order() -> None:
    run = a_meeting_run()
    participants(run, ("Oya Demo", "Ilgın Demo", "Çağla Demo", "İpek Demo", "Can Demo", "Ömür Demo"))
    names = [line.name for line in service.roster(halves(run)[0])]
    assert names == ["Can Demo", "Çağla Demo", "Ilgın Demo", "İpek Demo", "Oya Demo", "Ömür Demo"]


def test_a_roster_is_saved_as_often_as_needed() -> None:
    run = a_meeting_run()
    ayse, cagla, _ilgin = participants(run)
    half = halves(run)[0]
    marked(half, {ayse: PRESENT, cagla: ABSENT})
    marked(half, {cagla: REPORT})
    assert what_it_says(run) == {"Ayşe Demo": PRESENT, "Çağla Demo": REPORT, "Ilgın Demo": None}
    assert minutes(ayse) == 0


def test_everybody_else_is_present_keeps_the_exceptions() -> None:
    run = a_meeting_run()
    ayse, cagla, _ilgin = participants(run)
    half = halves(run)[0]
    marked(half, {ayse: ABSENT})
    marked(half, {cagla: REPORT}, rest_present=True)
    assert what_it_says(run) == {"Ayşe Demo": ABSENT, "Çağla Demo": REPORT, "Ilgın Demo": PRESENT}


def test_two_trainers_at_once_lose_no_marks() -> None:
    run = a_meeting_run()
    ayse, cagla, _ilgin = participants(run)
    half = halves(run)[0]
    nothing = dict.fromkeys((ayse.id, cagla.id))
    service.mark(half, {ayse.id: PRESENT}, seen=nothing, by=teaching(run))
    service.mark(half, {cagla.id: ABSENT}, seen=nothing, by=teaching(run))
    assert what_it_says(run) == {"Ayşe Demo": PRESENT, "Çağla Demo": ABSENT, "Ilgın Demo": None}


def test_two_trainers_who_disagree_about_a_person_are_told() -> None:
    run = a_meeting_run()
    ayse, cagla, _ilgin = participants(run)
    half = halves(run)[0]
    service.mark(half, {ayse.id: PRESENT}, seen={}, by=teaching(run))
    with pytest.raises(Conflict) as conflict:
        service.mark(half, {ayse.id: ABSENT, cagla.id: PRESENT}, seen={}, by=teaching(run))
    assert "Ayşe Demo" in conflict.value.message.in_language("tr")
    assert what_it_says(run)["Çağla Demo"] is None


def test_an_excuse_has_a_kind() -> None:
    run = a_meeting_run()
    ayse, *_ = participants(run)
    with pytest.raises(RuleBroken) as broken:
        marked(halves(run)[0], {ayse: Choice(Mark.EXCUSED)})
    assert broken.value.field == "excuse"


def test_nobody_is_marked_before_the_day() -> None:
    run = a_meeting_run()
    ayse, *_ = participants(run)
    with pytest.raises(RuleBroken):
        marked(halves(run)[2], {ayse: PRESENT})


def test_closing_posts_the_minutes_of_those_who_were_there_once() -> None:
    run = a_meeting_run()
    ayse, cagla, ilgin = participants(run)
    half = halves(run)[0]
    assert held(half, {cagla: ABSENT, ilgin: REPORT}) == 1
    assert (minutes(ayse), minutes(cagla), minutes(ilgin)) == (180, 0, 0)
    entry = hours.entries(ayse.id)[0]
    assert (entry.source_kind, entry.starts_at, entry.ends_at) == ("attendance", half.starts_at, half.ends_at)
    assert (entry.day, entry.minutes) == (MONDAY, 180)
    with pytest.raises(Conflict):
        service.close(half, by=teaching(run))
    assert hours.check() == []


def test_a_roster_is_not_closed_before_the_end() -> None:
    run = a_meeting_run()
    participants(run)
    half = halves(run)[1]
    with clock.at(clock.wall(MONDAY, time(15, 59))):
        marked(half, {}, rest_present=True)
        with pytest.raises(RuleBroken) as broken:
            service.close(half, by=teaching(run))
    assert "16.00" in broken.value.message.in_language("tr")
    assert half.closed_at is None


def test_a_roster_is_not_closed_while_somebody_has_no_mark() -> None:
    run = a_meeting_run()
    ayse, *_ = participants(run)
    half = halves(run)[0]
    marked(half, {ayse: PRESENT})
    with pytest.raises(RuleBroken) as broken:
        service.close(half, by=teaching(run))
    assert broken.value.message.values["n"] == 2
    db.session().refresh(half)
    assert half.closed_at is None


def test_a_closed_roster_is_marked_no_more() -> None:
    run = a_meeting_run()
    ayse, *_ = participants(run)
    half = halves(run)[0]
    held(half)
    with pytest.raises(Conflict):
        marked(half, {ayse: ABSENT})
    assert minutes(ayse) == 180


def counted_elsewhere(enrolment: Enrolment) -> None:
    """An hour of Monday morning that the workplace has counted already."""
    starts_at = clock.wall(MONDAY, time(10))
    hours.post(
        enrolment=enrolment,
        strand=Strand.WORKPLACE,
        minutes=60,
        day=MONDAY,
        source_kind="day_entry",
        source_id="elsewhere",
        starts_at=starts_at,
        ends_at=starts_at + clock.minutes(60),
    )


def test_hours_that_are_counted_already_are_refused_by_name_and_nothing_is_posted() -> None:
    run = a_meeting_run()
    ayse, cagla, _ilgin = participants(run)
    counted_elsewhere(cagla)
    half = halves(run)[0]
    marked(half, {}, rest_present=True)
    with pytest.raises(HoursTaken) as taken:
        service.close(half, by=teaching(run))
    assert [(clash.enrolment_id, clash.name) for clash in taken.value.clashes] == [(cagla.id, "Çağla Demo")]
    assert "10.00–11.00" in taken.value.message.in_language("tr")
    assert minutes(ayse) == 0


def test_a_roster_is_closed_without_hours_that_are_counted_already() -> None:
    run = a_meeting_run()
    ayse, cagla, ilgin = participants(run)
    counted_elsewhere(cagla)
    half = halves(run)[0]
    marked(half, {}, rest_present=True)
    assert service.close(half, without={cagla.id}, by=teaching(run)) == 2
    assert (minutes(ayse), minutes(cagla), minutes(ilgin)) == (180, 0, 180)
    lines = {line.name: (line.choice, line.counted) for line in service.roster(half)}
    assert lines["Çağla Demo"] == (PRESENT, False)
    hours.reverse("day_entry", "elsewhere")
    service.correct(half, cagla.id, PRESENT, reason="İşletme günü düzeltildi", by=teaching(run))
    assert minutes(cagla) == 180


def test_a_correction_reverses_with_a_reason_and_tells_the_teacher() -> None:
    run = a_meeting_run()
    ayse, *_ = participants(run)
    half = halves(run)[0]
    held(half)
    service.correct(half, ayse.id, REPORT, reason="Raporu sonra geldi", by=teaching(run))
    assert minutes(ayse) == 0
    assert [entry.minutes for entry in hours.entries(ayse.id)] == [180, -180]
    service.correct(half, ayse.id, PRESENT, reason="Rapor başka güne aitmiş", by=teaching(run))
    assert minutes(ayse) == 180
    assert [entry.minutes for entry in hours.entries(ayse.id)] == [180, -180, 180]
    assert [one.detail.tr for one in told("meeting/corrected")] == ["Raporu sonra geldi", "Rapor başka güne aitmiş"]
    assert mails("meeting/corrected") == []  # it waits for the daily mail
    own = service.own_halves([ayse])[ayse.id][0]
    assert own.attendance is not None
    assert (own.choice, own.attendance.corrected_why) == (PRESENT, "Rapor başka güne aitmiş")
    assert hours.check() == []


def test_a_correction_needs_a_reason_and_a_difference() -> None:
    run = a_meeting_run()
    ayse, *_ = participants(run)
    half = halves(run)[0]
    with pytest.raises(Conflict):
        service.correct(half, ayse.id, ABSENT, reason="Henüz açık", by=teaching(run))
    held(half)
    for choice, reason, field in ((ABSENT, "  ", "reason"), (PRESENT, "Aynısı", "mark")):
        with pytest.raises(RuleBroken) as broken:
            service.correct(half, ayse.id, choice, reason=reason, by=teaching(run))
        assert broken.value.field == field
    assert len(hours.entries(ayse.id)) == 1


def test_somebody_the_roster_had_missed_is_added_with_a_reason() -> None:
    run = a_meeting_run()
    participants(run)
    half = halves(run)[0]
    held(half)
    (late,) = participants(run, ("Zeki Demo",))
    service.correct(half, late.id, PRESENT, reason="Listede adı yoktu", by=teaching(run))
    assert minutes(late) == 180


def test_somebody_who_withdrew_is_left_out_and_named() -> None:
    run = a_meeting_run()
    ayse, cagla, ilgin = participants(run)
    half = halves(run)[0]
    marked(half, {ayse: PRESENT})
    enrolments.withdraw(ayse, reason="Okulda görev", by=acting(ayse.person))
    enrolments.withdraw(cagla, reason="Okulda görev", by=acting(cagla.person))
    gone = service.mark(half, {ayse.id: ABSENT, ilgin.id: PRESENT}, seen={ayse.id: PRESENT}, by=teaching(run))
    assert gone == ["Ayşe Demo"]
    assert [(line.name, line.takes_part) for line in service.roster(half)] == [
        ("Ayşe Demo", False),
        ("Ilgın Demo", True),
    ]
    assert service.close(half, by=teaching(run)) == 1
    assert minutes(ayse) == 0
    with pytest.raises(RuleBroken):
        service.correct(half, ayse.id, ABSENT, reason="Ayrıldı", by=teaching(run))


def test_people_of_another_run_are_not_marked() -> None:
    version = a_meeting_course()
    run, other = a_meeting_run(version), a_meeting_run(version)
    participants(run)
    (foreign,) = participants(other, ("Yabancı Demo",))
    half = halves(run)[0]
    assert service.mark(half, {foreign.id: PRESENT}, seen={}, by=teaching(run)) == []
    assert "Yabancı Demo" not in what_it_says(run)
    held(half)
    with pytest.raises(NotFound):
        service.correct(half, foreign.id, PRESENT, reason="Yanlış liste", by=teaching(run))


def test_nobody_but_the_runs_staff_marks() -> None:
    run = a_meeting_run()
    ayse, *_ = participants(run)
    half = halves(run)[0]
    for actor in (acting(a_trainer(a_centre(), "Başka Demo")), acting(ayse.person)):
        with pytest.raises(NotFound):
            marked(half, {ayse: PRESENT}, by=actor)
    with pytest.raises(NotAllowed):
        marked(half, {ayse: PRESENT}, by=acting(a_network_administrator()))


def left_to_do(enrolment: Enrolment) -> list[str]:
    """What is missing face to face, in Turkish."""
    missing = certificate.standing_of(enrolment).missing
    return [one.message.in_language("tr") for one in missing if one.strand == "meeting"]


def test_completion_explains_itself_half_day_by_half_day() -> None:
    run = a_meeting_run()
    ayse, cagla, _ilgin = participants(run)
    plan = halves(run)
    assert len(left_to_do(ayse)) == 2
    with clock.at(clock.wall(WEDNESDAY, time(18))):
        held(plan[0], {cagla: ABSENT})
        held(plan[1], {cagla: ABSENT})
        held(plan[2])
        held(plan[3], {ayse: ABSENT})
        assert "1 yarım gün" in left_to_do(ayse)[0]
        held(plan[4])
        assert left_to_do(ayse) == []
        assert "360" in left_to_do(cagla)[0]
        assert "180" in left_to_do(cagla)[0]
    standing = certificate.standing_of(ayse)
    assert standing.evidence.earned["meeting"] == 720
    assert "meeting" in standing.proven


def test_an_excuse_counts_as_absence_unless_the_policy_says_otherwise() -> None:
    version = a_meeting_course()
    usual = CompletionPolicy.model_validate(a_meeting_run(version).policy)
    mild = a_meeting_run(version, policy=usual.model_copy(update={"excused": ("report",)}))
    strict = a_meeting_run(version)
    people = [participants(run, ("Raporlu Demo", "İzinli Demo")) for run in (strict, mild)]
    leave = Choice(Mark.EXCUSED, Excuse.LEAVE)
    with clock.at(clock.wall(WEDNESDAY, time(18))):
        for run, (reported, on_leave) in zip((strict, mild), people, strict=True):
            for place, half in enumerate(halves(run)):
                held(half, {reported: REPORT, on_leave: leave} if place < 2 else {})
        assert left_to_do(people[0][0])
        assert left_to_do(people[0][1])
        assert left_to_do(people[1][0]) == []
        assert left_to_do(people[1][1])
