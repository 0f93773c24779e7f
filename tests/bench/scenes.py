"""The main pages and acts, as the demo's people meet them in the middle of a crowd."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from lmp.accounts import service as accounts
from lmp.accounts.service.people import HASHER
from lmp.certificate.models import Certificate
from lmp.content import service as content
from lmp.content.document import QuestionBlock
from lmp.core import db
from lmp.core.mail import Mail
from lmp.demo.course import SLUG
from lmp.demo.people import address_of
from lmp.enrolment.models import Enrolment, EnrolmentState
from lmp.workplace.models import DayEntry, DayState, Placement, SentWeek
from tests.bench import floor
from tests.bench.asking import Environ, environ
from tests.bench.meter import Scene
from tests.visitor import Visitor

_numbers = count(1)


class Stage:
    """The people who look and the things they look at."""

    def __init__(self, app: Flask, password: str) -> None:
        """Sign everybody in."""
        self.app, self.password = app, password
        self.nobody = Visitor(app)
        self.teacher, self.coordinator = self._signed_in("ogretmen"), self._signed_in("koordinator")

    def _signed_in(self, key: str) -> Visitor:
        with db.transaction():  # not `reading`, whose end forgets what was read
            person = accounts.find_person(address_of(key))
        assert person is not None
        return Visitor(self.app).sign_in(person)


def scenes(stage: Stage) -> list[Scene]:
    """Everything that is measured."""
    with db.reading() as session:
        return [*_public(stage, session), *_teacher(stage, session), *_others(stage, session)]


def _page(stage: Stage, name: str, visitor: Visitor, path: str, most: int = 8) -> Scene:
    return Scene(name, lambda: environ(visitor, path), floor.a_page(visitor), most=most)


def _kept_page(stage: Stage, name: str, path: str) -> list[Scene]:
    """As nearly everybody gets it, and as the one visitor whose page is then kept gets it."""
    anew = Scene(
        f"{name}, made anew",
        lambda: environ(stage.nobody, f"{path}?made={next(_numbers)}"),
        floor.a_page(stage.nobody),
    )
    return [_page(stage, name, stage.nobody, path), anew]


def _public(stage: Stage, session: Any) -> list[Scene]:
    code = session.scalar(select(Certificate.code).where(Certificate.revoked_at.is_(None)).order_by(Certificate.id))
    nobody = stage.nobody
    return [
        *_kept_page(stage, "home", "/tr/"),
        *_kept_page(stage, "catalogue", "/tr/course"),
        *_kept_page(stage, "course page", f"/tr/course/{SLUG}"),
        _page(stage, "verify page", nobody, f"/v/{code}?lang=tr"),
        _page(stage, "help, asks nothing", nobody, "/tr/help"),
        _page(stage, "sign-in page", nobody, "/tr/sign-in"),
        _sign_in(stage),
    ]


def _sign_in(stage: Stage) -> Scene:
    token, nobody = stage.nobody.token(), stage.nobody
    known = HASHER.hash(stage.password)
    form = {"email": address_of("ogretmen"), "password": stage.password, "csrf_token": token}
    return Scene(
        "signing in",
        lambda: environ(nobody, "/tr/sign-in", form),
        floor.an_act(nobody, token),
        apart=lambda: HASHER.verify(known, stage.password),
        most=1,
    )


def _teacher(stage: Stage, session: Any) -> list[Scene]:
    person = accounts.find_person(address_of("ogretmen"))
    assert person is not None
    found = select(Enrolment).where(Enrolment.person_id == person.id, Enrolment.state == EnrolmentState.ACTIVE)
    enrolment = session.scalars(found).unique().first()
    unit = content.document(enrolment.run.version).units[-1]
    placement = session.scalars(select(Placement).where(Placement.enrolment_id == enrolment.id)).unique().one()
    day = _open_day(session, placement.id)
    study, log = f"/tr/training/{enrolment.id}/unit/{unit.key}", f"/tr/log/{placement.id}/{day}"
    who = stage.teacher
    return [
        _page(stage, "help, signed in", who, "/tr/help"),
        _page(stage, "Bugün", who, "/tr/today"),
        _page(stage, "unit page", who, study),
        _act(stage, "answering a question", who, study, f"{study}/check/{_question(unit)}", _wrong_answer),
        _page(stage, "log form", who, log),
        _act(stage, "saving a day", who, log, log, _another_reflection),
    ]


def _question(unit: Any) -> str:
    return next(block.ask for block in unit.blocks if isinstance(block, QuestionBlock))


def _open_day(session: Any, placement: UUID) -> str:
    """A day the teacher may still write."""
    found = select(DayEntry.day).where(
        DayEntry.placement_id == placement, DayEntry.state.in_([DayState.DRAFT, DayState.RETURNED, DayState.SENT])
    )
    return str(session.scalar(found.order_by(DayEntry.day.desc())))


def _act(
    stage: Stage, name: str, who: Visitor, page: str, target: str, change: Callable[[dict[str, Any]], None]
) -> Scene:
    """Send the form of a page, opened anew each time; only the sending is measured."""

    def request() -> Environ:
        form = who.open(page).form(target)
        change(form)
        return environ(who, target, form)

    return Scene(name, request, floor.an_act(who, who.open(page).form(target)["csrf_token"]), most=1)


def _wrong_answer(form: dict[str, Any]) -> None:
    form["answer"] = str(next(_numbers))


def _another_reflection(form: dict[str, Any]) -> None:
    form["reflection"] = f"Bugün pano montajında kablo etiketlerini kontrol ettim, {next(_numbers)}. kez."


def _others(stage: Stage, session: Any) -> list[Scene]:
    largest = select(Enrolment.run_id).group_by(Enrolment.run_id).order_by(func.count().desc()).limit(1)
    run = session.scalar(largest)
    return [
        _page(stage, "mentor page", stage.nobody, f"/m/{_mentor_token(session)}?lang=tr"),
        _page(stage, "staff list of 1,000", stage.coordinator, f"/tr/run/{run}", most=2),
    ]


def _mentor_token(session: Any) -> str:
    """The token of a link whose week waits, from the newest mail to a mentor."""
    mails = select(Mail.text).where(Mail.template.like("workplace/%")).order_by(Mail.queued_at.desc())
    for text in session.scalars(mails):
        for token in re.findall(r"/m/([\w-]+)", text):
            link = accounts.find_link(token)
            if link and link.purpose == "mentor" and not link.ended_at and _waits(session, link.subject_id):
                return str(token)
    raise LookupError("no mentor is asked anything")


def _waits(session: Any, week_id: UUID) -> bool:
    """Whether nobody has decided about a week that was sent."""
    return session.scalar(select(SentWeek.id).where(SentWeek.id == week_id, SentWeek.decided_at.is_(None))) is not None
