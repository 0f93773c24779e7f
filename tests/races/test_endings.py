"""A run is cancelled while people accept, apply, withdraw and decide: nobody stays behind in it."""

import pytest
from flask import Flask

from lmp.core import db
from lmp.core.ids import new_id
from lmp.enrolment import rules
from lmp.enrolment.models import Enrolment, EnrolmentState, Run, RunState
from tests.builders.accounts import a_teacher
from tests.races.hands import ROUNDS, at_once
from tests.races.test_offers import LAST_MOMENT, accept_path, full_run, press, withdraw_path

WHY = {"why_tr": "Atölyeyi su bastı.", "why_en": "The workshop is flooded."}


@pytest.mark.parametrize("_round", ROUNDS)
def test_nobody_stays_in_a_run_that_is_cancelled_while_others_act(app: Flask, _round: int) -> None:
    run, people, administrator = full_run(2, 3, leaving=1)
    held, waiting = people[2], people[3]
    with db.transaction():
        late = [a_teacher(f"Geç kalan {number} Demo") for number in range(3)]
    cancelled, apply_path = f"/tr/run/{run.id}/cancel", f"/tr/run/{run.id}/apply"
    hands = [
        *(press(app, administrator, cancelled, LAST_MOMENT, **WHY) for _hand in range(2)),
        press(app, held.person, accept_path(held), LAST_MOMENT),
        press(app, held.person, withdraw_path(held), LAST_MOMENT),
        press(app, waiting.person, withdraw_path(waiting), LAST_MOMENT),
        *(press(app, who, apply_path, LAST_MOMENT, step="send", motivation="", _once=str(new_id())) for who in late),
    ]
    outcomes = at_once(hands)
    assert set(outcomes) <= {"303", "409", "422"}
    with db.reading() as session:
        again = session.get_one(Run, run.id)
        found = session.query(Enrolment).filter(Enrolment.run_id == run.id).all()
        assert (again.state, again.seats_taken) == (RunState.CANCELLED, 0)
        assert {one.state for one in found} <= rules.ENDED
        assert EnrolmentState.CANCELLED in {one.state for one in found}
