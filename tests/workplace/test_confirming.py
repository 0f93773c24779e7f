"""Confirming weeks, and what their mails and links are good for, against both databases."""

from datetime import time, timedelta
from uuid import UUID

import pytest

from lmp.access import NOBODY
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import Gone, NotFound, RuleBroken
from lmp.core.ids import new_id
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace import rules, service
from lmp.workplace.models import DayEntry, DayState, Presence
from tests.builders.accounts import a_teacher, acting
from tests.builders.mails import hears_at_once, mails
from tests.builders.workplace import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_company,
    a_day,
    a_mentor,
    a_picture,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
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
from tests.workplace.facts import minutes_of, photos_of, states

pytestmark = pytest.mark.usefixtures("database")


def test_confirming_posts_the_minutes_with_their_interval_and_tells_the_teacher() -> None:
    placement = a_placement()
    hears_at_once(placement.enrolment.person)
    week = a_sent_week(placement)
    assert [entry.day for entry in confirmed(week)] == [MONDAY, TUESDAY]
    assert (minutes_of(placement), set(states(placement).values())) == (720, {DayState.CONFIRMED})
    first = hours.entries(placement.enrolment_id)[0]
    assert first.starts_at is not None
    assert (clock.local(first.starts_at).time(), first.day, first.source_kind) == (time(8, 30), MONDAY, "day_entry")
    mail = mails("workplace/week_confirmed")[0]
    assert mail.to_address == placement.enrolment.person.email
    assert "2 gününü onayladı: 12 saat" in mail.text
    assert hours.check() == []


def test_a_link_confirms_once() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    link = newest_link()
    service.confirm(week, link, by=the_bearer(link))
    with pytest.raises(Gone):
        service.confirm(week, link, by=the_bearer(link))
    with pytest.raises(Gone):
        newest_link()
    assert minutes_of(placement) == 720


def test_a_link_that_is_two_weeks_old_is_dead() -> None:
    a_sent_week(a_placement())
    token = newest_token()
    with today_is(WEDNESDAY + timedelta(days=14)):
        assert accounts.open_link(token, "mentor")
    with today_is(WEDNESDAY + timedelta(days=15)), pytest.raises(Gone):
        accounts.open_link(token, "mentor")


def test_neither_the_teacher_nor_an_administrator_confirms_nor_the_bearer_of_another_link() -> None:
    placement = a_placement()
    week = a_sent_week(placement, [MONDAY])
    link = newest_link()
    a_sent_week(placement, [TUESDAY])
    other = newest_link()
    for by in (the_teacher(placement), acting(an_administrator(placement.enrolment)), the_bearer(other), NOBODY):
        with pytest.raises(NotFound):
            service.confirm(week, link, by=by)
        with pytest.raises(NotFound):
            service.asked(week, by=by)
        with pytest.raises(NotFound):
            service.deny(week, by=by)
    assert minutes_of(placement) == 0


def test_hours_that_are_counted_elsewhere_send_their_day_back_and_the_others_are_confirmed() -> None:
    placement = a_placement()
    taken = rules.interval(TUESDAY, time(14), time(15))
    hours.post(
        enrolment=placement.enrolment,
        strand=Strand.MEETING,
        minutes=60,
        day=TUESDAY,
        source_kind="meeting",
        source_id="m1",
        starts_at=taken[0],
        ends_at=taken[1],
    )
    confirmed(a_sent_week(placement))
    assert states(placement) == {MONDAY: DayState.CONFIRMED, TUESDAY: DayState.RETURNED}
    entry = service.find_entry(placement.id, TUESDAY)
    assert entry is not None
    assert "1 Aralık 2026, 14.00–15.00" in entry.returned_why
    assert entry.returned_why in mails("workplace/week_confirmed")[0].text
    assert minutes_of(placement) == 360
    changed(placement, entry, ends=time(14), break_minutes=0)
    confirmed(a_sent_week(placement, [TUESDAY]))
    assert minutes_of(placement) == 360 + 330


def test_a_day_away_is_confirmed_without_minutes_and_a_night_shift_with_its_own() -> None:
    placement = a_placement()
    a_day(placement, MONDAY, presence=Presence.ABSENT, reason="Raporluydum.")
    a_day(placement, TUESDAY, starts=time(22), ends=time(6), break_minutes=30)
    confirmed(a_sent_week(placement))
    assert minutes_of(placement) == 450
    assert set(states(placement).values()) == {DayState.CONFIRMED}
    posted = hours.entries(placement.enrolment_id)[0]
    assert posted.ends_at is not None
    assert (posted.day, clock.local(posted.ends_at).date()) == (TUESDAY, WEDNESDAY)


def test_a_correction_gives_one_day_back_and_the_link_confirms_the_rest() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    link = newest_link()
    entry_id = UUID(next(iter(week.entries)))
    for _ in range(2):
        service.ask_correction(week, entry_id, " Pazartesi 15.00'te\nçıktık. ", link, by=the_bearer(link))
    entry = db.session().get_one(DayEntry, entry_id)
    assert (entry.state, entry.returned_why, entry.decided_by) == (
        DayState.RETURNED,
        "Pazartesi 15.00'te çıktık.",
        "Demo Usta",
    )
    assert len(mails("workplace/day_returned")) == 1
    seen = service.asked(week, by=the_bearer(link))
    assert ([row.on for row in seen.rows], [row.on for row in seen.returned]) == ([TUESDAY], [MONDAY])
    confirmed(week)
    assert states(placement) == {MONDAY: DayState.RETURNED, TUESDAY: DayState.CONFIRMED}
    assert service.outcome(week) == {DayState.CONFIRMED: 1, DayState.RETURNED: 1}


def test_the_link_is_used_up_when_no_day_is_left_undecided() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    link = newest_link()
    for entry_id in week.entries:
        service.ask_correction(week, UUID(entry_id), "Saatler yanlış.", link, by=the_bearer(link))
    with pytest.raises(Gone):
        newest_link()
    assert week.decided_at is not None


def test_a_returned_day_is_corrected_and_sent_while_the_rest_still_waits() -> None:
    placement = a_placement()
    week = a_sent_week(placement)
    link = newest_link()
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    service.ask_correction(week, entry.id, "15.00'te çıktık.", link, by=the_bearer(link))
    changed(placement, entry, ends=time(15))
    assert entry.returned_why == "15.00'te çıktık."
    assert accounts.open_link(newest_token(), "mentor").id == link.id
    second = a_sent_week(placement, [MONDAY])
    service.confirm(week, link, by=the_bearer(link))
    assert states(placement) == {MONDAY: DayState.SENT, TUESDAY: DayState.CONFIRMED}
    confirmed(second)
    assert (minutes_of(placement), entry.returned_why) == (330 + 360, "")


def test_corrections_need_words_and_a_day_of_this_week() -> None:
    placement = a_placement()
    week = a_sent_week(placement, [MONDAY])
    link = newest_link()
    own, other = UUID(next(iter(week.entries))), a_day(placement, TUESDAY).id
    for entry_id, why, kind in ((own, " \n", RuleBroken), (own, "x" * 601, RuleBroken), (other, "Yanlış.", NotFound)):
        with pytest.raises(kind):
            service.ask_correction(week, entry_id, why, link, by=the_bearer(link))


def test_a_confirmed_day_changes_only_with_a_reason_and_its_minutes_are_taken_back() -> None:
    placement = a_placement()
    confirmed(a_sent_week(placement, [MONDAY]))
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    with pytest.raises(RuleBroken) as refused:
        changed(placement, entry, ends=time(14, 30))
    assert refused.value.field == "reason"
    assert (minutes_of(placement), entry.state) == (360, DayState.CONFIRMED)
    changed(placement, entry, ends=time(14, 30), reason="Bir saat erken çıktım.")
    assert (minutes_of(placement), entry.state, entry.decided_by, entry.decided_at) == (0, DayState.DRAFT, "", None)
    confirmed(a_sent_week(placement, [MONDAY]))
    assert minutes_of(placement) == 300
    assert [one.minutes for one in hours.entries(placement.enrolment_id)] == [360, -360, 300]
    corrected = next(one for one in audit.history(entry) if one.act == "workplace.day_corrected")
    assert corrected.detail == {"version": 1, "minutes": 360, "why": "Bir saat erken çıktım."}
    assert hours.check() == []


def test_saving_a_confirmed_day_without_a_change_keeps_its_confirmation() -> None:
    placement = a_placement()
    confirmed(a_sent_week(placement, [MONDAY]))
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    assert changed(placement, entry).state is DayState.CONFIRMED
    assert minutes_of(placement) == 360


def test_somebody_who_is_not_the_mentor_says_so_and_nothing_is_confirmed() -> None:
    placement = a_placement()
    administrator = an_administrator(placement.enrolment)
    week = a_sent_week(placement)
    link = newest_link()
    for _ in range(2):
        service.deny(week, by=the_bearer(link))
    with pytest.raises(Gone):
        newest_link()
    assert set(states(placement).values()) == {DayState.DRAFT}
    told = [mail.to_address for mail in mails("workplace/mentor_denied")]
    assert administrator.email in told
    assert told.count(placement.enrolment.person.email) == 1
    assert len(told) == len(set(told))
    assert "workplace.mentor_denied" in [one.act for one in audit.history(week)]


def test_a_mentor_sees_the_photos_of_the_sent_days_only() -> None:
    placement = a_placement()
    a_day(placement, MONDAY, photos=[a_picture()])
    a_day(placement, TUESDAY, photos=[a_picture(colour="#004400")])
    week = a_sent_week(placement, [MONDAY])
    by = the_bearer(newest_link())
    mine, other = photos_of(placement, MONDAY)[0], photos_of(placement, TUESDAY)[0]
    assert service.open_sent_photo(week, mine.id, by=by).id == mine.id
    for wanted, who in ((other.id, by), (mine.id, the_teacher(placement)), (new_id(), by)):
        with pytest.raises(NotFound):
            service.open_sent_photo(week, wanted, by=who)


def test_every_mail_of_the_log_speaks_its_readers_language() -> None:
    company = a_company()
    mentor = a_mentor(company, lang="en", name="John O'Neill")
    enrolment = a_teacher_in_a_run(teacher=hears_at_once(a_teacher("Jane Demo", lang="en")))
    placement = a_placement(enrolment, workplace=a_workplace(company), mentor=mentor)
    week = a_sent_week(placement)
    link = newest_link()
    a_sent_week(placement, [WEDNESDAY])
    service.ask_correction(
        week, UUID(next(iter(week.entries))), "We left at 15:00, not at 15:30.", link, by=the_bearer(link)
    )
    service.confirm(week, link, by=the_bearer(link))
    last = newest_link()
    service.deny(service.get_week(last.subject_id), by=the_bearer(last))
    for template in ("placed", "week_sent", "day_returned", "week_confirmed", "mentor_denied"):
        mail = next(one for one in mails(f"workplace/{template}") if one.lang == "en")
        assert mail.text.startswith("Dear ")
        assert mail.subject
        for part in (mail.subject, mail.text, mail.html):
            assert not any(word in part for word in ("Sayın", "gün", "Günlü", "%("))
        assert "&#" not in mail.text + mail.subject
    assert "John O'Neill" in mails("workplace/week_sent")[0].text
    assert "“We left at 15:00, not at 15:30.”" in mails("workplace/day_returned")[0].text


def test_every_act_of_the_log_leaves_an_entry_in_the_record() -> None:
    placement = a_placement()
    week = a_sent_week(placement, [MONDAY])
    confirmed(week)
    entry = service.find_entry(placement.id, MONDAY)
    assert entry is not None
    assert [one.act for one in audit.history(entry)] == ["workplace.day_saved"]
    assert [one.act for one in audit.history(week)] == ["workplace.week_sent", "workplace.confirmed"]
    assert audit.history(week)[1].actor_name == "Demo Usta"
