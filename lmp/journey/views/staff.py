"""Bugün of those who decide, assess, train and administer."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from lmp.certificate import service as certificate
from lmp.content import service as content
from lmp.core import clock, written
from lmp.core.messages import N_, P_, Message
from lmp.enrolment import service as enrolment_service
from lmp.journey import service
from lmp.journey.views.cards import Act, Day, Next, Row
from lmp.practical import service as practical
from lmp.web import pages

_LOOK = Message(N_("Look"))
_MOST = 6


def _day(rows: list[Row], acts: dict[int, Message], waiting: list[Row] | None = None) -> Day:
    """The first row becomes the sheet, with the words of its act; the others are due."""
    if not rows:
        return Day(waiting=waiting or ())
    first = rows[0]
    act = Act(acts.get(0, _LOOK), first.url or url_for("journey.today"))
    return Day(
        Next(title=first.title, act=act, facts=first.meta, on=clock.today()),
        due=rows[1 : _MOST + 1],
        waiting=waiting or (),
    )


def approver() -> Day:
    """Applications that wait for this approver, the most urgent first."""
    rows = [
        Row(
            Message(N_("Application of %(name)s"), name=step.enrolment.person.name),
            url_for("enrolment.application", step_id=step.id),
            [step.enrolment.run.course.title, Message(N_("Answer due by %(day)s"), day=step.due_on)],
            step.due_on,
            "waiting",
        )
        for step in enrolment_service.queue_of(pages.actor())
    ]
    return _day(rows, {0: Message(N_("Look at the application"))}, _to_sign())


def assessor() -> Day:
    """People who wait for their practical test; those with everything else done come first."""
    waiting = [one for one in practical.candidates(pages.actor()) if one.decided is None or not one.decided.passed]
    ready = {
        standing.enrolment.id
        for standing in certificate.standings([one.enrolment for one in waiting])
        if _only_test(standing)
    }
    waiting.sort(key=lambda one: (one.enrolment.id not in ready, one.enrolment.run.ends_on))
    rows = [
        Row(
            Message(N_("Practical test of %(name)s"), name=one.enrolment.person.name),
            url_for("practical.observe", enrolment_id=one.enrolment.id),
            [
                one.enrolment.run.course.title,
                *([Message(N_("Everything else is done"))] if one.enrolment.id in ready else []),
            ],
            one.enrolment.run.ends_on,
            "in_progress" if one.open else "not_started",
        )
        for one in waiting
    ]
    return _day(rows, {0: Message(N_("Open the checklist"))})


def _only_test(standing: certificate.Standing) -> bool:
    return bool(standing.missing) and all(one.strand == "practical" for one in standing.missing)


def _to_sign() -> list[Row]:
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
        )
        for one in certificate.batches_to_sign(pages.actor())
    ]


_READY = P_("%(n)s person is ready for a certificate", "%(n)s people are ready for a certificate")
_NO_COMPANY = P_("%(n)s person has no company yet", "%(n)s people have no company yet")
_SILENT = P_("%(n)s person has written no log for three days", "%(n)s people have written no log for three days")
_COMPANY_DAYS = P_("%(n)s day waits for a company's confirmation", "%(n)s days wait for a company's confirmation")


def _needs(news: service.RunNews) -> list[Message]:
    """What a run needs, in words."""
    pairs = ((_READY, news.ready), (_NO_COMPANY, news.without_company), (_SILENT, news.late_writers))
    return [Message(*pair, n=number) for pair, number in pairs if number]


def administrator() -> Day:
    """What the centre's runs need: certificates first, then companies, then people who fell silent."""
    rows, waiting = [], []
    for news in service.run_news(pages.actor()):
        run, desk = news.run, url_for("enrolment.run", run_id=news.run.id)
        about = [run.course.title, _Span(run.starts_on, run.ends_on)]
        if news.ready:
            rows.append(
                Row(
                    Message(*_READY, n=news.ready),
                    url_for("certificate.batch", run_id=run.id),
                    about,
                    run.ends_on,
                    "due",
                )
            )
        if news.without_company:
            rows.append(Row(Message(*_NO_COMPANY, n=news.without_company), desk, about, run.starts_on, "alert"))
        if news.late_writers:
            rows.append(Row(Message(*_SILENT, n=news.late_writers), desk, about, run.ends_on, "alert"))
        if news.waiting_company:
            waiting.append(Row(Message(*_COMPANY_DAYS, n=news.waiting_company), desk, about, state="waiting_company"))
    rows.sort(key=lambda row: row.state != "due")
    return _day(rows, {0: _LOOK}, waiting)


@dataclass(frozen=True)
class _Span:
    """Two days as people write a span; knows its wording in each language."""

    first: date
    last: date

    def in_language(self, lang: str) -> str:
        """The span in words."""
        return written.span(self.first, self.last, lang)


def trainer() -> Day:
    """Courses that wait for this person's review, and runs they train."""
    actor = pages.actor()
    rows = [
        Row(
            Message(N_("Review “%(course)s”"), course=row.title),
            url_for("content.draft", slug=row.slug),
            [Message(N_("Draft saved on %(day)s"), day=row.saved_on)],
            row.saved_on,
            "waiting",
        )
        for row in content.draft_rows(viewer=actor)
        if row.waits and row.author_id != actor.id
    ]
    runs = []
    for news in service.run_news(actor):
        word = Message(*_SILENT, n=news.late_writers) if news.late_writers else Message(N_("Everybody is on time"))
        runs.append(
            Row(
                news.run.course.title,
                url_for("enrolment.run", run_id=news.run.id),
                [word],
                news.run.ends_on,
                "alert" if news.late_writers else "in_progress",
                Message(N_("Needs attention")) if news.late_writers else None,
            )
        )
    return _day([*rows, *runs], {0: Message(N_("Open the review")) if rows else _LOOK}, _own_drafts(actor.id))


def _own_drafts(person_id: object) -> list[Row]:
    """Drafts of one's own that wait for somebody else's review."""
    return [
        Row(
            row.title,
            url_for("content.draft", slug=row.slug),
            [Message(N_("Waits for a second person's review"))],
            state="waiting",
        )
        for row in content.draft_rows(viewer=pages.actor())
        if row.waits and row.author_id == person_id
    ]


def network_administrator() -> Day:
    """Batches to confirm, and the runs of the whole network that need somebody."""
    to_sign = _to_sign()
    rows = list(to_sign)
    for news in service.run_news(pages.actor()):
        if news.ready or news.without_company or news.late_writers:
            desk = url_for("enrolment.run", run_id=news.run.id)
            facts = [news.run.centre.short_name, *_needs(news)]
            rows.append(Row(news.run.course.title, desk, facts, news.run.ends_on, "alert"))
    return _day(rows, {0: Message(N_("Look at the batch")) if to_sign else _LOOK})
