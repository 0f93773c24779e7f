"""Every kind of page, as somebody of the demo sees it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lmp.access import Actor
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.accounts.service import bulk, directory
from lmp.certificate import service as certificate
from lmp.content import service as content
from lmp.content.models import Course
from lmp.core import db
from lmp.core.mail import Mail
from lmp.demo import offices, people
from lmp.demo.course import SLUG
from lmp.demo.people import address_of
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run
from lmp.learning import service as learning
from lmp.learning.models import QuizAttempt
from lmp.practical import service as practical
from lmp.privacy import service as privacy
from lmp.workplace import service as workplace
from lmp.workplace.models import Placement, SentWeek
from tests.browser import archive_stops, course_stops, writing
from tests.browser.rooms import rooms

#: Not pages that somebody looks at: files, answers for machines, and addresses that only lead on.
NOT_PAGES = {
    "accounts.add_passkey",  # the demo is reached by a number; see test_second_factor
    "accounts.bulk_example",
    "accounts.passkey",
    "accounts.recovery_codes",
    "accounts.second_step",
    "catalogue.calendar_file",
    "catalogue_neutral.course_card",
    "catalogue_neutral.robots",
    "catalogue_neutral.site_card",
    "catalogue_neutral.sitemap",
    "certificate.download",
    "certificate.frozen_record",
    "content.archive",
    "content.draft_media",
    "content.writing_tools",
    "content_neutral.media",
    "learning.quiz_attempt",
    "learning.resume",
    "web_neutral.health",
    "web_neutral.ready",
    "meeting.calendar",
    "privacy.download",
    "workplace_neutral.mentor_photo",
    "workplace_neutral.photo",
}
#: The pages on which everything outside the units is written, and their last word.
_PARTS = {
    "details": "details",
    "outcome_list": "outcome",
    "unit_list": "unit",
    "workplace": "workplace",
    "meeting": "meeting",
    "practical": "practical",
    "completion": "policy",
    "terms": "glossary",
}
#: Who looks: nobody (no account), and the people of the demo by key.
NOBODY = ""
LOOKERS = (
    NOBODY,
    "ogretmen",
    "asli",
    "cevdet",
    "egitimgorevlisi",
    "inceleyen",
    "degerlendirici",
    "koordinator",
    "okulmuduru",
    "bakanlik",
)


@dataclass(frozen=True)
class Stop:
    """A page: its endpoint, its address, who looks at it, and the status it answers with.

    An address begins with `=` where it has no language.
    """

    endpoint: str
    path: str
    who: str = NOBODY
    status: int = 200


def stops() -> list[Stop]:
    """Every page kind at least once, made from what the demo holds; in a unit of work that may write."""
    return [
        *_public(),
        *_of_the_teacher(),
        *_of_the_account(),
        *_of_an_applicant(),
        *_of_a_held_place(),
        *_of_an_office(),
        *_of_the_mentor(),
        *_of_the_centre(),
        *_of_accounts(),
        *_of_others(),
        *(Stop(*one) for one in course_stops.of_reviews()),
        *(Stop(*one) for one in course_stops.of_questions()),
        *(Stop(*one) for one in archive_stops.of_archives()),
        *_around(),
    ]


def _person(key: str) -> Person:
    found = accounts.find_person(address_of(key))
    if found is None:
        raise LookupError(key)
    return found


def _runs() -> list[Run]:
    """The runs of the first course, the oldest first."""
    found = select(Run).join(Course, Course.id == Run.course_id).where(Course.slug == SLUG).order_by(Run.starts_on)
    return list(db.session().scalars(found).unique())


def _public() -> Iterable[Stop]:
    revoked = next(one for one in certificate.all_certificates() if one.revoked_at is not None)
    held = certificate.certificates_of_person(_person("ogretmen").id)[0]
    yield Stop("catalogue.home", "/")
    for query in ("", "?q=pano", "?q=yokboyleders", f"?field={SLUG}&open=1&shape=workplace"):
        yield Stop("catalogue.courses", f"/course{query}")
    yield Stop("catalogue.calendar", "/calendar")
    yield Stop("catalogue.course", f"/course/{SLUG}")
    yield Stop("catalogue.field", f"/field/{SLUG}")
    yield Stop("catalogue.centres", "/centre")
    yield Stop("catalogue.centre", "/centre/smm-ank-cezeri")
    yield Stop("certificate.verify", "/verify")
    yield from (Stop("certificate_neutral.show", f"=/v/{one.code}") for one in (held, revoked))
    yield Stop("certificate_neutral.show", "=/v/AAAAAAAAAAAAAAAAA", status=404)
    yield Stop("links.follow", f"=/m/{_waiting_token()}")
    yield Stop("links.follow", "=/m/nobody-made-this", status=404)
    for page, path in (("sign_in", "sign-in"), ("register", "register"), ("registration_sent", "register/sent")):
        yield Stop(f"accounts.{page}", f"/{path}")
    for page, path in (("forgotten", "password"), ("reset_sent", "password/sent"), ("display", "display")):
        yield Stop(f"accounts.{page}", f"/{path}")
    yield Stop("web.help_page", "/help")
    yield Stop("web.accessibility", "/accessibility")
    yield Stop("web.privacy", "/privacy")
    yield Stop("web.components", "/components")
    yield Stop("web.outbox", "=/dev/outbox")
    yield Stop("error", "/no-such-page", status=404)


def _waiting_token() -> str:
    """The mentor's link to the days that wait for confirmation."""
    return _tokens("workplace/week_sent", f"{people.RUNNING[0]} Demo")[-1]


def _tokens(template: str, naming: str) -> list[str]:
    """The links in the mails of a template that name somebody, the oldest first."""
    mails = select(Mail.text).where(Mail.template == template, Mail.text.contains(naming)).order_by(Mail.id)
    return [one for text in db.session().scalars(mails) for one in re.findall(r"/m/([\w-]+)", text)]


def _of_an_office() -> Iterable[Stop]:
    """An application that waits for an office without an account: its link, the older one, and who mails it again."""
    person = accounts.find_person(address_of(people.key_of(offices.TEACHER)))
    (waiting,) = enrolments.enrolments_of(person.id if person else UUID(int=0))
    mailed = (_tokens(f"enrolment/{mail}", waiting.person.name) for mail in ("asked_office", "remind_office"))
    *_older, old, new = (token for tokens in mailed for token in tokens)
    yield Stop("links.follow", f"=/m/{new}")
    yield Stop("links.follow", f"=/m/{old}", status=410)
    yield Stop("enrolment.run_participant", f"/participant/{waiting.id}", "koordinator")
    yield Stop("enrolment.ask_office", f"/enrolment/{waiting.id}/office", "koordinator")


def _of_the_mentor() -> Iterable[Stop]:
    """The week that was confirmed last, with the way to take the confirmation back."""
    newest = select(SentWeek).where(SentWeek.decided_at.is_not(None)).order_by(SentWeek.decided_at.desc()).limit(1)
    week = db.session().scalars(newest).one()
    for token in _tokens("workplace/week_sent", week.placement.enrolment.person.name):
        link = accounts.find_link(token)
        if link is not None and link.subject_id == week.id:
            yield Stop("links.follow", f"=/m/{token}")


def _of_the_teacher() -> Iterable[Stop]:
    who = "ogretmen"
    now, before = enrolments.enrolments_of(_person(who).id)
    first, second, _third = learning.units_progress(now)
    attempt = learning.start_quiz(now, second.key, by=accounts.actor_of(now.person))
    found = select(QuizAttempt).where(
        QuizAttempt.ended_at.is_not(None), QuizAttempt.enrolment_id == now.id, QuizAttempt.unit_key == first.key
    )
    ended = db.session().scalars(found).one()
    placement = _placement(now)
    days = workplace.plan_of(placement).working
    later = _runs()[-1]
    yield Stop("journey.today", "/today", who)
    yield Stop("journey.training", "/training", who)
    yield Stop("journey.statement", "/statement", who)
    yield Stop("privacy.mine", "/my-data", who)
    yield Stop("journey.run", f"/training/{now.id}", who)
    yield Stop("journey.run", f"/training/{before.id}", who)
    yield Stop("learning.unit", f"/training/{now.id}/unit/{first.key}", who)
    yield Stop("learning.unit", f"/training/{now.id}/unit/{second.key}", who)
    yield Stop("learning.quiz", f"/training/{now.id}/unit/{second.key}/quiz", who)
    yield Stop("learning.quiz_question", f"/quiz/{attempt.id}/1", who)
    yield Stop("learning.quiz_answers", f"/quiz/{attempt.id}/answers", who)
    yield Stop("learning.quiz_result", f"/quiz/{ended.id}/result", who)
    yield Stop("workplace.log", "/log", who)
    yield Stop("workplace.week", f"/log/{placement.id}/week/1", who)
    yield Stop("workplace.week", f"/log/{placement.id}/week/2", who)
    yield Stop("workplace.day", f"/log/{placement.id}/{days[0]}", who)
    yield Stop("workplace.day", f"/log/{placement.id}/{days[-1]}", who)
    # The last one can be filled in on every date: its day has come and is saved, but not confirmed.
    yield Stop("workplace.day", f"/log/{placement.id}/{days[5]}", who)
    yield Stop("certificate.mine", "/certificate", who)
    yield Stop("enrolment.apply", f"/run/{later.id}/apply", who)
    yield Stop("error", "/test", who, status=403)


def _of_the_account() -> Iterable[Stop]:
    """What everybody has, as the teacher sees it."""
    who = "ogretmen"
    for endpoint, path in (
        ("profile", "/profile"),
        ("delegations", "/delegation"),
        ("own_name", "/profile/name"),
        ("own_address", "/profile/address"),
        ("own_password", "/profile/password"),
        ("own_sessions", "/profile/sessions"),
        ("teaching", "/profile/teaching"),
        ("display", "/display"),
    ):
        yield Stop(f"accounts.{endpoint}", path, who)
    yield Stop("accounts.delegations", "/delegation", "okulmuduru")
    kept = accounts.kept_forms.keep(_person(who), "/tr/profile/name", [("name", "Deneme Demo")])
    yield Stop("accounts.kept", f"/kept/{kept.id}", who)


def _placement(enrolment: Enrolment) -> Placement:
    found = workplace.placement_of(enrolment.id)
    if found is None:
        raise LookupError("no placement")
    return found


def _of_an_applicant() -> Iterable[Stop]:
    (waiting,) = enrolments.enrolments_of(_person("asli").id)
    yield Stop("journey.today", "/today", "asli")
    yield Stop("journey.run", f"/training/{waiting.id}", "asli")
    yield Stop("enrolment.withdraw", f"/enrolment/{waiting.id}/withdraw", "asli")
    yield Stop("certificate.mine", "/certificate", "asli")
    yield Stop("workplace.log", "/log", "asli")


def _of_a_held_place() -> Iterable[Stop]:
    """A place that became free, as its teacher and as the coordinator sees it."""
    who = "cevdet"
    (held,) = enrolments.enrolments_of(_person(who).id)
    yield Stop("journey.today", "/today", who)
    yield Stop("enrolment.offer", f"/enrolment/{held.id}/offer", who)
    yield Stop("journey.run", f"/training/{held.id}", who)
    yield Stop("enrolment.withdraw", f"/enrolment/{held.id}/withdraw", who)
    yield Stop("enrolment.run", f"/run/{held.run_id}", "koordinator")
    yield Stop("enrolment.run_participant", f"/participant/{held.id}", "koordinator")
    yield Stop("enrolment.take_back_offer", f"/participant/{held.id}/offer", "koordinator")


def _of_the_centre() -> Iterable[Stop]:
    who = "koordinator"
    *_past, older, central, ended, now, _small, coming, _later = _runs()
    unmatched = next(one for one in enrolments.enrolments_in(now.id) if workplace.placement_of(one.id) is None)
    mine = next(one for one in enrolments.enrolments_in(now.id) if one.person_id == _person("ogretmen").id)
    held = certificate.certificates_of_person(_person("ogretmen").id)[0]
    yield Stop("journey.today", "/today", who)
    yield Stop("enrolment.runs", "/run", who)
    yield Stop("enrolment.runs", "/run?show=closed", who)
    yield Stop("enrolment.run", f"/run/{coming.id}", who)
    yield Stop("enrolment.run", f"/run/{now.id}", who)
    yield Stop("enrolment.run_participant", f"/participant/{mine.id}", who)
    yield Stop("enrolment.run_settings", f"/run/{now.id}/settings", who)
    yield Stop("enrolment.change_dates", f"/run/{coming.id}/dates", who)
    yield Stop("enrolment.cancel_run", f"/run/{now.id}/cancel", who)
    yield Stop("enrolment.end_enrolment", f"/participant/{mine.id}/end", who)
    yield Stop("enrolment.open_run", "/run/new", who)
    yield Stop("enrolment.open_run_of", f"/run/new/{SLUG}", who)
    yield Stop("workplace.place_enrolment", f"/enrolment/{unmatched.id}/placement", who)
    yield Stop("workplace.staff_log", f"/enrolment/{mine.id}/log", who)
    yield Stop("certificate.batches", "/certification", who)
    yield Stop("certificate.batch", f"/run/{ended.id}/certificate", who)
    yield Stop("certificate.batch", f"/run/{older.id}/certificate", who)
    yield Stop("certificate.batch", f"/run/{central.id}/certificate", who)
    yield Stop("certificate.revoke", f"/certificate/{held.id}/revoke", who)


def _of_accounts() -> Iterable[Stop]:
    who = "bakanlik"
    (left,) = db.session().scalars(select(Person).where(Person.name == "Nihat Demo")).unique()
    trainer = _person("egitimgorevlisi")
    held = directory.grants_held([trainer.id])[trainer.id][0]
    (kept,) = bulk.bulks_of(_acting("koordinator"))
    yield Stop("accounts.security", "/security", "ogretmen")
    yield Stop("accounts.set_up_app", "/security/app", "ogretmen")
    yield Stop("accounts.people", "/people", "koordinator")
    yield Stop("accounts.person", f"/people/{left.id}", "koordinator")
    yield Stop("accounts.bulk", "/people/invite-many", "koordinator")
    yield Stop("accounts.bulk_invitation", f"/people/invite-many/{kept.id}", "koordinator")
    yield Stop("accounts.people", "/people", who)
    yield Stop("accounts.people", "/people?q=yokboylebiri", who)
    yield Stop("accounts.person", f"/people/{trainer.id}", who)
    acts = {
        "choose_role": "grant",
        "end_grant": f"grant/{held.id}/end",
        "suspend": "suspend",
        "lift_suspension": "lift",
    }
    acts |= {"reset_factors": "reset-factor", "begin_act_as": "act-as", "give_role": "grant/approver"}
    yield from (Stop(f"accounts.{act}", f"/people/{trainer.id}/{path}", who) for act, path in acts.items())
    yield Stop("accounts.give_role", f"/people/{trainer.id}/grant/assessor", who)


def _of_others() -> Iterable[Stop]:
    unit = content.draft_document(content.draft(SLUG)).units[0].key
    for who in ("egitimgorevlisi", "inceleyen"):
        yield Stop("journey.today", "/today", who)
        yield Stop("content.drafts", "/draft", who)
        yield Stop("content.draft", f"/draft/{SLUG}", who)
    yield Stop("content.plan", f"/draft/{SLUG}/plan", "inceleyen")
    yield Stop("content.policy", "/draft-rules", "inceleyen")
    for endpoint, place in _PARTS.items():
        yield Stop(f"content.{endpoint}", f"/draft/{SLUG}/{place}", "egitimgorevlisi")
    yield Stop("content.unit", f"/draft/{SLUG}/unit/{unit}", "inceleyen")
    yield from (Stop(endpoint, path, "inceleyen") for endpoint, path in writing.pages(SLUG))
    now = _runs()[-4]
    candidates = [one for one in practical.candidates(_acting("degerlendirici")) if one.enrolment.run_id == now.id]
    failed = next(one for one in candidates if one.decided is not None and not one.decided.passed)
    untested = next(one for one in candidates if one.decided is None)
    yield Stop("journey.today", "/today", "degerlendirici")
    yield Stop("practical.tests", "/test", "degerlendirici")
    yield Stop("practical.observe", f"/test/{untested.enrolment.id}", "degerlendirici")
    yield Stop("practical.observe", f"/test/{failed.enrolment.id}", "degerlendirici")
    if failed.decided is not None:
        yield Stop("practical.decide", f"/test/result/{failed.decided.id}", "degerlendirici")
    step = enrolments.queue_of(_acting("okulmuduru"))[0]
    yield Stop("journey.today", "/today", "okulmuduru")
    yield Stop("enrolment.applications", "/application", "okulmuduru")
    yield Stop("enrolment.application", f"/application/{step.id}", "okulmuduru")
    yield Stop("privacy.requests", "/data-request", "bakanlik")
    asked = privacy.queue(None, None, viewer=_acting("bakanlik")).rows
    yield from (Stop("privacy.answer", f"/data-request/{one.id}", "bakanlik") for one in asked)
    yield Stop("privacy.retention", "/retention", "bakanlik")
    (batch,) = certificate.batches_to_sign(_acting("bakanlik"))
    yield Stop("journey.today", "/today", "bakanlik")
    yield Stop("certificate.batches", "/certification", "bakanlik")
    yield Stop("certificate.review", f"/certification/{batch.id}", "bakanlik")
    yield Stop("enrolment.runs", "/run", "bakanlik")


def _around() -> Iterable[Stop]:
    """The pages around the chain."""
    return (Stop(room.endpoint, room.path, room.who) for room in rooms())


def _acting(key: str) -> Actor:
    return accounts.actor_of(_person(key))
