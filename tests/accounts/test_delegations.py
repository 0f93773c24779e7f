"""An approver on leave names who decides in their place; nobody finds out who has an account by it."""

from datetime import date, timedelta

import pytest

from lmp.access import Role, ScopeKind
from lmp.accounts import service
from lmp.accounts.models import Delegation, Person, PersonState
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken, TooMany
from lmp.enrolment import service as enrolment
from lmp.enrolment.models import EnrolmentState
from tests.builders.accounts import BY, a_person, a_school, a_teacher, acting, an_approver
from tests.builders.enrolment import a_run, an_application, asked
from tests.builders.mails import mails
from tests.builders.workplace import WEDNESDAY, today_is
from tests.visitor import Visitor

pytestmark = pytest.mark.usefixtures("database")
PATH = "/tr/delegation"


@pytest.fixture(autouse=True)
def _wednesday():  # type: ignore[no-untyped-def]
    with today_is():
        yield


def offered(principal: Person, email: str, first: date | None = None, days: int = 10) -> Delegation:
    """The principal's step, offered from today (or `first`) for some days."""
    [step] = service.delegations.own_steps(principal)
    first = first or clock.today()
    last = first + timedelta(days=days - 1)
    return service.delegations.delegate(
        principal, step.id, email=email, from_on=first, until_on=last, by=acting(principal)
    )


def stood_in(principal: Person, name: str = "Vekil Demo") -> tuple[Delegation, Person]:
    """Somebody who accepted to decide for the principal."""
    other = a_teacher(name)
    one = offered(principal, other.email)
    service.delegations.accept(one, other, by=acting(other))
    return one, other


def test_a_stand_in_decides_in_the_principals_name_and_both_names_are_kept() -> None:
    school = a_school()
    principal = an_approver(school)
    _one, other = stood_in(principal)
    application = an_application(a_run(), a_teacher(school=school))
    step = asked(application)
    assert enrolment.queue_of(acting(other)) == [step]
    assert enrolment.on_behalf_of([step], acting(other)) == {step.id: principal.name}
    assert enrolment.on_behalf_of([step], acting(principal)) == {}
    enrolment.decide(step, approve=True, reason="", by=acting(other))
    assert (step.decided_by_name, step.decided_for_name) == ("Vekil Demo", principal.name)
    told = next(one for one in audit.history(application) if one.act == "enrolment.approved")
    assert told.detail["on_behalf_of"] == principal.name
    [event] = [one for one in enrolment.timeline(application) if one.on_behalf_of]
    assert (event.who, event.on_behalf_of) == ("Vekil Demo", principal.name)


def test_nothing_counts_before_the_offer_is_accepted_nor_outside_its_days() -> None:
    principal, other = an_approver(a_school()), a_teacher("Vekil Demo")
    one = offered(principal, other.email, WEDNESDAY + timedelta(days=2), days=3)
    assert not acting(other).has(Role.APPROVER)
    service.delegations.accept(one, other, by=acting(other))
    assert not acting(other).has(Role.APPROVER)
    for later, counts in ((2, True), (4, True), (5, False)):
        with today_is(WEDNESDAY + timedelta(days=later)):
            assert acting(other).has(Role.APPROVER) is counts


def test_nobody_decides_about_themselves_nor_through_their_stand_in() -> None:
    school = a_school()
    principal = an_approver(school)
    service.grant(principal, Role.TEACHER, ScopeKind.OWN, by=BY)
    principal.school, principal.branch = school, a_teacher().branch
    _one, other = stood_in(principal)
    other.school = school
    run = a_run()
    for applicant in (principal, other):
        step = asked(an_application(run, applicant))
        assert step not in enrolment.queue_of(acting(other))
        with pytest.raises(NotFound):
            enrolment.decide(step, approve=True, reason="", by=acting(other))
    assert [one.to_address for one in mails("enrolment/asked")] == [principal.email], "only about the stand-in"


@pytest.mark.parametrize("how", ["ended by the giver", "given back", "role ended", "suspended", "role over"])
def test_it_dies_at_once(how: str) -> None:
    principal = an_approver(a_school())
    one, other = stood_in(principal)
    assert acting(other).has(Role.APPROVER)
    if how == "ended by the giver":
        service.delegations.end(one, principal, by=acting(principal))
    elif how == "given back":
        service.delegations.end(one, other, by=acting(other))
    elif how == "role ended":
        one.grant.ended_at = clock.now()
    elif how == "suspended":
        principal.state = PersonState.SUSPENDED
    else:
        one.grant.until_on = clock.today() - timedelta(days=1)
    db.session().flush()
    assert not acting(other).has(Role.APPROVER)


def test_the_answer_is_the_same_for_an_address_that_nobody_uses() -> None:
    principal = an_approver(a_school())
    known = offered(principal, a_person("Bilinen Demo", email="bilinen@demo.example").email, days=2)
    later = clock.today() + timedelta(days=20)
    unknown = offered(principal, "kimse@demo.example", later, days=2)
    assert [one.given for one in (known, unknown)] == [None, None]
    assert [one.to_address for one in mails("accounts/delegation_offered")] == [
        "bilinen@demo.example",
        "kimse@demo.example",
    ]
    assert {one.to_name for one in mails("accounts/delegation_offered")} == {""}


def test_only_the_owner_of_the_address_accepts_and_once() -> None:
    principal, other, stranger = an_approver(a_school()), a_teacher("Vekil Demo"), a_teacher("Başka Demo")
    one = offered(principal, other.email)
    with pytest.raises(NotFound):
        service.delegations.a_delegation(one.id, stranger)
    for who in (stranger, principal):
        with pytest.raises(NotFound):
            service.delegations.accept(one, who, by=acting(who))
    with pytest.raises(NotFound):
        service.delegations.accept(one, other, by=acting(stranger))
    service.delegations.accept(one, other, by=acting(other))
    with pytest.raises(Conflict):
        service.delegations.accept(one, other, by=acting(other))
    assert mails("accounts/delegation_accepted")[-1].to_address == principal.email


def test_an_offer_that_was_ended_cannot_be_accepted() -> None:
    principal, other = an_approver(a_school()), a_teacher("Vekil Demo")
    one = offered(principal, other.email)
    service.delegations.end(one, principal, by=acting(principal))
    with pytest.raises(Conflict):
        service.delegations.accept(one, other, by=acting(other))


def test_what_was_handed_over_is_never_handed_on() -> None:
    _one, other = stood_in(an_approver(a_school()))
    assert service.delegations.own_steps(other) == []
    grant = service.delegations.received(other)[0].given_id
    assert grant is not None
    with pytest.raises(NotFound):
        service.delegations.delegate(
            other, grant, email="x@demo.example", from_on=WEDNESDAY, until_on=WEDNESDAY, by=acting(other)
        )


def test_days_have_an_order_an_end_and_a_limit_and_do_not_meet() -> None:
    principal = an_approver(a_school())
    [step] = service.delegations.own_steps(principal)
    by = acting(principal)

    def hand(first: date | None, last: date | None, email: str = "v@demo.example") -> None:
        service.delegations.delegate(principal, step.id, email=email, from_on=first, until_on=last, by=by)

    before, after = WEDNESDAY - timedelta(days=1), WEDNESDAY + timedelta(days=90)
    for days, field in (((None, WEDNESDAY), "from_on"), ((WEDNESDAY, None), "until_on"), ((before, WEDNESDAY), "from_on"),
                        ((WEDNESDAY, before), "until_on"), ((WEDNESDAY, after), "until_on")):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            hand(*days)
        assert refused.value.field == field
    with pytest.raises(RuleBroken):
        hand(WEDNESDAY, WEDNESDAY, principal.email)
    hand(WEDNESDAY, after - timedelta(days=1))
    with pytest.raises(RuleBroken):
        hand(WEDNESDAY, WEDNESDAY)


def test_it_never_lasts_longer_than_the_own_role() -> None:
    school = a_school()
    principal = a_person("Geçici Müdür")
    service.grant(principal, Role.APPROVER, ScopeKind.SCHOOL, str(school.id), until_on=WEDNESDAY, by=BY)
    with pytest.raises(NotAllowed):
        offered(principal, "v@demo.example", days=2)
    assert offered(principal, "v@demo.example", days=1)


def test_mails_to_typed_addresses_have_a_limit() -> None:
    principal = an_approver(a_school())
    db.session().commit()  # limits are counted in a transaction of their own
    for _ in range(5):
        service.delegations.count_offer(principal)
        db.session().commit()
    with pytest.raises(TooMany):
        service.delegations.count_offer(principal)


def test_from_the_profile_to_a_decision_and_back_with_one_press(visitor: Visitor) -> None:
    with db.transaction():
        school = a_school()
        principal, other = an_approver(school), a_teacher("Vekil Demo")
        application = an_application(a_run(), a_teacher(school=school))
        step_id = asked(application).id
    boss = visitor.sign_in(principal)
    assert PATH in boss.open("/tr/profile").links().values()
    page = boss.open(PATH)
    page = boss.send(PATH, page.form(), email="vekil", from_on="2.12.2026", until_on="4.12.2026", expect=422)
    assert "vekil" in page.html
    boss.send(PATH, page.form(), email=other.email, from_on="2.12.2026", until_on="4.12.2026")
    page = boss.open(PATH)
    assert "Henüz kabul edilmedi" in page.text
    assert "Vekil Demo" not in page.text, "who has an account is not told"
    them = Visitor(visitor.app).sign_in(other)
    page = them.open(PATH)
    assert f"{principal.name} adına" in page.text
    delegation = page.all("input", name="delegation")[0].get("value")
    them.send(PATH, {}, act="accept", delegation=delegation)
    assert "Vekil Demo" in boss.open(PATH).text
    page = them.open("/tr/application")
    assert f"{principal.name} adına" in page.text
    url = f"/tr/application/{step_id}"
    page = them.open(url)
    assert "iki ad da kaydedilir" in page.text
    them.send(url, page.form(), decision="approve")
    assert f"Vekil Demo ({principal.name} adına)" in boss.open(url).text
    boss.send(PATH, {}, act="end", delegation=delegation)
    them.open("/tr/application", expect=403)
    with db.reading():
        found = enrolment.find_enrolment(application.run_id, application.person_id)
        assert found is not None
        assert found.state is EnrolmentState.MAIN_LIST
