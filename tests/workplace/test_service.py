"""Writing days with their photos, against both databases."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from lmp.access import NOBODY
from lmp.audit import service as audit
from lmp.core import files
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.core.ids import new_id
from lmp.enrolment import service as enrolments
from lmp.workplace import service
from lmp.workplace.models import DayState, Presence
from tests.builders.accounts import a_centre, a_teacher, a_trainer, acting
from tests.builders.workplace import (
    MONDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_day,
    a_huge_picture,
    a_picture,
    a_placement,
    a_zip,
    an_administrator,
    changed,
    the_teacher,
    today_is,
    told_day,
)
from tests.workplace.facts import kept_files, photos_of, said, states

pytestmark = pytest.mark.usefixtures("database")


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
