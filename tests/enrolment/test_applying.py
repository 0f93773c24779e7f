"""From an application to a place in a run, on both databases."""

from datetime import timedelta

import pytest

from lmp.access import NOBODY as NO_ACTOR
from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.enrolment import service
from lmp.enrolment.models import EnrolmentState
from lmp.enrolment.service import seats
from tests.builders.accounts import (
    BY,
    a_centre,
    a_centre_administrator,
    a_school,
    a_teacher,
    a_trainer,
    acting,
    an_approver,
)
from tests.builders.content import a_published_course
from tests.builders.enrolment import (
    NOBODY,
    a_run,
    a_running_enrolment,
    a_school_with_principal,
    a_seated_teacher,
    an_application,
    approved,
    asked,
)
from tests.builders.mails import hears_at_once, mails, readers, told
from tests.enrolment.facts import path, states

pytestmark = pytest.mark.usefixtures("database")
S = EnrolmentState
EVERY_LEVEL = [{"scope_kind": level, "days": days} for level, days in (("school", 3), ("district", 4), ("province", 5))]


# --- applying


def test_an_application_goes_to_the_principal_of_the_teachers_school() -> None:
    school, principal = a_school_with_principal()
    teacher = a_teacher(school=school)
    enrolment = an_application(a_run(), teacher, "Atölyemde öğreteceğim.")
    step = asked(enrolment)
    assert (step.scope_kind, step.scope, step.scope_name) == (ScopeKind.SCHOOL, str(school.id), school.name)
    assert step.due_on == clock.today() + timedelta(days=3)
    assert path(enrolment) == [S.APPLIED, S.IN_APPROVAL]
    assert service.state_in_words(enrolment).msgid == "With the school"
    assert [one.to_address for one in mails("enrolment/asked")] == [principal.email]
    assert readers("enrolment/applied") == [teacher.email]
    assert service.queue_of(acting(principal)) == [step]


def test_without_a_chain_the_seat_is_taken_at_once() -> None:
    run = a_run(chain=NOBODY)
    enrolment = an_application(run)
    assert path(enrolment) == [S.APPLIED, S.APPROVED, S.MAIN_LIST]
    assert run.seats_taken == 1
    assert len(told("enrolment/seated")) == 1


def test_a_teacher_of_another_branch_cannot_apply_and_is_told_why_before() -> None:
    run = a_run()
    teacher = a_teacher(branch="Çocuk Gelişimi ve Eğitimi")
    told = service.obstacle(run, teacher, None)
    assert told is not None
    with pytest.raises(RuleBroken) as broken:
        an_application(run, teacher)
    assert broken.value.message == told
    assert service.obstacle(run, a_teacher(), None) is None


def test_only_teachers_apply() -> None:
    run = a_run()
    for stranger in (acting(a_trainer()), acting(a_centre_administrator()), NO_ACTOR, BY):
        with pytest.raises(NotAllowed):
            service.apply(run, motivation="", by=stranger)


def test_a_trainer_of_the_run_cannot_attend_it() -> None:
    trainer = a_teacher()
    accounts.grant(trainer, Role.TRAINER, ScopeKind.CENTRE, str(a_centre().id), by=BY)
    run = a_run(trainers=[trainer])
    with pytest.raises(RuleBroken):
        an_application(run, trainer)


def test_a_teacher_without_a_school_cannot_apply_where_a_school_has_to_approve() -> None:
    version, teacher = a_published_course(), a_teacher()
    teacher.school = None
    teacher.school_id = None
    db.session().flush()
    with pytest.raises(RuleBroken):
        an_application(a_run(version), teacher)
    assert an_application(a_run(version, chain=NOBODY), teacher).state is S.MAIN_LIST


def test_one_teacher_has_one_enrolment_in_a_run() -> None:
    run, teacher = a_run(), a_teacher()
    an_application(run, teacher)
    with pytest.raises(RuleBroken) as broken:
        an_application(run, teacher)
    assert broken.value.message.msgid == "You have already applied to this run."


def test_a_motivation_is_at_most_six_hundred_characters_long() -> None:
    run = a_run()
    with pytest.raises(RuleBroken) as broken:
        an_application(run, motivation="a" * 601)
    assert broken.value.field == "motivation"
    assert an_application(run, motivation=" " + "a" * 600 + "\r\n").motivation == "a" * 600


def test_nobody_applies_before_the_first_or_after_the_last_day() -> None:
    today = clock.today()
    early = a_run(apply_from_on=today + timedelta(days=1))
    with pytest.raises(RuleBroken):
        an_application(early)
    last = a_run(early.version, apply_until_on=today)
    an_application(last)
    with clock.at(clock.end_of(today)), pytest.raises(RuleBroken):
        an_application(last)
    with clock.at(clock.end_of(today) - timedelta(seconds=1)):
        an_application(last)


# --- deciding


def test_a_chain_is_asked_level_by_level_and_the_last_approval_takes_the_seat() -> None:
    school, principal = a_school_with_principal()
    run = a_run(chain=reversed(EVERY_LEVEL))
    enrolment = an_application(run, a_teacher(school=school))
    offices = {ScopeKind.DISTRICT: str(school.district_id), ScopeKind.PROVINCE: str(school.province_code)}
    deciders = [principal]
    for kind, scope in offices.items():
        officer = an_approver(school, f"{kind} Demo")
        accounts.grant(officer, Role.APPROVER, kind, scope, by=BY)
        deciders.append(officer)
    for number, (decider, days) in enumerate(zip(deciders, (3, 4, 5), strict=True), 1):
        step = asked(enrolment)
        assert step.number == number
        assert step.due_on == clock.today() + timedelta(days=days)
        service.decide(step, approve=True, reason="", by=acting(decider))
    assert path(enrolment) == [S.APPLIED, S.IN_APPROVAL, S.APPROVED, S.MAIN_LIST]
    assert run.seats_taken == 1
    assert len(told("enrolment/passed_on")) == 2


def test_a_later_level_cannot_decide_before_it_is_asked() -> None:
    school, _principal = a_school_with_principal()
    enrolment = an_application(a_run(chain=EVERY_LEVEL), a_teacher(school=school))
    officer = an_approver(a_school("Başka Okul"))
    accounts.grant(officer, Role.APPROVER, ScopeKind.PROVINCE, str(school.province_code), by=BY)
    last = enrolment.steps[-1]
    with pytest.raises(NotFound):
        service.decide(last, approve=True, reason="", by=acting(officer))
    assert service.queue_of(acting(officer)) == []


def test_in_the_central_district_the_district_level_is_skipped() -> None:
    school = a_school()
    school.district.name = "Merkez"
    db.session().flush()
    enrolment = an_application(a_run(chain=EVERY_LEVEL), a_teacher(school=school))
    assert [step.scope_kind for step in enrolment.steps] == [ScopeKind.SCHOOL, ScopeKind.PROVINCE]


def test_a_refusal_needs_a_reason_and_tells_it_to_the_teacher() -> None:
    school, principal = a_school_with_principal()
    enrolment = an_application(a_run(), hears_at_once(a_teacher(school=school)))
    step = asked(enrolment)
    with pytest.raises(RuleBroken) as broken:
        service.decide(step, approve=False, reason="  ", by=acting(principal))
    assert broken.value.field == "reason"
    service.decide(step, approve=False, reason="Sınav haftasına denk geliyor.", by=acting(principal))
    assert enrolment.state is S.REFUSED
    assert service.moves(enrolment)[-1].reason == "Sınav haftasına denk geliyor."
    (mail,) = mails("enrolment/refused")
    assert "Sınav haftasına denk geliyor." in mail.text
    assert "Sınav haftasına denk geliyor." in mail.html
    with pytest.raises(RuleBroken):
        an_application(enrolment.run, enrolment.person)


def test_only_the_approver_of_the_asked_scope_decides() -> None:
    school, principal = a_school_with_principal()
    _other, stranger = a_school_with_principal("Başka Okul")
    step = asked(an_application(a_run(), a_teacher(school=school)))
    for actor in (acting(stranger), acting(a_centre_administrator()), acting(a_teacher(school=school)), BY):
        with pytest.raises(NotFound):
            service.decide(step, approve=True, reason="", by=actor)
    service.decide(step, approve=True, reason="", by=acting(principal))


def test_nobody_approves_their_own_application() -> None:
    school = a_school()
    teacher = a_teacher(school=school)
    accounts.grant(teacher, Role.APPROVER, ScopeKind.SCHOOL, str(school.id), by=BY)
    enrolment = an_application(a_run(), teacher)
    with pytest.raises(NotFound):
        service.decide(asked(enrolment), approve=True, reason="", by=acting(teacher))
    assert service.queue_of(acting(teacher)) == []
    assert mails("enrolment/asked") == []


def test_a_second_decision_is_a_conflict_that_names_the_first() -> None:
    school, principal = a_school_with_principal()
    deputy = an_approver(school, "Vekil Demo")
    step = asked(an_application(a_run(), a_teacher(school=school)))
    service.decide(step, approve=True, reason="", by=acting(principal))
    with pytest.raises(Conflict) as late:
        service.decide(step, approve=False, reason="Olmaz", by=acting(deputy))
    assert late.value.message.values["name"] == principal.name


def test_a_decision_on_a_withdrawn_application_is_a_conflict() -> None:
    school, principal = a_school_with_principal()
    teacher = a_teacher(school=school)
    enrolment = an_application(a_run(), teacher)
    step = asked(enrolment)
    service.withdraw(enrolment, reason="", by=acting(teacher))
    with pytest.raises(Conflict):
        service.decide(step, approve=True, reason="", by=acting(principal))
    assert service.queue_of(acting(principal)) == []


# --- seats and the reserve list


def test_the_seat_after_the_last_one_is_a_place_on_the_reserve_list() -> None:
    run = a_run(capacity=2)
    enrolments = [a_seated_teacher(run) for _ in range(4)]
    assert states(enrolments) == [S.MAIN_LIST, S.MAIN_LIST, S.RESERVE_LIST, S.RESERVE_LIST]
    assert [service.reserve_rank(enrolment) for enrolment in enrolments] == [None, None, 1, 2]
    assert (run.seats_taken, service.places_left(run)) == (2, 0)
    assert service.state_in_words(enrolments[3], 2).values == {"rank": 2}
    assert len(told("enrolment/seated")) == 2
    assert len(told("enrolment/reserved")) == 2


def test_a_free_seat_goes_to_the_first_reserve_in_the_same_transaction() -> None:
    run = a_run(capacity=1)
    seated, first, second = (a_seated_teacher(run) for _ in range(3))
    service.withdraw(seated, reason="Nakil", by=acting(seated.person))
    assert states([seated, first, second]) == [S.WITHDRAWN, S.MAIN_LIST, S.RESERVE_LIST]
    assert run.seats_taken == 1
    assert service.reserve_rank(second) == 1
    (mail,) = mails("enrolment/promoted")
    assert mail.to_address == first.person.email


def test_who_joins_the_reserve_list_while_a_seat_was_freed_has_it_at_once() -> None:
    run = a_run(capacity=1)
    enrolment = an_application(run)
    seats.move(enrolment, S.APPROVED, by=BY)
    seats.reserve(enrolment, by=BY)
    assert states([enrolment]) == [S.MAIN_LIST]
    assert run.seats_taken == 1
    assert (len(mails("enrolment/promoted")), told("enrolment/reserved")) == (1, [])


def test_nobody_reads_on_a_promoted_application_who_withdrew() -> None:
    run = a_run(capacity=1)
    seated, first = a_seated_teacher(run), a_seated_teacher(run)
    service.withdraw(seated, reason="Nakil", by=acting(seated.person))
    last = service.timeline(first)[-1]
    assert (last.title.msgid, last.who, last.reason) == ("On the main list", "", "")


def test_a_reserve_who_withdraws_makes_others_move_up() -> None:
    run = a_run(capacity=1)
    _seated, first, second = (a_seated_teacher(run) for _ in range(3))
    service.withdraw(first, reason="", by=acting(first.person))
    db.session().expire_all()
    assert service.reserve_rank(second) == 1
    assert run.seats_taken == 1


def test_who_withdrew_may_apply_again_with_the_same_row_and_joins_at_the_end() -> None:
    run = a_run(capacity=1)
    seated, first = a_seated_teacher(run), a_seated_teacher(run)
    service.withdraw(seated, reason="", by=acting(seated.person))
    again = an_application(run, seated.person, "Yine de")
    assert again.id == seated.id
    approved(again, an_approver(again.person.school) if again.person.school else None)
    assert states([seated, first]) == [S.RESERVE_LIST, S.MAIN_LIST]
    assert [step.number for step in again.steps] == [1, 2]
    assert again.motivation == "Yine de"


def test_applying_again_asks_anew_what_nobody_decided() -> None:
    school, principal = a_school_with_principal()
    run, teacher = a_run(), a_teacher(school=school)
    enrolment = an_application(run, teacher)
    service.withdraw(enrolment, reason="", by=acting(teacher))
    an_application(run, teacher)
    assert len(service.queue_of(acting(principal))) == 1
    assert [step.decided_at for step in enrolment.steps] == [None]


def test_withdrawing_from_a_run_that_has_begun_keeps_the_seat_taken() -> None:
    enrolment = a_running_enrolment(capacity=1)
    service.withdraw(enrolment, reason="", by=acting(enrolment.person))
    db.session().expire_all()
    assert (enrolment.state, enrolment.run.seats_taken) == (S.WITHDRAWN, 1)


def test_nobody_withdraws_twice_or_for_another() -> None:
    run = a_run()
    enrolment = a_seated_teacher(run)
    with pytest.raises(NotFound):
        service.withdraw(enrolment, reason="", by=acting(a_teacher()))
    with pytest.raises(NotAllowed):
        service.withdraw(enrolment, reason="", by=acting(a_centre_administrator()))
    service.withdraw(enrolment, reason="", by=acting(enrolment.person))
    with pytest.raises(Conflict):
        service.withdraw(enrolment, reason="", by=acting(enrolment.person))
