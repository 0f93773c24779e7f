"""Who finds whom, gives which role, and what ends at once: through the services, on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.access import Action, ActorKind, Facts, Grant, Role, ScopeKind, allows
from lmp.accounts import rules, service
from lmp.accounts.models import Person, PersonState, RoleGrant
from lmp.accounts.service import act_as, directory, grants
from lmp.accounts.service.directory import Wanted
from lmp.audit import service as audit
from lmp.core import clock, db, mail
from lmp.core.errors import Conflict, Gone, LmpError, NotAllowed, NotFound, RuleBroken
from tests.builders.accounts import (
    BY,
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_person,
    a_school,
    a_teacher,
    a_trainer,
    acting,
    an_approver,
    an_assessor,
)
from tests.builders.factors import opened

ELSEWHERE = "smm-bur-oib"


def names(wanted: Wanted, by: Person) -> list[str]:
    return [row.person.name for row in directory.people(wanted, None, by=acting(by)).rows]


def the_grant(who: Person) -> RoleGrant:
    return db.session().query(RoleGrant).filter(RoleGrant.person_id == who.id).one()


# --- finding


@pytest.mark.parametrize("typed", ["IŞIK", "ışık", "isik", "İlke ışı", "ilke", "ILKE.ISIK@okul.example"])
def test_people_are_found_however_their_letters_are_typed(database: db.Scope, typed: str) -> None:
    a_person("İlke Işık", email="ilke.isik@okul.example")
    a_person("Ayşe Başka", email="ayse@okul.example")
    assert names(Wanted(query=typed), a_network_administrator()) == ["İlke Işık"]


def test_people_stand_in_turkish_order(database: db.Scope) -> None:
    for name in ("Şule", "Zeki", "Çetin", "Cem", "İnci", "Irmak", "Sevgi"):
        a_person(name)
    found = names(Wanted(), a_network_administrator("Âlim"))
    assert found == ["Âlim", "Cem", "Çetin", "Irmak", "İnci", "Sevgi", "Şule", "Zeki"]


def test_a_renamed_person_moves_in_the_order(database: db.Scope) -> None:
    who = a_person("Zeki")
    who.name = "Ali"
    database.session.flush()
    assert names(Wanted(), a_network_administrator("Bakan"))[0] == "Ali"


def test_a_centres_administrator_finds_the_people_of_their_centre_only(database: db.Scope) -> None:
    here, there = a_centre(), a_centre(ELSEWHERE)
    mine = a_trainer(here, "Bizim Eğitimci")
    a_trainer(there, "Kanarya Eğitimci")
    a_teacher("Kanarya Öğretmen")
    by = a_centre_administrator(here, "Koordinatör")
    assert names(Wanted(), by) == ["Bizim Eğitimci", "Koordinatör"]
    assert names(Wanted(query="kanarya"), by) == []
    with pytest.raises(NotFound):
        directory.seen_person(a_trainer(there).id, by=acting(by))
    assert directory.seen_person(mine.id, by=acting(by)).id == mine.id


def test_somebody_in_two_roles_of_two_centres_is_seen_by_both(database: db.Scope) -> None:
    here, there = a_centre(), a_centre(ELSEWHERE)
    who = a_trainer(here, "İki Merkez")
    service.grant(who, Role.ASSESSOR, ScopeKind.CENTRE, str(there.id), by=BY)
    for centre in (here, there):
        assert "İki Merkez" in names(Wanted(role="trainer"), a_centre_administrator(centre))
    only = acting(a_centre_administrator(there))
    held = directory.grants_held([who.id])[who.id]
    assert [grants.may_end(one, who.id, only) for one in held] == [False, True]


def test_lists_are_narrowed_by_role_centre_and_state(database: db.Scope) -> None:
    here, by = a_centre(), a_network_administrator("Bakan")
    a_trainer(here, "Eğitimci")
    an_assessor(a_centre(ELSEWHERE), "Değerlendiren")
    gone = a_teacher("Giden")
    gone.state = PersonState.SUSPENDED
    database.session.flush()
    assert names(Wanted(role="trainer"), by) == ["Eğitimci"]
    assert names(Wanted(centre=str(here.id)), by) == ["Eğitimci"]
    assert names(Wanted(state="suspended"), by) == ["Giden"]
    assert names(Wanted(role="trainer", centre=str(a_centre(ELSEWHERE).id)), by) == []


def test_the_list_costs_the_same_however_many_there_are(database: db.Scope) -> None:
    by = acting(a_network_administrator())
    costs = []
    for _ in range(2):
        for _number in range(5):
            a_trainer()
        database.session.flush()
        before = database.statements
        directory.people(Wanted(), None, by=by)
        costs.append(database.statements - before)
    assert costs[0] == costs[1] <= 4


def test_the_filter_of_the_list_agrees_with_the_permission(database: db.Scope) -> None:
    here, there = a_centre(), a_centre(ELSEWHERE)
    school = a_school()
    everybody = [
        a_trainer(here), an_assessor(there), a_teacher(school=school), an_approver(school), a_person("Rolsüz"),
        a_centre_administrator(here), a_centre_administrator(there), a_network_administrator(),
    ]  # fmt: skip
    for who in everybody:
        by = acting(who)
        may = {one.id for one in everybody if allows(by, Action.SEE_PERSON, directory.facts_of(one))}
        try:
            listed = {row.person.id for row in directory.all_people(Wanted(), by=by)}
        except NotAllowed:
            listed = set()
        assert listed == may, who.name


def test_whoever_left_is_seen_for_thirty_days(database: db.Scope) -> None:
    who, by = a_trainer(name="Giden"), a_centre_administrator(name="Koordinatör")
    grants.end_grant(the_grant(who), "Ayrıldı", seen=who.access_version, by=acting(by))
    assert "Giden" in names(Wanted(), by)
    with clock.at(clock.now() + timedelta(days=31)):
        assert "Giden" not in names(Wanted(), by)
        with pytest.raises(NotFound):
            directory.seen_person(who.id, by=acting(by))


# --- giving


def give(who: Person, role: Role, by: Person, **changes: object) -> RoleGrant:
    values: dict[str, object] = {
        "from_on": clock.today(), "until_on": None, "seen": who.access_version, "by": acting(by), **changes,
    }  # fmt: skip
    return grants.give_role(who, role, ScopeKind.CENTRE, str(a_centre().id), **values)  # type: ignore[arg-type]


def test_a_centres_administrator_gives_roles_in_their_centre(database: db.Scope) -> None:
    who, by = an_assessor(), a_centre_administrator()
    made = give(who, Role.TRAINER, by)
    assert made.granted_by_id == by.id
    assert acting(who).has(Role.TRAINER)
    assert audit.history(who)[-1].act == "accounts.granted"


@pytest.mark.parametrize("role", [Role.CENTRE_ADMINISTRATOR, Role.NETWORK_ADMINISTRATOR, Role.APPROVER])
def test_nobody_gives_a_wider_role_than_theirs_covers(database: db.Scope, role: Role) -> None:
    who, by = an_assessor(), a_centre_administrator()
    with pytest.raises(NotAllowed):
        give(who, role, by)


def test_nobody_gives_a_role_in_another_centre(database: db.Scope) -> None:
    who, by = an_assessor(), a_centre_administrator()
    with pytest.raises(LmpError):
        grants.give_role(
            who, Role.TRAINER, ScopeKind.CENTRE, str(a_centre(ELSEWHERE).id),
            from_on=clock.today(), until_on=None, seen=who.access_version, by=acting(by),
        )  # fmt: skip
    with pytest.raises(NotFound):
        give(a_trainer(a_centre(ELSEWHERE)), Role.TRAINER, by)


def test_nobody_gives_a_role_to_themselves(database: db.Scope) -> None:
    for by in (a_centre_administrator(), a_network_administrator()):
        with pytest.raises(NotAllowed, match="themselves"):
            give(by, Role.TRAINER, by)


def test_nobody_gives_a_role_for_longer_than_their_own(database: db.Scope) -> None:
    who, by = an_assessor(), a_person("Süreli Koordinatör")
    last = clock.today() + timedelta(days=30)
    service.grant(by, Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(a_centre().id), until_on=last, by=BY)
    for too_long in (None, last + timedelta(days=1)):
        with pytest.raises(NotAllowed, match="ends earlier"):
            give(who, Role.TRAINER, by, until_on=too_long, seen=who.access_version)
        database.session.refresh(who)
    assert give(who, Role.TRAINER, by, until_on=last).until_on == last


def test_a_role_begins_on_its_day(database: db.Scope) -> None:
    who, by = an_assessor(), a_centre_administrator()
    begins = clock.today() + timedelta(days=3)
    give(who, Role.TRAINER, by, from_on=begins)
    assert not acting(who).has(Role.TRAINER)
    with clock.at(clock.wall(begins, clock.local(clock.now()).time())):
        assert acting(who).has(Role.TRAINER)
    with pytest.raises(RuleBroken):
        give(who, Role.TRAINER, by, from_on=clock.today() - timedelta(days=1))


def test_a_role_that_ended_can_be_given_again_the_same_day(database: db.Scope) -> None:
    who, by = a_trainer(), a_centre_administrator()
    grants.end_grant(the_grant(who), "Yanlışlık", seen=who.access_version, by=acting(by))
    assert not acting(who).has(Role.TRAINER)
    give(who, Role.TRAINER, by)
    assert acting(who).has(Role.TRAINER)
    with pytest.raises(RuleBroken, match="already"):
        give(who, Role.TRAINER, by)


_roles = st.sampled_from(list(Role))
_kinds = st.sampled_from(list(ScopeKind))


@given(_roles, _kinds, st.sampled_from(["", "a", "b"]), _roles, _kinds, st.sampled_from(["", "a", "b"]))
def test_no_grant_widens(
    own: Role, own_kind: ScopeKind, own_scope: str, role: Role, kind: ScopeKind, scope: str
) -> None:
    """Whatever is held, only the network's administrator gives beyond the very scope they hold."""
    held = Grant(own, own_kind, own_scope)
    try:
        rules.check_grant([held], role, kind, scope, to_self=False)
    except NotAllowed:
        return
    assert kind in rules.REACHES[role]
    assert own_kind is ScopeKind.NETWORK or (own_kind, own_scope) == (kind, scope)


# --- two administrators


def test_of_two_administrators_the_second_is_told_and_nothing_is_lost(database: db.Scope) -> None:
    who, first, second = a_trainer(), a_network_administrator("Bir"), a_network_administrator("İki")
    seen = who.access_version
    grants.suspend(who, "Birinci gerekçe", seen=seen, by=acting(first))
    grants.lift_suspension(who, "Yanlıştı", seen=who.access_version, by=acting(first))
    with pytest.raises(Conflict):
        grants.suspend(who, "İkinci gerekçe", seen=seen, by=acting(second))
    with pytest.raises(Conflict):
        give(who, Role.ASSESSOR, second, seen=seen)
    with pytest.raises(Conflict):
        grants.end_grant(the_grant(who), "Ayrıldı", seen=seen, by=acting(second))
    assert who.state is PersonState.ACTIVE
    assert acting(who).has(Role.TRAINER)


# --- rights that end, end at once


def test_a_suspended_persons_sessions_and_links_die_at_once(database: db.Scope) -> None:
    who, by = a_trainer(), a_network_administrator()
    session = service.open_session(who, agent="x")
    link = service.make_link("reset", who.id, bound_to={}, bearer_name=who.name, days_valid=3)
    grants.suspend(who, "Soruşturma", seen=who.access_version, by=acting(by))
    database.session.expire_all()
    assert service.resume(session) is None
    with pytest.raises(Gone):
        service.open_link(link)
    assert acting(who).kind is ActorKind.NOBODY
    assert mail.outbox()[0].to_address == who.email
    assert audit.history(who)[-1].detail == {"reason": "Soruşturma"}
    grants.lift_suspension(who, "Sonuçlandı", seen=who.access_version, by=acting(by))
    assert service.resume(session) is None
    assert acting(who).has(Role.TRAINER)


def test_a_role_that_ends_is_gone_from_open_sessions(database: db.Scope) -> None:
    who, by = a_centre_administrator(name="Giden"), a_network_administrator()
    token = service.open_session(who, agent="x")
    grants.end_grant(the_grant(who), "Görev bitti", seen=who.access_version, by=acting(by))
    found = service.resume(token)
    assert found is not None
    assert found.actor.grants == ()
    with pytest.raises(NotAllowed):
        list(directory.all_people(Wanted(), by=found.actor))


@pytest.mark.parametrize("act", [grants.suspend, grants.lift_suspension])
def test_only_the_ministry_suspends_and_nobody_themselves(database: db.Scope, act: Callable[..., None]) -> None:
    who = a_trainer()
    for by in (a_centre_administrator(), a_trainer(), a_teacher()):
        with pytest.raises(LmpError):
            act(who, "x", seen=who.access_version, by=acting(by))
    own = a_network_administrator()
    with pytest.raises(RuleBroken):
        act(own, "x", seen=own.access_version, by=acting(own))


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_every_act_needs_a_reason(database: db.Scope, reason: str) -> None:
    who, by = a_trainer(), a_network_administrator()
    with pytest.raises(RuleBroken):
        grants.suspend(who, reason, seen=who.access_version, by=acting(by))
    with pytest.raises(RuleBroken):
        grants.end_grant(the_grant(who), reason, seen=who.access_version, by=acting(by))
    with pytest.raises(RuleBroken):
        act_as.begin_looking(who, reason, session_id=opened(by), by=acting(by))


# --- looking with somebody's eyes


def looking(who: Person, by: Person) -> tuple[str, service.Session]:
    token = service.open_session(by, agent="x")
    own = service.resume(token)
    assert own is not None
    act_as.begin_looking(who, "Günlüğünü açamıyor", session_id=own.id, by=own.actor)
    found = service.resume(token)
    assert found is not None
    return token, found


def test_an_administrator_sees_what_the_person_sees_for_half_an_hour(database: db.Scope) -> None:
    who, by = a_teacher(), a_network_administrator()
    token, found = looking(who, by)
    assert (found.actor.id, found.actor.seen_by) == (who.id, by.id)
    assert not found.actor.has(Role.NETWORK_ADMINISTRATOR)
    with clock.at(clock.now() + timedelta(minutes=31)):
        later = service.resume(token)
    assert later is not None
    assert later.actor.id == by.id
    act_as.end_looking(found.id)
    ended = service.resume(token)
    assert ended is not None
    assert ended.actor.id == by.id
    assert [entry.act for entry in audit.history(who)][-2:] == ["accounts.act_as_started", "accounts.act_as_ended"]
    (look,) = act_as.looks_at(who.id)
    assert (look.administrator, look.reason) == (by.name, "Günlüğünü açamıyor")


def test_whoever_looks_changes_nothing_of_the_persons_sign_in(database: db.Scope) -> None:
    who = a_teacher()
    _token, found = looking(who, a_network_administrator())
    assert not allows(found.actor, Action.SECURE_SIGN_IN, Facts(owner=who.id))


def test_nobody_looks_as_a_ministry_official_or_a_suspended_person_or_themselves(database: db.Scope) -> None:
    by, gone = a_network_administrator(), a_teacher()
    gone.state = PersonState.SUSPENDED
    for who in (a_network_administrator("Başka"), gone, by):
        with pytest.raises(RuleBroken):
            act_as.begin_looking(who, "Destek", session_id=opened(by), by=acting(by))
    with pytest.raises(LmpError):
        act_as.begin_looking(a_teacher(), "x", session_id=opened(by), by=acting(a_centre_administrator()))


def test_looking_ends_when_either_right_ends(database: db.Scope) -> None:
    who, by, other = a_teacher(), a_network_administrator(), a_network_administrator("Başka")
    token, _found = looking(who, by)
    grants.end_grant(the_grant(by), "Görev bitti", seen=by.access_version, by=acting(other))
    own = service.resume(token)
    assert own is not None
    assert (own.actor.id, own.actor.grants) == (by.id, ())
    token, _found = looking(who, other)
    service.grant(who, Role.NETWORK_ADMINISTRATOR, ScopeKind.NETWORK, by=BY)
    own = service.resume(token)
    assert own is not None
    assert own.actor.id == other.id
