"""What happens to placements when their run is cancelled or moved, or an enrolment ends."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from lmp.access import Actor
from lmp.core import db, written
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message
from lmp.enrolment import rules as enrolment_rules
from lmp.enrolment.models import Enrolment, Run
from lmp.workplace.models import Placement
from lmp.workplace.service import letters


def let_go(_run: Run, people: Sequence[Enrolment], _by: Actor) -> None:
    """End every link that mentors of these people hold; days that nobody answered go back to their teachers."""
    ids = [one.id for one in people]
    placements = list(db.session().scalars(select(Placement.id).where(Placement.enrolment_id.in_(ids))))
    letters.end_every_link(placements)
    for placement_id in placements:
        for week in letters.open_weeks(placement_id):
            letters.take_back(week)


def check_moved(run: Run, starts_on: date, ends_on: date, _by: Actor) -> None:
    """Placements stay inside their run. Raises RuleBroken at the day that leaves one out, naming it."""
    found = (
        select(Placement)
        .join(Enrolment, Enrolment.id == Placement.enrolment_id)
        .where(
            Enrolment.run_id == run.id,
            Enrolment.state.in_(enrolment_rules.SEATED),
            or_(Placement.starts_on < starts_on, Placement.ends_on > ends_on),
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    outside = db.session().scalars(found.limit(1)).unique().one_or_none()
    if outside is None:
        return
    days = (outside.starts_on, outside.ends_on)
    raise RuleBroken(
        Message(
            N_(
                "%(name)s is matched with %(company)s for these days: %(days)s. Choose dates that include them; then "
                "change the match, and shorten the run again."
            ),
            name=outside.enrolment.person.name,
            company=outside.workplace.company.name,
            days=Bilingual(*(written.span(*days, lang) for lang in ("tr", "en"))),
        ),
        "starts_on" if outside.starts_on < starts_on else "ends_on",
    )
