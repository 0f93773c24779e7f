"""From an e-mail address to the first unit: registering, saying where one teaches, applying, studying."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from lmp.content.document import Lang
from lmp.content.models import CourseVersion
from lmp.core import clock, db
from lmp.enrolment.models import Run
from lmp.network import service as network
from tests.browser.conftest import Site
from tests.browser.inbox import link_in, text_of
from tests.browser.walker import Walker
from tests.browser.world import BRANCH, World, make_world
from tests.builders.accounts import a_centre_administrator, a_trainer, acting, an_assessor
from tests.builders.enrolment import NOBODY, a_run

EMAIL, NAME, SECRET = "yeni.ogretmen@demo.example", "Yeni Öğretmen Demo", "dort kelime bir parola"
PHONE = (390, 844)


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "script-free"])
def test_from_registration_to_the_first_unit(site: Site, lang: Lang, javascript: bool) -> None:
    world = make_world(lang)
    a_first_come_run()
    teacher = site.walker(lang, size=PHONE, java_script_enabled=javascript)
    find_the_course_and_register(teacher, world)
    confirm_by_mail(site, teacher)
    say_where_one_teaches(teacher)
    expect(teacher.heading).to_contain_text(world.document.title.get(lang))
    apply(teacher)
    open_the_first_unit(teacher, world)


def a_first_come_run() -> Run:
    """A run that begins today and that nobody has to approve."""
    with db.transaction():
        version = db.session().scalars(select(CourseVersion)).one()
        return a_run(
            version,
            starts_on=clock.today(),
            chain=NOBODY,
            administrator=acting(a_centre_administrator(version.course.centre)),
            trainers=[a_trainer(version.course.centre)],
            assessors=[an_assessor(version.course.centre)],
        )


def find_the_course_and_register(teacher: Walker, world: World) -> None:
    """The course page asks for an account; registering remembers where one came from."""
    teacher.open("/")
    teacher.follow(world.document.title.get(teacher.lang))
    teacher.page.get_by_role("main").get_by_role("link", name=teacher.say("Apply")).first.click()
    teacher.follow(teacher.say("Register"))
    teacher.fill("E-mail", EMAIL)
    teacher.press("Send the link")
    expect(teacher.heading).to_have_text(teacher.say("Look at your e-mail"))
    teacher.reads(EMAIL)


def confirm_by_mail(site: Site, teacher: Walker) -> None:
    """The mail is read from the mail server; its link opens a page, and only its button makes the account."""
    mail = site.inbox.mail_to(EMAIL, with_link="/m/")
    assert mail["Content-Language"] == teacher.lang
    assert teacher.say("Complete your registration") in mail["Subject"]
    assert site.url in text_of(mail)
    teacher.open(link_in(mail, "/m/"))
    teacher.fill("Name and surname", NAME)
    teacher.fill("Password", SECRET)
    teacher.press("Open my account")
    expect(teacher.heading).to_have_text(teacher.say("Where you teach"))


def say_where_one_teaches(teacher: Walker) -> None:
    """Branch from a list, the school by two words of its name."""
    with db.reading():
        school = network.schools()[0].name
    teacher.field("Branch").select_option(label=BRANCH)
    teacher.fill("School", "demo mesleki")
    teacher.press("Search schools")
    teacher.choose(teacher.say("Your school"), school)
    teacher.press("Save and go on")


def apply(teacher: Walker) -> None:
    """Apply to the run that gives its places to whoever comes first."""
    teacher.press("Continue")
    teacher.press("Send the application")


def open_the_first_unit(teacher: Walker, world: World) -> None:
    """The course begins today, so its first unit is open."""
    teacher.go_to("My training")
    teacher.follow(world.document.title.get(teacher.lang))
    unit = world.document.units[0].title.get(teacher.lang)
    teacher.follow(unit)
    expect(teacher.heading).to_have_text(re.compile(re.escape(unit)))
