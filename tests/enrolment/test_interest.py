"""Asking to be told when a run takes applications, and being told once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.core import clock, db
from lmp.core.errors import Gone, NotFound, RuleBroken
from lmp.core.mail import Mail
from lmp.enrolment import service
from lmp.enrolment.models import Interest, Run
from lmp.network import service as network
from tests.builders.accounts import a_centre_administrator, a_teacher, acting
from tests.builders.content import a_published_course
from tests.builders.enrolment import a_run
from tests.builders.mails import mails, told
from tests.visitor import Visitor


@pytest.fixture
def run(database: db.Scope) -> Run:
    return a_run()


def asks(who: Person, run: Run, **values: Any) -> Interest:
    return service.interest.ask(
        who, **{"course": run.course, "field": None, "province_code": None, **values}, by=acting(who)
    )


def opened(run: Run) -> None:
    """The worker's job on the first day of applications; it may run twice."""
    for _twice in range(2):
        service.interest.tell({"run": str(run.id), "after": ""})


def by_mail(run: Run, email: str = "merak@demo.example", lang: str = "tr") -> None:
    db.session().commit()  # a page counts the attempt before it writes anything
    service.interest.ask_by_mail(email, course=run.course, field=None, province_code=None, lang=lang, place="here")


def confirmed(run: Run) -> Interest:
    """The newest interest by mail, its link followed."""
    found = re.search(r"/m/([\w-]+)", mails("enrolment/interest_asked")[-1].text)
    assert found is not None
    link = accounts.open_link(found[1], "interest")
    return service.interest.confirm(link, by=accounts.link_actor(link))


def test_whoever_asked_is_told_once_when_applications_open(run: Run) -> None:
    who, other = a_teacher(), a_teacher()
    one = asks(who, run)
    opened(run)
    assert [notice.person_id for notice in told("enrolment/run_opens")] == [who.id]
    db.session().expire(one)
    assert one.told_run_id == run.id
    assert service.interest.interests_of(other.id) == []


def test_asking_twice_is_one_interest(run: Run) -> None:
    who = a_teacher()
    asks(who, run)
    again = asks(who, run, province_code=6)
    assert [one.id for one in service.interest.interests_of(who.id)] == [again.id]
    assert again.province_code == 6


def test_an_interest_in_a_field_or_a_province_is_told_of_runs_there_only(run: Run) -> None:
    here, elsewhere, by_field = a_teacher(), a_teacher(), a_teacher()
    asks(here, run, province_code=run.centre.province_code)
    asks(elsewhere, run, province_code=35)
    asks(by_field, run, course=None, field=run.course.fields[0])
    opened(run)
    assert {notice.person_id for notice in told("enrolment/run_opens")} == {here.id, by_field.id}


def test_the_coordinator_sees_how_many_wait(run: Run) -> None:
    asks(a_teacher(), run)
    asks(a_teacher(), run, course=None, field=run.course.fields[0])
    ended = asks(a_teacher(), run)
    service.interest.end(ended, by=acting(accounts.person(ended.person_id)))  # type: ignore[arg-type]
    by_mail(run)
    assert service.interest.interested([run.course]) == {run.course.id: 2}


def test_a_removed_interest_is_not_told(run: Run) -> None:
    who = a_teacher()
    service.interest.end(asks(who, run), by=acting(who))
    opened(run)
    assert told("enrolment/run_opens") == []


def test_nobody_ends_the_interest_of_others(run: Run) -> None:
    one = asks(a_teacher(), run)
    with pytest.raises(NotFound):
        service.interest.end(one, by=acting(a_teacher()))


def test_without_an_account_an_interest_counts_once_its_link_was_followed(run: Run) -> None:
    by_mail(run)
    opened(run)
    assert mails("enrolment/run_opens") == []
    one = confirmed(run)
    opened(run)
    (made,) = mails("enrolment/run_opens")
    assert (made.to_address, made.lang) == ("merak@demo.example", "tr")
    assert made.stop_url is not None
    assert "Merhaba," in made.text
    with pytest.raises(Gone):
        confirmed(run)
    assert one.confirmed_at is not None


def test_an_address_that_cannot_be_is_refused(run: Run) -> None:
    with pytest.raises(RuleBroken):
        by_mail(run, "merak")


def test_the_telling_waits_for_the_first_day_of_applications(run: Run) -> None:
    later = a_run(run.version, apply_from_on=clock.today() + timedelta(days=3))
    asks(a_teacher(), later)
    assert told("enrolment/run_opens") == []


def test_a_teacher_asks_on_the_course_page_and_removes_it_on_their_list(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        course = a_published_course().course
        teacher = a_teacher()
    visitor.sign_in(teacher)
    button = visitor.open(f"/tr/course/{course.slug}").links()
    path = next(url for text, url in button.items() if text.startswith("Haber ver"))
    page = visitor.open(path)
    visitor.send(path, page.form("/interest"))
    mine = visitor.open("/tr/interest")
    assert course.title.tr in mine.text
    end = next(one.get("action", "") for one in mine.all("form") if one.get("action", "").endswith("/end"))
    visitor.send(end, mine.form("/end"))
    assert "Henüz haber istemediniz" in visitor.open("/tr/interest").text


def test_a_stranger_leaves_an_address_and_confirms_by_the_link(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        a_published_course()
        field = network.field("elektrik-elektronik")
    path = f"/en/interest/field/{field.slug}"
    visitor.send(path, visitor.open(path).form("/interest"), email="", expect=422)
    done = visitor.send(path, visitor.open(path).form("/interest"), email="someone@demo.example", expect=200)
    assert "someone@demo.example" in done.text
    with db.reading() as session:
        text = session.query(Mail).one().text
    link = re.search(r"/m/[\w-]+\?lang=en", text)
    assert link is not None
    page = visitor.open(link[0])
    assert visitor.send(link[0], page.form("/m/"), expect=200).h1 == "You will hear from us"


def test_the_page_that_opens_a_run_says_how_many_wait(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        course = a_published_course().course
        teacher, administrator = a_teacher(), a_centre_administrator(course.centre)
        service.interest.ask(teacher, course=course, field=None, province_code=None, by=acting(teacher))
    visitor.sign_in(administrator)
    assert "1 kişi haber bekliyor" in visitor.open("/tr/run/new").text
    assert "1 kişi haber bekliyor" in visitor.open(f"/tr/run/new/{course.slug}").text
