"""Half days through the eyes of those who keep them and those who attend them."""

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from lmp.core import clock, db
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Enrolment, Run
from lmp.hours import service as hours
from lmp.hours.models import Strand
from lmp.meeting import service
from tests.builders.accounts import a_centre_administrator, acting
from tests.builders.mails import mails
from tests.builders.meeting import (
    ABSENT,
    MONDAY,
    a_meeting_run,
    again,
    halves,
    held,
    marked,
    participants,
    teaching,
    the_trainer,
)
from tests.visitor import Page, Visitor


class Story:
    """A committed run with three people, and its trainer's browser."""

    def __init__(self, visitor: Visitor) -> None:
        """Make everybody; the trainer is signed in."""
        with db.transaction():
            self.run: Run = a_meeting_run()
            self.people: list[Enrolment] = participants(self.run)
            self.halves = halves(self.run)
            self.trainer = the_trainer(self.run)
        self.visitor = visitor.sign_in(self.trainer)

    def address(self, place: int = 0) -> str:
        """The roster's page of a half day."""
        return f"/tr/half-day/{self.halves[place].id}"

    def roster(self, place: int = 0) -> Page:
        """The opened roster."""
        return self.visitor.open(self.address(place))

    def marks(self, *words: str) -> dict[str, Any]:
        """Marks of the three people as the form sends them."""
        return {f"mark-{one.id}": word for one, word in zip(self.people, words, strict=False)}

    def minutes(self) -> list[int]:
        """The minutes face to face of the three people."""
        with db.reading():
            return [hours.sums(one.id)[Strand.MEETING] for one in self.people]


@pytest.fixture(autouse=True)
def _monday_at_two() -> Iterator[None]:
    with clock.at(clock.wall(MONDAY, time(14))):
        yield


@pytest.fixture
def story(visitor: Visitor) -> Story:
    """Monday, two o'clock: the first half day is over, the second is being held."""
    return Story(visitor)


def test_bugun_leads_the_trainer_to_the_roster(story: Story) -> None:
    page = story.visitor.open("/tr/today")
    assert page.links()["Yoklamayı aç"] == story.address()
    assert "Yoklama: Alet etiketlerini okuma" in page.text
    assert "Yoklama: Kılavuzda arama" in page.text


def test_a_roster_is_marked_saved_and_closed(story: Story) -> None:
    page = story.roster()
    assert page.h1 == "Yoklama: Alet etiketlerini okuma"
    assert page.statements <= 15
    story.visitor.send(story.address(), page.form(), act="all", **story.marks("", "absent"))
    page = story.roster()
    assert "Katıldı 2, katılmadı 1, mazeretli 0, işaretlenmedi 0" in page.text
    ended = story.visitor.send(story.address(), page.form(), act="close", **story.marks("present"))
    page = story.visitor.open(ended.location)
    assert "2 kişinin dakikaları sayıldı" in page.text
    assert "Yoklama kapandı: 2 / 3 kişi katıldı" in page.text
    assert story.minutes() == [180, 0, 180]
    assert not story.roster().all("input", type="radio")


def test_a_roster_cannot_be_closed_before_its_end(story: Story) -> None:
    page = story.roster(1)
    assert "16.00" in page.text
    assert not [one for one in page.all("button") if one.get("value") == "close"]
    marks = story.marks("present", "present", "present")
    page = story.visitor.send(story.address(1), page.form(), expect=422, act="close", **marks)
    assert "Bu yarım günün bitişi: 16.00" in page.text
    assert len([one for one in page.all("input", type="radio") if one.get("checked") is not None]) == 3
    assert story.minutes() == [0, 0, 0]


def test_a_roster_opens_on_its_day(story: Story) -> None:
    page = story.roster(2)
    assert "Yoklamanın açılacağı gün: 1 Aralık 2026" in page.text
    assert not page.all("input", type="radio")
    story.visitor.send(story.address(2), expect=422, act="save", **story.marks("present"))


def test_an_excuse_without_a_kind_is_asked_for_at_its_place(story: Story) -> None:
    first = story.people[0]
    page = story.visitor.send(story.address(), story.roster().form(), expect=422, **story.marks("excused"))
    assert page.links()["Ayşe Demo: mazeret türünü seçin."] == f"#excuse-{first.id}"
    values = {**page.form(), f"excuse-{first.id}": "leave"}
    story.visitor.send(story.address(), values)
    assert "mazeretli 1" in story.roster().text


def test_everybody_has_to_be_marked_before_closing(story: Story) -> None:
    page = story.visitor.send(story.address(), story.roster().form(), expect=422, act="close", **story.marks("present"))
    assert "2 kişi işaretlenmedi" in page.text


def test_two_trainers_who_disagree_see_both_marks(story: Story) -> None:
    form = story.roster().form()
    story.visitor.send(story.address(), form, **story.marks("present"))
    page = story.visitor.send(story.address(), form, expect=409, **story.marks("absent", "present"))
    assert "başka biri farklı işaretledi: Ayşe Demo" in page.text
    assert "Başkasının kaydettiği: Katıldı" in page.text
    story.visitor.send(story.address(), page.form())
    assert "Katıldı 1, katılmadı 1" in story.roster().text


def test_hours_counted_elsewhere_are_named_and_the_rest_can_be_closed(story: Story) -> None:
    starts_at = clock.wall(MONDAY, time(10))
    with db.transaction() as session:
        hours.post(
            enrolment=session.get_one(Enrolment, story.people[1].id),
            strand=Strand.WORKPLACE,
            minutes=60,
            day=MONDAY,
            source_kind="day_entry",
            source_id="elsewhere",
            starts_at=starts_at,
            ends_at=starts_at + clock.minutes(60),
        )
    marks = story.marks("present", "present", "present")
    page = story.visitor.send(story.address(), story.roster().form(), expect=422, act="close", **marks)
    assert "Çağla Demo: 30 Kasım 2026" in page.text
    assert story.minutes() == [0, 0, 0]
    story.visitor.send(story.address(), page.form(), act="close")
    assert story.minutes() == [180, 0, 180]
    assert "Katıldı, saatleri başka yerde sayıldı" in story.roster().text


def test_somebody_who_withdrew_while_the_page_was_open_is_named(story: Story) -> None:
    form = story.roster().form()
    first = story.people[0]
    story.visitor.send(story.address(), form, **story.marks("present"))
    with db.transaction() as session:
        enrolments.withdraw(session.get_one(Enrolment, first.id), reason="Görev", by=acting(first.person))
    form = story.roster().form()
    sent = story.visitor.send(story.address(), {**form, f"seen-{first.id}": "present"}, **story.marks("absent"))
    page = story.visitor.open(sent.location)
    assert "atlandı: Ayşe Demo" in page.text
    assert "Artık bu faaliyette değil: Ayşe Demo" in page.text


def test_a_correction_is_made_with_a_reason_and_read_by_the_teacher(story: Story) -> None:
    with db.transaction():
        held(again(story.halves[0]))
    first = story.people[0]
    url = f"{story.address()}/participant/{first.id}"
    page = story.visitor.open(url)
    assert page.h1 == "Ayşe Demo"
    story.visitor.send(url, page.form(), expect=422, mark="absent")
    story.visitor.send(url, page.form(), mark="absent", reason="İmzası yok")
    assert story.minutes() == [0, 180, 180]
    page = story.visitor.sign_in(first.person).open(f"/tr/training/{first.id}")
    assert "Düzelten: Tülin Demo. Gerekçe: İmzası yok" in page.text
    assert "Katılmadı" in page.text


def test_a_half_day_is_moved_and_people_are_told(story: Story) -> None:
    url = f"{story.address(3)}/change"
    page = story.visitor.open(url)
    assert (page.form()["on"], page.form()["starts"], page.form()["ends"]) == ("01.12.2026", "13.00", "16.00")
    page = story.visitor.send(url, page.form(), expect=422, on="05.12.2026")
    assert "05.12.2026" in str(page.form()["on"])
    page = story.visitor.send(url, page.form(), expect=422, on="02.12.2026", starts="10", ends="12.30")
    assert "Bu saatte zaten başka bir ders var: “Sınıfta kullanma”" in page.text
    story.visitor.send(url, page.form(), on="04.12.2026", room="Dil sınıfı", bring="Kılavuz")
    with db.reading():
        assert len(mails("meeting/changed")) == 3
    page = story.visitor.sign_in(story.people[0].person).open(f"/tr/training/{story.people[0].id}")
    assert "Dil sınıfı" in page.text
    assert "Yanınızda getirin: Kılavuz" in page.text


def test_a_stale_change_keeps_what_was_typed(story: Story) -> None:
    url = f"{story.address(3)}/change"
    form = story.visitor.open(url).form()
    story.visitor.send(url, form, room="Salon")
    page = story.visitor.send(url, form, expect=409, room="Atölye")
    assert page.form()["room"] == "Atölye"


def test_a_teacher_sees_the_next_half_day_first_and_takes_it_along(story: Story) -> None:
    with db.transaction():
        held(again(story.halves[0]), {story.people[0]: ABSENT})
    first = story.people[0]
    teacher = story.visitor.sign_in(first.person)
    page = teacher.open(f"/tr/training/{first.id}")
    assert page.statements <= 8
    assert page.text.index("Kılavuzda arama") < page.text.index("Alet etiketlerini okuma")
    assert "Yüz yüze eğitim: 4 yarım gün daha var" in page.text
    assert "Kılavuzda arama" in teacher.open("/tr/today").text
    response = teacher.client.get(f"/tr/training/{first.id}/calendar.ics")
    assert response.mimetype == "text/calendar"
    events = Calendar.from_ical(response.get_data()).walk("VEVENT")
    assert len(events) == 5
    assert events[0].decoded("dtstart") == story.halves[0].starts_at
    assert str(events[0]["summary"]) == "Alet etiketlerini okuma"


def test_the_attendance_sheet_lists_everybody_and_no_excuse(story: Story) -> None:
    page = story.visitor.open(f"/tr/run/{story.run.id}/attendance-sheet")
    assert page.h1 == "İmza çizelgesi"
    assert [name for name in ("Ayşe Demo", "Çağla Demo", "Ilgın Demo") if name not in page.text] == []
    assert "Mazeretli" not in page.text
    assert page.statements <= 15


def test_the_run_desk_leads_to_the_timetable(story: Story) -> None:
    page = story.visitor.open(f"/tr/run/{story.run.id}")
    assert page.links()["Program ve yoklama"] == f"/tr/run/{story.run.id}/timetable"
    page = story.visitor.open(f"/tr/run/{story.run.id}/timetable")
    assert page.statements <= 15
    assert page.text.count("Günü gelmedi") == 3


def test_a_run_too_short_for_its_plan_is_not_opened(story: Story) -> None:
    with db.transaction():
        coordinator = a_centre_administrator()
    visitor = story.visitor.sign_in(coordinator)
    url = "/tr/run/new/yuz-yuze-kurs"
    form = visitor.open(url).form()
    told = {
        **form,
        "starts_on": "04.01.2027",
        "ends_on": "05.01.2027",
        "apply_from_on": "01.12.2026",
        "apply_until_on": "20.12.2026",
        "venue_tr": "Ankara",
        "trainers": str(story.trainer.id),
        "assessors": [one.get("value") for one in visitor.open(url).all("input", name="assessors")][:1],
    }
    page = visitor.send(url, told, expect=422)
    assert "yalnızca 2 gün sığıyor" in page.text
    visitor.send(url, {**page.form(), **told, "ends_on": "08.01.2027"})
    with db.reading() as session:
        made = session.scalars(select(Run).order_by(Run.starts_on.desc())).unique().all()[0]
        assert len(service.half_days(made, by=acting(coordinator))) == 5


def test_the_timetable_speaks_english_too(story: Story) -> None:
    with db.transaction():
        held(again(story.halves[0]))
        marked(again(story.halves[1]), {}, rest_present=True, by=teaching(story.run))
    for path in (
        f"/run/{story.run.id}/timetable",
        f"/half-day/{story.halves[0].id}",
        f"/half-day/{story.halves[1].id}",
        f"/half-day/{story.halves[3].id}/change",
        f"/half-day/{story.halves[0].id}/participant/{story.people[0].id}",
        f"/run/{story.run.id}/attendance-sheet",
    ):
        page = story.visitor.open(f"/en{path}")
        assert "Yoklama" not in page.text
