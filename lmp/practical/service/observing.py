"""Observing a practical test: what was seen is saved as one goes, decided once, and looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, Duty, require
from lmp.audit import service as audit
from lmp.content import service as content
from lmp.content.document import Practical
from lmp.core import addresses, clock, db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunDuty
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.notice import service as notice
from lmp.practical import rules
from lmp.practical.models import PracticalTest


def checklist(enrolment: Enrolment) -> Practical:
    """The checklist of the version the run teaches. Raises NotFound for a course without a practical test."""
    found = content.document(enrolment.run.version).practical
    if found is None:
        raise NotFound
    return found


def items(of: Practical) -> list[rules.Item]:
    """The checklist as the rules read it."""
    return [rules.Item(one.id, tuple(level.points for level in one.levels), one.must) for one in of.criteria]


def judged(test: PracticalTest) -> rules.Result:
    """What the levels saved so far say."""
    of = checklist(test.enrolment)
    return rules.result(items(of), test.levels, of.pass_mark)


def tests_of(enrolment_id: UUID) -> list[PracticalTest]:
    """The tests of an enrolment, first attempt first."""
    found = select(PracticalTest).where(PracticalTest.enrolment_id == enrolment_id)
    return list(db.session().scalars(found.order_by(PracticalTest.attempt)))


def to_assess(enrolment_id: UUID, *, by: Actor) -> Enrolment:
    """An enrolment for its assessor. Raises NotFound for anybody else."""
    found = db.session().get(Enrolment, enrolment_id)
    if found is None:
        raise NotFound
    require(by, Action.ASSESS, found)
    return found


def open_test(enrolment: Enrolment) -> PracticalTest | None:
    """The test that is not decided yet, if there is one."""
    return next((test for test in tests_of(enrolment.id) if test.decided_at is None), None)


def test(test_id: UUID) -> PracticalTest:
    """A test by id. Raises NotFound."""
    found = db.session().get(PracticalTest, test_id)
    if found is None:
        raise NotFound
    return found


def results_of(enrolment_ids: Iterable[UUID]) -> dict[UUID, PracticalTest]:
    """The decided test that counts of each enrolment: the passed one, else the last."""
    found = select(PracticalTest).where(
        PracticalTest.enrolment_id.in_(list(enrolment_ids)), PracticalTest.decided_at.is_not(None)
    )
    best: dict[UUID, PracticalTest] = {}
    for one in db.session().scalars(found.order_by(PracticalTest.attempt)):
        if not (one.enrolment_id in best and best[one.enrolment_id].passed):
            best[one.enrolment_id] = one
    return best


@dataclass(frozen=True)
class Candidate:
    """Somebody an assessor may test, with the test that is open or counts."""

    enrolment: Enrolment
    open: PracticalTest | None
    decided: PracticalTest | None


def candidates(actor: Actor) -> list[Candidate]:
    """The people of the runs this actor assesses and that have begun."""
    found = (
        select(Enrolment)
        .join(RunDuty, RunDuty.run_id == Enrolment.run_id)
        .join(Run, Run.id == Enrolment.run_id)
        .where(
            Run.starts_on <= clock.today(),
            RunDuty.person_id == actor.id,
            RunDuty.duty == Duty.ASSESSOR,
            Enrolment.person_id != actor.id,
            Enrolment.state.in_((EnrolmentState.MAIN_LIST, EnrolmentState.ACTIVE)),
        )
    )
    enrolments = list(db.session().scalars(found).unique())
    ids = [one.id for one in enrolments]
    decided = results_of(ids)
    waiting = select(PracticalTest).where(PracticalTest.enrolment_id.in_(ids), PracticalTest.decided_at.is_(None))
    enrolments = [one for one in enrolments if not _is_used_up(decided.get(one.id))]
    started = {one.enrolment_id: one for one in db.session().scalars(waiting)}
    return [Candidate(one, started.get(one.id), decided.get(one.id)) for one in enrolments]


def _is_used_up(test: PracticalTest | None) -> bool:
    """Whether the last attempt is decided and did not pass: the centre decides how to go on."""
    return test is not None and not test.passed and rules.is_over(test.attempt, passed=False)


def save(
    enrolment: Enrolment,
    *,
    levels: Mapping[str, int],
    on: date,
    starts: time,
    remark: str,
    version: int,
    by: Actor,
) -> PracticalTest:
    """Keep what was seen so far; the first saving begins the attempt. Raises RuleBroken, Conflict for a stale window."""
    require(by, Action.ASSESS, enrolment)
    if by.id is None:
        raise NotFound
    _check_takes_part(enrolment)
    of = checklist(enrolment)
    seen = rules.check_levels(items(of), levels)
    rules.check_day(on, clock.today(), enrolment.run.starts_on)
    tidy = normalise(remark)[: rules.LONGEST_REMARK]
    begun = open_test(enrolment) or _begin(enrolment, on, by)
    rules.check_version(version, begun.version if version else 0)
    changed = db.session().execute(
        update(PracticalTest)
        .where(PracticalTest.id == begun.id, PracticalTest.version == begun.version, PracticalTest.decided_at.is_(None))
        .values(
            levels=seen,
            on=on,
            started_at=clock.wall(on, starts),
            remark=tidy,
            version=PracticalTest.version + 1,
            assessor_id=by.id,
            assessor_name=by.name,
        )
        .execution_options(synchronize_session=False)
    )
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        rules.check_version(0, 1)
    db.session().refresh(begun)
    audit.record(by, "practical.saved", begun, levels=seen)
    return begun


def _check_takes_part(enrolment: Enrolment) -> None:
    """Only somebody who takes part is tested. Raises RuleBroken for a run that is over, and for people who left."""
    enrolment_rules.check_open(enrolment.run.state)
    if enrolment.state not in enrolment_rules.SEATED:
        raise RuleBroken(
            Message(N_("%(name)s does not take part any more; nothing can be assessed."), name=enrolment.person.name)
        )


def _begin(enrolment: Enrolment, on: date, by: Actor) -> PracticalTest:
    """The next attempt; a second window that begins at the same time is told so."""
    number = rules.check_new_attempt([bool(one.passed) for one in tests_of(enrolment.id) if one.decided_at is not None])
    begun = PracticalTest(
        enrolment_id=enrolment.id,
        attempt=number,
        assessor_id=by.id,
        assessor_name=by.name,
        on=on,
        levels={},
        version=1,
        started_at=clock.now(),
    )
    try:
        with db.session().begin_nested():
            db.session().add(begun)
    except IntegrityError:
        raise Conflict(Message(N_("This test was begun in another window. Open it again."))) from None
    db.session().refresh(begun)
    return begun


def decide(of: PracticalTest, *, by: Actor) -> PracticalTest:
    """Make the computed result final. A passed test posts its planned minutes. Raises RuleBroken while a criterion is open."""
    require(by, Action.ASSESS, of)
    _check_takes_part(of.enrolment)
    found = judged(of)
    rules.check_complete(found)
    decided = db.session().execute(
        update(PracticalTest)
        .where(PracticalTest.id == of.id, PracticalTest.decided_at.is_(None))
        .values(score=found.score, passed=found.passed, decided_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    if not isinstance(decided, CursorResult) or decided.rowcount != 1:
        raise Conflict(Message(N_("This test is decided already.")))
    db.session().refresh(of)
    if found.passed:
        _post_minutes(of)
    audit.record(by, "practical.decided", of, score=found.score, passed=found.passed)
    notice.tell(
        "practical",
        of.enrolment.person,
        "practical/decided",
        page=addresses.page("journey.run", enrolment_id=of.enrolment_id),
        topic=enrolment_service.topic(of.enrolment.run),
        subject=of.id,
        course=of.enrolment.run.course.title,
        passed=found.passed,
        score=found.score,
    )
    return of


def _post_minutes(of: PracticalTest) -> None:
    """The test's planned length, from its start. An overlap with other learning names the field that mends it."""
    minutes = checklist(of.enrolment).minutes
    try:
        hours.post(
            enrolment=of.enrolment,
            strand=Strand.PRACTICAL,
            minutes=minutes,
            day=of.on,
            source_kind=PracticalTest.__tablename__,
            source_id=str(of.id),
            starts_at=of.started_at,
            ends_at=of.started_at + clock.minutes(minutes),
        )
    except RuleBroken as overlap:
        raise RuleBroken(overlap.message, "starts") from None
