"""What a person keeps about themselves."""

from datetime import timedelta

import pytest
from flask import Flask

from lmp.accounts import rules, service
from lmp.accounts.models import Person
from lmp.core import clock, db, messages
from lmp.core.errors import NotFound, RuleBroken, TooMany
from lmp.network import service as network
from tests.builders.accounts import BY, PASSWORD, a_person, a_school, a_teacher, acting, an_approver
from tests.builders.mails import link_of, mails, newest
from tests.visitor import Visitor

EMAIL = "ben@demo.example"
BRANCH = "Elektrik-Elektronik Teknolojisi"


@pytest.fixture
def me(app: Flask) -> Person:
    """A teacher with a password."""
    with db.transaction():
        return a_person("Ben Demo", email=EMAIL, password=PASSWORD)


@pytest.fixture
def visitor(app: Flask, me: Person) -> Visitor:
    """The teacher's browser."""
    return Visitor(app).sign_in(me)


def anew(who: Person) -> Person:
    """The person as the database has them now."""
    with db.reading() as session:
        found = session.get_one(Person, who.id)
        _ = found.school, found.branch
        session.expunge_all()
        return found


def test_the_profile_leads_to_every_change(visitor: Visitor) -> None:
    page = visitor.open("/tr/profile")
    assert "Ben Demo" in page.text
    for path in ("name", "address", "password", "teaching", "sessions"):
        assert f"/tr/profile/{path}" in page.links().values()
        visitor.open(f"/tr/profile/{path}")
        visitor.open(f"/en/profile/{path}")


def test_every_role_finds_the_profile_in_the_menu(app: Flask) -> None:
    with db.transaction():
        principal = an_approver(a_school())
    assert "/tr/profile" in Visitor(app).sign_in(principal).open("/tr/today").links().values()


def test_a_name_is_corrected(visitor: Visitor, me: Person) -> None:
    form = visitor.open("/tr/profile/name").form("/profile/name")
    visitor.send("/tr/profile/name", form, name="  Ben  Yeni ")
    assert anew(me).name == "Ben Yeni"
    page = visitor.send("/tr/profile/name", form, name="", expect=422)
    assert "Adınızı ve soyadınızı yazın." in page.text


def test_a_school_is_found_by_words_and_declared(visitor: Visitor, me: Person) -> None:
    with db.transaction():
        school = a_school("İğdeli Işık Mesleki ve Teknik Anadolu Lisesi")
        a_school("Başka Mesleki ve Teknik Anadolu Lisesi")
        branch = network.branch(BRANCH)
    path = "/tr/profile/teaching"
    form = visitor.open(path).form(path)
    page = visitor.send(path, form, branch=str(branch.id), province="6", words="ISIK igdeli", find="1", expect=200)
    assert "İğdeli Işık" in page.text
    assert "Başka" not in page.text
    assert anew(me).school_id is None, "searching writes nothing"
    found = page.form(path)
    assert found["branch"] == str(branch.id), "the other answers stay"
    visitor.send(path, found, school=str(school.id), save="1")
    now = anew(me)
    assert (now.school_id, now.branch_id, now.confirmed_at) == (school.id, branch.id, None)
    assert "Beyan" in visitor.open("/tr/profile").text


def test_enter_in_the_search_field_searches(visitor: Visitor) -> None:
    with db.transaction():
        a_school("İğdeli Işık Mesleki ve Teknik Anadolu Lisesi")
    path = "/tr/profile/teaching"
    form = visitor.open(path).form(path)
    assert "İğdeli" in visitor.send(path, form, words="igde", expect=200).text
    assert "İğdeli" in visitor.send(path, form, words="igde", save="1", expect=200).text


def test_a_school_is_found_by_its_code(database: db.Scope) -> None:
    made = network.add_school(name="Kodlu Lise", province_code=6, district_name="Mamak", code="123456", by=BY)
    assert [one.id for one in network.find_schools("123456").schools] == [made.id]
    assert not network.find_schools("123456", 34).schools
    assert [one.id for one in network.find_schools("mamak kodlu", 6).schools] == [made.id]


def test_more_schools_than_can_be_shown_are_said(database: db.Scope) -> None:
    for number in range(22):
        a_school(f"Kalabalık {number} Lisesi")
    found = network.find_schools("kalabalik")
    assert len(found.schools) == 20
    assert found.more


def test_nothing_found_says_what_to_try(visitor: Visitor) -> None:
    path = "/tr/profile/teaching"
    page = visitor.send(path, visitor.open(path).form(path), words="yokböylebirokul", find="1", expect=200)
    assert "Okul bulunamadı" in page.text
    visitor.send(path, page.form(path), school="none", save="1")


def test_a_school_that_does_not_exist_is_refused(database: db.Scope) -> None:
    who = a_teacher()
    with pytest.raises(RuleBroken):
        service.profile.declare(who, branch_id=None, school_id=who.id, by=acting(who))


def test_the_head_of_the_school_confirms_and_a_change_opens_it_again(database: db.Scope) -> None:
    school = a_school()
    who = a_teacher(school=school)
    with pytest.raises(NotFound):
        service.profile.confirm_declared(who, by=acting(an_approver(a_school("Başka Lise"))))
    with pytest.raises(NotFound):
        service.profile.confirm_declared(who, by=acting(who))
    service.profile.confirm_declared(who, by=acting(an_approver(school, "Müdür Demo")))
    assert who.confirmed_by == "Müdür Demo"
    service.profile.declare(who, branch_id=None, school_id=school.id, by=acting(who))
    assert who.confirmed_at is None


def test_another_address_counts_once_it_is_confirmed(app: Flask, visitor: Visitor, me: Person) -> None:
    path = "/tr/profile/address"
    form = visitor.open(path).form(path)
    assert "Parolanız bu değil." in visitor.send(path, form, email="Yeni@demo.example", password="x", expect=422).text
    visitor.send(path, form, email="Yeni@demo.example", password=PASSWORD)
    assert newest("accounts/address_asked").to_address == EMAIL
    mail = newest("accounts/new_address")
    assert mail.to_address == "yeni@demo.example"
    assert anew(me).email == EMAIL
    anywhere = Visitor(app)
    link = link_of(mail)
    page = anywhere.open(link)
    assert anew(me).email == EMAIL, "opening changes nothing"
    anywhere.send(link, page.form("/m/"))
    assert anew(me).email == "yeni@demo.example"
    assert newest("accounts/address_changed").to_address == EMAIL
    anywhere.open(link, expect=410)


def test_an_address_in_use_gets_no_link_and_nobody_is_told_here(visitor: Visitor, me: Person) -> None:
    with db.transaction():
        a_person(email="dolu@demo.example", password=PASSWORD)
    path = "/tr/profile/address"
    visitor.send(path, visitor.open(path).form(path), email="dolu@demo.example", password=PASSWORD)
    with db.reading():
        assert not mails("accounts/new_address")
    assert newest("accounts/known").to_address == "dolu@demo.example"


def test_a_new_password_stops_an_address_that_waits(app: Flask, visitor: Visitor, me: Person) -> None:
    path = "/tr/profile/address"
    visitor.send(path, visitor.open(path).form(path), email="hirsiz@demo.example", password=PASSWORD)
    link = link_of(newest("accounts/new_address"))
    with db.transaction() as session:
        who = session.get_one(Person, me.id)
        service.profile.change_password(who, current=PASSWORD, password="quite-another-one", by=acting(who))
    Visitor(app).open(link, expect=410)


def test_changing_the_password_keeps_this_browser_and_ends_the_others(app: Flask, visitor: Visitor, me: Person) -> None:
    other = Visitor(app).sign_in(me)
    path = "/tr/profile/password"
    form = visitor.open(path).form(path)
    visitor.send(path, form, current="yanlis", password="quite-another-one", expect=422)
    visitor.send(path, form, current=PASSWORD, password="quite-another-one")
    assert "Parola değişti" in visitor.open("/tr/profile").text
    other.open("/tr/profile", expect=302)


def test_ten_wrong_own_passwords_make_one_wait(database: db.Scope) -> None:
    who = a_person(email=EMAIL, password=PASSWORD)
    database.session.commit()
    for _ in range(10):
        with pytest.raises(RuleBroken):
            service.profile.check_own_password(who, "wrong", "current")
        database.session.rollback()
    with pytest.raises(TooMany):
        service.profile.check_own_password(who, PASSWORD, "current")


def test_colours_go_with_the_person_and_language_with_their_mails(visitor: Visitor, me: Person) -> None:
    path = "/tr/display"
    assert "data-scheme" not in visitor.open(path).html
    visitor.send(path, visitor.open(path).form(path), scheme="dark", language="en")
    assert 'data-scheme="dark"' in visitor.open("/tr/today").html
    assert (anew(me).scheme, anew(me).lang) == ("dark", "en")
    visitor.send(path, visitor.open(path).form(path), scheme="")
    assert "data-scheme" not in visitor.open("/tr/today").html


def test_a_visitor_without_an_account_chooses_colours_for_the_browser(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.send("/tr/display", visitor.open("/tr/display").form("/display"), scheme="light")
    assert 'data-scheme="light"' in visitor.open("/tr/").html


def test_one_sees_and_ends_ones_own_sessions(app: Flask, visitor: Visitor, me: Person) -> None:
    other = Visitor(app).sign_in(me)
    page = visitor.open("/tr/profile/sessions")
    assert page.text.count("Bu tarayıcı") == 1
    ends = [one.get("action") or "" for one in page.all("form") if "/end" in (one.get("action") or "")]
    one = next(path for path in ends if not path.endswith("sessions/end"))
    visitor.send(one)
    other.open("/tr/profile", expect=302)
    visitor.open("/tr/profile")


def test_nobody_ends_the_session_of_somebody_else(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        stranger = a_person("Başka Demo")
    theirs = Visitor(app).sign_in(stranger)
    with db.reading():
        (session_id,) = [one.id for one in service.own_sessions.own_sessions(stranger, by=acting(stranger))]
    visitor.send(f"/tr/profile/sessions/{session_id}/end", expect=404)
    theirs.open("/tr/profile")


def test_signing_out_everywhere_ends_this_browser_too(app: Flask, visitor: Visitor, me: Person) -> None:
    other = Visitor(app).sign_in(me)
    visitor.send("/tr/profile/sessions/end")
    for one in (visitor, other):
        one.open("/tr/profile", expect=302)


def test_the_day_of_use_is_written_once_a_day(app: Flask, me: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(rules, "SESSION_LENGTH", timedelta(days=3))
    later = Visitor(app).sign_in(me)
    with clock.at(tomorrow):
        for _ in range(2):
            later.open("/tr/profile")
        with db.reading():
            seen = {one.seen_on for one in service.own_sessions.own_sessions(me, by=acting(me))}
        assert clock.today() in seen


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("curl/8", "Tanımadığımız bir tarayıcı"),
    ],
)
def test_a_user_agent_is_said_in_words(agent: str, said: str) -> None:
    assert messages.text(rules.browser_name(agent), "tr") == said
