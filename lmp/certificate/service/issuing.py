"""From a reviewed batch to certificates: nothing is issued while anything is missing, numbers have no gaps."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import lazyload

from lmp.access import Action, Actor, Duty, require
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.certificate import codes, record
from lmp.certificate.models import Batch, BatchState, Certificate, NumberSeries
from lmp.certificate.rules import Outcome, evidence_hash
from lmp.certificate.service import printing
from lmp.certificate.service.evidence import Standing, standings
from lmp.certificate.service.freezing import freeze, new_number
from lmp.core import addresses, clock, db, jobs
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import normalise
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunDuty
from lmp.hours import service as hours
from lmp.notice import service as notice

JOBS = {printing.JOB: printing.print_job}
COUNTED = (EnrolmentState.MAIN_LIST, EnrolmentState.ACTIVE, EnrolmentState.CLOSED)


def candidates(run: Run) -> list[Enrolment]:
    """The enrolments of a run that may come to a certificate and hold no valid one."""
    return candidates_of([run.id])


def candidates_of(run_ids: Sequence[UUID], *, among: ColumnElement[bool] | None = None) -> list[Enrolment]:
    """The same for several runs at once, or for some of their people.

    Closed ones count only while their outcome says completed (to be replaced). The callers have read the runs already, so
    they are not read again, and nobody asks for steps.
    """
    certified = select(Certificate.enrolment_id).where(
        Certificate.run_id.in_(run_ids), Certificate.revoked_at.is_(None)
    )
    found = select(Enrolment).where(
        Enrolment.run_id.in_(run_ids), Enrolment.state.in_(COUNTED), Enrolment.id.not_in(certified)
    )
    found = found.options(lazyload(Enrolment.run), lazyload(Enrolment.steps))
    found = found.where(among) if among is not None else found
    return [one for one in db.session().scalars(found).unique() if _may_still_earn(one)]


def _may_still_earn(enrolment: Enrolment) -> bool:
    outcome = (enrolment.outcome or {}).get("outcome")
    return enrolment.state is not EnrolmentState.CLOSED or outcome == Outcome.COMPLETED.value


def ready_runs(runs: Sequence[Run]) -> dict[UUID, int]:
    """How many people of each run hold a certificate, for the list of runs."""
    counted = select(Certificate.run_id, func.count()).where(
        Certificate.run_id.in_([run.id for run in runs]), Certificate.revoked_at.is_(None)
    )
    rows = db.session().execute(counted.group_by(Certificate.run_id))
    return {row[0]: row[1] for row in rows}


def batch(batch_id: UUID) -> Batch:
    """A batch by id. Raises NotFound."""
    found = db.session().get(Batch, batch_id)
    if found is None:
        raise NotFound
    return found


def waiting_batch(run: Run) -> Batch | None:
    """The batch of a run that waits for its signatory, if there is one."""
    return db.session().scalar(select(Batch).where(Batch.run_id == run.id, Batch.state == BatchState.PREPARED))


def waiting_people(run_ids: Sequence[UUID]) -> frozenset[UUID]:
    """The enrolments in batches that wait for their signatory or to be issued."""
    found = select(Batch.enrolment_ids).where(Batch.run_id.in_(run_ids), Batch.state == BatchState.PREPARED)
    return frozenset(UUID(one) for ids in db.session().scalars(found) for one in ids)


def batches_to_sign(actor: Actor) -> list[Batch]:
    """The batches that wait for this person as signatory, oldest first."""
    found = (
        select(Batch)
        .join(RunDuty, RunDuty.run_id == Batch.run_id)
        .where(RunDuty.person_id == actor.id, RunDuty.duty == Duty.SIGNATORY, Batch.state == BatchState.PREPARED)
    )
    return list(db.session().scalars(found.order_by(Batch.prepared_at)).unique())


def prepare(run: Run, enrolment_ids: Iterable[UUID], *, by: Actor) -> Batch:
    """Review a batch; where the run has a signatory it waits for them, otherwise `issue` may follow at once.

    Raises RuleBroken for an empty batch or when something is missing for someone in it, Conflict while another waits.
    """
    require(by, Action.ISSUE, run)
    if by.id is None:
        raise NotFound
    wanted = set(enrolment_ids)
    chosen = [one for one in candidates(run) if one.id in wanted]
    if not chosen:
        raise RuleBroken(Message(N_("Choose at least one person who is ready.")))
    _check_ready(standings(chosen))
    if waiting_batch(run) is not None:
        raise Conflict(Message(N_("A batch of this run waits for the signatory already.")))
    made = Batch(
        run_id=run.id,
        state=BatchState.PREPARED,
        enrolment_ids=sorted(str(one.id) for one in chosen),
        prepared_by_id=by.id,
        prepared_at=clock.now(),
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "certificate.prepared", made, people=len(chosen))
    if run.needs_signatory:
        _ask_signatory(made)
    return made


def _ask_signatory(made: Batch) -> None:
    """Ask the person named as signatory to look at the batch."""
    for duty in made.run.duties:
        if duty.duty is Duty.SIGNATORY:
            notice.tell(
                "certificate.sign",
                duty.person,
                "certificate/prepared",
                page=addresses.page("certificate.review", batch_id=made.id),
                topic=enrolment_service.topic(made.run),
                subject=made.id,
                course=made.run.course.title,
                people=len(made.enrolment_ids),
            )


def _check_ready(found: Sequence[Standing]) -> None:
    """Refuse as long as anything is missing for anyone, and say for whom and what."""
    for standing in found:
        if standing.missing:
            raise RuleBroken(
                Message(
                    N_("%(name)s is not ready: %(what)s. Nothing was issued."),
                    name=standing.enrolment.person.name,
                    what=standing.missing[0].message,
                )
            )
        lacking = printing.unprintable(standing.enrolment.person.name)
        if lacking:
            raise RuleBroken(
                Message(
                    N_("The name %(name)s has letters that cannot be printed: %(letters)s. Nothing was issued."),
                    name=standing.enrolment.person.name,
                    letters=" ".join(sorted(lacking)),
                )
            )


def sign(of: Batch, *, by: Actor) -> list[Certificate]:
    """The signatory's confirmation issues the batch. Raises Conflict when it is decided already."""
    require(by, Action.SIGN_BATCH, of)
    return _issue(of, by)


def issue(of: Batch, *, by: Actor) -> list[Certificate]:
    """Issue a prepared batch of a run without a signatory. Raises RuleBroken where a signatory has to confirm."""
    require(by, Action.ISSUE, of)
    if of.run.needs_signatory:
        raise RuleBroken(Message(N_("This run's certificates wait for its signatory.")))
    return _issue(of, by)


def return_batch(of: Batch, *, reason: str, by: Actor) -> None:
    """The signatory sends a batch back. Raises RuleBroken without a reason, Conflict when it is decided already."""
    require(by, Action.SIGN_BATCH, of)
    tidy = normalise(reason)
    if not tidy:
        raise RuleBroken(Message(N_("Write why the batch goes back.")), "reason")
    _close(of, BatchState.RETURNED, by)
    of.reason = tidy
    audit.record(by, "certificate.returned", of, reason=tidy)


def discard(of: Batch, *, by: Actor) -> None:
    """The coordinator takes a batch back that is not issued yet. Raises Conflict when it is decided already."""
    require(by, Action.ISSUE, of)
    _close(of, BatchState.RETURNED, by)
    audit.record(by, "certificate.discarded", of)


def let_go(run: Run, people: Sequence[Enrolment], by: Actor) -> None:
    """People of a run have ended: a batch that waits for its signatory and holds nobody else goes back."""
    waiting, ended = waiting_batch(run), {str(one.id) for one in people}
    if waiting is not None and set(waiting.enrolment_ids) <= ended:
        _close(waiting, BatchState.RETURNED, by)
        audit.record(by, "certificate.discarded", waiting)


def close_run(run: Run, *, by: Actor) -> None:
    """Close a run: the outcome of everybody who holds no certificate is frozen with the hash of its evidence.

    Raises RuleBroken while somebody may still complete, or is ready for a certificate.
    """
    require(by, Action.ISSUE, run)
    people = [one for one in candidates(run) if one.state is not EnrolmentState.CLOSED]
    _keep_minutes_still(people)
    for standing in standings(people):
        if standing.outcome in (Outcome.IN_PROGRESS, Outcome.COMPLETED):
            raise RuleBroken(
                Message(
                    N_("%(name)s can still complete this training. Close the run when the grace period is over."),
                    name=standing.enrolment.person.name,
                )
            )
        frozen = {"outcome": standing.outcome.value, "evidence_sha256": evidence_hash(standing.evidence)}
        enrolment_service.close_enrolment(standing.enrolment, frozen, by=by)
    enrolment_service.close_run(run, by=by)


def _close(of: Batch, state: BatchState, by: Actor) -> None:
    """Move the batch out of waiting, once."""
    moved = db.session().execute(
        update(Batch)
        .where(Batch.id == of.id, Batch.state == BatchState.PREPARED)
        .values(state=state, decided_at=clock.now(), signed_by_id=by.id)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        raise Conflict(Message(N_("This batch is decided already.")))
    db.session().refresh(of)


def _issue(of: Batch, by: Actor) -> list[Certificate]:
    _close(of, BatchState.ISSUED, by)
    wanted = {UUID(one) for one in of.enrolment_ids}
    people = [one for one in candidates(of.run) if one.id in wanted]
    _keep_minutes_still(people)
    found = standings(people)
    _check_ready(found)
    made = [_certificate(standing, of, by) for standing in found]
    audit.record(by, "certificate.issued", of, numbers=[one.number for one in made])
    return made


def _keep_minutes_still(people: Sequence[Enrolment]) -> None:
    """Whoever takes minutes back at this very moment waits, or was first and is seen in the evidence."""
    for person_id in sorted({one.person_id for one in people}):
        hours.queue_up(person_id)


def _certificate(standing: Standing, of: Batch, by: Actor) -> Certificate:
    run, today = of.run, clock.today()
    serial = _next_serial(run.centre_id, today.year)
    number, code = new_number(today.year, run.centre.code, serial), codes.new_code()
    replaced = _revoked_before(standing.enrolment.id)
    frozen = freeze(
        standing,
        number=number,
        code=code,
        issued_on=today,
        people=_signatories(of, by),
        replaces=replaced.code if replaced else None,
    )
    made = Certificate(
        enrolment_id=standing.enrolment.id,
        run_id=run.id,
        person_id=standing.enrolment.person_id,
        person_name=frozen.person,
        centre_id=run.centre_id,
        year=today.year,
        serial=serial,
        number=number,
        code=code,
        record=record.canonical(frozen).decode(),
        record_sha256=record.record_hash(frozen),
        issued_at=clock.now(),
        issued_by_id=by.id,
        batch_id=of.id,
        replaces_id=replaced.id if replaced else None,
    )
    _insert(made)
    _freeze_outcome(standing, by)
    jobs.queue(printing.JOB, {"certificate": str(made.id)}, unique=f"print:{made.id}")
    _tell(standing.enrolment, made)
    return made


def _insert(made: Certificate) -> None:
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise Conflict(
            Message(
                N_("%(name)s has a valid certificate of this run already. Nothing was issued."), name=made.person_name
            )
        ) from None


def _next_serial(centre_id: UUID, year: int) -> int:
    """The next number of a centre and year; the row's update queues everybody else who issues."""
    session = db.session()
    raised = (
        update(NumberSeries)
        .where(NumberSeries.centre_id == centre_id, NumberSeries.year == year)
        .values(last=NumberSeries.last + 1)
        .returning(NumberSeries.last)
        .execution_options(synchronize_session=False)
    )
    found = session.scalar(raised)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(NumberSeries(centre_id=centre_id, year=year, last=0))
    except IntegrityError:
        pass  # another first certificate of the year was faster; both count on from its row
    first = session.scalar(raised)
    if first is None:
        raise RuntimeError("the number series has no row")
    return first


def _revoked_before(enrolment_id: UUID) -> Certificate | None:
    """The last revoked certificate of the enrolment that nothing replaces yet."""
    taken = select(Certificate.replaces_id).where(Certificate.replaces_id.is_not(None))
    found = select(Certificate).where(
        Certificate.enrolment_id == enrolment_id, Certificate.revoked_at.is_not(None), Certificate.id.not_in(taken)
    )
    return db.session().scalar(found.order_by(Certificate.issued_at.desc()).limit(1))


def _signatories(of: Batch, by: Actor) -> list[tuple[str, bool]]:
    """Who stands under the document: the coordinator who prepared it and the signatory who confirmed it."""
    preparer = accounts.person(of.prepared_by_id).name
    return [(preparer, False), (by.name, True)] if of.run.needs_signatory else [(preparer, False)]


def _freeze_outcome(standing: Standing, by: Actor) -> None:
    """Freeze outcome and evidence hash on the enrolment; a replacement finds it frozen."""
    if standing.enrolment.state is EnrolmentState.CLOSED:
        return
    frozen = {"outcome": Outcome.COMPLETED.value, "evidence_sha256": evidence_hash(standing.evidence)}
    enrolment_service.close_enrolment(standing.enrolment, frozen, by=by)


def _tell(enrolment: Enrolment, made: Certificate) -> None:
    notice.tell(
        "certificate.issued",
        enrolment.person,
        "certificate/issued",
        page=addresses.page("certificate.mine"),
        topic=enrolment_service.topic(enrolment.run),
        subject=made.id,
        detail=made.number,
        course=enrolment.run.course.title,
        number=made.number,
        verify_url=addresses.verification(made.code),
    )
