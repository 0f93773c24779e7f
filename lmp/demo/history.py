"""The runs of the past year: closed or ended, with certificates, so that the figures have something to tell."""

from collections.abc import Sequence
from datetime import date, timedelta

from lmp.certificate import service as certificate
from lmp.demo import people, words
from lmp.demo.days import friday, on
from lmp.demo.lives import Life, live
from lmp.demo.runs import Stage, apply, decide, open_run
from lmp.demo.work import Log

_LENGTH = timedelta(days=32)
#: How many weeks ago each of these runs ended.
_WEEKS_AGO = (36, 27, 19)


def tell(stage: Stage) -> None:
    """One run after the other."""
    for names, weeks in zip(people.HISTORY, _WEEKS_AGO, strict=True):
        _run(stage, names, friday(stage.calendar.ago(7 * weeks)))


def _life(number: int, last: int) -> Life:
    """Everybody completes but the last one; companies take between no day and four to answer."""
    log = Log(away=3 if number == 1 else 0, answered_after=number % 5)
    if number == last:
        return Life(units=2, log=Log(confirmed=5, answered_after=2))
    return Life(log=log, host=number % 2, tests=((-2 - number % 3, True),))


def _run(stage: Stage, names: Sequence[str], ends_on: date) -> None:
    """Applications and approvals over some days, five weeks of work, certificates one to two weeks after."""
    starts_on = ends_on - _LENGTH
    run = open_run(
        stage,
        starts_on,
        ends_on,
        opened_on=starts_on - timedelta(days=35),
        apply_until_on=starts_on - timedelta(days=10),
        capacity=len(names) + 2,
    )
    days = stage.calendar.between(starts_on, ends_on)
    for number, name in enumerate(names):
        applied_on = starts_on - timedelta(days=30 - number)
        enrolment = apply(stage, run, name, applied_on, number=number)
        decided_on = applied_on + timedelta(days=1 + number % 3)
        decide(stage, enrolment, decided_on, words.pick(words.APPROVALS, number), approve=True)
        live(stage, enrolment, name, _life(number, len(names) - 1), days, number=number)
    coordinator = stage.cast.actor("koordinator")
    with on(ends_on + timedelta(days=7 + len(names) % 4), 14):
        ready = [one.enrolment.id for one in certificate.standings(certificate.candidates(run)) if one.is_ready]
        certificate.issue(certificate.prepare(run, ready, by=coordinator), by=coordinator)
    with on(ends_on + timedelta(days=25), 15):
        certificate.close_run(run, by=coordinator)
