"""Bugün: the next step first with one button, then what is due, then what waits for others."""

from collections.abc import Callable, Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role
from lmp.core import clock
from lmp.core.messages import N_, Message
from lmp.journey import rules, service
from lmp.journey.views import administration, staff, teacher
from lmp.journey.views.blueprint import bp
from lmp.journey.views.cards import Day, Row, Section
from lmp.web import pages

_GREETINGS = {
    "morning": Message(N_("Good morning")),
    "day": Message(N_("Good day")),
    "evening": Message(N_("Good evening")),
}
_DAYS: dict[str, Callable[[], Day]] = {
    Role.APPROVER: staff.approver,
    Role.ASSESSOR: staff.assessor,
    Role.CENTRE_ADMINISTRATOR: administration.centre,
    Role.TRAINER: staff.trainer,
    Role.NETWORK_ADMINISTRATOR: administration.network,
}


@bp.get("/today")
@pages.needs(Action.SEE_TODAY)
def today() -> ResponseReturnValue:
    """The first page of every role."""
    viewer = pages.viewer()
    if viewer is None:
        raise RuntimeError("the sign-in wall lets nobody through without an account")
    is_teacher = viewer.role in (Role.TEACHER, "")
    mine = service.teacher_today(viewer.person_id) if is_teacher else None
    day = teacher.day(mine) if mine else _DAYS[viewer.role]()
    return pages.render(
        "journey/today.html",
        greeting=_GREETINGS[rules.greeting_hour(clock.local(clock.now()).hour)],
        day=day,
        due=_section("due", day.due),
        waiting=_section("waiting", day.waiting),
        runs=_section("runs", day.runs),
        now=clock.today(),
        mine=mine,
    )


def _section(name: str, rows: Sequence[Row]) -> Section:
    """The first few rows, or all of them where the address asks for it."""
    shown, folded = rules.folded(rows, everything=request.args.get("show") == name)
    return Section(shown, folded, url_for("journey.today", show=name))
