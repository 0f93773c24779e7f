"""What may still happen once the mentor was written to: another mail, and taking a confirmation back."""

from datetime import date, datetime, time, timedelta

from lmp.core import clock
from lmp.core.errors import Conflict, RuleBroken
from lmp.core.messages import N_, Message

#: How long nobody writes to the mentor about the same week after a mail.
MAIL_PAUSE = timedelta(hours=1)
#: Days within which the mentor may take a confirmation back; the last one counts until its end.
TAKE_BACK_DAYS = 7


def last_day_to_take_back(confirmed_at: datetime) -> date:
    """Until when a confirmation given at this moment can be taken back."""
    return clock.local(confirmed_at).date() + timedelta(days=TAKE_BACK_DAYS)


def check_taking_back(confirmed_at: datetime, *, today: date, takes_part: bool, centre: object) -> None:
    """Whether a confirmation can still be taken back. Raises RuleBroken; `centre` is whom to call instead.

    `takes_part` is false once the result is recorded: the run was closed, a certificate issued, or the teacher left.
    """
    if not takes_part:
        raise RuleBroken(
            Message(
                N_(
                    "The result of this training is recorded, so the confirmation stays. "
                    "If a day is wrong, call the centre: %(centre)s."
                ),
                centre=centre,
            )
        )
    last = last_day_to_take_back(confirmed_at)
    if today > last:
        raise RuleBroken(
            Message(
                N_(
                    "A confirmation can be taken back for %(days)s days; the last one was %(last)s. "
                    "If a day is wrong, call the centre: %(centre)s."
                ),
                days=TAKE_BACK_DAYS,
                last=last,
                centre=centre,
            )
        )


def check_pause(mailed_at: datetime, now: datetime) -> None:
    """Nobody writes to the mentor twice within an hour about the same week. Raises Conflict with the time to wait for."""
    if now < mailed_at + MAIL_PAUSE:
        raise Conflict(
            Message(
                N_(
                    "The link was mailed at %(mailed)s, so we write again only after %(again)s. "
                    "Until then, ask the mentor to look for the newest message."
                ),
                mailed=_on_the_clock(mailed_at),
                again=_on_the_clock(mailed_at + MAIL_PAUSE),
            )
        )


def _on_the_clock(moment: datetime) -> time:
    return clock.local(moment).time()
