"""How often and how long one may try a quiz, what a trainer may add to that, and when the review opens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lmp.content.document import Quiz
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.core.text import normalise

#: An answer on its way when the time ends still counts: slow networks are nobody's fault.
GRACE = timedelta(seconds=20)
MOST_ATTEMPTS = 10
MOST_MINUTES = 240
LONGEST_REASON = 500


class TimeOver(RuleBroken):
    """An answer came after the end of the time; what was saved before it counts."""

    def __init__(self) -> None:
        """With the sentence that says so."""
        super().__init__(
            Message(N_("The time was over before this answer arrived, so it does not count. Those saved before it do."))
        )


@dataclass(frozen=True)
class Extra:
    """What a trainer has given one person for one quiz, all together."""

    attempts: int = 0
    minutes: int = 0


NOTHING_EXTRA = Extra()


def attempts_left(quiz: Quiz, extra: Extra, begun: int) -> int | None:
    """How often one may still begin; None where there is no limit."""
    return None if quiz.attempts is None else max(0, quiz.attempts + extra.attempts - begun)


def minutes_allowed(quiz: Quiz, extra: Extra) -> int | None:
    """The time of one try in minutes; None where there is no limit."""
    return None if quiz.minutes is None else quiz.minutes + extra.minutes


def deadline(quiz: Quiz, extra: Extra, started_at: datetime) -> datetime | None:
    """When the time of a try ends, or None. It is counted anew from the settings, so an extension reaches a running try."""
    allowed = minutes_allowed(quiz, extra)
    return None if allowed is None else started_at + timedelta(minutes=allowed)


def is_over(until: datetime | None, now: datetime) -> bool:
    """Whether the time has ended: the try may be closed with open questions."""
    return until is not None and now >= until


def check_in_time(until: datetime | None, now: datetime) -> None:
    """Raises TimeOver for an answer that came later than a slow network explains."""
    if until is not None and now > until + GRACE:
        raise TimeOver


def check_may_begin(left: int | None, begun: int) -> None:
    """Raises RuleBroken when every try is used."""
    if left == 0:
        raise RuleBroken(
            Message(
                *P_(
                    "You have used your only try. The trainer of your course can give you another one.",
                    "You have used all %(n)s tries. The trainer of your course can give you another one.",
                ),
                n=begun,
            )
        )


def opens_review(quiz: Quiz, *, passed: bool, left: int | None, is_closed: bool) -> bool:
    """Whether right answers and explanations are shown now. A closed run hides nothing any more."""
    match quiz.review:
        case "closed":
            return is_closed
        case "last":
            return is_closed or passed or left == 0
        case _:
            return True


def review_sentence(quiz: Quiz) -> Message:
    """When a review that is still shut opens."""
    if quiz.review == "closed":
        return Message(N_("Right answers and explanations open once answers to this unit count no more."))
    return Message(N_("Right answers and explanations open after your last try, or once you have passed."))


def check_extra(quiz: Quiz, attempts: int, minutes: int, reason: str) -> str:
    """The reason, cleaned. Raises RuleBroken at the field that does not fit the quiz, is too large or empty."""
    if not 0 <= attempts <= MOST_ATTEMPTS:
        raise RuleBroken(Message(N_("Write a number from 0 to %(most)s."), most=MOST_ATTEMPTS), "attempts")
    if not 0 <= minutes <= MOST_MINUTES:
        raise RuleBroken(Message(N_("Write a number from 0 to %(most)s."), most=MOST_MINUTES), "minutes")
    if attempts and quiz.attempts is None:
        raise RuleBroken(Message(N_("This quiz may be tried as often as one likes.")), "attempts")
    if minutes and quiz.minutes is None:
        raise RuleBroken(Message(N_("This quiz has no time limit.")), "minutes")
    if not attempts + minutes:
        raise RuleBroken(Message(N_("Write how many tries or minutes you add.")), "attempts")
    cleaned = normalise(reason).strip()
    if not cleaned:
        raise RuleBroken(Message(N_("Write the reason.")), "reason")
    if len(cleaned) > LONGEST_REASON:
        raise RuleBroken(
            Message(N_("The text is too long. Write at most %(limit)s characters."), limit=LONGEST_REASON), "reason"
        )
    return cleaned


#: The test before the course asks what the test after it asks again.
PRE_TEST_REVIEW = Message(N_("Right answers and explanations open once you have taken the post-test."))
