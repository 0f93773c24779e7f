"""Writing days, sending weeks and confirming them, against both databases."""

from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import func, select

from lmp.access import NOBODY
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.content import service as content
from lmp.core import clock, db, files, messages
from lmp.core.errors import Conflict, Gone, NotAllowed, NotFound, RuleBroken, TooMany
from lmp.core.files import StoredFile
from lmp.core.ids import new_id
from lmp.enrolment import service as enrolments
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.workplace import rules, service
from lmp.workplace.models import DayEntry, DayState, Placement, Presence
from tests.builders.accounts import a_centre, a_centre_administrator, a_teacher, a_trainer, acting
from tests.builders.content import FIRST_NOTE, course_files, edit
from tests.builders.enrolment import SCHOOL, a_run, a_running_enrolment, an_application
from tests.builders.workplace import (
    MONDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_company,
    a_day,
    a_huge_picture,
    a_mentor,
    a_picture,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
    a_workplace,
    a_zip,
    an_administrator,
    changed,
    confirmed,
    mails,
    newest_link,
    newest_token,
    the_bearer,
    the_teacher,
    today_is,
    told_day,
)

pytestmark = pytest.mark.usefixtures("database")


def minutes_of(placement: Placement) -> int:
    """Confirmed workplace minutes, as the ledger counts them."""
    return hours.sums(placement.enrolment_id)[Strand.WORKPLACE]


def states(placement: Placement) -> dict[date, DayState]:
    """The states of the written days, as the database has them."""
    rows = db.session().execute(select(DayEntry.day, DayEntry.state).where(DayEntry.placement_id == placement.id))
    return {row.day: row.state for row in rows}


def kept_files() -> int:
    """Photos of days, large and small."""
    return db.session().scalar(select(func.count()).where(StoredFile.owner_kind == "day_entry")) or 0


def said(refused: pytest.ExceptionInfo[Any]) -> str:
    """The English sentence of a refusal."""
    return messages.text(refused.value.message, "en")


# --- placing -------------------------------------------------------------------------------------------------------


def test_a_placed_teacher_is_told_where_when_and_with_whom() -> None:
    placement = a_placement()
    assert service.placement_of(placement.enrolment_id) is placement
    mail = mails("workplace/placed")[0]
    assert mail.to_address == placement.enrolment.person.email
    for words in (
        "Demo Pano ve Elektrik",
        "OSTİM pano atölyesi",
        "08.30–15.30",
        "Demo Usta",
        "30 Kasım – 11 Aralık 2026",
    ):
        assert words in mail.text
    assert [entry.act for entry in audit.history(placement)] == ["workplace.placed"]


def test_only_the_centres_own_administrator_places() -> None:
    enrolment = a_teacher_in_a_run()
    company = a_company()
    told: dict[str, Any] = {"workplace": a_workplace(company), "mentor": a_mentor(company)}
    with pytest.raises(NotFound):
        a_placement(enrolment, **told, by=acting(a_centre_administrator(a_centre("smm-bur-tophane"))))
    with pytest.raises(NotAllowed):
        a_placement(enrolment, **told, by=acting(enrolment.person))
    with pytest.raises(NotFound):
        a_placement(enrolment, **told, by=NOBODY)


def test_the_teachers_own_address_cannot_confirm() -> None:
    enrolment = a_teacher_in_a_run()
    company = a_company()
    mentor = a_mentor(company, email=enrolment.person.email.upper())
    with pytest.raises(RuleBroken) as refused:
        a_placement(enrolment, workplace=a_workplace(company), mentor=mentor)
    assert refused.value.field == "mentor_id"


def test_workplace_and_mentor_belong_to_one_company_of_the_centre() -> None:
    enrolment = a_teacher_in_a_run()
    company, other = a_company(), a_company(name="Başka İşletme")
    far = a_company(a_centre("smm-bur-tophane"), "Uzak İşletme")
    for workplace, mentor, field in (
        (a_workplace(company), a_mentor(other), "mentor_id"),
        (a_workplace(far), a_mentor(far), "workplace_id"),
    ):
        with pytest.raises(RuleBroken) as refused:
            a_placement(enrolment, workplace=workplace, mentor=mentor)
        assert refused.value.field == field
    with pytest.raises(RuleBroken):
        a_placement(enrolment, workplace=a_workplace(company), mentor_id=new_id())


def test_only_a_teacher_with_a_place_in_the_run_is_placed() -> None:
    run = a_run(chain=SCHOOL)
    waiting = an_application(run, a_teacher())
    with pytest.raises(RuleBroken) as refused:
        a_placement(waiting)
    assert "main list" in said(refused)


def test_a_course_without_days_at_a_company_places_nobody() -> None:
    with course_files("uzaktan-kurs") as folder:
        (folder / "workplace.yaml").unlink()
        edit(folder / "course.yaml", ("shape: workplace", "shape: online"), ("workplace: 1080", "workplace: 0"))
        author = a_trainer(name="Yazar Demo")
        content.import_course(folder, author=author, by=acting(author))
    reviewer = acting(a_trainer(name="İnceleyen Demo"))
    version = content.publish(content.draft("uzaktan-kurs"), by=reviewer, note=FIRST_NOTE)
    with pytest.raises(RuleBroken) as refused:
        a_placement(a_teacher_in_a_run(version))
    assert "plans no days" in said(refused)


def test_placing_again_changes_the_one_placement() -> None:
    placement = a_placement()
    again = a_placement(placement.enrolment, workplace=placement.workplace, mentor=placement.mentor, planned_days=5)
    assert (again.id, again.planned_days) == (placement.id, 5)
    assert db.session().scalar(select(func.count()).select_from(Placement)) == 1
    assert [mail.subject for mail in mails("workplace/placed")][1].startswith("İş yeriniz değişti")


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"starts_on": TUESDAY, "briefed_on": TUESDAY, "planned_days": 5}, "starts_on"),
        ({"ends_on": TUESDAY, "planned_days": 2}, "ends_on"),
    ],
)
def test_a_placement_cannot_leave_out_a_day_that_is_written(times: dict[str, Any], field: str) -> None:
    placement = a_placement()
    for on in (MONDAY, WEDNESDAY):
        a_day(placement, on)
    same: dict[str, Any] = {"workplace": placement.workplace, "mentor": placement.mentor}
    with pytest.raises(RuleBroken) as refused:
        a_placement(placement.enrolment, **same, **times)
    assert refused.value.field == field
    assert placement.starts_on == MONDAY


def test_a_new_mentor_gets_the_weeks_that_wait_and_the_old_link_dies() -> None:
    placement = a_placement()
    done = a_sent_week(placement, [MONDAY])
    confirmed(done)
    week = a_sent_week(placement, [TUESDAY])
    old = newest_token()
    successor = a_mentor(placement.workplace.company, "Yeni Usta", email="yeni@demo.example")
    a_placement(placement.enrolment, workplace=placement.workplace, mentor=successor)
    with pytest.raises(Gone):
        accounts.open_link(old, "mentor")
    assert mails("workplace/week_sent")[-1].to_address == "yeni@demo.example"
    confirmed(week)
    assert minutes_of(placement) == 720
    by = dict(db.session().execute(select(DayEntry.day, DayEntry.decided_by)).all())
    assert by == {MONDAY: "Demo Usta", TUESDAY: "Yeni Usta"}


# --- writing days --------------------------------------------------------------------------------------------------


def test_the_server_counts_the_minutes_of_a_day() -> None:
    entry = a_day(a_placement())
    assert (entry.minutes, entry.version, entry.state) == (360, 1, DayState.DRAFT)


def test_the_same_day_sent_twice_is_one_entry() -> None:
    placement = a_placement()
    told = told_day(placement, MONDAY, photos=[a_picture()])
    first = service.save_day(placement, **told)
    again = service.save_day(placement, **told)
    assert (again.id, again.version) == (first.id, 1)
    assert kept_files() == 2  # the photo and its small version


def test_an_id_from_the_device_arrives_once_whatever_is_said_with_it() -> None:
    placement = a_placement()
    told = told_day(placement, MONDAY)
    service.save_day(placement, **told)
    with pytest.raises(Conflict):
        service.save_day(placement, **{**told, "reflection": "Başka bir cümle."})
    with pytest.raises(Conflict):
        service.save_day(placement, **{**told, "on": TUESDAY})
    assert states(placement) == {MONDAY: DayState.DRAFT}


def test_a_stale_window_does_not_overwrite_a_newer_text() -> None:
    placement = a_placement()
    entry = a_day(placement)
    changed(placement, entry, reflection="Yeni cümle.")
    with pytest.raises(Conflict):
        service.save_day(placement, **told_day(placement, MONDAY, entry_id=entry.id, version=1, reflection="Eski."))
    assert entry.reflection == "Yeni cümle."
    assert changed(placement, entry, reflection="Son cümle.").version == 3


def test_a_day_that_was_written_on_another_device_is_a_conflict() -> None:
    placement = a_placement()
    a_day(placement, reflection="Telefondan.")
    with pytest.raises(Conflict):
        a_day(placement, reflection="Bilgisayardan.")


def test_only_the_teacher_writes_the_log() -> None:
    placement = a_placement()
    with pytest.raises(NotFound):
        a_day(placement, by=acting(a_teacher("Başka Demo")))
    with pytest.raises(NotAllowed):
        a_day(placement, by=acting(an_administrator(placement.enrolment)))
    assert states(placement) == {}


def test_a_teacher_who_left_the_run_reads_but_does_not_write() -> None:
    placement = a_placement()
    enrolments.withdraw(placement.enrolment, reason="Tayin", by=the_teacher(placement))
    with pytest.raises(RuleBroken) as refused:
        a_day(placement)
    assert "can only be read" in said(refused)
    assert service.week(placement, 1).number == 1


def test_texts_keep_turkish_letters_and_lose_what_cannot_be_seen() -> None:
    told = "  Iğdır'da\u202e İŞ\u0000 bitti,\n\nçok s\u0327ey o\u0308g\u0306rendim.  "
    entry = a_day(a_placement(), reflection=told, other_work="\u200bEtiket\tyazımı ")
    assert entry.reflection == "Iğdır'da İŞ bitti, çok şey öğrendim."
    assert entry.other_work == "Etiket yazımı"


def test_a_day_away_keeps_its_reason_and_counts_nothing() -> None:
    entry = a_day(a_placement(), presence=Presence.ABSENT, reason="Raporluydum.")
    assert (entry.minutes, entry.starts, entry.tasks, entry.reason) == (0, None, [], "Raporluydum.")


def test_work_on_a_weekend_or_a_holiday_needs_a_reason() -> None:
    placement = a_placement()
    with today_is(SATURDAY):
        with pytest.raises(RuleBroken) as refused:
            a_day(placement, SATURDAY)
        assert refused.value.field == "reason"
        assert a_day(placement, SATURDAY, reason="Devreye alma cumartesiye kaldı.").minutes == 360


def test_an_old_day_needs_the_centre_and_then_the_teacher_writes_it() -> None:
    placement = a_placement()
    with today_is(date(2026, 12, 8)):
        with pytest.raises(RuleBroken) as refused:
            a_day(placement, WEDNESDAY)
        assert placement.enrolment.run.centre.name.en in said(refused)
        admin = acting(an_administrator(placement.enrolment))
        opened = service.allow_late(placement, WEDNESDAY, reason="Gemide bağlantı yoktu.", by=admin)
        assert not service.is_written(opened)
        entry = a_day(placement, WEDNESDAY, reason="Gemide bağlantı yoktu.")
        assert (entry.id, entry.minutes) == (opened.id, 360)
        assert "workplace.day_opened" in [one.act for one in audit.history(opened)]


def test_nobody_but_the_centre_opens_an_old_day_and_never_without_a_reason() -> None:
    placement = a_placement()
    admin = acting(an_administrator(placement.enrolment))
    trainer = next(duty.person for duty in placement.enrolment.run.duties if duty.duty == "trainer")
    for by in (the_teacher(placement), acting(trainer)):
        with pytest.raises(NotAllowed):
            service.allow_late(placement, MONDAY, reason="Unuttum.", by=by)
    with pytest.raises(NotFound):
        service.allow_late(placement, MONDAY, reason="Unuttum.", by=acting(a_trainer(a_centre("smm-bur-tophane"))))
    for on, reason in ((MONDAY, " "), (THURSDAY, "Erken."), (date(2026, 11, 27), "Önce."), (MONDAY, "x" * 301)):
        with pytest.raises(RuleBroken):
            service.allow_late(placement, on, reason=reason, by=admin)
    a_day(placement, MONDAY)
    with pytest.raises(RuleBroken):
        service.allow_late(placement, MONDAY, reason="Yazılmış.", by=admin)


# --- photos --------------------------------------------------------------------------------------------------------


def photos_of(placement: Placement, on: date = MONDAY) -> tuple[service.Photo, ...]:
    """The photos of a day."""
    return service.day(placement, on).photos


def test_a_photo_is_made_anew_without_its_place() -> None:
    placement = a_placement()
    a_day(placement, photos=[a_picture((4000, 3000))])
    photo = photos_of(placement)[0]
    row = service.open_photo(photo.id, viewer=the_teacher(placement))
    data = files.read(row)
    kept = Image.open(BytesIO(data))
    assert (kept.format, max(kept.size), dict(kept.getexif())) == ("JPEG", 1600, {})
    assert b"Gizli" not in data
    small = service.open_photo(photo.small_id, viewer=the_teacher(placement))
    assert Image.open(BytesIO(files.read(small))).size == (312, 240)
    assert (row.owner_kind, row.is_personal, row.media_type) == ("day_entry", True, "image/jpeg")


BAD_PHOTOS = {
    "zip": a_zip(),
    "200 megapixels": a_huge_picture(),
    "empty": b"",
    "torn": b"\xff\xd8\xff\xe0" + b"0" * 200,
}


@pytest.mark.parametrize("data", BAD_PHOTOS.values(), ids=BAD_PHOTOS)
def test_what_is_no_usable_photo_is_refused_and_nothing_is_half_saved(data: bytes) -> None:
    placement = a_placement()
    with pytest.raises(RuleBroken) as refused:
        a_day(placement, photos=[a_picture(), data])
    assert refused.value.field == "photos"
    assert states(placement) == {}
    assert kept_files() == 0


def test_a_day_takes_four_photos_and_lets_them_go() -> None:
    placement = a_placement()
    colours = ("#111111", "#333333", "#555555", "#777777")
    entry = a_day(placement, photos=[a_picture(colour=colour) for colour in colours])
    for more in ([a_picture()], [a_picture()] * 5):
        with pytest.raises(RuleBroken):
            changed(placement, entry, photos=more)
    first = photos_of(placement)[0]
    changed(placement, entry, photos=[a_picture()], without=[first.id, new_id()])
    assert len(photos_of(placement)) == 4
    assert first.id not in [photo.id for photo in photos_of(placement)]
    assert kept_files() == 8


def test_one_picture_chosen_twice_is_kept_once() -> None:
    placement = a_placement()
    entry = a_day(placement, photos=[a_picture(), a_picture()])
    changed(placement, entry, photos=[a_picture()])
    assert len(photos_of(placement)) == 1


def test_no_photo_is_kept_where_the_company_allows_none() -> None:
    placement = a_placement(photos_allowed=False)
    with pytest.raises(RuleBroken) as refused:
        a_day(placement, photos=[a_picture()])
    assert refused.value.field == "photos"


def test_photos_are_seen_by_the_teacher_and_the_runs_staff_only() -> None:
    placement = a_placement()
    a_day(placement, photos=[a_picture()])
    photo = photos_of(placement)[0]
    assert service.open_photo(photo.id, viewer=acting(an_administrator(placement.enrolment))).id == photo.id
    for viewer in (acting(a_teacher("Başka Demo")), acting(a_trainer()), NOBODY):
        with pytest.raises(NotFound):
            service.open_photo(photo.id, viewer=viewer)
    with pytest.raises(NotFound):
        service.open_photo(new_id(), viewer=the_teacher(placement))


# --- the plan ------------------------------------------------------------------------------------------------------


def test_the_plans_days_fall_on_working_days_and_skip_weekends_and_holidays() -> None:
    with today_is(date(2026, 10, 27)):
        enrolment = a_teacher_in_a_run_from(date(2026, 10, 19))
        placement = a_placement(
            enrolment,
            starts_on=date(2026, 10, 27),
            ends_on=date(2026, 11, 3),
            planned_days=3,
            briefed_on=date(2026, 10, 27),
        )
        rows = {row.on.day: row for row in service.week(placement, 1).rows}
    assert (rows[27].number, rows[28].number, rows[29].number, rows[30].number) == (1, None, None, 2)
    assert rows[30].planned is not None
    assert rows[30].planned.title.tr == "Gerilim yokluğunu doğrulama"
    assert rows[29].planned is None
    plan = service.plan_of(placement)
    name = plan.special(date(2026, 10, 29))
    assert name is not None
    assert name.in_language("tr") == "Cumhuriyet Bayramı"


def a_teacher_in_a_run_from(first: date) -> Any:
    """Somebody in a run that began on another day than the story's."""
    return a_running_enrolment(begun_days_ago=(clock.today() - first).days, days=26)


def test_a_week_shows_what_is_planned_written_and_refused() -> None:
    placement = a_placement()
    a_day(placement, MONDAY, photos=[a_picture()], other_work="Pano etiketi")
    week = service.week(placement, 1)
    assert [row.on.day for row in week.rows] == [30, 1, 2, 3, 4]
    first, second, _, fourth, _ = week.rows
    assert (first.state, second.state, len(first.photos), second.refused) == ("saved", "not_started", 1, None)
    assert [messages.spoken(piece, "tr") for piece in first.work] == ["Güvenlik bilgilendirmesi", "Pano etiketi"]
    assert fourth.refused is not None
    assert (week.minutes, week.planned_minutes, week.count) == (360, 1080, 2)
    for number in (0, 3):
        with pytest.raises(NotFound):
            service.week(placement, number)
    with pytest.raises(NotFound):
        service.day(placement, date(2026, 12, 14))


def test_progress_counts_days_by_state_for_many_enrolments_in_two_queries() -> None:
    placement = a_placement()
    confirmed(a_sent_week(placement, [MONDAY]))
    a_sent_week(placement, [TUESDAY])
    a_day(placement, WEDNESDAY)
    alone = new_id()
    found = service.days_progress_of([placement.enrolment_id, alone])
    assert alone not in found
    progress = found[placement.enrolment_id]
    assert (progress.planned, progress.confirmed, progress.sent, progress.draft) == (10, 1, 1, 1)
    assert (progress.minutes_confirmed, progress) == (360, service.days_progress(placement))


# --- sending -------------------------------------------------------------------------------------------------------


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
    for _ in range(rules.MAILS_AGAIN.count):
        service.send_again(week, by=the_teacher(placement))
        db.session().commit()
    with pytest.raises(Gone):
        accounts.open_link(old, "mentor")
    with pytest.raises(TooMany):
        service.send_again(week, by=the_teacher(placement))
    assert len(confirmed(week)) == 2


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


# --- confirming ----------------------------------------------------------------------------------------------------


def test_confirming_posts_the_minutes_with_their_interval_and_tells_the_teacher() -> None:
    placement = a_placement()
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
    enrolment = a_teacher_in_a_run(teacher=a_teacher("Jane Demo", lang="en"))
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
