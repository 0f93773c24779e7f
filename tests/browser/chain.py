"""The chain through the pages, step by step: from a run that is opened to a certificate that a stranger verifies."""

import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from lmp.content.document import Lang
from lmp.core import clock, messages
from lmp.enrolment.models import RunKind
from lmp.enrolment.words import KINDS
from tests.browser import studying
from tests.browser.conftest import Site
from tests.browser.inbox import link_in
from tests.browser.walker import Walker
from tests.browser.world import COMPANY, MENTOR, MENTOR_ADDRESS, PASSWORD, WORKPLACE, World


def _typed(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _title(walker: Walker, world: World) -> str:
    return world.document.title.get(walker.lang)


def open_a_run(coordinator: Walker, world: World) -> None:
    """The coordinator opens a run that begins today, for the school's principal to approve."""
    today = clock.today()
    coordinator.sign_in(world.coordinator, PASSWORD)
    coordinator.go_to("Runs")
    coordinator.follow(coordinator.say("Open a run"))
    coordinator.follow(_title(coordinator, world))
    for label, day in (
        ("First day", today),
        ("Last day", today + timedelta(days=20)),
        ("Applications open on", today),
        ("Last day to apply", today),
    ):
        coordinator.fill(label, _typed(day))
    coordinator.fill("Place, in Turkish", "Etimesgut/Ankara")
    coordinator.fill("Seats", "12")
    coordinator.choose(coordinator.say("Kind"), messages.text(KINDS[RunKind.OPEN], coordinator.lang))
    coordinator.tick(coordinator.field("The school principal approves"))
    coordinator.choose(coordinator.say("Trainers"), world.trainer_name)
    coordinator.choose(coordinator.say("Assessors"), world.assessor_name)
    coordinator.press("Open the run")
    expect(coordinator.heading).to_have_text(_title(coordinator, world))


def apply(teacher: Walker, world: World) -> None:
    """The teacher finds the course on the home page, applies, and checks the answers before they are sent."""
    teacher.open("/")
    teacher.follow(_title(teacher, world))
    expect(teacher.heading).to_have_text(_title(teacher, world))
    teacher.follow(re.compile(re.escape(teacher.say("Apply"))))
    teacher.sign_in(world.teacher, PASSWORD)
    teacher.fill("Why do you want to attend?", "Ölçüm dersini okutuyorum.", optional=True)
    teacher.press("Continue")
    expect(teacher.heading).to_have_text(teacher.say("Check your application"))
    teacher.press("Send the application")
    teacher.reads(teacher.say("With the school"))


def approve(site: Site, lang: Lang, world: World) -> None:
    """The principal follows the link of the mail and approves with a reason."""
    principal = site.walker(lang)
    principal.open(link_in(site.inbox.mail_to(world.principal, with_link="/application/"), "/application/"))
    principal.sign_in(world.principal, PASSWORD)
    principal.reads("Ölçüm dersini okutuyorum.")
    principal.choose(principal.say("Your decision"), principal.say("Approve"))
    principal.fill("Reason", "Uygundur.")
    principal.press("Save the decision")
    principal.reads(principal.say("No application waits for you"))


def study(teacher: Walker, world: World) -> None:
    """The teacher answers what every unit asks in its page and passes its quiz."""
    teacher.go_to("My training")
    teacher.follow(_title(teacher, world))
    for unit in world.document.units:
        teacher.follow(unit.title.get(teacher.lang))
        studying.answer_checks(teacher, unit)
        studying.take_quiz(teacher, unit)
        teacher.reads(teacher.say("Unit completed"))
        teacher.go_to("My training")
        teacher.follow(_title(teacher, world))


def match_a_company(coordinator: Walker, world: World) -> None:
    """The coordinator places the teacher at the company for one day, beginning today."""
    today = clock.today()
    coordinator.go_to("Runs")
    coordinator.follow(_title(coordinator, world))
    coordinator.follow(re.compile(re.escape(coordinator.say("Match a company"))))
    coordinator.select(coordinator.field("Workplace"), f"{COMPANY}, {WORKPLACE}")
    coordinator.select(coordinator.field("Mentor at the workplace"), f"{COMPANY}, {MENTOR}")
    coordinator.fill("First day", _typed(today))
    coordinator.fill("Last day", _typed(today + timedelta(days=20)))
    coordinator.fill("Planned working days", "1")
    coordinator.fill("Start", "08.30")
    coordinator.fill("End", "15.30")
    coordinator.fill("Break (min)", "60")
    coordinator.fill("Day of the safety briefing", _typed(today), optional=True)
    coordinator.press("Save")
    coordinator.reads(world.teacher_name)


def log_the_day_and_send_it(teacher: Walker, photo: Path) -> None:
    """The teacher writes today with a photo and sends the week; a day that is no working day needs a reason."""
    today = teacher.page.get_by_role("main").locator(f"a[href$='/{clock.today().isoformat()}']")
    company = teacher.page.get_by_role("main").get_by_role("link", name=re.compile(COMPANY))
    teacher.go_to("My log")
    teacher.activate(company.or_(today).first)
    if not teacher.path.endswith(clock.today().isoformat()):
        teacher.activate(today.first)
    expect(teacher.field("One sentence about this day")).to_be_visible()
    why = teacher.field("Why did you work on this day?")
    if why.count():
        teacher.write(why, "İşletme bugün de çalışıyor.")
    words = teacher.field("Other work, in your words", optional=True)
    if not words.is_visible():
        teacher.activate(teacher.page.locator("summary").filter(has_text=teacher.say("Other work")).first)
    teacher.write(words, "Ölçü aletlerini tanıdım")
    teacher.fill("One sentence about this day", "Öğrencilerime önce prob kategorisini okutacağım.")
    teacher.attach(teacher.page.locator("input[type=file]"), photo)
    teacher.press("Save")
    expect(teacher.page.locator("img.photo").first).to_be_visible()
    teacher.follow(teacher.say("Send the week for confirmation"))
    teacher.reads("Ölçü aletlerini tanıdım")
    teacher.press("Send the week for confirmation")
    teacher.reads(teacher.say("With the company"))


def confirm_as_mentor(site: Site, lang: Lang, world: World) -> None:
    """The mentor opens the link of the mail, without an account, and confirms."""
    mentor = site.walker(lang, size=(390, 844))
    mentor.open(link_in(site.inbox.mail_to(MENTOR_ADDRESS, with_link="/m/"), "/m/"))
    mentor.reads("Ölçü aletlerini tanıdım")
    mentor.press("Confirm")
    expect(mentor.heading).to_have_text(mentor.say("These days are confirmed"))
    mentor.reads(world.teacher_name)


def assess(site: Site, lang: Lang, world: World) -> None:
    """The assessor scores every criterion at its best level and makes the result final."""
    assessor = site.walker(lang)
    assessor.sign_in(world.assessor, PASSWORD)
    assessor.go_to("Tests")
    assessor.follow(world.teacher_name)
    if world.document.practical is None:
        raise AssertionError("the course has a practical test")
    for criterion in world.document.practical.criteria:
        assessor.choose(criterion.text.get(lang), criterion.levels[-1].text.get(lang))
    assessor.fill("Start", "16.00")
    assessor.press("See the result")
    expect(assessor.heading).to_have_text(assessor.say("Result: passed"))
    assessor.press("Make the result final")
    assessor.reads(assessor.say("Passed, %(score)s points", score=100))


def issue(coordinator: Walker, world: World) -> None:
    """The coordinator reviews the batch and issues it."""
    coordinator.go_to("Certification")
    coordinator.follow(_title(coordinator, world))
    coordinator.reads(world.teacher_name)
    coordinator.press("Review the batch")
    coordinator.press("Issue the certificates")
    coordinator.reads(coordinator.say("Issued (%(n)s)", n=1))


def download(teacher: Walker, world: World, folder: Path) -> str:
    """The teacher downloads the PDF, which names them and carries the code; answers the code."""
    teacher.go_to("My certificates")
    with teacher.page.expect_download() as begun:
        teacher.follow(re.compile(re.escape(teacher.say("Download the PDF"))))
    path = folder / "certificate.pdf"
    begun.value.save_as(path)
    reader = PdfReader(path)
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert world.teacher_name in text
    assert world.document.title.tr in text
    teacher.follow(re.compile(re.escape(teacher.say("Verification page"))))
    expect(teacher.heading).to_have_text(teacher.say("This certificate is valid"))
    return teacher.path.rpartition("/")[2]


def verify(site: Site, lang: Lang, world: World, code: str) -> None:
    """A stranger verifies by typing the code, and by the address that the QR code holds."""
    stranger = site.walker(lang)
    stranger.open("/verify")
    spaced = " ".join(code[place : place + 4] for place in range(0, len(code), 4)).lower()
    stranger.fill("Verification code", spaced)
    stranger.press("Verify")
    for _ in range(2):
        expect(stranger.heading).to_have_text(stranger.say("This certificate is valid"))
        stranger.reads(world.teacher_name)
        stranger.open(f"{site.url}/v/{code}?lang={lang}")
    other = code[:-1] + ("2" if code[-1] != "2" else "3")
    assert stranger.visit(f"=/v/{other}") == 404
    expect(stranger.page.get_by_role("main")).not_to_contain_text(world.teacher_name)
