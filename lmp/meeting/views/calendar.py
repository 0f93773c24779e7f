"""The teacher's own half days as a file for their calendar."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.core import addresses, clock, turkish
from lmp.enrolment.models import Enrolment
from lmp.meeting import calendar as file
from lmp.meeting import service
from lmp.meeting.forms import said_bring
from lmp.meeting.service import OwnHalf
from lmp.meeting.views.blueprint import bp
from lmp.web import pages
from lmp.web.language import current_language


@bp.get("/training/<uuid:enrolment_id>/calendar.ics")
@pages.needs(Action.SEE_MEETINGS)
def calendar(enrolment_id: UUID) -> ResponseReturnValue:
    """Every half day of one's own run, to import or to subscribe by hand."""
    lang = current_language()
    enrolment, halves = service.own_meetings(enrolment_id, by=pages.actor())
    title = enrolment.run.course.title.in_language(lang)
    body = file.calendar_file(
        title, [_appointment(one, enrolment, lang) for one in halves], made_at=clock.now().replace(microsecond=0)
    )
    response = Response(body, mimetype=file.MEDIA_TYPE)
    name = f"{turkish.fold(title).replace(' ', '-')[:60]}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _appointment(one: OwnHalf, enrolment: Enrolment, lang: str) -> file.Appointment:
    """One half day in the reader's language."""
    half = one.half
    topic = half.topic.in_language(lang)
    return file.Appointment(
        uid=f"{half.id}@{addresses.host().partition('/')[0].partition(':')[0]}",
        starts_at=half.starts_at,
        ends_at=half.ends_at,
        title=half.title.in_language(lang),
        place=", ".join(filter(None, (half.room, enrolment.run.venue.in_language(lang)))),
        text="\n\n".join(filter(None, (topic, said_bring(half)))),
        url=addresses.to("journey.run", lang=lang, enrolment_id=enrolment.id),
        revision=half.version - 1,
    )
