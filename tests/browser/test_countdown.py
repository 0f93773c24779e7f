"""A quiz with a time limit: the page counts down, says when little is left, and the server decides."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from lmp.accounts.service.people import hashed
from lmp.content.document import Lang
from lmp.core import clock, db
from lmp.learning.limits import GRACE
from lmp.learning.models import QuizAttempt
from tests.browser.conftest import PHONE, Site
from tests.browser.walker import Walker
from tests.builders.content import a_published_course, quiz_settings
from tests.builders.enrolment import a_running_enrolment
from tests.builders.learning import a_quiz

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "dort kelime bir parola"
MINUTES = 10


def a_timed_quiz(site: Site, lang: Lang = "tr", **options: object) -> Walker:
    """A teacher at the first question of a quiz that was begun a moment ago."""
    with db.transaction():
        enrolment = a_running_enrolment(a_published_course(change=quiz_settings(minutes=MINUTES)))
        enrolment.person.password_hash = hashed(SECRET)
        email, attempt = enrolment.person.email, a_quiz(enrolment, "hazirlik")
    teacher = site.walker(lang, size=PHONE, **options)
    teacher.sign_in(email, SECRET)
    teacher.page.clock.install()
    teacher.open(f"/quiz/{attempt.id}/1")
    return teacher


def time_passes_on_the_server() -> None:
    """The try began so long ago that its time is over."""
    with db.transaction() as session:
        session.query(QuizAttempt).one().started_at = clock.now() - timedelta(minutes=MINUTES) - GRACE * 2


@ON_SQLITE
@pytest.mark.parametrize("lang", ["tr", "en"])
def test_the_time_left_is_counted_down_and_said_when_it_runs_out(site: Site, lang: Lang) -> None:
    teacher = a_timed_quiz(site, lang)
    left, said = teacher.page.locator("[data-left]"), teacher.page.locator("[data-says]")
    expect(left).to_have_text(
        re.compile(re.escape(teacher.say("Time left: {time}")).replace(r"\{time\}", r"(9:\d\d|10:00)"))
    )
    expect(said).to_be_empty()
    teacher.page.clock.fast_forward("05:05")
    expect(left).to_contain_text(re.compile(r"\b4:\d\d"))
    expect(said).to_have_text(teacher.say("Five minutes left."))
    teacher.page.clock.fast_forward("04:00")
    expect(said).to_have_text(teacher.say("One minute left."))
    teacher.page.clock.fast_forward("01:00")
    expect(left).to_have_text(teacher.say("The time is over."))
    expect(said).to_have_text(teacher.say("The time is over. Your saved answers count."))


@ON_SQLITE
def test_what_the_page_counts_decides_nothing_but_the_server_does(site: Site) -> None:
    teacher = a_timed_quiz(site)
    teacher.page.clock.fast_forward("11:00")
    expect(teacher.page.locator("[data-left]")).to_have_text(teacher.say("The time is over."))
    answer_anything(teacher)
    expect(teacher.heading).to_have_text(
        re.compile("^" + teacher.say("Question %(number)s / %(total)s", number=2, total=""))
    )
    time_passes_on_the_server()
    answer_anything(teacher)
    expect(teacher.heading).to_have_text(teacher.say("The time is over"))
    teacher.refused(422)


@ON_SQLITE
def test_without_script_the_page_says_when_the_time_ends_and_the_server_decides(site: Site) -> None:
    teacher = a_timed_quiz(site, java_script_enabled=False)
    teacher.reads(teacher.say("Time left: %(minutes)s", minutes="").strip())
    time_passes_on_the_server()
    answer_anything(teacher)
    expect(teacher.heading).to_have_text(teacher.say("The time is over"))
    teacher.refused(422)


def answer_anything(teacher: Walker) -> None:
    """Any answer, whatever the question is."""
    box, field = teacher.page.locator("main .options input"), teacher.page.locator("main input.input")
    expect(box.or_(field).first).to_be_visible()
    if box.count():
        teacher.tick(box.first)
    else:
        teacher.write(field, "1")
    teacher.press("Save answer")
