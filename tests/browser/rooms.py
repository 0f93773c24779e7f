"""The pages around the chain, as somebody of the demo sees them: records, figures, notices, messages, meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from lmp.accounts import service as accounts
from lmp.content import service as content
from lmp.content.models import BankCategory, BankQuestion, Course
from lmp.core import db
from lmp.demo.meeting import SLUG as MEETING_COURSE
from lmp.demo.people import address_of
from lmp.enrolment.models import Enrolment, Run, StaffNote
from lmp.meeting.models import HalfDay
from lmp.network.models import Branch, CalendarDay, Company, District, MentorContact, Protocol, School, Workplace
from lmp.notice import service as notice
from lmp.practical.models import TestDay

OFFICIAL, COORDINATOR, TRAINER, TEACHER = "bakanlik", "koordinator", "egitimgorevlisi", "ogretmen"
ASSESSOR = "degerlendirici"
CENTRE, FIELD = "smm-ank-cezeri", "elektrik-elektronik"


@dataclass(frozen=True)
class Room:
    """A page: its endpoint, its address, who looks."""

    endpoint: str
    path: str
    who: str


def _first(model: type[db.Model]) -> str:
    """The id of some row."""
    return str(db.session().scalars(select(model.id).limit(1)).one())  # type: ignore[attr-defined]  # every model here has an id


def rooms() -> list[Room]:
    """All of them; in a unit of work."""
    return [*_records(), *_partners(), *_figures(), *_told(), *_correspondence(), *_meetings(), *_tests(), *_banks()]


def _records() -> Iterable[Room]:
    keep = "/management"
    branch, school = _first(Branch), _first(School)
    on = db.session().scalars(select(CalendarDay.on).order_by(CalendarDay.on.desc()).limit(1)).one().isoformat()
    yield Room("journey.management", keep, OFFICIAL)
    yield Room("journey.management", keep, COORDINATOR)
    yield Room("network.branches", f"{keep}/branch", OFFICIAL)
    yield Room("network.branch", f"{keep}/branch/{branch}", OFFICIAL)
    yield Room("network.add_branch", f"{keep}/branch/new", OFFICIAL)
    yield Room("network.edit_branch", f"{keep}/branch/{branch}/edit", OFFICIAL)
    yield Room("network.calendar", f"{keep}/calendar", OFFICIAL)
    yield Room("network.add_day", f"{keep}/calendar/new", OFFICIAL)
    yield Room("network.calendar_day", f"{keep}/calendar/{on}", OFFICIAL)
    yield Room("network.edit_day", f"{keep}/calendar/{on}/edit", OFFICIAL)
    yield Room("network.centres", f"{keep}/centre", OFFICIAL)
    yield Room("network.centre", f"{keep}/centre/{CENTRE}", COORDINATOR)
    yield Room("network.add_centre", f"{keep}/centre/new", OFFICIAL)
    yield Room("network.add_field", f"{keep}/field/new", OFFICIAL)
    yield Room("network.edit_centre", f"{keep}/centre/{CENTRE}/edit", OFFICIAL)
    yield Room("network.fields", f"{keep}/field", OFFICIAL)
    yield Room("network.field", f"{keep}/field/{FIELD}", OFFICIAL)
    yield Room("network.edit_field", f"{keep}/field/{FIELD}/edit", OFFICIAL)
    yield Room("network.schools", f"{keep}/school", OFFICIAL)
    yield Room("network.schools", f"{keep}/school?q=demo", COORDINATOR)
    yield Room("network.school", f"{keep}/school/{school}", OFFICIAL)
    yield Room("network.add_school", f"{keep}/school/new", OFFICIAL)
    yield Room("network.edit_school", f"{keep}/school/{school}/edit", OFFICIAL)
    yield Room("network.provinces", f"{keep}/province", OFFICIAL)
    district = db.session().scalars(select(District.id).where(District.name == "Etimesgut")).one()
    yield Room("network.province", f"{keep}/province/6", OFFICIAL)
    yield Room("network.edit_province", f"{keep}/province/6/edit", OFFICIAL)
    yield Room("network.district", f"{keep}/province/6/district/{district}", OFFICIAL)
    yield Room("network.edit_district", f"{keep}/province/6/district/{district}/edit", OFFICIAL)


def _partners() -> Iterable[Room]:
    keep, company = "/management", _first(Company)
    workplace, contact, protocol = _first(Workplace), _first(MentorContact), _first(Protocol)
    yield Room("network.partners", f"{keep}/partner", COORDINATOR)
    yield Room("network.partners", f"{keep}/partner", TRAINER)
    yield Room("network.partner", f"{keep}/partner/{company}", COORDINATOR)
    yield Room("network.add_partner", f"{keep}/partner/new", COORDINATOR)
    yield Room("network.edit_partner", f"{keep}/partner/{company}/edit", COORDINATOR)
    yield Room("network.add_workplace", f"{keep}/partner/{company}/workplace/new", COORDINATOR)
    yield Room("network.workplace", f"{keep}/workplace/{workplace}", COORDINATOR)
    yield Room("network.edit_workplace", f"{keep}/workplace/{workplace}/edit", COORDINATOR)
    yield Room("network.add_contact", f"{keep}/partner/{company}/contact/new", COORDINATOR)
    yield Room("network.contact", f"{keep}/contact/{contact}", COORDINATOR)
    yield Room("network.edit_contact", f"{keep}/contact/{contact}/edit", COORDINATOR)
    yield Room("network.protocols", f"{keep}/protocol", COORDINATOR)
    yield Room("network.protocol", f"{keep}/protocol/{protocol}", COORDINATOR)
    yield Room("network.add_protocol", f"{keep}/partner/{company}/protocol/new", COORDINATOR)
    yield Room("network.edit_protocol", f"{keep}/protocol/{protocol}/edit", COORDINATOR)


def _figures() -> Iterable[Room]:
    yield Room("reports.start", "/report", COORDINATOR)
    yield Room("reports.centre", f"/report/centre/{CENTRE}", COORDINATOR)
    yield Room("reports.network", "/report/network", OFFICIAL)
    yield Room("reports.numbers", "/numbers", "")
    yield Room("reports.run_report", f"/report/run/{_run().id}", COORDINATOR)


def _run() -> Run:
    """The run that the teacher takes part in."""
    return _enrolment().run


def _enrolment() -> Enrolment:
    person = accounts.find_person(address_of(TEACHER))
    if person is None:
        raise LookupError(TEACHER)
    found = select(Enrolment).join(Run, Run.id == Enrolment.run_id).where(Enrolment.person_id == person.id)
    return db.session().scalars(found.order_by(Run.starts_on.desc()).limit(1)).unique().one()


def _told() -> Iterable[Room]:
    person = _enrolment().person_id
    stop = urlsplit(notice.stop_address("person", person, "message", "tr")).path
    yield Room("notice.notices", "/notice", TEACHER)
    yield Room("notice.notices", "/notice", COORDINATOR)
    yield Room("notice.settings", "/notice/settings", TEACHER)
    yield Room("notice.mails", "/outbox", OFFICIAL)
    yield Room("notice_neutral.stop", f"={stop}", "")


def _correspondence() -> Iterable[Room]:
    run, enrolment = _run().id, _enrolment().id
    note = db.session().scalars(select(StaffNote.id).limit(1)).one()
    yield Room("enrolment.messages", f"/run/{run}/message", COORDINATOR)
    yield Room("enrolment.write_message", f"/run/{run}/message/new", COORDINATOR)
    yield Room("enrolment.messages_to_me", f"/enrolment/{enrolment}/message", TEACHER)
    yield Room("enrolment.run_notes", f"/run/{run}/note", COORDINATOR)
    yield Room("enrolment.participant_notes", f"/participant/{enrolment}/note", COORDINATOR)
    yield Room("enrolment.note", f"/note/{note}", COORDINATOR)
    yield Room("enrolment.interest_in_course", f"/interest/course/{FIELD}", "")
    yield Room("enrolment.interest_in_field", f"/interest/field/{FIELD}", TEACHER)
    yield Room("enrolment.interests", "/interest", TEACHER)


def _meetings() -> Iterable[Room]:
    course = select(Course.id).where(Course.slug == MEETING_COURSE)
    run = db.session().scalars(select(Run).where(Run.course_id.in_(course)).limit(1)).unique().one()
    halves = list(
        db.session().scalars(select(HalfDay).where(HalfDay.run_id == run.id).order_by(HalfDay.number)).unique()
    )
    first, last = halves[0].id, halves[-1].id
    somebody = db.session().scalars(select(Enrolment.id).where(Enrolment.run_id == run.id).limit(1)).one()
    yield Room("meeting.timetable", f"/run/{run.id}/timetable", TRAINER)
    yield Room("meeting.sheet", f"/run/{run.id}/attendance-sheet", TRAINER)
    yield Room("meeting.roster", f"/half-day/{first}", TRAINER)
    yield Room("meeting.roster", f"/half-day/{last}", TRAINER)
    yield Room("meeting.correct", f"/half-day/{first}/participant/{somebody}", TRAINER)
    yield Room("meeting.change", f"/half-day/{last}/change", TRAINER)


def _tests() -> Iterable[Room]:
    enrolment, planned = _enrolment(), db.session().scalars(select(TestDay).limit(1)).unique().one()
    yield Room("practical.set_day", f"/test/day/{planned.enrolment.run_id}", ASSESSOR)
    yield Room("learning.tests", f"/training/{enrolment.id}/test", TEACHER)
    yield Room("learning.extend", f"/participant/{enrolment.id}/quiz", COORDINATOR)
    yield Room("learning.run_gain", f"/run/{enrolment.run_id}/gain", COORDINATOR)
    yield Room("learning.question_statistics", f"/draft/{FIELD}/answer", TRAINER)


def _banks() -> Iterable[Room]:
    """The question banks: that of the course, that of its centre, and the ways between them."""
    kept = db.session().scalars(select(BankQuestion).where(BankQuestion.changed_at > BankQuestion.made_at)).first()
    if kept is None:
        raise LookupError("no question of the bank was changed")
    draft = content.draft(FIELD)
    units = [(unit["key"], one["key"], one["id"]) for unit in draft.document["units"] for one in unit["questions"]]
    changed = next((unit, key) for unit, key, id in units if id == str(kept.taken_from))
    course = f"/draft/{FIELD}"
    yield Room("content.questions", f"{course}/question", TRAINER)
    yield Room("content.questions", f"{course}/question?q=yokboylesoru", TRAINER)
    yield Room("content.keep_in_bank", f"{course}/unit/{units[-2][0]}/question/{units[-2][1]}/bank", TRAINER)
    yield Room("content.take_from_bank", f"{course}/unit/{changed[0]}/question/{changed[1]}/newer", TRAINER)
    yield Room("content.add_from_bank", f"{course}/question/add", TRAINER)
    yield Room("content.copy_from_bank", f"{course}/question/add/{kept.id}", TRAINER)
    yield Room("content.bank", "/bank", TRAINER)
    yield Room("content.bank", "/bank", OFFICIAL)
    yield Room("content.bank_question", f"/bank/{kept.id}", TRAINER)
    yield Room("content.edit_bank_question", f"/bank/{kept.id}/edit", TRAINER)
    yield Room("content.choose_course", f"/bank/{kept.id}/copy", TRAINER)
    yield Room("content.bank_category_choice", "/bank/category", OFFICIAL)
    yield Room("content.bank_categories", f"/bank/category/{CENTRE}", TRAINER)
    yield Room("content.edit_bank_category", f"/bank/category/{_first(BankCategory)}/edit", TRAINER)
    yield Room("learning.question_answers", f"{course}/answer/{units[4][2]}", TRAINER)
