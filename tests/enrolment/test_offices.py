"""Offices in which nobody has an account: asked by a link, mailed again, reminded once; also directorates."""

import re
from datetime import timedelta

import pytest

from lmp.access import ActorKind, Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import OneTimeLink
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, Gone, NotFound
from lmp.enrolment import rules, service
from lmp.enrolment.models import ApprovalStep, Enrolment
from lmp.network import service as network
from lmp.network.models import School
from lmp.notice.service import reminding
from tests.builders.accounts import (
    BY,
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_school,
    a_teacher,
    acting,
    an_approver,
)
from tests.builders.enrolment import a_run, an_application, approved, asked
from tests.builders.mails import mails
from tests.builders.network import the_network
from tests.builders.workplace import MONDAY, today_is
from tests.visitor import Visitor

ASKED, REMINDED = "enrolment/asked_office", "enrolment/remind_office"
_MINUTE = timedelta(minutes=1)
LEVELS = [{"scope_kind": level, "days": 3} for level in ("school", "district", "province")]


def a_far_school() -> School:
    """A school of which only the office has an address."""
    school = a_school("Uzak Köy MTAL")
    school.office_email = "kurum@demo.example"
    db.session().flush()
    return school


def a_waiting_application() -> Enrolment:
    """An application that waits for an office without an account."""
    return an_application(a_run(), a_teacher(school=a_far_school()))


def with_directorates(school: School) -> School:
    """The addresses of its district and province are recorded."""
    for directorate, email in ((school.district, "ilce@demo.example"), (school.province, "il@demo.example")):
        network.change_directorate(directorate, seen=directorate.version, office_email=email, by=the_network())
    return school


def token(template: str = ASKED) -> str:
    """The link in the newest mail to an office."""
    found = re.search(r"/m/([\w-]+)", mails(template)[-1].text)
    assert found is not None
    return found[1]


def link(of: str) -> OneTimeLink:
    found = accounts.find_link(of)
    assert found is not None
    return found


def remind() -> None:
    """The worker's job of today, which may run twice."""
    for _twice in range(2):
        reminding.make({"name": "application_due", "day": clock.today().isoformat(), "after": ""})


def decide(step: ApprovalStep) -> None:
    service.decide(step, approve=True, reason="", by=accounts.link_actor(link(token())))


def test_directorates_without_an_account_are_asked_at_their_addresses_one_after_the_other(database: db.Scope) -> None:
    school = with_directorates(a_far_school())
    enrolment = an_application(a_run(chain=LEVELS), a_teacher(school=school))
    for address in ("kurum@demo.example", "ilce@demo.example", "il@demo.example"):
        assert mails(ASKED)[-1].to_address == address
        decide(asked(enrolment))
    names = [step.decided_by_name for step in enrolment.steps]
    assert names == ["Uzak Köy MTAL", "Etimesgut İlçe Millî Eğitim Müdürlüğü", "Ankara İl Millî Eğitim Müdürlüğü"]
    assert service.open_step(enrolment) is None
    assert "Sayın Ankara İl Millî Eğitim Müdürlüğü yetkilisi" in mails(ASKED)[-1].text


def test_a_directorate_with_an_account_is_asked_there_and_gets_no_link(database: db.Scope) -> None:
    school = with_directorates(a_school())
    officer = an_approver(a_school("Başka Okul"))
    accounts.grant(officer, Role.APPROVER, ScopeKind.PROVINCE, str(school.province_code), by=BY)
    chain = [LEVELS[0], LEVELS[2]]
    approved(an_application(a_run(chain=chain), a_teacher(school=school)))
    assert mails(ASKED) == []
    assert [one.to_address for one in mails("enrolment/asked")] == [officer.email]


def test_an_office_without_an_address_is_asked_as_soon_as_one_is_recorded(database: db.Scope) -> None:
    school = a_school()
    enrolment = an_application(a_run(), a_teacher(school=school))
    found = service.offices.asking(enrolment)
    assert found is not None
    assert (found.office.email, found.mailed_at) == ("", None)
    with pytest.raises(Conflict):
        service.offices.ask_again(enrolment, by=acting(enrolment.person))
    school.office_email = "kurum@demo.example"
    service.offices.ask_again(enrolment, by=acting(enrolment.person))
    decide(asked(enrolment))


def test_a_mail_sent_again_carries_a_new_link_and_ends_the_old_one(database: db.Scope) -> None:
    with today_is(MONDAY):
        enrolment = a_waiting_application()
    old = token()
    with today_is(MONDAY + timedelta(days=1)):
        service.offices.ask_again(enrolment, by=acting(enrolment.person))
        new = token()
        assert new != old
        with pytest.raises(Gone):
            accounts.check_open(link(old))
        accounts.check_open(link(new))
        assert accounts.newer_link(link(old)) is not None
        assert "daha önce gönderdiğimiz bağlantılar artık çalışmaz" in mails(ASKED)[-1].text.lower()
    assert accounts.link_actor(link(new)).kind is ActorKind.OFFICE
    acts = [one.act for one in audit.history(enrolment)]
    assert {"enrolment.office_asked", "enrolment.office_asked_again"} <= set(acts)


def test_nobody_mails_an_office_twice_within_two_hours(database: db.Scope) -> None:
    start = clock.now()
    with clock.at(start):
        enrolment = a_waiting_application()
        by = acting(enrolment.person)
        with pytest.raises(Conflict, match="not long ago"):
            service.offices.ask_again(enrolment, by=by)
    for later in (rules.OFFICE_PAUSE + _MINUTE, 2 * rules.OFFICE_PAUSE + 2 * _MINUTE):
        with clock.at(start + later):
            service.offices.ask_again(enrolment, by=by)
            with pytest.raises(Conflict):
                service.offices.ask_again(enrolment, by=by)
    assert len(mails(ASKED)) == 3


def test_only_those_who_see_the_application_mail_its_office_again(database: db.Scope) -> None:
    with today_is(MONDAY):
        enrolment = a_waiting_application()
    centre = a_centre()
    with today_is(MONDAY + timedelta(days=1)):
        for stranger in (a_teacher("Başka Demo"), a_centre_administrator(a_centre("smm-bur-oib"))):
            with pytest.raises(NotFound):
                service.offices.ask_again(enrolment, by=acting(stranger))
    for day, who in enumerate((a_centre_administrator(centre), a_network_administrator()), 2):
        with today_is(MONDAY + timedelta(days=day)):
            service.offices.ask_again(enrolment, by=acting(who))
    assert len(mails(ASKED)) == 3


def test_a_decided_or_withdrawn_application_asks_no_office_again(database: db.Scope) -> None:
    with today_is(MONDAY):
        enrolment = a_waiting_application()
        service.withdraw(enrolment, reason="", by=acting(enrolment.person))
    with today_is(MONDAY + timedelta(days=2)):
        assert service.offices.asking(enrolment) is None
        with pytest.raises(Conflict):
            service.offices.ask_again(enrolment, by=acting(enrolment.person))
        remind()
    assert mails(REMINDED) == []


def test_an_office_is_reminded_once_with_a_new_link_when_the_last_day_is_near(database: db.Scope) -> None:
    with today_is(MONDAY):
        enrolment = a_waiting_application()
        remind()
    assert mails(REMINDED) == []
    old = token()
    for day in (2, 3, 4):
        with today_is(MONDAY + timedelta(days=day)):
            remind()
    (one,) = mails(REMINDED)
    assert one.to_address == "kurum@demo.example"
    with today_is(MONDAY + timedelta(days=3)):
        with pytest.raises(Gone):
            accounts.check_open(link(old))
        by = accounts.link_actor(link(token(REMINDED)))
        service.decide(asked(enrolment), approve=True, reason="", by=by)
    assert "enrolment.office_reminded" in [one.act for one in audit.history(enrolment)]


def test_an_office_with_an_approver_is_reminded_there_only(database: db.Scope) -> None:
    with today_is(MONDAY):
        school = a_far_school()
        principal = an_approver(school)
        an_application(a_run(), a_teacher(school=school))
    with today_is(MONDAY + timedelta(days=3)):
        remind()
    assert mails(REMINDED) == []
    assert principal.email in [one.to_address for one in mails("enrolment/decide_soon")]


def test_the_teacher_mails_the_link_again_and_the_old_link_says_so(visitor: Visitor) -> None:
    with today_is(MONDAY), db.transaction():
        enrolment = a_waiting_application()
        old = token()
    with today_is(MONDAY + timedelta(days=1)):
        visitor.sign_in(enrolment.person)
        page = visitor.open(f"/tr/training/{enrolment.id}")
        assert "kurum@demo.example" in page.text
        path = page.links()["Yeni bağlantı gönder"]
        asking = visitor.open(path)
        sent = visitor.send(path, asking.form())
        assert sent.location.endswith(f"/training/{enrolment.id}")
        assert "Yeni bağlantı gönderildi: Uzak Köy MTAL" in visitor.open(sent.location).text
        assert visitor.send(path, asking.form()).location == sent.location, "two presses are one"
        paused = visitor.open(path)
        assert "olunca yeniden gönderilebilir" in paused.text
        assert "_once" not in paused.html
        over = Visitor(visitor.app).open(f"/m/{old}", expect=410)
        assert "Bu bağlantının yerine yenisi gönderildi" in over.text
        assert over.all("textarea") == []
        with db.reading():
            new = token()
        assert Visitor(visitor.app).open(f"/m/{new}").all("input", name="decision")


def test_staff_see_which_office_is_asked_and_where_no_address_is_recorded(visitor: Visitor) -> None:
    with today_is(MONDAY), db.transaction():
        first = a_waiting_application()
        second = an_application(first.run, a_teacher("Başka Demo", school=a_school("Adressiz MTAL")))
        coordinator = a_centre_administrator(a_centre())
    with today_is(MONDAY + timedelta(days=1)):
        visitor.sign_in(coordinator)
        page = visitor.open(f"/tr/participant/{first.id}")
        path = page.links()["Yeni bağlantı gönder"]
        visitor.send(path, visitor.open(path).form())
        text = visitor.open(f"/tr/participant/{second.id}").text
        assert "Adressiz MTAL" in text
        assert "e-posta adresi kayıtlı değil" in text
        assert "Hiçbir kurum bağlantı beklemiyor" in visitor.open(f"/tr/enrolment/{second.id}/office").text
