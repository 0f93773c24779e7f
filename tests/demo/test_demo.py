"""The demo network: everything in it holds together, and everybody in it has something to do."""

import os
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from lmp.access import Actor, Role
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.audit.models import AuditEntry
from lmp.certificate import service as certificate
from lmp.certificate.models import Certificate, RevocationKind
from lmp.config import Config
from lmp.content import service as content
from lmp.content.models import CourseVersion, Draft, Revision
from lmp.content.service import origins
from lmp.core import clock, db, files
from lmp.core.files import StoredFile
from lmp.core.jobs import Job, JobState
from lmp.core.mail import Mail
from lmp.demo import people, shelf
from lmp.demo import service as demo
from lmp.demo.course import SLUG
from lmp.demo.days import Calendar, read_calendar
from lmp.demo.lives import Life
from lmp.demo.story import running
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, EnrolmentState, Run
from lmp.enrolment.rules import HOLDING
from lmp.hours import service as hours
from lmp.learning import service as learning
from lmp.network.models import Company, School
from lmp.practical import service as practical
from lmp.reports import service as reports
from lmp.reports.models import Measure
from lmp.reports.rules import last_twelve
from lmp.workplace import service as workplace
from lmp.workplace.models import DayEntry, DayState
from lmp.workplace.rules import LATE_AFTER
from tests.demo.shared import PASSWORD, loaded


def _somebody(key: str) -> Person:
    found = accounts.find_person(people.address_of(key))
    assert found is not None
    return found


def _acting(key: str) -> Actor:
    return accounts.actor_of(_somebody(key))


def _runs() -> list[Run]:
    """The runs by their first day: older, central, ended, running, small, coming, later; without those of the history."""
    found = list(db.session().scalars(select(Run).order_by(Run.starts_on)).unique())
    return [found[0], *found[1 + len(people.HISTORY) :]]


def test_the_past_year_has_figures_to_tell(demo_network: Config) -> None:
    overview = reports.network_overview(last_twelve(clock.today()), None, by=_acting("bakanlik"))
    assert sum(number > 0 for _month, number in overview.facts.months(Measure.ISSUED)) >= len(people.HISTORY)
    assert len(overview.facts.keys(Measure.PROVINCE)) >= 12
    assert not reports.check()


def test_somebody_knows_the_day_of_the_practical_test_and_somebody_does_not(demo_network: Config) -> None:
    waiting = practical.candidates(_acting("degerlendirici"))
    days = practical.days_of(one.enrolment.id for one in waiting)
    assert 0 < len(days) < len(waiting)
    assert all(one.on > clock.today() for one in days.values())


def test_nothing_that_lives_relies_on_a_blob_without_a_row(demo_network: Config) -> None:
    named = set(db.session().scalars(select(StoredFile.sha256)))
    media: set[str] = set()
    for model in (Draft, Revision, CourseVersion):
        for held in db.session().scalars(select(model.media)):
            media |= {medium[key] for medium in held.values() for key in ("sha256", "served")}
    assert media
    assert media <= named
    kinds = set(db.session().scalars(select(StoredFile.owner_kind)))
    assert {"course", "day_entry", "certificate"} <= kinds
    folder = demo_network.data / "files"
    blobs = [path for path in folder.glob("??/??/*") if path.suffix != ".part"]
    assert {path.name for path in blobs} == named
    for path in blobs:
        os.utime(path, (0, 0))
    assert files.sweep() == 0


def _counts() -> dict[str, Any]:
    """How many rows every table has, and the names that people see."""
    found: dict[str, Any] = {
        table.name: db.session().scalar(select(func.count()).select_from(table))
        for table in db.Model.metadata.sorted_tables
    }
    for model in (Person, School, Company):
        found[f"names of {model.__tablename__}"] = sorted(db.session().scalars(select(model.name)))
    found["states"] = Counter(
        (on, state) for on, state in db.session().execute(select(Run.starts_on, Enrolment.state).join(Enrolment))
    )
    return found


def test_loading_twice_changes_nothing(installation: Config) -> None:
    with db.reading():
        before = _counts()
    assert not demo.load(password=PASSWORD, courses=installation.courses)
    with db.reading():
        assert _counts() == before


def test_starting_over_gives_the_same_network(installation: Config) -> None:
    if db.is_postgres():
        pytest.skip("the fixture has dropped and loaded here already; a second load says nothing about PostgreSQL")
    with db.reading():
        before = _counts()
    demo.drop(migrations=installation.migrations, files=installation.data / "files")
    assert not (installation.data / "files").exists()
    assert loaded(installation)
    with db.reading():
        assert _counts() == before


@pytest.mark.parametrize(("key", "name", "role"), people.STAFF)
def test_every_demo_person_can_sign_in_and_holds_their_role(
    installation: Config, key: str, name: str, role: Role
) -> None:
    with db.work():
        _token, who = accounts.sign_in(people.address_of(key), PASSWORD, place="127.0.0.1", agent="tests")
        assert who.name == name
        assert accounts.actor_of(who).has(role)


def test_the_people_to_try_are_listed_with_their_roles() -> None:
    listed = demo.people()
    assert ("ogretmen@demo.example", "Demo Öğretmen", "teacher") in listed
    assert len(listed) == len({email for email, _, _ in listed}) == 7


def test_nobody_of_the_demo_could_be_taken_for_somebody_real(demo_network: Config) -> None:
    for person in db.session().scalars(select(Person)).unique():
        assert "Demo" in person.name
        assert person.email.endswith("@demo.example")
        assert person.is_demo
    assert all("Demo" in name for name in db.session().scalars(select(School.name)))
    assert all("Demo" in name for name in db.session().scalars(select(Company.name)))
    assert all(to.endswith("@demo.example") for to in db.session().scalars(select(Mail.to_address)))


# what always holds


def test_no_run_has_more_people_than_seats(demo_network: Config) -> None:
    for run in _runs():
        people = enrolments.enrolments_in(run.id)
        holding = [one for one in people if one.state in HOLDING | {EnrolmentState.CLOSED}]
        assert len(holding) == run.seats_taken <= run.capacity


def test_every_sum_of_minutes_is_what_its_entries_say(demo_network: Config) -> None:
    assert hours.check() == []


def test_the_record_of_acts_is_sealed_and_verifies(demo_network: Config) -> None:
    verdict = audit.verify()
    assert verdict.holds
    assert (verdict.unsealed, verdict.sealed > 1000) == (0, True)


def test_nothing_has_happened_in_the_future(demo_network: Config) -> None:
    now = clock.now()
    for column in (AuditEntry.at, Mail.queued_at, Job.run_at, DayEntry.saved_at, Certificate.issued_at):
        latest = db.session().scalar(select(func.max(column)))
        assert latest is not None
        assert latest <= now


def test_every_job_has_run_and_every_certificate_is_printed(demo_network: Config) -> None:
    states = Counter(db.session().scalars(select(Job.state)))
    assert set(states) == {JobState.DONE}
    for issued in certificate.all_certificates():
        (kept,) = files.owned("certificate", issued.id)
        assert files.read(kept).startswith(b"%PDF")


# everybody has something to do


def test_the_teacher_has_begun_units_confirmed_days_and_one_day_to_write(demo_network: Config) -> None:
    now, before = enrolments.enrolments_of(_somebody("ogretmen").id)
    assert (now.state, before.state) == (EnrolmentState.ACTIVE, EnrolmentState.CLOSED)
    progress = learning.units_progress(now)
    assert [(unit.proven, unit.begun) for unit in progress] == [(True, True), (False, True), (False, False)]
    placement = workplace.placement_of(now.id)
    assert placement is not None
    assert placement.mentor.name == "Demo Usta"
    done = workplace.days_progress(placement)
    assert (done.confirmed, done.sent, done.returned) == (5, 0, 0)
    assert done.draft >= 1
    _, rows = workplace.whole_log(placement)
    assert any(row.photos for row in rows)
    plan, today = workplace.plan_of(placement), clock.today()
    to_write = today if today in plan.working else max(day for day in plan.working if day < today)
    assert workplace.day(placement, to_write).state == "not_started"
    assert workplace.day(placement, to_write).refused is None


def test_the_teacher_holds_a_certificate_that_anybody_can_verify(demo_network: Config) -> None:
    (held,) = certificate.certificates_of_person(_somebody("ogretmen").id)
    assert held.revoked_at is None
    assert certificate.find_by_code(held.code) == held


def test_one_certificate_was_revoked_and_replaced(demo_network: Config) -> None:
    (former,) = [one for one in certificate.all_certificates() if one.revoked_at is not None]
    replacement = certificate.replacement_of(former)
    assert former.revocation_kind is RevocationKind.CORRECTION
    assert replacement is not None
    assert replacement.revoked_at is None
    assert "DEMO-0001" in replacement.record
    assert "DEMO-0001" not in former.record


def test_the_principal_is_asked_about_three_colleagues_one_of_them_late(demo_network: Config) -> None:
    queue = enrolments.queue_of(_acting("okulmuduru"))
    assert {step.enrolment.person.name for step in queue} == {"Aslı Demo", "Deniz Demo", "Ferhat Demo"}
    late = [step for step in queue if step.due_on is not None and step.due_on < clock.today()]
    assert [step.enrolment.person.name for step in late] == ["Ferhat Demo"]


def test_the_coordinator_finds_people_to_certify_and_somebody_without_a_company(demo_network: Config) -> None:
    _older, central, ended, now, *_ = _runs()
    standings = certificate.standings(certificate.candidates(ended))
    assert sum(one.is_ready for one in standings) == 4
    reasons = {frozenset(missing.message.msgid for missing in one.missing) for one in standings if not one.is_ready}
    assert len(reasons) == len(standings) - 4 == 5
    assert certificate.waiting_batch(central) is not None
    without = [one for one in enrolments.enrolments_in(now.id) if workplace.placement_of(one.id) is None]
    assert [one.person.name for one in without] == ["Elif Demo"]


def test_the_assessor_has_people_to_test_and_one_who_failed_at_a_critical_step(demo_network: Config) -> None:
    now = _runs()[3]
    candidates = [one for one in practical.candidates(_acting("degerlendirici")) if one.enrolment.run_id == now.id]
    standings = {one.enrolment.id: one for one in certificate.standings([one.enrolment for one in candidates])}
    untested = [
        one
        for one in candidates
        if one.decided is None and {missing.strand for missing in standings[one.enrolment.id].missing} == {"practical"}
    ]
    assert len(untested) == 2
    failed = [one.decided for one in candidates if one.decided is not None and not one.decided.passed]
    assert [bool(practical.judged(test).failed_steps) for test in failed] == [True]


def test_the_mentor_is_waited_for_and_one_day_came_back(demo_network: Config) -> None:
    now = _runs()[3]
    states = Counter(
        row.entry.state
        for one in enrolments.enrolments_in(now.id)
        if (placement := workplace.placement_of(one.id)) is not None
        for row in workplace.whole_log(placement)[1]
        if row.entry is not None
    )
    assert (states[DayState.SENT], states[DayState.RETURNED]) == (2, 1)


def test_the_ministry_has_a_batch_to_confirm(demo_network: Config) -> None:
    (batch,) = certificate.batches_to_sign(_acting("bakanlik"))
    assert len(batch.enrolment_ids) == 6


def test_the_reviewer_can_publish_the_second_draft_and_its_author_cannot(demo_network: Config) -> None:
    draft, current = content.draft(SLUG), content.current_version(SLUG)
    assert (draft.author_id, current.number) == (_somebody("egitimgorevlisi").id, 1)
    assert _somebody("inceleyen") in content.reviewers(draft)
    assert _somebody("egitimgorevlisi") not in content.reviewers(draft)
    (change,) = content.changes_since(draft, current)
    assert change.langs == ("tr", "en")
    assert [finding for finding in content.check_draft(draft) if finding.severity == "error"] == []


def test_the_catalogue_offers_runs_that_are_open_full_and_far_away(demo_network: Config) -> None:
    runs = enrolments.upcoming_runs(20)
    assert {run.course.slug for run in runs} >= set(shelf.PLANS)
    upcoming = [run for run in runs if run.course.slug == SLUG]
    assert [enrolments.places_left(run) for run in upcoming] == [0, 6, 16]
    assert all(run.apply_from_on <= clock.today() <= run.apply_until_on for run in upcoming)
    tally = enrolments.tallies([upcoming[0].id])[upcoming[0].id]
    assert (tally.reserve, tally.offered) == (3, 1)


def test_a_place_is_held_for_a_reserve_who_has_time_left_to_answer(demo_network: Config) -> None:
    (held,) = enrolments.enrolments_of(_somebody("cevdet").id)
    assert held.state is EnrolmentState.OFFERED
    assert enrolments.offers.stands(held)


# on whatever day it is loaded


def test_the_story_fits_on_every_day_of_the_dated_calendar(demo_network: Config) -> None:
    working = read_calendar().working
    first, last = working[0] + timedelta(weeks=20), working[-1] - timedelta(weeks=8)
    for number in range((last - first).days):
        _check_running(Calendar(first + timedelta(days=number), working))


def _check_running(calendar: Calendar) -> None:
    """Everybody's days lie in the run, and what is written lies behind us."""
    starts_on, ends_on, lives = running(calendar)
    days = calendar.between(starts_on, ends_on)
    for life in lives.values():
        if life.first_day is not None:
            at_work = days[life.first_day : life.first_day + 10]
            assert len(at_work) == 10
            assert all(day < calendar.today for day in at_work[: life.log.written])
        assert all(days[day] < calendar.today for day, _passed in life.tests)
    assert all(day < calendar.today for day in days[:5])
    _check_ogretmen(calendar, days, lives["ogretmen"])


def _check_ogretmen(calendar: Calendar, days: list[date], life: Life) -> None:
    """A day is left to be written: today, or the last working day while it is not too late for it."""
    assert life.first_day is not None
    to_write = days[life.first_day : life.first_day + 10][life.log.written :]
    last = calendar.today if calendar.today in calendar.working else calendar.back(1)
    assert last in to_write or (calendar.today - last).days > LATE_AFTER


def test_a_copy_of_another_centres_course_is_offered_what_its_origin_published_since(demo_network: Config) -> None:
    (row,) = [one for one in content.draft_rows(viewer=accounts.actor_of(_somebody("egitimgorevlisi"))) if one.has_news]
    found = origins.offered(content.draft(row.slug))
    assert {(one.thing.name, one.conflict) for one in found.offers} == {
        ("akim-nereden", False),
        ("nereden-gelir", True),
    }
    assert [one for one in content.check_draft(content.draft(row.slug)) if one.severity == "error"] == []
