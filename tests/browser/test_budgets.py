"""What a page costs a phone and what a journey costs a hand: bytes, requests and presses, counted in a real browser."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from lmp.accounts import service as accounts
from lmp.certificate.models import Certificate
from lmp.content.models import CourseVersion
from lmp.core import clock, db
from lmp.demo import people
from lmp.demo.course import SLUG
from lmp.demo.people import address_of
from lmp.enrolment.models import Enrolment, Run
from tests.browser.conftest import PHONE, Site
from tests.browser.examining import sign_in
from tests.browser.keyboard import Keys
from tests.browser.stops import NOBODY, Stop
from tests.browser.walker import Walker
from tests.builders.accounts import a_centre_administrator, a_teacher, acting
from tests.builders.enrolment import NOBODY as NO_OFFICE
from tests.builders.enrolment import a_run, a_seated_teacher, a_week_before

#: The pages are found before anybody changes the demo.
pytestmark = pytest.mark.usefixtures("every_stop")
KILOBYTE = 1000
#: So many people a list page shows.
ROWS = 50


@dataclass(frozen=True)
class Budget:
    """The most that a page may cost: bytes on the first and on a later visit, and requests of the first."""

    first: int
    repeat: int
    requests: int


VERIFY, SIGN_IN = Budget(25, 8, 4), Budget(60, 10, 8)
PAGE, REPORT, EDITOR = Budget(90, 15, 12), Budget(110, 30, 12), Budget(250, 25, 16)
#: Who opens it, the kind of page, and what the first such page of the demo may cost.
PAGES: tuple[tuple[str, str, Budget], ...] = (
    (NOBODY, "certificate_neutral.show", VERIFY),
    (NOBODY, "accounts.sign_in", SIGN_IN),
    (NOBODY, "catalogue.home", PAGE),
    (NOBODY, "catalogue.courses", PAGE),
    (NOBODY, "catalogue.course", PAGE),
    (NOBODY, "catalogue.calendar", PAGE),
    (NOBODY, "reports.numbers", REPORT),
    ("ogretmen", "journey.today", PAGE),
    ("ogretmen", "journey.run", PAGE),
    ("ogretmen", "journey.statement", PAGE),
    ("ogretmen", "learning.unit", PAGE),
    ("ogretmen", "learning.quiz_question", PAGE),
    ("ogretmen", "workplace.day", PAGE),
    ("koordinator", "journey.today", PAGE),
    ("koordinator", "reports.centre", REPORT),
    ("koordinator", "reports.run_report", REPORT),
    ("egitimgorevlisi", "journey.today", PAGE),
    ("egitimgorevlisi", "meeting.roster", PAGE),
    ("degerlendirici", "practical.observe", PAGE),
    ("okulmuduru", "journey.today", PAGE),
    ("bakanlik", "journey.today", PAGE),
    ("bakanlik", "reports.network", REPORT),
    ("inceleyen", "content.unit", EDITOR),
    ("inceleyen", "content.edit_unit", EDITOR),
)


@dataclass
class Scales:
    """Weighs what comes over the wire, heads and bodies as they were packed; what lies in the cache weighs nothing."""

    walker: Walker
    weights: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Listen to the browser."""
        session = self.walker.context.new_cdp_session(self.walker.page)
        session.on("Network.requestServedFromCache", lambda event: self._take(event, 0))
        session.on("Network.loadingFinished", lambda event: self._take(event, event["encodedDataLength"]))
        session.send("Network.enable")

    def _take(self, event: dict[str, Any], weight: float) -> None:
        self.weights.setdefault(event["requestId"], weight)

    def weigh(self, path: str, until: Literal["load", "networkidle"]) -> tuple[float, int]:
        """Open a page; answers its kilobytes, rounded, and what was asked for over the wire."""
        self.weights.clear()
        assert self.walker.visit(path) == 200
        self.walker.page.wait_for_load_state(until)
        asked = [weight for weight in self.weights.values() if weight]
        return round(sum(asked) / KILOBYTE, 1), len(asked)


def over_budget(scales: Scales, path: str, budget: Budget) -> list[str]:
    """What of a page costs more than it may, on the first visit and on one after that."""
    scales.walker.page.goto("about:blank")
    scales.walker.page.context.new_cdp_session(scales.walker.page).send("Network.clearBrowserCache")
    first, requests = scales.weigh(path, "networkidle")
    repeat, _again = scales.weigh(path, "load")
    said = f"{path}: {first} kB and {requests} requests, {repeat} kB again"
    is_over = first > budget.first or repeat > budget.repeat or requests > budget.requests
    return [said] if is_over else []


@pytest.mark.parametrize("who", sorted({who for who, *_rest in PAGES}))
def test_no_page_costs_more_than_its_budget(walkers: Site, every_stop: list[Stop], who: str) -> None:
    walker = walkers.walker("tr", size=PHONE)
    sign_in(walker, who)
    scales, wrong = Scales(walker), []
    for _who, endpoint, budget in (one for one in PAGES if one[0] == who):
        path = next(stop.path for stop in every_stop if (stop.who, stop.endpoint) == (who, endpoint))
        wrong += over_budget(scales, path, budget)
    assert wrong == []


def a_run_of_fifty() -> UUID:
    """A full page of people in one run of the demo's centre."""
    with db.transaction() as session:
        newest = select(CourseVersion).join(CourseVersion.course).where(CourseVersion.course.has(slug=SLUG))
        version = session.scalars(newest.order_by(CourseVersion.number.desc()).limit(1)).unique().one()
        opener = acting(a_centre_administrator(version.course.centre))
        teachers = [acting(a_teacher(f"{number}. Kişi Demo")) for number in range(ROWS)]
        with a_week_before(clock.today()):
            run = a_run(version, starts_on=clock.today(), capacity=ROWS, chain=NO_OFFICE, administrator=opener)
            for teacher in teachers:
                a_seated_teacher(run, teacher)
        return run.id


def test_a_run_of_fifty_people_stays_within_the_budget_of_a_page_with_fifty_rows(walkers: Site) -> None:
    run = a_run_of_fifty()
    walker = walkers.walker("tr", size=PHONE)
    sign_in(walker, "koordinator")
    scales = Scales(walker)
    assert over_budget(scales, f"/run/{run}", REPORT) + over_budget(scales, f"/report/run/{run}", REPORT) == []
    walker.open(f"/run/{run}")
    expect(walker.page.locator("tbody tr")).to_have_count(ROWS)


def the_teacher(walkers: Site) -> Walker:
    """The demo's teacher, who has no mouse, signed in with nothing pressed yet."""
    walker = replace(walkers, kind=Keys).walker("tr", size=PHONE)
    sign_in(walker, "ogretmen")
    walker.presses = walker.lines = 0
    return walker


def test_the_next_unit_is_at_most_two_presses_away(walkers: Site) -> None:
    teacher = the_teacher(walkers)
    teacher.follow(re.compile(r"^\d\. ünite"))
    expect(teacher.page.locator(".leaf")).to_be_visible()
    assert teacher.presses <= 2


def test_a_day_at_work_is_written_with_at_most_twelve_presses_and_one_line(walkers: Site) -> None:
    teacher = the_teacher(walkers)
    write = teacher.page.get_by_role("main").get_by_role("link", name="Günlüğü yaz")
    if write.count():
        teacher.activate(write.first)
    else:
        teacher.go_to("My log")
        teacher.activate(teacher.page.get_by_role("main").locator("a[href*='/log/']").last)
    teacher.fill("One sentence about this day", "Öğrencilerime önce etiketi okutacağım.")
    others = teacher.page.locator("main .chips .box:not(:checked):visible")
    if others.count():
        teacher.tick(others.first)
    teacher.press("Save")
    teacher.reads("Öğrencilerime önce etiketi okutacağım.")
    assert (teacher.presses <= 12, teacher.lines) == (True, 1)


def test_a_mentor_confirms_a_week_with_at_most_three_presses(walkers: Site, every_stop: list[Stop]) -> None:
    mentor = walkers.walker("tr", size=PHONE)
    (link, *_broken) = [stop.path for stop in every_stop if stop.endpoint == "links.follow"]
    mentor.visit(link)
    mentor.press("Confirm")
    expect(mentor.heading).to_have_text(mentor.say("These days are confirmed"))
    assert 1 + mentor.presses <= 3


def test_anybody_verifies_with_at_most_two_presses_and_one_line(walkers: Site) -> None:
    with db.reading() as session:
        code = session.scalars(select(Certificate.code).where(Certificate.revoked_at.is_(None)).limit(1)).one()
    stranger = walkers.walker("tr", size=PHONE)
    stranger.open("/")
    stranger.go_to("Verify a certificate")
    stranger.fill("Verification code", code)
    stranger.press("Verify")
    expect(stranger.heading).to_have_text(stranger.say("This certificate is valid"))
    assert (stranger.presses <= 2, stranger.lines) == (True, 1)


def test_everybody_who_is_ready_gets_a_certificate_with_at_most_eight_presses_none_of_them_for_one_person(
    walkers: Site,
) -> None:
    with db.reading() as session:
        first = accounts.find_person(address_of(people.key_of(people.ENDED[0])))
        assert first is not None
        run = session.scalars(select(Run.id).join(Enrolment).where(Enrolment.person_id == first.id)).one()
    coordinator = walkers.walker("tr")
    sign_in(coordinator, "koordinator")
    coordinator.go_to("Certification")
    coordinator.activate(coordinator.page.get_by_role("main").locator(f"a[href*='{run}']").first)
    coordinator.press("Review the batch")
    coordinator.press("Issue the certificates")
    coordinator.reads(coordinator.say("Issued (%(n)s)", n=4))
    assert coordinator.presses <= 8
