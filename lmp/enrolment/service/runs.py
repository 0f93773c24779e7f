"""Runs: opening them, their policy, their beginning and end, and finding them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload

from lmp.access import Action, Actor, Duty, allows, require
from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import service as content
from lmp.content.models import CourseVersion
from lmp.content.policy import CompletionPolicy, Strand, unreachable
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise, one_line
from lmp.enrolment import offering, rules
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunDuty, RunKind, RunState, runs_seen_by
from lmp.enrolment.service import interest, seats
from lmp.network import service as network
from lmp.network.models import DayKind

#: Calendar days without lessons; a half day and a break of the school year still count as away.
_NOBODY_WORKS = frozenset({DayKind.HOLIDAY, DayKind.LEAVE})
LONGEST_VENUE = 200
LONGEST_ACTIVITY_NO = 40

#: What a strand sets up for a run that opens, in the same transaction. Strands lie above this feature, so the application
#: hands this in.
Preparation = Callable[[Run, Actor], None]
_preparations: tuple[Preparation, ...] = ()


def configure(*preparations: Preparation) -> None:
    """Say what else is set up when a run opens; once per process."""
    global _preparations
    _preparations = preparations


def open_run(
    course_slug: str,
    *,
    starts_on: date,
    ends_on: date,
    apply_from_on: date,
    apply_until_on: date,
    capacity: int,
    offer_hours: int = offering.USUAL_HOURS,
    kind: RunKind,
    chain: Iterable[Mapping[str, Any]],
    venue: Bilingual,
    trainers: Sequence[Person],
    assessors: Sequence[Person],
    by: Actor,
    policy: CompletionPolicy | None = None,
    activity_no: str | None = None,
    signatory: Person | None = None,
) -> Run:
    """Open a run of a course's current version; the policy is the course's own unless another is given.

    Raises NotFound for a course that is not published or not the actor's, RuleBroken where a value cannot be.
    """
    version = content.current_version(course_slug)
    require(by, Action.OPEN_RUN, version.course)
    rules.check_centre_open(version.course.centre.closed_on)
    dates = rules.Dates(
        starts_on=starts_on, ends_on=ends_on, apply_from_on=apply_from_on, apply_until_on=apply_until_on
    )
    _check_opening(dates, capacity, trainers, assessors, signatory)
    offering.check_offer_hours(offer_hours)
    run = Run(
        course=version.course,
        version_id=version.id,
        centre=version.course.centre,
        kind=kind,
        state=RunState.OPEN,
        starts_on=starts_on,
        ends_on=ends_on,
        apply_from_on=apply_from_on,
        apply_until_on=apply_until_on,
        capacity=capacity,
        seats_taken=0,
        offer_hours=offer_hours,
        reserve_head=0,
        policy=_checked_policy(policy, version).model_dump(mode="json", exclude_none=True),
        chain=[{"scope_kind": step.scope_kind.value, "days": step.days} for step in rules.read_chain(chain)],
        activity_no=one_line(activity_no or "", LONGEST_ACTIVITY_NO) or None,
        venue=_tidy_venue(venue),
        needs_signatory=signatory is not None,
        opened_at=clock.now(),
    )
    run.duties = _duties(trainers, assessors, signatory)
    _add(run, by, course=course_slug, version=version.number, capacity=capacity)
    return run


def _add(run: Run, by: Actor, **facts: object) -> None:
    """Write the run down and let those know who asked to be told."""
    db.session().add(run)
    db.session().flush()
    interest.queue_telling(run)
    audit.record(by, "enrolment.run_opened", run, **facts)
    for prepare in _preparations:
        prepare(run, by)


def _check_opening(
    dates: rules.Dates,
    capacity: int,
    trainers: Sequence[Person],
    assessors: Sequence[Person],
    signatory: Person | None,
) -> None:
    """Dates in order, seats to give, and nobody in two duties that exclude each other. Raises RuleBroken."""
    rules.check_dates(dates, clock.today())
    rules.check_capacity(capacity)
    trained_by, assessed_by = [person.id for person in trainers], [person.id for person in assessors]
    rules.check_duties(trained_by, assessed_by, signatory.id if signatory else None)


def _tidy_venue(venue: Bilingual) -> Bilingual:
    """A place in one line; the Turkish one is needed. Raises RuleBroken."""
    tidy = Bilingual(one_line(venue.tr, LONGEST_VENUE), one_line(venue.en, LONGEST_VENUE))
    if not tidy.tr:
        raise RuleBroken(Message(N_("Write where the run takes place.")), "venue_tr")
    return tidy


def _duties(trainers: Sequence[Person], assessors: Sequence[Person], signatory: Person | None) -> list[RunDuty]:
    """The people named for a run, each once."""
    named = [(Duty.TRAINER, person) for person in trainers] + [(Duty.ASSESSOR, person) for person in assessors]
    if signatory is not None:
        named.append((Duty.SIGNATORY, signatory))
    return [RunDuty(duty=duty, person=person) for duty, person in dict.fromkeys(named)]


def _checked_policy(policy: CompletionPolicy | None, version: CourseVersion) -> CompletionPolicy:
    """The policy of a run, which asks for no more than its course plans. Raises RuleBroken at the strand's field."""
    document = content.document(version)
    wanted = policy or document.policy
    for strand, message in unreachable(wanted, document.minutes).items():
        raise RuleBroken(message, field_of(strand))
    return wanted


def field_of(strand: Strand) -> str:
    """The form field that holds a strand's required minutes."""
    return f"{strand}_minutes"


def policy_of(run: Run) -> CompletionPolicy:
    """The completion policy of a run."""
    return CompletionPolicy.model_validate(run.policy)


def has_applications(run: Run) -> bool:
    """Whether anybody has ever applied."""
    found = select(Enrolment.id).where(Enrolment.run_id == run.id, Enrolment.state != EnrolmentState.DRAFT)
    return db.session().scalar(found.limit(1)) is not None


def change_policy(run: Run, policy: CompletionPolicy, *, reason: str, by: Actor) -> None:
    """Change what a run asks for: freely until the first application, afterwards with a reason; dated and audited.

    Raises RuleBroken for a missing reason, a closed run, or a policy its course cannot fulfil.
    """
    require(by, Action.OPEN_RUN, run)
    rules.check_open(run.state)
    tidy = normalise(reason).strip()
    rules.check_change(has_applications=has_applications(run), reason=tidy)
    wanted = _checked_policy(policy, run.version).model_dump(mode="json", exclude_none=True)
    if wanted == run.policy:
        return
    audit.record(by, "enrolment.policy_changed", run, reason=tidy, before=run.policy, after=wanted)
    run.policy = wanted


def set_seats(run: Run, capacity: int, offer_hours: int, *, by: Actor) -> None:
    """Change how many seats a run has, and how long an offered place may be thought over from now on.

    More seats go to the reserve list at once. Raises RuleBroken for fewer than are taken.
    """
    require(by, Action.OPEN_RUN, run)
    rules.check_open(run.state)
    rules.check_capacity(capacity)
    offering.check_offer_hours(offer_hours)
    if (capacity, offer_hours) == (run.capacity, run.offer_hours):
        return
    before, after = [run.capacity, run.offer_hours], [capacity, offer_hours]
    audit.record(by, "enrolment.seats_changed", run, before=before, after=after)
    run.offer_hours = offer_hours
    if not seats.resize(run, capacity):
        taken = Message(N_("%(taken)s seats are taken or offered. Write at least as many."), taken=run.seats_taken)
        raise RuleBroken(taken, "capacity")
    seats.fill_seats(run)


def set_activity_no(run: Run, activity_no: str, *, by: Actor) -> None:
    """Note the number that MEBBİS has given the run, or that it has none; printed on certificates issued from then on."""
    require(by, Action.OPEN_RUN, run)
    rules.check_open(run.state)
    tidy = one_line(activity_no, LONGEST_ACTIVITY_NO) or None
    if tidy != run.activity_no:
        audit.record(by, "enrolment.activity_no_set", run, before=run.activity_no, after=tidy)
        run.activity_no = tidy


def run(run_id: UUID) -> Run:
    """A run by id, without asking who looks. Raises NotFound."""
    found = db.session().get(Run, run_id)
    if found is None:
        raise NotFound
    return found


def run_with_version(run_id: UUID) -> Run:
    """A run by id, its version read with it. Raises NotFound."""
    whole = joinedload(Run.version).lazyload(CourseVersion.course)  # the same course as the run's, which is read anyway
    found = db.session().get(Run, run_id, options=[whole])
    if found is None:
        raise NotFound
    return found


def days_away(run: Run) -> int:
    """Working days on which a participant is away from lessons: those the course plans outside the screen."""
    document = content.document(run.version)
    planned = len(document.workplace.days) if document.workplace else 0
    planned += len(document.meeting.days) if document.meeting else 0
    holidays = {
        on for on, day in network.calendar_between(run.starts_on, run.ends_on).items() if day.kind in _NOBODY_WORKS
    }
    return rules.days_away(planned, rules.working_days(run.starts_on, run.ends_on, holidays))


def seen_run(run_id: UUID, viewer: Actor) -> Run:
    """A run for its staff. Raises NotFound for everybody else."""
    found = run(run_id)
    require(viewer, Action.SEE_RUN, found)
    return found


def _runs() -> Select[Run]:
    """Runs by their first day."""
    return select(Run).order_by(Run.starts_on, Run.id)


def runs_of_centre(centre_id: UUID) -> list[Run]:
    """The runs of a centre by their first day."""
    return list(db.session().scalars(_runs().where(Run.centre_id == centre_id)).unique())


def runs_of(actor: Actor, *, closed: bool = False) -> list[Run]:
    """The runs an actor may see: those that are open, or those that are over."""
    wanted = Run.state != RunState.OPEN if closed else Run.state == RunState.OPEN
    return list(db.session().scalars(_runs().where(runs_seen_by(actor), wanted)).unique())


def upcoming_runs(limit: int) -> list[Run]:
    """The next open runs of all centres that have not begun."""
    coming = _runs().where(Run.state == RunState.OPEN, Run.starts_on >= clock.today())
    return list(db.session().scalars(coming.limit(limit)).unique())


def open_runs_of_course(course_id: UUID) -> list[Run]:
    """The runs of a course that have not begun, for its page."""
    coming = _runs().where(Run.state == RunState.OPEN, Run.starts_on >= clock.today())
    return list(db.session().scalars(coming.where(Run.course_id == course_id)).unique())


def places_left(run: Run) -> int:
    """Free seats."""
    return run.capacity - run.seats_taken


def begin(run: Run, *, by: Actor) -> int:
    """Store as active everybody of the main list once the run has begun; answers how many.

    Asks nobody's permission: it writes down what the date has made true (`rules.is_running`), at the first evidence.
    """
    if run.state is not RunState.OPEN or run.starts_on > clock.today():
        return 0
    begun = update(Enrolment).where(Enrolment.run_id == run.id, Enrolment.state == EnrolmentState.MAIN_LIST)
    moved = db.session().scalars(
        begun.values(state=EnrolmentState.ACTIVE).returning(Enrolment.id).execution_options(synchronize_session="fetch")
    )
    ids = list(moved)
    for enrolment_id in ids:
        seats.note(enrolment_id, EnrolmentState.MAIN_LIST, EnrolmentState.ACTIVE, by=None, reason="")
    if ids:
        audit.record(by, "enrolment.run_begun", run, people=len(ids))
    return len(ids)


def close_enrolment(enrolment: Enrolment, outcome: dict[str, Any], *, by: Actor) -> None:
    """Freeze the outcome of a teacher who takes part. Raises Changed when they do not, or no longer."""
    _require_closing(by, enrolment)
    begin(enrolment.run, by=by)
    seats.move(enrolment, EnrolmentState.CLOSED, by=by, outcome=outcome)
    audit.record(by, "enrolment.closed", enrolment)


def close_run(run: Run, *, by: Actor) -> None:
    """Close a run whose participants are all closed; reserves were not selected, open applications end.

    Raises RuleBroken while somebody still takes part.
    """
    _require_closing(by, run)
    rules.check_open(run.state)
    left = list(db.session().scalars(select(Enrolment).where(Enrolment.run_id == run.id)).unique())
    if any(enrolment.state in rules.SEATED for enrolment in left):
        raise RuleBroken(Message(N_("Some participants of this run have no result yet.")))
    for enrolment in left:
        if enrolment.state is EnrolmentState.RESERVE_LIST:
            seats.move(enrolment, EnrolmentState.NOT_SELECTED, by=by)
        elif enrolment.state in (*rules.UNDECIDED, EnrolmentState.OFFERED):
            seats.move(enrolment, EnrolmentState.CANCELLED, by=by)
    run.state, run.closed_at = RunState.CLOSED, clock.now()
    audit.record(by, "enrolment.run_closed", run)


def _require_closing(by: Actor, thing: Run | Enrolment) -> None:
    """Who issues certificates or, where one is named, the signatory who confirms them closes."""
    if not allows(by, Action.SIGN_BATCH, thing):
        require(by, Action.ISSUE, thing)
