"""Who was there face to face: the same in a run, a centre and a file; and whom the language course is open to."""

import csv
import io
from datetime import date, time

import pytest
from flask import Flask

from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.core import clock, db
from lmp.enrolment.models import Run
from lmp.meeting import service as meeting
from lmp.meeting.rules import Choice, Excuse, Mark
from lmp.network import service as network
from lmp.reports import rules, service
from lmp.reports.models import Measure
from tests.builders.accounts import BY, a_centre, a_centre_administrator, acting
from tests.builders.meeting import ABSENT, PRESENT, a_meeting_run, halves, held, participants, teaching
from tests.visitor import Visitor

REPORT = Choice(Mark.EXCUSED, Excuse.REPORT)


def a_week_of_meetings() -> tuple[Run, dict[int, int]]:
    """A run whose first two half days are over, one mark corrected; answers it and what the rosters say."""
    run = a_meeting_run()
    first, second, _third = participants(run)
    held(halves(run)[0], {first: ABSENT, second: REPORT})
    held(halves(run)[1], {first: ABSENT})
    with clock.at(clock.wall(date(2026, 12, 1), time(8))):
        meeting.correct(halves(run)[1], first.id, PRESENT, reason="Çizelgede imzası var", by=teaching(run))
    return run, {0: 4, 1: 1, 2: 1}


@pytest.mark.usefixtures("database")
def test_a_run_a_centre_and_a_second_count_say_the_same_of_attendance() -> None:
    run, expected = a_week_of_meetings()
    with clock.at(clock.wall(date(2026, 12, 2), time(9))):
        coordinator = acting(a_centre_administrator())
        assert service.run_figures(run.id, by=coordinator).attendance == expected
        service.rebuild()
        found = service.centre_overview("smm-ank-cezeri", rules.last_twelve(clock.today()), None, by=coordinator)
        assert found.facts.keys(Measure.ATTENDANCE) == expected
        assert service.check() == []


def test_screen_and_file_say_the_same_of_attendance(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        run, _expected = a_week_of_meetings()
        path = f"/tr/report/run/{run.id}"
        coordinator = a_centre_administrator()
    with clock.at(clock.wall(date(2026, 12, 2), time(9))):
        page = visitor.sign_in(coordinator).open(path)
        assert "Yüz yüze katılım: %67 (4 / 6)" in page.text
        assert "İşletmede devamsızlık" not in page.text
        text = visitor.client.get(f"{path}?table=attendance&format=csv", buffered=True).get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    assert rows == [
        ["Katıldı", "4"],
        ["Katılmadı", "1"],
        ["Mazeretli, raporlu", "1"],
        ["Mazeretli, izinli", "0"],
        ["Mazeretli, görevli", "0"],
    ]


def test_a_coordinator_of_two_centres_chooses_on_the_page(app: Flask, visitor: Visitor) -> None:
    with db.transaction():
        coordinator = a_centre_administrator()
        other = a_centre("smm-bur-oib")
        accounts.grant(coordinator, Role.CENTRE_ADMINISTRATOR, ScopeKind.CENTRE, str(other.id), by=BY)
        service.rebuild()
    page = visitor.sign_in(coordinator).open("/tr/report/centre/smm-bur-oib?period=2026")
    chips = [chip for chip in page.all("a", class_="chip") if chip.get("aria-current")]
    assert len(chips) == 1
    assert any("/tr/report/centre/smm-ank-cezeri?period=2026" in link for link in page.links().values())
    visitor.open("/tr/report/centre/smm-ist-bist", expect=404)


@pytest.mark.usefixtures("database")
def test_the_language_course_is_open_to_workshop_and_language_teachers_alike() -> None:
    field = network.field("mesleki-yabanci-dil")
    open_to = {one.name for one in network.branches_of_fields([field.id])}
    assert {"Makine ve Tasarım Teknolojisi", "Elektrik-Elektronik Teknolojisi", "İngilizce"} <= open_to
    assert not {"Matematik", "Fizik"} & open_to
