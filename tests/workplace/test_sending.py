"""Sending weeks to the company and writing to the mentor again, against both databases."""

from datetime import time, timedelta

import pytest

from lmp.access import NOBODY
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Conflict, Gone, NotAllowed, NotFound, RuleBroken, TooMany
from lmp.workplace import rules, service
from lmp.workplace.models import DayState
from tests.builders.accounts import a_teacher, acting
from tests.builders.mails import mails
from tests.builders.workplace import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_company,
    a_mentor,
    a_placement,
    a_sent_week,
    a_workplace,
    an_administrator,
    changed,
    confirmed,
    newest_link,
    newest_token,
    the_bearer,
    the_teacher,
    today_is,
)
from tests.workplace.facts import minutes_of, said, states

pytestmark = pytest.mark.usefixtures("database")


def test_sending_mails_the_mentor_a_link_in_their_language() -> None:
    company = a_company()
    mentor = a_mentor(company, lang="en")
    placement = a_placement(workplace=a_workplace(company), mentor=mentor)
    week = a_sent_week(placement)
    mail = mails("workplace/week_sent")[0]
    assert (mail.to_address, mail.lang) == ("usta@demo.example", "en")
    assert mail.subject == "Please confirm 2 working days of Gülşah Demo"
    assert f"http://lmp.test/m/{newest_token()}?lang=en" in mail.text
    link = newest_link()
    assert (link.subject_id, link.bound_to) == (week.id, week.entries)
    assert clock.local(link.expires_at - timedelta(seconds=1)).date() == WEDNESDAY + timedelta(days=14)
    assert set(states(placement).values()) == {DayState.SENT}


def test_only_saved_days_are_sent_and_each_once() -> None:
    placement = a_placement()
    a_sent_week(placement, [MONDAY])
    for days, kind in (([MONDAY], Conflict), ([TUESDAY], RuleBroken), ([], RuleBroken)):
        with pytest.raises(kind):
            service.send_week(placement, days, by=the_teacher(placement))
    with pytest.raises(NotAllowed):
        service.send_week(placement, [MONDAY], by=acting(an_administrator(placement.enrolment)))


def test_a_day_the_centre_opened_is_not_sent_before_it_is_written() -> None:
    placement = a_placement()
    admin = acting(an_administrator(placement.enrolment))
    service.allow_late(placement, MONDAY, reason="Gemideydi.", by=admin)
    with pytest.raises(RuleBroken):
        service.send_week(placement, [MONDAY], by=the_teacher(placement))


def test_the_mail_can_be_sent_again_a_few_times_and_the_earlier_link_dies() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    old = newest_token()
    db.session().commit()
    for hours_later in range(1, rules.MAILS_AGAIN.count + 1):
        with today_is(at=time(14 + hours_later, 30 + hours_later)):
            service.send_again(week, by=the_teacher(placement))
            db.session().commit()
    with pytest.raises(Gone):
        accounts.open_link(old, "mentor")
    with today_is(at=time(20)), pytest.raises(TooMany):
        service.send_again(week, by=the_teacher(placement))
    assert len(confirmed(week)) == 2


def test_nobody_writes_to_the_mentor_twice_within_an_hour_not_even_the_centre() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    centre = acting(an_administrator(placement.enrolment))
    for by in (the_teacher(placement), centre):
        with pytest.raises(Conflict) as early:
            service.send_again(week, by=by)
        assert "mailed at 14:30, so we write again only after 15:30" in said(early)
    old = newest_token()
    db.session().commit()  # limits are counted in a transaction of their own
    with today_is(at=time(15, 31)):
        service.send_again(week, by=centre)
        newer = accounts.newer_link(accounts.find_link(old))  # type: ignore[arg-type]
        assert newer is not None
        assert clock.local(newer.made_at).hour == 15
    assert len(mails("workplace/week_sent")) == 2
    assert [one.act for one in audit.history(week)] == ["workplace.week_sent", "workplace.week_sent_again"]


def test_a_stranger_cannot_let_the_mentor_be_written_to() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    for by in (acting(a_teacher("Başka Demo")), NOBODY):
        with pytest.raises(NotFound):
            service.send_again(week, by=by)


def test_the_centre_sees_when_a_week_was_mailed_and_opened_and_that_arrival_is_unknown() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    centre = acting(an_administrator(placement.enrolment))
    [seen] = service.sendings(placement, service.whole_log(placement)[1], by=centre)
    assert (seen.span, seen.days, seen.post, seen.opened_at) == ((MONDAY, TUESDAY), 2, service.Post.KEPT, None)
    assert seen.pause_until is not None
    link = newest_link()
    with today_is(at=time(16)):
        for _ in range(2):
            service.note_opened(week, link, by=the_bearer(link))
        db.session().refresh(link)
        [seen] = service.sendings(placement, service.whole_log(placement)[1], by=centre)
    assert seen.opened_at is not None
    assert (seen.opened_at.hour, seen.pause_until) == (16, None)
    assert [one.act for one in audit.history(week)].count("workplace.link_opened") == 1
    confirmed(week)
    assert service.sendings(placement, service.whole_log(placement)[1], by=centre) == []


def test_nothing_is_mailed_again_once_it_is_decided() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    confirmed(week)
    with pytest.raises(Conflict):
        service.send_again(week, by=the_teacher(placement))


def test_changing_a_sent_day_takes_the_week_back_and_the_link_dies() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    link = newest_link()
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    changed(placement, entry, ends=time(15))
    assert states(placement) == {MONDAY: DayState.DRAFT, TUESDAY: DayState.DRAFT}
    with pytest.raises(Gone):
        newest_link()
    with pytest.raises(Gone):
        service.confirm(week, link, by=the_bearer(link))
    assert minutes_of(placement) == 0


def test_saving_a_sent_day_without_a_change_leaves_it_with_the_company() -> None:
    placement = a_placement()
    a_sent_week(placement, [MONDAY])
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    changed(placement, entry)
    assert states(placement) == {MONDAY: DayState.SENT}
    assert newest_link().ended_at is None
