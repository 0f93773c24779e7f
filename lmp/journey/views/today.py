"""Bugün: the next step first with one button, then what is due, then what waits for others."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from lmp.access import Action, Role
from lmp.core import clock
from lmp.core.messages import N_, Message
from lmp.journey import rules, service
from lmp.journey.views import staff, teacher
from lmp.journey.views.blueprint import bp
from lmp.journey.views.cards import Day
from lmp.web import pages

_GREETINGS = {
    "morning": Message(N_("Good morning")),
    "day": Message(N_("Good day")),
    "evening": Message(N_("Good evening")),
}
_DAYS: dict[str, Callable[[], Day]] = {
    Role.APPROVER: staff.approver,
    Role.ASSESSOR: staff.assessor,
    Role.CENTRE_ADMINISTRATOR: staff.administrator,
    Role.TRAINER: staff.trainer,
    Role.NETWORK_ADMINISTRATOR: staff.network_administrator,
}


@bp.get("/today")
@pages.needs(Action.SEE_TODAY)
def today() -> ResponseReturnValue:
    """The first page of every role."""
    viewer = pages.viewer()
    if viewer is None:
        raise RuntimeError("the sign-in wall lets nobody through without an account")
    greeting = _GREETINGS[rules.greeting_hour(clock.local(clock.now()).hour)]
    if viewer.role in (Role.TEACHER, ""):
        found = service.teacher_today(viewer.person_id)
        return pages.render(
            "journey/today.html", greeting=greeting, day=teacher.day(found), now=clock.today(), mine=found
        )
    return pages.render("journey/today.html", greeting=greeting, day=_DAYS[viewer.role](), now=clock.today(), mine=None)
