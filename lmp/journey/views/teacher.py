"""A teacher's Bugün."""

from datetime import date
from uuid import UUID

from flask import url_for

from lmp.certificate.service import Standing
from lmp.content import service as content
from lmp.core import clock
from lmp.core.messages import N_, P_, Message
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.journey.rules import Kind, Task
from lmp.journey.service import TeacherToday
from lmp.journey.views.cards import Act, Day, Next, Row
from lmp.journey.views.rosters import hours_of
from lmp.meeting.models import HalfDay
from lmp.meeting.rules import ClockTime
from lmp.workplace.rules import week_number


def day(found: TeacherToday) -> Day:
    """A place that is offered, else the most urgent task is the sheet; another kind is the second way, the rest is due."""
    tasks = [(standing, task) for standing, of_it in found.running for task in of_it]
    ahead = sorted(
        [*(_meeting_row(*one) for one in found.meetings), *_ahead(found)], key=lambda row: row.on or date.max
    )
    waiting = [*_with_company(found), *(_application(one) for one in found.waiting)]
    if found.offers:
        first_offer, *others = found.offers
        due = [*(_offered_row(one) for one in others), *(_row(*one) for one in tasks)]
        return Day(_offer(first_offer), _about_offer(first_offer), _by_day([*due, *ahead]), waiting)
    if not tasks:
        return Day(_first(found), None, ahead, waiting)
    first, rest = tasks[0], tasks[1:]
    second = next((one for one in rest if one[1].kind is Kind.STUDY), None)
    due = [_row(*one) for one in rest if one is not second]
    return Day(_next(*first), _row(*second) if second else None, _by_day([*due, *ahead]), waiting)


def _by_day(rows: list[Row]) -> list[Row]:
    """Rows in the order of their days, as their margin is read; those without a day last."""
    return sorted(rows, key=lambda one: one.on or date.max)


def _url(standing: Standing, task: Task) -> str:
    """Where a task is done."""
    if task.kind is Kind.STUDY:
        return url_for("learning.resume", enrolment_id=standing.enrolment.id)
    placement = standing.placement
    if placement is None:
        raise RuntimeError("a task of the log belongs to a placement")
    if task.kind is Kind.SEND_WEEK:
        return url_for("workplace.week", placement_id=placement.id, number=week_number(placement.starts_on, task.on))
    return url_for("workplace.day", placement_id=placement.id, on=task.on.isoformat())


_TITLES = {
    Kind.CORRECT_DAY: Message(N_("Correct a day")),
    Kind.WRITE_TODAY: Message(N_("Write today's log")),
    Kind.WRITE_DAY: Message(N_("Write the log of a past day")),
    Kind.SEND_WEEK: Message(N_("Send your week for confirmation")),
}
_ACTS = {
    Kind.CORRECT_DAY: Message(N_("Correct")),
    Kind.WRITE_TODAY: Message(N_("Write the log")),
    Kind.WRITE_DAY: Message(N_("Write the log")),
    Kind.SEND_WEEK: Message(N_("See the week")),
    Kind.STUDY: Message(N_("Go on")),
}


def _title(standing: Standing, task: Task) -> object:
    if task.kind is not Kind.STUDY:
        return _TITLES[task.kind]
    unit = content.document(standing.enrolment.run.version).unit(standing.open_unit_keys[0])
    return Message(N_("Unit %(number)s: %(title)s"), number=task.number, title=unit.title)


def _kicker(standing: Standing, task: Task) -> object:
    if task.kind is Kind.STUDY or not task.number or standing.placement is None:
        return standing.enrolment.run.course.title
    return Message(N_("On the job, day %(day)s of %(days)s"), day=task.number, days=standing.placement.planned_days)


def _facts(standing: Standing, task: Task) -> list[object]:
    if task.kind is Kind.STUDY:
        unit = content.document(standing.enrolment.run.version).unit(standing.open_unit_keys[0])
        return [Message(N_("Distance learning")), Message(*P_("%(n)s minute", "%(n)s minutes"), n=unit.minutes)]
    placement = standing.placement
    return [placement.workplace.company.name, placement.workplace.name] if placement else []


def _next(standing: Standing, task: Task) -> Next:
    quiet = (
        Act(Message(N_("I was not at the workplace today")), _url(standing, task))
        if task.kind is Kind.WRITE_TODAY
        else None
    )
    return Next(
        title=_title(standing, task),
        act=Act(_ACTS[task.kind], _url(standing, task)),
        kicker=_kicker(standing, task),
        facts=_facts(standing, task),
        quiet=quiet,
        on=clock.today() if task.kind is Kind.STUDY else task.on,
    )


def _row(standing: Standing, task: Task) -> Row:
    state = {Kind.CORRECT_DAY: "returned", Kind.STUDY: "in_progress"}.get(task.kind, "not_started")
    return Row(_title(standing, task), _url(standing, task), _facts(standing, task), task.on, state)


def _answer_by(one: Enrolment) -> object:
    return Message(N_("Answer by %(until)s"), until=enrolment_service.offers.until(one))


def _offer(one: Enrolment) -> Next:
    """A place that is held for the teacher: accept it, or give it up."""
    until = enrolment_service.offers.until(one)
    return Next(
        title=Message(N_("A place is held for you")),
        act=Act(Message(N_("Accept the place")), url_for("enrolment.offer", enrolment_id=one.id), posts=True),
        kicker=one.run.course.title,
        facts=[Message(N_("First day: %(day)s"), day=one.run.starts_on), one.run.venue, _answer_by(one)],
        quiet=Act(Message(N_("Give it up")), url_for("enrolment.withdraw", enrolment_id=one.id)),
        on=until.at.date() if until else clock.today(),
    )


def _about_offer(one: Enrolment) -> Row:
    """What the answers mean, before they are given."""
    meta = [Message(N_("Accepting, giving up, and what happens without an answer"))]
    return Row(Message(N_("See the offer")), url_for("enrolment.offer", enrolment_id=one.id), meta)


def _offered_row(one: Enrolment) -> Row:
    until = enrolment_service.offers.until(one)
    url = url_for("enrolment.offer", enrolment_id=one.id)
    title = Message(N_("A place is held for you: %(course)s"), course=one.run.course.title)
    return Row(title, url, [_answer_by(one)], until.at.date() if until else None, "due")


def rows(standing: Standing, tasks: list[Task]) -> list[Row]:
    """Tasks of one training as rows, for its page."""
    return [_row(standing, task) for task in tasks]


def _first(found: TeacherToday) -> Next | None:
    """Without a task: look at the run that comes, or find a course."""
    if found.running or found.waiting or found.coming:
        return None
    return Next(
        title=Message(N_("Find a course")),
        act=Act(Message(N_("See the courses")), url_for("catalogue.courses")),
        facts=[Message(N_("You are in no training at the moment."))],
        on=clock.today(),
    )


def _ahead(found: TeacherToday) -> list[Row]:
    """Dates that come: runs that begin, online learning that ends, the practical test."""
    rows = [
        Row(
            one.run.course.title,
            url_for("journey.run", enrolment_id=one.id),
            [one.run.venue],
            one.run.starts_on,
            "approved",
            Message(N_("Begins")),
        )
        for one in found.coming
    ]
    for standing, _tasks in found.running:
        rows += _ahead_of(standing, standing.enrolment.run.ends_on)
    return rows


def _ahead_of(standing: Standing, ends_on: date) -> list[Row]:
    url = url_for("journey.run", enrolment_id=standing.enrolment.id)
    rows = []
    if standing.evidence.open_units:
        meta = [Message(*P_("%(n)s unit is open", "%(n)s units are open"), n=len(standing.evidence.open_units))]
        rows.append(Row(Message(N_("Distance learning ends")), url, meta, ends_on, "in_progress"))
    if standing.policy.practical and standing.evidence.practical is None:
        rows.append(_test_row(url, standing, ends_on))
    return rows


def _test_row(url: str, standing: Standing, ends_on: date) -> Row:
    """The practical test: on its day where one is set, else by the end of the training."""
    title, test_day = Message(N_("Practical test")), standing.test_day
    if test_day is None or test_day.on < clock.today():
        return Row(title, url, [standing.enrolment.run.venue], ends_on, "not_started")
    facts = [ClockTime(test_day.starts), test_day.place]
    word = Message(N_("Today")) if test_day.on == clock.today() else Message(N_("Day set"))
    return Row(title, url, facts, test_day.on, "due" if test_day.on == clock.today() else "approved", word)


def _meeting_row(enrolment_id: UUID, half: HalfDay) -> Row:
    """The next half day face to face: when, where, what to bring."""
    facts: list[object] = [hours_of(half), *filter(None, (half.room,))]
    if half.bring:
        facts.append(Message(N_("Bring along: %(things)s"), things=half.bring))
    word = Message(N_("Today")) if half.on == clock.today() else Message(N_("Face-to-face training"))
    url = f"{url_for('journey.run', enrolment_id=enrolment_id)}#timetable"
    return Row(half.title, url, facts, half.on, "due" if half.on == clock.today() else "approved", word)


def _with_company(found: TeacherToday) -> list[Row]:
    """Days that wait for the company."""
    rows = []
    for standing, _tasks in found.running:
        waiting, placement = standing.evidence.days_waiting, standing.placement
        if waiting and placement is not None:
            last = max(one.on for one in standing.days if one.state.value == "sent")
            url = url_for("workplace.week", placement_id=placement.id, number=week_number(placement.starts_on, last))
            title = Message(*P_("%(n)s day of your log", "%(n)s days of your log"), n=waiting)
            rows.append(Row(title, url, [placement.workplace.company.name], state="waiting_company"))
    return rows


def _application(one: Enrolment) -> Row:
    waits = "reserve" if one.state is EnrolmentState.RESERVE_LIST else "waiting"
    return Row(
        Message(N_("Your application for “%(course)s”"), course=one.run.course.title),
        url_for("journey.run", enrolment_id=one.id),
        _waited_for(one),
        state=waits,
        word=enrolment_service.state_in_words(one),
    )


def _waited_for(one: Enrolment) -> list[object]:
    step = enrolment_service.open_step(one)
    if step is None or step.due_on is None:
        return [one.run.venue]
    return [step.scope_name, Message(N_("Answer due by %(day)s"), day=step.due_on)]
