"""The story of the demo: seven runs of one course, one at every stage of the chain, so that everybody has something to do."""

from datetime import date, timedelta

from lmp.certificate import service as certificate
from lmp.certificate.models import RevocationKind
from lmp.demo import people, words
from lmp.demo.days import friday, monday, on
from lmp.demo.lives import Life, live
from lmp.demo.runs import Stage, apply, decide, open_run, seat
from lmp.demo.work import Log
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run, RunKind

#: How long a run of five weeks is, from its Monday to its Friday.
_LENGTH = timedelta(days=32)
_WEEK = timedelta(weeks=1)
_ACTIVITY_NO = "DEMO-0001"


def tell(stage: Stage) -> None:
    """Everything that has happened up to now, run by run."""
    _older(stage)
    _central(stage)
    _ended(stage)
    _running(stage)
    _coming(stage)
    _small(stage)
    _later(stage)


def _past_run(stage: Stage, ends_on: date, names: tuple[str, ...], capacity: int, **more: object) -> tuple[Run, dict[str, Enrolment]]:
    """A run of five weeks that is over, with everybody who took part."""
    return _begun_run(stage, ends_on - _LENGTH, ends_on, names, capacity, **more)


def _ready(number: int) -> Life:
    """Somebody who has done everything: nothing is missing."""
    return Life(log=Log(away=4 if number % 4 == 3 else 0), host=number % 2, tests=((16 + number % 3, True),))
