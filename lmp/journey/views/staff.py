"""Bugün of those who decide, assess and train."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from lmp.access import Role
from lmp.certificate import service as certificate
from lmp.content import service as content
from lmp.content.rules import Standing
from lmp.core import clock, written
from lmp.core.messages import N_, P_, Message
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Run
from lmp.journey import attention, watch
from lmp.journey.attention import Behind, Count, Counts, Lag, Need
from lmp.journey.rules import days_left
from lmp.journey.views.cards import Act, Day, Next, Row
from lmp.journey.views.rosters import waiting_rosters
from lmp.practical import service as practical
from lmp.web import pages

_LOOK = Message(N_("Look"))
#: So many people who are behind are named; beyond, the desks of the runs name them.
_NAMED = 50
#: What a row says of its run.
About = Callable[[Run], Sequence[object]]


def day_of(rows: list[Row], waiting: Sequence[Row] = (), runs: Sequence[Row] = ()) -> Day:
    """The first row becomes the sheet, with the words of its act; the others are due."""
    if not rows:
        return Day(waiting=waiting, runs=runs)
    first = rows[0]
    act = Act(first.act or _LOOK, first.url or url_for("journey.today"))
    step = Next(title=first.title, act=act, facts=first.meta, on=clock.today())
    return Day(step, due=rows[1:], waiting=waiting, runs=runs)


def deadline(until: date) -> Message:
    """How long a deadline is away."""
    left = days_left(until, clock.today())
    if left == 0:
        return Message(N_("Last day today"))
    if left < 0:
        return Message(*P_("%(n)s day overdue", "%(n)s days overdue"), n=-left)
    return Message(*P_("%(n)s day left", "%(n)s days left"), n=left)


def approver() -> Day:
    """Applications that wait for this approver, the most urgent first."""
    steps = enrolment_service.queue_of(pages.actor())
    represented = enrolment_service.on_behalf_of(steps, pages.actor())
    rows = [
        Row(
            Message(N_("Application of %(name)s"), name=step.enrolment.person.name),
            url_for("enrolment.application", step_id=step.id),
            [
                *_in_whose_name(represented.get(step.id)),
                step.enrolment.run.course.title,
                Message(N_("Answer due by %(day)s"), day=step.due_on),
            ],
            step.due_on,
            "alert" if step.due_on and step.due_on < clock.today() else "due",
            deadline(step.due_on) if step.due_on else None,
            _LOOK_AT_APPLICATION,
        )
        for step in steps
    ]
    return day_of(rows, to_sign())


def _in_whose_name(name: str | None) -> list[Message]:
    return [Message(N_("In the name of %(name)s"), name=name)] if name else []


_LOOK_AT_APPLICATION = Message(N_("Look at the application"))


def assessor() -> Day:
    """People who wait for their practical test: begun ones first, then those with everything else done, then by date."""
    waiting = [one for one in practical.candidates(pages.actor()) if one.decided is None or not one.decided.passed]
    ready = {
        standing.enrolment.id
        for standing in certificate.standings([one.enrolment for one in waiting])
        if _only_test(standing)
    }
    waiting.sort(key=lambda one: (one.open is None, one.enrolment.id not in ready, one.enrolment.run.ends_on))
    rows = [
        Row(
            Message(N_("Practical test of %(name)s"), name=one.enrolment.person.name),
            url_for("practical.observe", enrolment_id=one.enrolment.id),
            [
                one.enrolment.run.course.title,
                *([Message(N_("Begun and not decided yet"))] if one.open else []),
                *([Message(N_("Everything else is done"))] if one.enrolment.id in ready else []),
                Message(N_("The run ends on %(day)s"), day=one.enrolment.run.ends_on),
            ],
            one.enrolment.run.ends_on,
            "in_progress" if one.open else "not_started",
            act=Message(N_("Open the checklist")),
        )
        for one in waiting
    ]
    return day_of(rows)


def _only_test(standing: certificate.Standing) -> bool:
    return bool(standing.missing) and all(one.strand == "practical" for one in standing.missing)


def to_sign() -> list[Row]:
    """Batches that wait for this person as signatory."""
    return [
        Row(
            Message(
                *P_("%(n)s certificate waits for your confirmation", "%(n)s certificates wait for your confirmation"),
                n=len(one.enrolment_ids),
            ),
            url_for("certificate.review", batch_id=one.id),
            [one.run.course.title, one.run.centre.short_name],
            clock.local(one.prepared_at).date(),
            "waiting",
            act=Message(N_("Look at the batch")),
        )
        for one in certificate.batches_to_sign(pages.actor())
    ]


@dataclass(frozen=True)
class Span:
    """Two days as people write a span; knows its wording in each language."""

    first: date
    last: date

    def in_language(self, lang: str) -> str:
        """The span in words."""
        return written.span(self.first, self.last, lang)


def trainer() -> Day:
    """Rosters of today, courses that wait for this person's review, logs that ask for a look, people who are behind."""
    actor = pages.actor()
    drafts = content.draft_rows(viewer=actor)
    reviews = [_review(row) for row in drafts if row.standing is Standing.IN_REVIEW and row.author_id != actor.id]
    runs = attention.runs_of(actor, Role.TRAINER)
    counts = attention.counts(runs)
    logs = [_logs(run, counts[run.id][Need.COMPANY]) for run in runs if _late_weeks(counts[run.id])]
    by_id = {run.id: run for run in runs}
    behind = [_behind(one, by_id[one.run_id]) for one in attention.behind(runs, limit=_NAMED)]
    waiting = [*waiting_rows(runs, counts, [Need.COMPANY, Need.RETURNED], _title), *_own_drafts(drafts, actor.id)]
    return day_of([*waiting_rosters(), *reviews, *logs, *behind], waiting, run_rows(runs, counts))


def _review(row: content.DraftRow) -> Row:
    return Row(
        Message(N_("Review “%(course)s”"), course=row.title),
        url_for("content.review", slug=row.slug),
        [Message(N_("Draft saved on %(day)s"), day=row.saved_on)],
        row.saved_on,
        "waiting",
        Message(N_("Waits for your review")),
        Message(N_("Open the review")),
    )


def _late_weeks(counts: Counts) -> int:
    return counts[Need.COMPANY].late if Need.COMPANY in counts else 0


def _logs(run: Run, count: Count) -> Row:
    """Weeks of a run that a company has left too long."""
    pair = P_(
        "%(n)s week of logs has waited for the company for more than three days",
        "%(n)s weeks of logs have waited for the company for more than three days",
    )
    return Row(
        Message(*pair, n=count.late),
        desk_url(run, Need.COMPANY),
        [run.course.title, *filter(None, [watch.how_long(Need.COMPANY, count)])],
        clock.local(count.at).date() if count.at else run.starts_on,
        "waiting_company",
        act=Message(N_("See the logs")),
    )


def _behind(one: Behind, run: Run) -> Row:
    """Somebody of a run who is behind."""
    url = url_for(
        "workplace.staff_log" if one.lag is Lag.LOG else "enrolment.run_participant", enrolment_id=one.enrolment_id
    )
    word = Message(N_("Waits for the teacher"))
    return Row(
        one.name, url, [watch.said(one), run.course.title], one.since, "due", word, Message(N_("See how it stands"))
    )


def desk_url(run: Run, need: Need | None = None) -> str:
    """The desk of a run, narrowed to those who need something."""
    return url_for("enrolment.run", run_id=run.id, show=watch.VIEWS[need] if need else None)


def _title(run: Run) -> list[object]:
    return [run.course.title]


def waiting_rows(runs: Sequence[Run], counts: Mapping[UUID, Counts], needs: Sequence[Need], about: About) -> list[Row]:
    """What waits for others, run by run: how many, whom, and how long."""
    return [
        Row(
            watch.how_many(need, counts[run.id][need].number),
            desk_url(run, need),
            [*about(run), *filter(None, [watch.how_long(need, counts[run.id][need])])],
            state=watch.WHOM[need][0],
            word=watch.WHOM[need][1],
        )
        for run in runs
        for need in needs
        if need in counts[run.id]
    ]


_PEOPLE = P_("%(n)s participant", "%(n)s participants")
_BEHIND = P_("%(n)s behind", "%(n)s behind")
_WAITING = P_("%(n)s thing waits", "%(n)s things wait")


def run_rows(runs: Sequence[Run], counts: Mapping[UUID, Counts], *, centres: bool = False) -> list[Row]:
    """One row a run: how many take part, and where there are any, how many are behind and what waits for somebody."""
    seated = attention.seated_in(runs) if runs else {}
    return [_run_row(run, seated.get(run.id, 0), counts[run.id], centres=centres) for run in runs]


def _run_row(run: Run, people: int, counts: Counts, *, centres: bool) -> Row:
    behind = counts[Need.BEHIND].number if Need.BEHIND in counts else 0
    waiting = sum(count.number for need, count in counts.items() if need is not Need.BEHIND)
    numbers = [
        Message(*words, n=number)
        for words, number in ((_PEOPLE, people), (_BEHIND, behind), (_WAITING, waiting))
        if number or words is _PEOPLE
    ]
    begun = run.starts_on <= clock.today()
    state = "due" if behind else "in_progress" if begun else "not_started"
    word = Message(N_("Needs attention")) if behind else None if begun else Message(N_("Begins"))
    about = [run.centre.short_name] if centres else []
    return Row(
        run.course.title,
        desk_url(run),
        [*about, Span(run.starts_on, run.ends_on), *numbers],
        run.starts_on,
        state,
        word,
    )


_STANDINGS = {
    Standing.IN_REVIEW: Message(N_("Waits for a second person's review")),
    Standing.SENT_BACK: Message(N_("Sent back with a reason")),
}
_MARKS = {Standing.IN_REVIEW: "waiting", Standing.SENT_BACK: "returned"}


def _own_drafts(drafts: Sequence[content.DraftRow], person_id: object) -> list[Row]:
    """Drafts of one's own that wait for somebody else's review, or that came back from it."""
    return [
        Row(row.title, url_for("content.review", slug=row.slug), [_STANDINGS[row.standing]], state=_MARKS[row.standing])
        for row in drafts
        if row.standing in _STANDINGS and row.author_id == person_id
    ]
