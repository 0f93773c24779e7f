"""Runs that are cancelled or moved, and enrolments that the centre ends, on both databases."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from lmp.access import Actor
from lmp.app import job_handlers
from lmp.audit import service as audit
from lmp.certificate import service as certificate
from lmp.core import clock, db, jobs
from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, Gone, NotAllowed, NotFound, RuleBroken
from lmp.enrolment import changing, rules, service
from lmp.enrolment.models import EnrolmentState, Run, RunState
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.learning import service as learning
from lmp.practical import service as practical
from lmp.workplace import service as workplace
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_teacher,
    a_trainer,
    acting,
    an_assessor,
)
from tests.builders.enrolment import NOBODY, a_run, a_seated_teacher, an_application, approved
from tests.builders.mails import mails, readers, told
from tests.builders.workplace import (
    MONDAY,
    a_day,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
    an_administrator,
    found_again,
    newest_link,
    the_bearer,
    today_is,
    told_day,
)
from tests.enrolment.facts import states

pytestmark = pytest.mark.usefixtures("database")
S = EnrolmentState
WHY = Bilingual("Atölye su bastığı için kullanılamıyor.", "The workshop is flooded.")


def administrator_of(run: Run) -> Actor:
    return acting(a_centre_administrator(run.centre))


def cancel(run: Run, by: Actor | None = None) -> int:
    return service.ending.cancel_run(run, WHY, by=by or administrator_of(run))


def worked() -> None:
    """The worker does what waits for it."""
    db.session().flush()
    for name, payload in waiting_jobs():
        job_handlers()[name](payload)


def waiting_jobs() -> list[tuple[str, dict[str, object]]]:
    found = db.session().query(jobs.Job).filter(jobs.Job.name == "enrolment.tell_change")
    return [(job.name, job.payload) for job in found]


# --- cancelling a run


def test_cancelling_ends_everybody_who_has_not_ended_frees_the_seats_and_offers_nothing_to_reserves() -> None:
    run = a_run(capacity=1)
    seated = approved(an_application(run))
    reserve, waits, gone = approved(an_application(run)), an_application(run), an_application(run)
    service.withdraw(gone, reason="", by=acting(gone.person))
    assert service.ending.touched(run) == {S.MAIN_LIST: 1, S.RESERVE_LIST: 1, S.IN_APPROVAL: 1}
    assert cancel(run) == 3
    assert states([seated, reserve, waits, gone]) == [S.CANCELLED, S.CANCELLED, S.CANCELLED, S.WITHDRAWN]
    assert (run.state, run.seats_taken) == (RunState.CANCELLED, 0)
    assert audit.history(run)[-1].act == "enrolment.run_cancelled"
    assert service.queue_of(acting(waits.person)) == []


def test_everybody_of_a_cancelled_run_is_told_once_in_their_language_and_so_are_its_trainers() -> None:
    trainer = a_trainer()
    run = a_run(chain=NOBODY, trainers=[trainer])
    turk, foreigner, gone = a_teacher("Ayşe Demo"), a_teacher("John Demo"), a_teacher("Giden Demo")
    foreigner.lang = "en"
    for one in (turk, foreigner):
        a_seated_teacher(run, one)
    left = a_seated_teacher(run, gone)
    service.ending.end_enrolment(left, "Başka ile atandı.", by=administrator_of(run))
    with clock.at(clock.now() + timedelta(hours=1)):
        cancel(run)
        worked()
        worked()
        sent = {one.to_address: one for one in mails("enrolment/run_cancelled")}
    assert {turk.email, foreigner.email, trainer.email} <= set(sent)
    assert gone.email not in sent
    assert len(mails("enrolment/run_cancelled")) == len(sent)
    assert WHY.tr in (sent[turk.email].text or "")
    assert WHY.en in (sent[foreigner.email].text or "")
    assert "/course/demo-kurs" in (sent[turk.email].text or "")
    assert "/interest/course/demo-kurs" in (sent[turk.email].text or "")
    assert readers("enrolment/ended") == [gone.email]


@pytest.mark.parametrize(("why", "field"), [(Bilingual("", "Flooded"), "why_tr"), (Bilingual("Su", "  "), "why_en")])
def test_a_run_is_cancelled_with_a_reason_in_both_languages(why: Bilingual, field: str) -> None:
    run = a_run()
    with pytest.raises(RuleBroken) as broken:
        service.ending.cancel_run(run, why, by=administrator_of(run))
    assert broken.value.field == field
    assert run.state is RunState.OPEN


def test_only_the_centres_administrator_cancels_moves_or_ends() -> None:
    run = a_run(chain=NOBODY)
    one = a_seated_teacher(run)
    elsewhere = acting(a_centre_administrator(a_centre("smm-bur-tophane")))
    with pytest.raises(NotFound):
        cancel(run, elsewhere)
    with pytest.raises(NotFound):
        cancel(run, acting(one.person))
    with pytest.raises(NotFound):
        move(run, 3, by=elsewhere)
    with pytest.raises(NotAllowed):
        service.ending.end_enrolment(one, "Gitti", by=acting(one.person))


def test_a_run_is_cancelled_once_and_nobody_applies_or_decides_afterwards() -> None:
    run = a_run()
    waits = an_application(run)
    step = service.open_step(waits)
    cancel(run)
    with pytest.raises(RuleBroken, match="cancelled"):
        cancel(run)
    with pytest.raises(RuleBroken, match="cancelled"):
        an_application(run)
    assert step is not None
    assert not service.is_open(step)


def test_whoever_applies_while_the_run_is_cancelled_is_refused() -> None:
    run, teacher = a_run(chain=NOBODY), a_teacher()
    cancel(run)
    set_committed_value(run, "state", RunState.OPEN)  # what the other request has read before
    with pytest.raises(RuleBroken, match="cancelled"):
        an_application(run, teacher)


def test_a_cancelled_run_stands_in_no_catalogue_and_no_calendar() -> None:
    run = a_run()
    cancel(run)
    db.session().flush()
    assert service.open_runs_of_course(run.course_id) == []
    assert service.upcoming_runs(10) == []
    assert run in service.runs_of(administrator_of(run), closed=True)


def test_minutes_stay_and_nobody_writes_into_a_cancelled_run() -> None:
    assessor = an_assessor()
    with today_is():
        enrolment = a_teacher_in_a_run(assessors=[assessor])
        placement = a_placement(enrolment)
        a_day(placement)
        week, link = a_sent_week(placement, [MONDAY]), newest_link()
        hours.post(
            enrolment=enrolment, strand=Strand.ONLINE, minutes=45, day=MONDAY, source_kind="unit", source_id="hazirlik"
        )
        service.begin(enrolment.run, by=acting(an_administrator(enrolment)))
        assert states([enrolment]) == [S.ACTIVE]
        cancel(enrolment.run, acting(an_administrator(enrolment)))
        placement = found_again(placement)
        assert hours.sums(enrolment.id)[Strand.ONLINE] == 45
        assert workplace.sent_weeks(placement, [MONDAY]) == []
        with pytest.raises(Gone):
            workplace.confirm(week, link, by=the_bearer(link))
        with pytest.raises(RuleBroken, match="not running"):
            workplace.save_day(placement, **told_day(placement, MONDAY))
        with pytest.raises(NotAllowed):
            learning.start_quiz(enrolment, "hazirlik", by=acting(enrolment.person))
        with pytest.raises(RuleBroken, match="cancelled"):
            practical.save(enrolment, levels={}, on=MONDAY, starts=time(9), remark="", version=0, by=acting(assessor))
        assert certificate.candidates(enrolment.run) == []
        with pytest.raises(RuleBroken):
            certificate.prepare(enrolment.run, [enrolment.id], by=acting(an_administrator(enrolment)))


# --- ending one enrolment


def test_a_seat_that_the_centre_ends_goes_to_the_next_reserve_and_the_person_reads_why() -> None:
    run = a_run(capacity=1, chain=NOBODY)
    seated, reserve = a_seated_teacher(run), an_application(run)
    service.ending.end_enrolment(seated, "  Başka ile atandı.  ", by=administrator_of(run))
    assert states([seated, reserve]) == [S.CANCELLED, S.MAIN_LIST]
    (notice,) = told("enrolment/ended")
    assert (notice.person_id, notice.kind, notice.detail.tr) == (seated.person_id, "run.changed", "Başka ile atandı.")
    last = service.timeline(seated)[-1]
    assert (last.title.msgid, last.reason) == ("The centre ended it", "Başka ile atandı.")
    with pytest.raises(rules.Changed):
        service.ending.end_enrolment(seated, "Yine", by=administrator_of(run))


def test_an_enrolment_ends_with_a_reason() -> None:
    run = a_run(chain=NOBODY)
    one = a_seated_teacher(run)
    with pytest.raises(RuleBroken) as broken:
        service.ending.end_enrolment(one, " ", by=administrator_of(run))
    assert broken.value.field == "reason"


def test_the_timeline_of_a_cancelled_run_says_why_in_both_languages() -> None:
    run = a_run(chain=NOBODY)
    one = a_seated_teacher(run)
    cancel(run)
    last = service.timeline(one)[-1]
    assert (last.title.msgid, last.reason) == ("The run was cancelled", WHY)


# --- moving a run


def move(run: Run, days: int, *, longer: int = 0, by: Actor | None = None, until: date | None = None) -> None:
    service.moving.change_dates(
        run,
        starts_on=run.starts_on + timedelta(days=days),
        ends_on=run.ends_on + timedelta(days=days + longer),
        apply_until_on=until or run.apply_until_on,
        why=WHY,
        by=by or administrator_of(run),
    )


def test_a_run_that_is_moved_has_the_new_days_and_everybody_reads_the_old_and_the_new_ones() -> None:
    run = a_run(chain=NOBODY, capacity=1)
    first = run.starts_on
    seated, reserve = a_seated_teacher(run), an_application(run)
    move(run, 14)
    worked()
    worked()
    assert run.starts_on == first + timedelta(days=14)
    assert {seated.person.email, reserve.person.email} <= set(readers("enrolment/dates_changed"))
    assert len(readers("enrolment/dates_changed")) == len(set(readers("enrolment/dates_changed")))
    assert audit.history(run)[-1].act == "enrolment.dates_changed"


def test_a_run_that_has_begun_keeps_its_dates() -> None:
    run = a_run(chain=NOBODY)
    by = administrator_of(run)
    with clock.at(clock.wall(run.starts_on, time(8))), pytest.raises(Conflict, match="began"):
        move(run, 7, by=Actor(by.kind, id=by.id, name=by.name, grants=by.grants))


def test_a_held_place_is_answered_before_the_new_first_day() -> None:
    run = a_run(chain=NOBODY, capacity=1, offer_hours=72)
    seated, reserve = a_seated_teacher(run), an_application(run)
    service.withdraw(seated, reason="", by=acting(seated.person))
    assert states([reserve]) == [S.OFFERED]
    with pytest.raises(RuleBroken, match="held") as broken:
        service.moving.change_dates(
            run,
            starts_on=clock.today() + timedelta(days=1),
            ends_on=run.ends_on,
            apply_until_on=clock.today(),
            why=WHY,
            by=administrator_of(run),
        )
    assert broken.value.field == "starts_on"


def dates(first: int, last: int, until: int) -> rules.Dates:
    """Days of December 2026; applications opened on the first."""
    return rules.Dates(
        starts_on=date(2026, 12, first),
        ends_on=date(2026, 12, last),
        apply_from_on=date(2026, 12, 1),
        apply_until_on=date(2026, 12, until),
    )


def test_applications_that_are_over_stay_over_when_a_run_is_moved() -> None:
    moved = changing.new_dates(
        dates(14, 18, 5),
        starts_on=date(2026, 12, 21),
        ends_on=date(2026, 12, 25),
        apply_until_on=None,
        today=date(2026, 12, 10),
    )
    assert moved == dates(21, 25, 5)


@pytest.mark.parametrize(
    ("first", "last", "until", "field"),
    [(10, 18, 9, "starts_on"), (21, 20, 15, "ends_on"), (14, 18, 12, "starts_on"), (21, 25, 22, "apply_until_on")],
)
def test_dates_that_cannot_be_are_refused_at_their_field(first: int, last: int, until: int, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        changing.new_dates(
            dates(14, 18, 12),
            starts_on=date(2026, 12, first),
            ends_on=date(2026, 12, last),
            apply_until_on=date(2026, 12, until),
            today=date(2026, 12, 10),
        )
    assert broken.value.field == field
