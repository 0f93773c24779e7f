"""Opening, changing, closing and finding runs, on both databases."""

from datetime import timedelta

import pytest

from lmp.audit import service as audit
from lmp.content.policy import CompletionPolicy
from lmp.core import clock
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.enrolment import service
from lmp.enrolment.models import EnrolmentState, Run, RunState
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_teacher,
    a_trainer,
    acting,
    an_assessor,
)
from tests.builders.content import a_published_course
from tests.builders.enrolment import (
    NOBODY,
    a_run,
    a_running_enrolment,
    a_seated_teacher,
    a_week_before,
    an_application,
)
from tests.builders.mails import hears_at_once, mails
from tests.enrolment.facts import path, states

pytestmark = pytest.mark.usefixtures("database")
S = EnrolmentState


# --- opening a run


def test_a_run_stays_with_the_version_and_copies_the_policy_of_its_course() -> None:
    version = a_published_course()
    run = a_run(version)
    assert run.version_id == version.id
    assert service.policy_of(run) == CompletionPolicy.model_validate(version.document["policy"])
    assert run.chain == [{"scope_kind": "school", "days": 3}]
    assert (run.state, service.places_left(run)) == (RunState.OPEN, 24)
    assert [entry.act for entry in audit.history(run)] == ["enrolment.run_opened"]


def test_only_an_administrator_of_the_courses_centre_opens_a_run() -> None:
    version = a_published_course()
    other = a_centre("smm-bur-tophane")
    for stranger in (a_centre_administrator(other), a_trainer(), a_teacher()):
        with pytest.raises(NotFound):
            a_run(version, administrator=stranger)


def test_the_assessor_of_a_run_never_trains_it() -> None:
    version, both = a_published_course(), a_trainer()
    with pytest.raises(RuleBroken) as broken:
        a_run(version, trainers=[both], assessors=[both])
    assert broken.value.field == "assessors"


def test_naming_a_signatory_makes_the_run_need_one() -> None:
    version = a_published_course()
    assert a_run(version, signatory=a_centre_administrator()).needs_signatory
    assert not a_run(version).needs_signatory


def test_a_policy_cannot_ask_for_more_than_the_course_plans() -> None:
    version = a_published_course()
    policy = CompletionPolicy.model_validate(version.document["policy"])
    more = policy.model_copy(update={"strands": policy.strands.model_copy(update={"online": 10_000})})
    with pytest.raises(RuleBroken) as broken:
        a_run(version, policy=more)
    assert broken.value.field == "online_minutes"


def test_a_run_needs_a_place_and_dates_that_can_be() -> None:
    version = a_published_course()
    with pytest.raises(RuleBroken) as broken:
        a_run(version, days=0)
    assert broken.value.field == "ends_on"
    with pytest.raises(RuleBroken) as broken:
        a_run(version, capacity=0)
    assert broken.value.field == "capacity"


# --- the policy


def stricter(run: Run) -> CompletionPolicy:
    return service.policy_of(run).model_copy(update={"pass_mark": 80})


def test_the_policy_changes_freely_before_and_only_with_a_reason_after_the_first_application() -> None:
    administrator = a_centre_administrator()
    run = a_run(administrator=administrator)
    by = acting(administrator)
    service.change_policy(run, stricter(run), reason="", by=by)
    assert service.policy_of(run).pass_mark == 80
    an_application(run)
    looser = service.policy_of(run).model_copy(update={"pass_mark": 60})
    with pytest.raises(RuleBroken) as broken:
        service.change_policy(run, looser, reason=" ", by=by)
    assert broken.value.field == "reason"
    service.change_policy(run, looser, reason="Yönetmelik değişti", by=by)
    entry = audit.history(run)[-1]
    assert (entry.act, entry.detail["reason"]) == ("enrolment.policy_changed", "Yönetmelik değişti")
    assert (entry.detail["before"]["pass_mark"], entry.detail["after"]["pass_mark"]) == (80, 60)


def test_an_unchanged_policy_leaves_no_trace() -> None:
    administrator = a_centre_administrator()
    run = a_run(administrator=administrator)
    service.change_policy(run, service.policy_of(run), reason="", by=acting(administrator))
    assert [entry.act for entry in audit.history(run)] == ["enrolment.run_opened"]


def test_nobody_else_changes_the_policy_or_the_activity_number() -> None:
    run = a_run()
    for stranger in (a_trainer(), a_centre_administrator(a_centre("smm-bur-tophane"))):
        with pytest.raises(NotFound):
            service.change_policy(run, stricter(run), reason="x", by=acting(stranger))
        with pytest.raises(NotFound):
            service.set_activity_no(run, "2026000123", by=acting(stranger))


def test_the_activity_number_is_noted_when_mebbis_gives_it() -> None:
    administrator = a_centre_administrator()
    run = a_run(administrator=administrator)
    service.set_activity_no(run, " 2026000123 ", by=acting(administrator))
    assert run.activity_no == "2026000123"
    service.set_activity_no(run, "", by=acting(administrator))
    assert run.activity_no is None


# --- beginning and closing


def test_people_take_part_from_the_first_day_on_and_the_first_evidence_stores_it() -> None:
    enrolment = a_running_enrolment()
    assert (enrolment.state, service.is_running(enrolment)) == (S.MAIN_LIST, True)
    assert service.state_in_words(enrolment).msgid == "In progress"
    assert service.begin(enrolment.run, by=acting(enrolment.person)) == 1
    assert enrolment.state is S.ACTIVE
    assert service.begin(enrolment.run, by=acting(enrolment.person)) == 0
    assert path(enrolment)[-1] is S.ACTIVE


def test_a_run_that_has_not_begun_makes_nobody_active() -> None:
    enrolment = a_seated_teacher(a_run())
    assert service.begin(enrolment.run, by=acting(a_centre_administrator())) == 0
    assert enrolment.state is S.MAIN_LIST


def test_closing_freezes_the_outcome_and_ends_what_is_open() -> None:
    administrator = a_centre_administrator()
    enrolment = a_running_enrolment(capacity=1, administrator=administrator)
    run, by = enrolment.run, acting(administrator)
    late = acting(a_teacher())
    with a_week_before(run.starts_on):
        reserve = a_seated_teacher(run, late)
    with pytest.raises(RuleBroken):
        service.close_run(run, by=by)
    service.close_enrolment(enrolment, {"result": "completed"}, by=by)
    service.close_run(run, by=by)
    assert states([enrolment, reserve]) == [S.CLOSED, S.NOT_SELECTED]
    assert enrolment.outcome == {"result": "completed"}
    assert (run.state, run.closed_at is not None) == (RunState.CLOSED, True)
    with pytest.raises(RuleBroken):
        service.change_policy(run, stricter(run), reason="x", by=by)


def test_only_who_issues_or_signs_closes() -> None:
    signatory = a_centre_administrator(a_centre("smm-bur-tophane"))
    enrolment = a_running_enrolment(signatory=signatory)
    for stranger in (enrolment.person, a_trainer(), a_teacher()):
        with pytest.raises(NotFound):
            service.close_enrolment(enrolment, {}, by=acting(stranger))
    service.close_enrolment(enrolment, {}, by=acting(signatory))
    assert enrolment.state is S.CLOSED


def test_a_reserve_cannot_be_closed_like_a_participant() -> None:
    administrator = a_centre_administrator()
    run = a_run(capacity=1, administrator=administrator)
    a_seated_teacher(run)
    with pytest.raises(Conflict):
        service.close_enrolment(a_seated_teacher(run), {}, by=acting(administrator))


# --- looking


def test_participants_stand_in_turkish_order_with_late_approvals_first() -> None:
    administrator = a_centre_administrator()
    run = a_run(administrator=administrator)
    for name in ("Ümit Demo", "Çağrı Demo", "Ilgın Demo", "İnci Demo", "Cem Demo"):
        a_seated_teacher(run, a_teacher(name))
    an_application(run, a_teacher("Zeynep Demo"))
    names = [one.name for one in service.participants(run, acting(administrator)).rows]
    assert names == [f"{name} Demo" for name in ("Cem", "Çağrı", "Ilgın", "İnci", "Ümit", "Zeynep")]
    with clock.at(clock.now() + timedelta(days=5)):
        people = service.participants(run, acting(administrator)).rows
    assert (people[0].name, people[0].is_late) == ("Zeynep Demo", True)
    assert [one.person.name for one in service.enrolments_in(run.id)] == names


def test_lists_of_runs_are_by_first_day_and_leave_out_what_has_begun() -> None:
    version = a_published_course()
    later = a_run(version, starts_on=clock.today() + timedelta(days=40))
    sooner = a_run(version)
    begun = a_running_enrolment(version).run
    assert service.open_runs_of_course(version.course_id) == [sooner, later]
    assert service.upcoming_runs(1) == [sooner]
    assert service.runs_of_centre(version.course.centre_id) == [begun, sooner, later]
    assert service.runs_of(acting(a_centre_administrator())) == [begun, sooner, later]
    assert service.runs_of(acting(a_centre_administrator()), closed=True) == []


def test_tallies_count_who_waits() -> None:
    run = a_run(capacity=1)
    a_seated_teacher(run)
    a_seated_teacher(run)
    an_application(run)
    tally = service.tallies([run.id])[run.id]
    assert (tally.in_approval, tally.reserve) == (1, 1)


def test_an_enrolment_is_shown_to_its_teacher_and_the_runs_staff_only() -> None:
    trainer, assessor = a_trainer(), an_assessor()
    run = a_run(trainers=[trainer], assessors=[assessor])
    enrolment = an_application(run)
    for viewer in (enrolment.person, trainer, a_centre_administrator()):
        assert service.enrolment(enrolment.id, acting(viewer)) is enrolment
    for stranger in (a_teacher(), a_trainer(), assessor):
        with pytest.raises(NotFound):
            service.enrolment(enrolment.id, acting(stranger))


def test_days_away_come_from_the_courses_plan() -> None:
    assert service.days_away(a_run()) == 3


def test_mails_speak_the_language_of_their_reader() -> None:
    run = a_run(chain=NOBODY)
    for lang in ("en", "tr"):
        an_application(run, hears_at_once(a_teacher(lang=lang)))
    titles = {one.lang: one.text for one in mails("enrolment/seated")}
    assert "Safe measurement in the workshop" in titles["en"]
    assert "Atölyede güvenli ölçüm" in titles["tr"]
