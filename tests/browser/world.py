"""What the long walk starts from: people with roles, a company, and a published course that one day at work completes."""

from dataclasses import dataclass
from pathlib import Path

from lmp.access import Actor, Role, ScopeKind, system
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.content import service as content
from lmp.content.document import CourseDocument, Lang
from lmp.core import db
from lmp.network import service as network
from tests.builders.accounts import a_centre, a_person, a_school
from tests.builders.content import FIRST_NOTE, course_files, edit

PASSWORD = "a-password-for-the-walk"
BY = system("tests")
BRANCH = "Elektrik-Elektronik Teknolojisi"
MENTOR, MENTOR_ADDRESS = "Demo Usta", "usta@demo.example"
COMPANY, WORKPLACE = "Demo Pano ve Elektrik", "OSTİM pano atölyesi"


@dataclass(frozen=True)
class World:
    """The addresses of the people, and what the course says."""

    coordinator: str
    teacher: str
    teacher_name: str
    principal: str
    trainer_name: str
    assessor: str
    assessor_name: str
    document: CourseDocument


def make_world(lang: Lang) -> World:
    """Everybody reads `lang`; made by the services, as an administrator would have done before."""
    with db.transaction():
        centre, school = a_centre(), a_school()
        scope = str(centre.id)
        coordinator = _somebody("koray", "Koray Demo", lang, Role.CENTRE_ADMINISTRATOR, scope)
        trainer = _somebody("tulin", "Tülin Demo", lang, Role.TRAINER, scope)
        reviewer = _somebody("irem", "İrem Demo", lang, Role.TRAINER, scope)
        assessor = _somebody("deger", "Değer Demo", lang, Role.ASSESSOR, scope)
        principal = a_person("Müdür Demo", email="mudur@demo.example", password=PASSWORD, lang=lang)
        accounts.grant(principal, Role.APPROVER, ScopeKind.SCHOOL, str(school.id), by=BY)
        teacher = a_person(
            "Gülşah Demo", email="gulsah@demo.example", password=PASSWORD, lang=lang, school=school, branch=BRANCH
        )
        accounts.grant(teacher, Role.TEACHER, ScopeKind.OWN, by=BY)
        _a_company(accounts.actor_of(coordinator), lang)
        return World(
            coordinator=coordinator.email,
            teacher=teacher.email,
            teacher_name=teacher.name,
            principal=principal.email,
            trainer_name=trainer.name,
            assessor=assessor.email,
            assessor_name=assessor.name,
            document=_a_course(trainer, accounts.actor_of(reviewer)),
        )


def _somebody(key: str, name: str, lang: Lang, role: Role, scope: str) -> Person:
    made = a_person(name, email=f"{key}@demo.example", password=PASSWORD, lang=lang)
    accounts.grant(made, role, ScopeKind.CENTRE, scope, by=BY)
    return made


def _a_company(by: Actor, lang: Lang) -> None:
    company = network.add_company(name=COMPANY, centre=a_centre(), is_demo=True, by=by)
    network.add_workplace(
        company, name=WORKPLACE, province_code=6, district_name="Yenimahalle", hazard_class="tehlikeli", by=by
    )
    network.add_mentor_contact(
        company,
        name=MENTOR,
        title="pano montaj sorumlusu",
        email=MENTOR_ADDRESS,
        phone="0 000 000 00 01",
        certificate_kind="usta öğretici",
        lang=lang,
        by=by,
    )


def _a_course(author: Person, reviewer: Actor) -> CourseDocument:
    """The sample course with the first of its days at the company only, published."""
    with course_files() as folder:
        _one_day(folder)
        content.import_course(folder, author=author, by=BY)
    return content.document(content.publish(content.draft("demo-kurs"), by=reviewer, note=FIRST_NOTE))


def _one_day(folder: Path) -> None:
    plan = folder / "workplace.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").partition("- day: 2\n")[0], encoding="utf-8")
    edit(folder / "course.yaml", ("workplace: 1080", "workplace: 360"))
