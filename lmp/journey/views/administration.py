"""Bugün of those who run a centre, and of those who look after the network."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import url_for

from lmp.access import Role
from lmp.certificate.models import Batch
from lmp.core import clock, jobs
from lmp.core.messages import N_, P_, Message
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Run
from lmp.journey import attention, watch
from lmp.journey.attention import Count, Counts, Need
from lmp.journey.stuck import Stuck, stuck_centres
from lmp.journey.views import first_steps
from lmp.journey.views.cards import Day, Row
from lmp.journey.views.staff import About, Span, day_of, deadline, desk_url, run_rows, to_sign, waiting_rows
from lmp.notice import service as notice
from lmp.privacy import service as privacy
from lmp.privacy.models import DataRequest
from lmp.privacy.rules import State
from lmp.web import pages

#: A data request is shown so many days before its answer is due.
_SOON = 14

_READY = P_("%(n)s person is ready for a certificate", "%(n)s people are ready for a certificate")
_NO_COMPANY = P_("%(n)s person has no company yet", "%(n)s people have no company yet")
_LATE_APPROVALS = P_("%(n)s approval is overdue", "%(n)s approvals are overdue")
_SLOW_WEEKS = P_(
    "%(n)s week of logs has waited for the company for more than three days",
    "%(n)s weeks of logs have waited for the company for more than three days",
)
_BEHIND = P_("%(n)s person is behind", "%(n)s people are behind")
_EMPTY = P_("%(n)s seat stayed empty", "%(n)s seats stayed empty")


def centre() -> Day:
    """What a centre's runs need: batches that came back and certificates first, then people without a company."""
    actor = pages.actor()
    runs = attention.runs_of(actor, Role.CENTRE_ADMINISTRATOR)
    counts = attention.counts(runs)
    several = len(actor.scopes(Role.CENTRE_ADMINISTRATOR)) > 1
    about = _with_centre if several else _about
    made = attention.batches(runs) if runs else []
    came_back, ready = attention.returned(made), attention.ready(runs, made)
    rows = [
        *(_returned(about(run), came_back[run.id]) for run in runs if run.id in came_back),
        *(_ready(run, ready[run.id], about) for run in runs if ready[run.id]),
        *_needs(runs, counts, about),
        *(_empty(run, about) for run in runs if _stays_empty(run, counts[run.id])),
    ]
    if not runs:
        rows += first_steps.of_a_centre()
    waiting = waiting_rows(runs, _in_time(counts), [Need.APPROVAL, Need.COMPANY, Need.RETURNED], about)
    return day_of(rows, waiting, run_rows(runs, counts, centres=several))


def _in_time(counts: Mapping[UUID, Counts]) -> dict[UUID, Counts]:
    """What waits and is not too late: the rest stands among the things to do."""
    return {key: {need: one for need, one in of_run.items() if not one.late} for key, of_run in counts.items()}


def _about(run: Run) -> list[object]:
    return [run.course.title, Span(run.starts_on, run.ends_on)]


def _with_centre(run: Run) -> list[object]:
    """The same for somebody of several centres."""
    return [run.centre.short_name, *_about(run)]


def _returned(about: Sequence[object], batch: Batch) -> Row:
    return Row(
        Message(N_("A batch of certificates came back")),
        url_for("certificate.batch", run_id=batch.run_id),
        [*about, Message(N_("Reason: %(reason)s"), reason=batch.reason)],
        clock.local(batch.decided_at or batch.prepared_at).date(),
        "returned",
        act=Message(N_("See the batch")),
    )


def _ready(run: Run, number: int, about: About) -> Row:
    word, act = Message(N_("Waits for the centre")), Message(N_("Review the certificates"))
    url = url_for("certificate.batch", run_id=run.id)
    return Row(Message(*_READY, n=number), url, about(run), run.ends_on, "due", word, act)


def _needs(runs: Sequence[Run], counts: Mapping[UUID, Counts], about: About) -> list[Row]:
    """People without a company, overdue approvals, weeks a company has left, people behind; kind by kind."""
    found = [
        (_NO_COMPANY, Need.UNPLACED, "number", Message(N_("Waits for the centre")), Message(N_("Match companies"))),
        (_LATE_APPROVALS, Need.APPROVAL, "late", watch.WHOM[Need.APPROVAL][1], Message(N_("See the applications"))),
        (_SLOW_WEEKS, Need.COMPANY, "late", watch.WHOM[Need.COMPANY][1], Message(N_("See the logs"))),
        (_BEHIND, Need.BEHIND, "number", Message(N_("Waits for the teacher")), Message(N_("See who"))),
    ]
    return [
        _need(run, Message(*pair, n=number), need, counts[run.id][need], about, word, act)
        for pair, need, which, word, act in found
        for run in runs
        if need in counts[run.id] and (number := getattr(counts[run.id][need], which))
    ]


def _need(run: Run, title: Message, need: Need, count: Count, about: About, word: Message, act: Message) -> Row:
    facts = [*about(run), *filter(None, [watch.how_long(need, count)])]
    on = count.on or (clock.local(count.at).date() if count.at else run.starts_on)
    return Row(title, desk_url(run, need), facts, on, "alert", word, act)


def _stays_empty(run: Run, counts: Counts) -> bool:
    """Whether nobody can apply any more and seats are left, before the run begins."""
    between = run.apply_until_on < clock.today() < run.starts_on
    return between and Need.APPROVAL not in counts and enrolment_service.places_left(run) > 0


def _empty(run: Run, about: About) -> Row:
    word = Message(N_("Waits for the centre"))
    left = enrolment_service.places_left(run)
    begins = Message(N_("The run begins on %(day)s"), day=run.starts_on)
    return Row(Message(*_EMPTY, n=left), desk_url(run), [*about(run), begins], run.starts_on, "due", word)


def network() -> Day:
    """Batches to confirm, requests about data, mail that did not leave, and centres in which something is stuck."""
    actor = pages.actor()
    requests = privacy.queue(State.OPEN, None, viewer=actor).rows
    rows = [*to_sign(), *(_request(one) for one in requests if _is_near(one)), *_machinery()]
    return day_of([*rows, *first_steps.of_the_network(), *(_stuck(one) for one in stuck_centres())])


def _is_near(one: DataRequest) -> bool:
    return (one.due_on - clock.today()).days <= _SOON


def _request(one: DataRequest) -> Row:
    late = one.due_on < clock.today()
    return Row(
        Message(N_("Request of %(name)s about their data"), name=one.person.name),
        url_for("privacy.answer", request_id=one.id),
        [Message(N_("Answer due by %(day)s"), day=one.due_on)],
        one.due_on,
        "alert" if late else "due",
        deadline(one.due_on),
        Message(N_("Answer the request")),
    )


def _machinery() -> list[Row]:
    """Mails that failed, and work that the server has given up."""
    failed = notice.failed_mails(pages.actor())
    dead = sum(one.dead for one in jobs.backlog())
    rows = []
    if failed:
        url, act = url_for("notice.mails", state="failed"), Message(N_("See the mails"))
        title = Message(*P_("%(n)s mail could not be sent", "%(n)s mails could not be sent"), n=failed)
        facts = [Message(N_("They wait until somebody sends them again."))]
        rows.append(Row(title, url, facts, clock.today(), "failed", Message(N_("Not sent")), act))
    if dead:
        title = Message(*P_("%(n)s job was given up", "%(n)s jobs were given up"), n=dead)
        facts = [Message(N_("The technical team finds the cause in the server's log."))]
        rows.append(Row(title, None, facts, clock.today(), "failed", Message(N_("Given up"))))
    return rows


def _stuck(one: Stuck) -> Row:
    """A centre with what has waited there too long."""
    facts = []
    if one.approvals:
        facts.append(Message(*_LATE_APPROVALS, n=one.approvals))
    if one.weeks:
        pair = P_(
            "%(n)s week of logs has waited for a company for more than seven days",
            "%(n)s weeks of logs have waited for a company for more than seven days",
        )
        facts.append(Message(*pair, n=one.weeks))
    word, url = Message(N_("Stuck")), url_for("reports.centre", slug=one.slug)
    return Row(one.name, url, facts, clock.today(), "alert", word, Message(N_("See the centre")))
