"""Belgelendirme: who is ready and who is not, review, issue, confirm as signatory, revoke."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.access import Action, allows, require
from lmp.certificate import record, service
from lmp.certificate.forms import KIND_WORDS, BatchForm, DecisionForm, ReturnForm, RevokeForm
from lmp.certificate.models import Batch, BatchState, RevocationKind
from lmp.certificate.service import Standing
from lmp.certificate.views.blueprints import bp
from lmp.certificate.views.public import DOCUMENTS
from lmp.core import turkish
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Run
from lmp.web import pages
from lmp.web.forms import said


@bp.get("/certification")
@pages.needs(Action.SEE_BATCH)
def batches() -> ResponseReturnValue:
    """The runs one may issue for, and the batches that wait for this person's confirmation."""
    actor = pages.actor()
    runs = [run for run in enrolment_service.runs_of(actor) if allows(actor, Action.SEE_BATCH, run)]
    closed = [run for run in enrolment_service.runs_of(actor, closed=True) if allows(actor, Action.SEE_BATCH, run)]
    return pages.render(
        "certificate/batches.html",
        runs=sorted(runs, key=lambda run: run.ends_on),
        closed=sorted(closed, key=lambda run: run.ends_on, reverse=True),
        issued=service.ready_runs([*runs, *closed]),
        to_sign=service.batches_to_sign(actor),
    )


@bp.route("/run/<uuid:run_id>/certificate", methods=["GET", "POST"])
@pages.needs(Action.SEE_BATCH)
def batch(run_id: UUID) -> ResponseReturnValue:
    """Ready, and not ready with the missing link in words."""
    run = enrolment_service.run(run_id)
    require(pages.actor(), Action.SEE_BATCH, run)
    found = sorted(
        service.standings(service.candidates(run)), key=lambda one: turkish.sort_key(one.enrolment.person.name)
    )
    ready = [one for one in found if one.is_ready]
    form = BatchForm()
    form.people.choices = [SelectChoice(str(one.enrolment.id), one.enrolment.person.name) for one in ready]
    if request.method == "GET":
        form.people.data = [str(one.enrolment.id) for one in ready]
    if form.sent():
        try:
            made = service.prepare(run, [UUID(one) for one in form.people.data or ()], by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _after_preparing(made)
    return _batch_page(run, form, found, ready), form.status


def _batch_page(run: Run, form: BatchForm, found: list[Standing], ready: list[Standing]) -> str:
    return pages.render(
        "certificate/batch.html",
        run=run,
        form=form,
        ready=ready,
        not_ready=[one for one in found if not one.is_ready],
        issued=service.certificates_of_run(run.id),
        waiting=service.waiting_batch(run),
        may_issue=allows(pages.actor(), Action.ISSUE, run),
    )


def _after_preparing(made: Batch) -> ResponseReturnValue:
    if made.run.needs_signatory:
        pages.notify("ok", Message(N_("The batch was sent to the signatory. Nothing is issued before they confirm.")))
        return redirect(url_for("certificate.batch", run_id=made.run_id), 303)
    return redirect(url_for("certificate.review", batch_id=made.id), 303)


@bp.route("/certification/<uuid:batch_id>", methods=["GET", "POST"])
@pages.needs(Action.ISSUE, Action.SIGN_BATCH)
def review(batch_id: UUID) -> ResponseReturnValue:
    """The last look before certificates exist, for whoever issues or confirms."""
    found = service.batch(batch_id)
    require(pages.actor(), Action.SEE_BATCH, found)
    form, back = DecisionForm(), ReturnForm()
    if request.method == "POST" and "_lang" not in request.form:
        answer = _decide(found, form, back)
        if answer is not None:
            return answer
    wanted = {UUID(one) for one in found.enrolment_ids}
    people = [one for one in service.standings(service.candidates(found.run)) if one.enrolment.id in wanted]
    people.sort(key=lambda one: turkish.sort_key(one.enrolment.person.name))
    page = pages.render(
        "certificate/review.html",
        batch=found,
        run=found.run,
        form=form,
        back=back,
        people=people,
        signs=allows(pages.actor(), Action.SIGN_BATCH, found) and found.run.needs_signatory,
        waits=found.state is BatchState.PREPARED,
        document=DOCUMENTS[record.document_kind(found.run.policy["document"], found.run.activity_no)],
    )
    return page, max(form.status, back.status)


def _decide(found: Batch, form: DecisionForm, back: ReturnForm) -> ResponseReturnValue | None:
    """Confirm, send back or take back; None when the page has to be shown again."""
    act = request.form.get("act", "")
    try:
        if act == "return":
            return _send_back(found, back)
        if act == "discard":
            service.discard(found, by=pages.actor())
            return redirect(url_for("certificate.batch", run_id=found.run_id), 303)
        if not form.sent():
            return None
        made = (service.sign if found.run.needs_signatory else service.issue)(found, by=pages.actor())
    except RuleBroken as broken:
        (back if act == "return" else form).show(broken)
        return None
    pages.notify("ok", Message(*P_("%(n)s certificate was issued.", "%(n)s certificates were issued."), n=len(made)))
    return redirect(url_for("certificate.batch", run_id=found.run_id), 303)


def _send_back(found: Batch, back: ReturnForm) -> ResponseReturnValue | None:
    if not back.sent():
        return None
    service.return_batch(found, reason=back.reason.data or "", by=pages.actor())
    pages.notify("ok", Message(N_("The batch went back to the coordinator. Nothing was issued.")))
    return redirect(url_for("journey.today"), 303)


@bp.post("/run/<uuid:run_id>/close")
@pages.needs(Action.ISSUE)
def close_run(run_id: UUID) -> ResponseReturnValue:
    """Freeze every outcome and close the run."""
    run = enrolment_service.run(run_id)
    try:
        service.close_run(run, by=pages.actor())
    except RuleBroken as broken:
        pages.notify("bad", broken.message)
    else:
        pages.notify("ok", Message(N_("The run is closed and every outcome is frozen.")))
    return redirect(url_for("certificate.batch", run_id=run.id), 303)


@bp.route("/certificate/<uuid:certificate_id>/revoke", methods=["GET", "POST"])
@pages.needs(Action.REVOKE)
def revoke(certificate_id: UUID) -> ResponseReturnValue:
    """A reason, and what the public will read; this cannot be undone."""
    found = service.certificate(certificate_id)
    require(pages.actor(), Action.REVOKE, found)
    form = RevokeForm()
    form.kind.choices = [SelectChoice(kind.value, said(words)) for kind, words in KIND_WORDS.items()]
    if form.sent():
        try:
            service.revoke(found, kind=RevocationKind(form.kind.data), note=form.note.data or "", by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("The certificate is revoked. Its verification page says so from now on.")))
            return redirect(url_for("certificate.batch", run_id=found.run_id), 303)
    return pages.render("certificate/revoke.html", certificate=found, form=form), form.status
