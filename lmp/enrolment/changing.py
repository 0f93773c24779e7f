"""What is true about a run that is cancelled or moved, and about an enrolment that the centre ends."""

from dataclasses import replace
from datetime import date

from lmp.core.db import Bilingual
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import TextTooLong
from lmp.enrolment import rules
from lmp.enrolment.rules import Dates, EnrolmentState

LONGEST_WHY = 600


def check_why(why: Bilingual) -> None:
    """Everybody reads in their own language why a run is cancelled or moved. Raises RuleBroken at the field."""
    for lang in ("tr", "en"):
        text = getattr(why, lang)
        if not text:
            raise RuleBroken(Message(N_("Write the reason; everybody reads it in their own language.")), f"why_{lang}")
        if len(text) > LONGEST_WHY:
            raise RuleBroken(TextTooLong(LONGEST_WHY).message, f"why_{lang}")


def check_end(state: EnrolmentState, reason: str) -> None:
    """An enrolment ends with a reason, and only once. Raises RuleBroken, or Changed when it is over already."""
    if not reason:
        raise RuleBroken(Message(N_("Write why it ends; the teacher reads this sentence.")), "reason")
    rules.check_move(state, EnrolmentState.CANCELLED)


def check_not_begun(starts_on: date, today: date) -> None:
    """Dates change before the first day only: from then on people have learned and were taught. Raises Conflict."""
    if starts_on <= today:
        raise Conflict(
            Message(
                N_("This run began on %(day)s, so its dates stay. Cancel it if it cannot go on."),
                day=starts_on,
            )
        )


def new_dates(before: Dates, *, starts_on: date, ends_on: date, apply_until_on: date | None, today: date) -> Dates:
    """The dates of a run that is moved; applications that are over stay over. Raises RuleBroken at the field to repair.

    The rules of opening count, and the new first day has not come yet.
    """
    if starts_on <= today:
        raise RuleBroken(Message(N_("Choose a first day after today.")), "starts_on")
    is_over = before.apply_until_on < today
    until = before.apply_until_on if is_over or apply_until_on is None else apply_until_on
    wanted = replace(before, starts_on=starts_on, ends_on=ends_on, apply_until_on=until)
    rules.check_dates(replace(wanted, apply_until_on=max(until, today)) if is_over else wanted, today)
    if wanted == before:
        raise RuleBroken(Message(N_("These are the dates the run has already. Change at least one.")), "starts_on")
    return wanted
