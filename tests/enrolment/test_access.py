"""Every list filter says the same as the check of one thing: nobody finds in a list what they may not open."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lmp.access import Action, Actor, ActorKind, Grant, Role, ScopeKind, allows
from lmp.core import db
from lmp.enrolment.models import (
    ApprovalStep,
    Enrolment,
    Run,
    enrolments_seen_by,
    runs_seen_by,
    steps_asked_of,
)
from tests.builders.accounts import a_centre, a_school, a_teacher, a_trainer
from tests.builders.content import a_published_course
from tests.builders.enrolment import a_run, an_application, approved

LEVELS = [{"scope_kind": level, "days": 3} for level in ("school", "district", "province")]


@dataclass(frozen=True)
class World:
    """Who and what there is: people to be, scopes to hold roles in."""

    people: list[UUID]
    scopes: list[tuple[ScopeKind, str]]


def a_world() -> World:
    """Two centres with a run each, three teachers of two schools, applications at different levels."""
    teachers, trainers, scopes = [], [], []
    schools = [a_school("Birinci Okul"), a_school("İkinci Okul")]
    for number, slug in enumerate(("smm-ank-cezeri", "smm-bur-tophane")):
        centre = a_centre(slug)
        trainer = a_trainer(centre)
        run = a_run(
            a_published_course(centre=centre, slug=f"kurs-{number}"), chain=LEVELS, trainers=[trainer], capacity=1
        )
        teacher = a_teacher(school=schools[number])
        approved(an_application(run, teacher))
        an_application(run, a_teacher(school=schools[0]))
        teachers.append(teacher.id)
        trainers.append(trainer.id)
        scopes.append((ScopeKind.CENTRE, str(centre.id)))
    for school in schools:
        scopes += [
            (ScopeKind.SCHOOL, str(school.id)),
            (ScopeKind.DISTRICT, str(school.district_id)),
            (ScopeKind.PROVINCE, str(school.province_code)),
        ]
    db.session().flush()
    return World([*teachers, *trainers, uuid4()], [*scopes, (ScopeKind.NETWORK, ""), (ScopeKind.OWN, "")])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def check_agreement(world: World, data: st.DataObject) -> None:
    grants = st.builds(
        lambda role, scope, giver: Grant(role, scope[0], scope[1], for_id=giver),
        st.sampled_from(list(Role)),
        st.sampled_from(world.scopes),
        st.sampled_from([None, *world.people]),
    )
    actor = Actor(
        ActorKind.PERSON,
        id=data.draw(st.sampled_from(world.people)),
        grants=tuple(data.draw(st.lists(grants, max_size=3))),
    )
    session = db.session()
    runs = set(session.scalars(select(Run.id).where(runs_seen_by(actor))))
    assert runs == {run.id for run in session.scalars(select(Run)).unique() if allows(actor, Action.SEE_RUN, run)}
    seen = select(Enrolment.id).join(Run, Run.id == Enrolment.run_id).where(enrolments_seen_by(actor))
    every = session.scalars(select(Enrolment)).unique()
    assert set(session.scalars(seen)) == {one.id for one in every if allows(actor, Action.SEE_ENROLMENT, one)}
    asked = (
        select(ApprovalStep.id).join(Enrolment, Enrolment.id == ApprovalStep.enrolment_id).where(steps_asked_of(actor))
    )
    steps = session.scalars(select(ApprovalStep)).unique()
    assert set(session.scalars(asked)) == {one.id for one in steps if allows(actor, Action.SEE_APPLICATION, one)}


@pytest.mark.usefixtures("database")
def test_lists_show_exactly_what_may_be_opened() -> None:
    check_agreement(a_world())
