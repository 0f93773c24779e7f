"""Telling people things: the count, the mail at once, quiet hours, the daily mail exactly once."""

from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import func, select

from lmp.accounts import service as accounts
from lmp.accounts.models import Person, PersonState
from lmp.app import job_handlers
from lmp.core import clock, db, jobs, mail
from lmp.core.errors import NotFound
from lmp.core.mail import Mail
from lmp.notice import rules, service
from lmp.notice.models import Digest, Notice
from lmp.notice.rules import Delivery, Settings
from lmp.notice.service import digesting, telling
from tests.builders.accounts import a_person, a_teacher, acting
from tests.builders.mails import mails
from tests.builders.notice import a_notice, a_topic
from tests.builders.workplace import today_is

pytestmark = pytest.mark.usefixtures("database")

WEDNESDAY, SATURDAY = date(2026, 12, 2), date(2026, 12, 5)
#: The eve of Republic Day is a half day.
HALF_DAY = date(2026, 10, 28)


def digest_mails() -> list[Mail]:
    return mails("notice/digest")


def made_today() -> None:
    """Everything the worker does for today's daily mail."""
    digesting.make({"day": clock.today().isoformat(), "after": ""})


def unread(who: Person) -> int:
    db.session().expire(who)
    return who.unread_notices


def test_a_notice_is_counted_until_it_is_read() -> None:
    who, other = a_person(), a_person()
    first, second = a_notice(who), a_notice(who)
    assert first is not None
    assert second is not None
    assert unread(who) == 2
    for _twice in range(2):
        service.read(first, by=acting(who))
    assert unread(who) == 1
    service.read_all(who.id, by=acting(who))
    assert (unread(who), unread(other)) == (0, 0)


def test_nobody_reads_the_notices_of_others() -> None:
    one = a_notice(a_person())
    assert one is not None
    with pytest.raises(NotFound):
        service.notice(one.id, acting(a_person()))
    with pytest.raises(NotFound):
        service.read(one, by=acting(a_person()))


def test_the_same_thing_is_told_once() -> None:
    who, other = a_person(), a_person()
    told = [a_notice(one, once="practical:1") for one in (who, who, other)]
    assert [one is not None for one in told] == [True, False, True]
    assert unread(who) == 1


def test_a_suspended_person_is_told_nothing() -> None:
    who = a_person()
    who.state = PersonState.SUSPENDED
    assert a_notice(who) is None


def test_what_asks_for_an_act_is_mailed_at_once_and_the_rest_waits_for_the_daily_mail() -> None:
    who = a_person()
    with today_is(WEDNESDAY):
        a_notice(who, "workplace.returned")
        a_notice(who, "practical")
    (made,) = mails("practical/decided")
    assert made.send_after is None
    assert made.stop_url is not None
    assert made.stop_url.startswith("http://lmp.test/notice/stop/")


def test_a_mail_waits_for_the_end_of_the_quiet_hours_unless_it_is_due_today() -> None:
    who = a_person()
    with today_is(WEDNESDAY, time(22)):
        a_notice(who, "workplace.returned")
        a_notice(who, "workplace.returned", due_on=WEDNESDAY)
    waiting, urgent = mails("practical/decided")
    assert waiting.send_after == clock.wall(date(2026, 12, 3), time(7))
    assert urgent.send_after is None


def test_what_may_not_be_ended_carries_no_link_that_ends_it_and_never_waits() -> None:
    with today_is(WEDNESDAY, time(23)):
        a_notice(a_person(), "application.decide")
    (made,) = mails("practical/decided")
    assert (made.stop_url, made.send_after) == (None, None)


def test_the_daily_mail_holds_what_is_unread_by_training_and_due_first() -> None:
    who = a_person(lang="en")
    with today_is(WEDNESDAY):
        a_notice(who, topic=a_topic(1, "Kurs A"))
        read = a_notice(who, topic=a_topic(1, "Kurs A"), passed=False)
        assert read is not None
        service.read(read, by=acting(who))
        a_notice(who, topic=a_topic(2, "Kurs B"), due_on=date(2026, 12, 4))
        made_today()
    (made,) = digest_mails()
    assert made.lang == "en"
    assert "did not pass" not in made.text
    assert made.text.index("Kurs B (en)") < made.text.index("Kurs A (en)")
    assert "last day: 4 December 2026" in made.text
    assert "http://lmp.test/en/today" in made.text
    assert made.subject == "2 notices from SMM Training"


def test_nobody_gets_an_empty_daily_mail() -> None:
    who = a_person()
    with today_is(WEDNESDAY):
        one = a_notice(who)
        assert one is not None
        service.read(one, by=acting(who))
        made_today()
    assert digest_mails() == []


def test_the_daily_mail_is_made_once_for_a_person_and_day() -> None:
    who = a_person()
    with today_is(WEDNESDAY):
        a_notice(who)
        made_today()
        a_notice(who)
        made_today()  # the worker was killed after its commit and runs the job again
    assert len(digest_mails()) == 1
    with today_is(date(2026, 12, 3)):
        made_today()
    assert len(digest_mails()) == 2


def test_people_who_want_no_daily_mail_get_none() -> None:
    who = a_person()
    with today_is(WEDNESDAY):
        a_notice(who)
        service.change(who, Settings(digest=False), by=acting(who))
        made_today()
    assert digest_mails() == []


def test_the_daily_mail_is_made_in_batches_that_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digesting, "BATCH", 2)
    people = [a_person() for _ in range(5)]
    with today_is(WEDNESDAY, time(17, 5)):
        for who in people:
            a_notice(who)
        service.begin_digest()
        service.begin_digest()
        db.session().commit()
        jobs.run_all(job_handlers())
        db.session().expire_all()
        assert sorted(one.to_address for one in digest_mails()) == sorted(who.email for who in people)
        assert db.session().scalar(select(func.count()).select_from(Digest)) == 5


@pytest.mark.parametrize(
    ("day", "at", "begins"),
    [
        (WEDNESDAY, time(16, 59), False),
        (WEDNESDAY, time(17, 0), True),
        (HALF_DAY, time(12, 0), True),
        (SATURDAY, time(17, 0), True),
    ],
)
def test_the_daily_mail_begins_when_its_time_has_come(day: date, at: time, begins: bool) -> None:
    with today_is(day, at):
        service.begin_digest()
        assert jobs.is_known(f"notice.digest:{day.isoformat()}") is begins


def test_on_a_saturday_only_what_is_due_before_the_next_working_days_mail_is_sent() -> None:
    hurried, patient = a_person(), a_person()
    with today_is(SATURDAY):
        a_notice(hurried, due_on=date(2026, 12, 7))
        a_notice(patient, due_on=date(2026, 12, 20))
        made_today()
    assert [one.to_address for one in digest_mails()] == [hurried.email]


def test_one_press_ends_a_kind_and_another_brings_it_back() -> None:
    who = a_person()
    token = service.stop_address("person", who.id, "practical", "tr").split("/")[-1].split("?")[0]
    found = service.read_stop(token)
    assert not service.mails_are_ended(found)
    for _twice in range(2):
        service.end_mails(found)
    assert service.settings_of(who.id).choices == {"practical": Delivery.HERE}
    service.resume_mails(found)
    assert not service.mails_are_ended(found)


def test_one_press_ends_the_daily_mail() -> None:
    who = a_person()
    token = service.stop_address("person", who.id, rules.DIGEST, "tr").split("/")[-1].split("?")[0]
    service.end_mails(service.read_stop(token))
    assert not service.settings_of(who.id).digest


def test_a_token_that_was_changed_ends_nothing() -> None:
    who = a_person()
    token = service.stop_address("person", who.id, "practical", "tr").split("/")[-1].split("?")[0]
    for wrong in (token[:-2] + "AA", token[5:], "ü", "", "x" * 80):
        with pytest.raises(NotFound):
            service.read_stop(wrong)


def test_a_link_for_mails_that_may_not_be_ended_ends_nothing() -> None:
    who = a_person()
    token = service.stop_address("person", who.id, "application.decide", "tr").split("/")[-1].split("?")[0]
    with pytest.raises(NotFound):
        service.end_mails(service.read_stop(token))


def test_nobody_switches_off_that_a_place_is_offered_until_an_hour() -> None:
    who = a_person()
    service.change(who, Settings(choices={"place.offered": Delivery.HERE}), by=acting(who))
    assert service.settings_of(who.id).choices.get("place.offered") is None
    token = service.stop_address("person", who.id, "place.offered", "tr").split("/")[-1].split("?")[0]
    with pytest.raises(NotFound):
        service.end_mails(service.read_stop(token))


def test_nobody_chooses_for_others() -> None:
    with pytest.raises(NotFound):
        service.change(a_person(), Settings(), by=acting(a_teacher()))


def test_a_daily_mail_in_the_quiet_hours_of_its_reader_waits() -> None:
    who = a_person()
    with today_is(WEDNESDAY, time(17)):
        service.change(who, Settings(quiet_from=time(16), quiet_until=time(9)), by=acting(who))
        a_notice(who)
        made_today()
    assert digest_mails()[0].send_after == clock.wall(date(2026, 12, 3), time(9))


def test_two_workers_make_one_daily_mail(config: Any) -> None:
    who = a_person()
    with today_is(WEDNESDAY):
        a_notice(who)
        db.session().commit()
        for _worker in range(2):
            with db.transaction():
                made_today()
        with db.transaction() as session:  # a second worker that read its people before the first had finished
            session.execute(Notice.__table__.update().values(digested_on=None))  # type: ignore[attr-defined]
            made_today()
    with db.reading():
        assert len(digest_mails()) == 1


def test_a_mail_that_fails_says_why_and_can_be_sent_again() -> None:
    one = mail.queue("notice/digest", to=a_person(), name="A", groups=[], number=1, more=0, url="http://lmp.test/")
    mail.note_failure({"mail": str(one.id)}, "SMTPRecipientsRefused: 550", given_up=False)
    assert service.mail_state(one) is service.MailState.QUEUED
    mail.note_failure({"mail": str(one.id)}, "SMTPRecipientsRefused: 550", given_up=True)
    assert service.mail_state(one) is service.MailState.FAILED
    assert one.error == "SMTPRecipientsRefused: 550"


def test_moments_are_meant_in_the_zone_of_the_platform() -> None:
    with clock.at(datetime(2026, 12, 2, 17, 30, tzinfo=clock.zone())):
        assert telling.send_after(rules.USUAL, None) is None
    with clock.at(datetime(2026, 12, 2, 20, 30, tzinfo=clock.zone())):
        assert telling.send_after(rules.USUAL, None) == clock.wall(date(2026, 12, 3), time(7))


def test_accounts_keep_the_count() -> None:
    who = a_person()
    accounts.add_unread(who.id, 3)
    accounts.set_unread(who.id, 1)
    assert unread(who) == 1
