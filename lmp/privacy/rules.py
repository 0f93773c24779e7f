"""Deadlines of Law 6698, and what may be answered."""

from datetime import date, timedelta
from enum import StrEnum

from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

#: An application of a data subject is answered within thirty days (Law 6698, article 13/2).
ANSWER_WITHIN = timedelta(days=30)
#: A download made ready is kept so long; after that a new one is made.
DOWNLOAD_KEPT = timedelta(days=7)
LONGEST_TEXT = 2_000


class Kind(StrEnum):
    """What a person asks for."""

    DOWNLOAD = "download"
    CORRECTION = "correction"
    ERASURE = "erasure"


class State(StrEnum):
    """How far a request is."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


def due_on(asked_on: date) -> date:
    """The last day to answer a request."""
    return asked_on + ANSWER_WITHIN


def check_text(kind: Kind, text: str) -> None:
    """A correction names what is wrong. Raises RuleBroken."""
    if kind is Kind.CORRECTION and not text.strip():
        raise RuleBroken(Message(N_("Write what is wrong and how it should be.")), "text")


def check_answer(accepted: bool, answer: str) -> None:
    """A refusal has its reason (article 13/3). Raises RuleBroken."""
    if not accepted and not answer.strip():
        raise RuleBroken(Message(N_("Write why the request is refused; the person reads it.")), "answer")


def check_erasable(running: int) -> None:
    """Nobody is erased out of a training that runs. Raises RuleBroken."""
    if running:
        raise RuleBroken(
            Message(
                N_("This person takes part in a training. The account can be erased when it has ended or was left.")
            )
        )


def years_before(today: date, years: int) -> date:
    """The same day so many years ago; 29 February becomes the 28th."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)
