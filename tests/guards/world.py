"""One of everything, in two centres: what the guards of the whole app walk over."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from lmp.accounts import service as accounts
from lmp.accounts.models import Passkey, Person
from lmp.accounts.service import bulk, directory
from lmp.certificate import service as certificate
from lmp.content import service as content
from lmp.content.service import archives
from lmp.core import clock, db
from lmp.core.db import Bilingual
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment
from lmp.network import service as network
from lmp.network.models import Centre
from lmp.notice import service as notice
from lmp.practical import service as practical
from lmp.privacy import service as privacy
from lmp.privacy.rules import Kind
from lmp.workplace import service as workplace
from lmp.workplace.models import Placement
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_school,
    a_teacher,
    a_trainer,
    acting,
    an_approver,
    an_assessor,
)
from tests.builders.bank import a_bank_question, a_category
from tests.builders.certificate import completed, issued
from tests.builders.content import a_published_course
from tests.builders.enrolment import NOBODY, SCHOOL, a_message, a_run, an_application
from tests.builders.learning import a_quiz
from tests.builders.mails import mails
from tests.builders.network import a_protocol
from tests.builders.notice import a_notice
from tests.builders.workplace import (
    MONDAY,
    TUESDAY,
    a_day,
    a_picture,
    a_placement,
    a_sent_week,
    a_teacher_in_a_run,
    newest_token,
)
from tests.guards.half_days import half_days

TODAY = date(2026, 12, 3)
#: Pages of enrolments that do not run yet, and which of them they show.
OTHER_ENROLMENTS = {
    "enrolment.withdraw": "application_id",
    "enrolment.offer": "offered_id",
    "enrolment.take_back_offer": "offered_id",
}


@dataclass
class World:
    """People of two centres, and the ids that fill every address of the first."""

    people: dict[str, Person] = field(default_factory=dict)
    strangers: dict[str, Person] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def make_world() -> World:
    """Build it through the services; the clock must stand on TODAY."""
    world = World()
    centre = a_centre()
    version = a_published_course()
    school = a_school()
    signatory = a_network_administrator("İmza Demo")
    world.people = {
        "teacher": a_teacher("Öğretmen Kanarya", school=school),
        "trainer": a_trainer(centre, "Eğitimci Kanarya"),
        "assessor": an_assessor(centre, "Değerlendiren Kanarya"),
        "centre_administrator": a_centre_administrator(centre, "Koordinatör Kanarya"),
        "approver": an_approver(school, "Müdür Kanarya"),
        "network_administrator": a_network_administrator("Bakanlık Kanarya"),
    }
    _strangers(world)
    staff: dict[str, Any] = {
        "trainers": [world.people["trainer"]],
        "assessors": [world.people["assessor"]],
        "signatory": signatory,
    }
    running = a_teacher_in_a_run(version, world.people["teacher"], **staff)
    placement = a_placement(running)
    a_day(placement, MONDAY, photos=[a_picture()])
    a_day(placement, TUESDAY)
    week = a_sent_week(placement, [MONDAY, TUESDAY])
    token = newest_token()
    _issued(world, version)
    attempt = a_quiz(running, "hazirlik")
    coming = a_run(
        version,
        chain=SCHOOL,
        administrator=world.people["centre_administrator"],
        starts_on=clock.today().replace(month=12, day=28),
    )
    application = an_application(coming, world.people["teacher"])
    step = enrolment_service.open_step(application)
    assert step is not None
    passkey = Passkey(
        person_id=world.people["teacher"].id,
        name="Kanarya telefonu",
        credential_id="kanarya",
        public_key=b"kanarya",
        sign_count=0,
        transports=[],
        added_at=clock.now(),
    )
    db.session().add(passkey)
    db.session().flush()
    photo = workplace.week(placement, 1).row(MONDAY).photos[0]
    _network(world, placement)
    _bank(world)
    request = privacy.ask(
        world.people["teacher"], Kind.CORRECTION, "Soyadım Kanarya", by=acting(world.people["teacher"])
    )
    world.values |= {
        "request_id": request.id,
        "run_id": running.run_id,
        "passkey_id": passkey.id,
        "person_id": world.people["trainer"].id,
        "grant_id": directory.grants_held([world.people["trainer"].id])[world.people["trainer"].id][0].id,
        "role": "trainer",
        "bulk_id": _rehearsed(world, centre),
        "upload_id": _sent_archive(world),
        "enrolment_id": running.id,
        "placement_id": placement.id,
        "on": {"network.calendar_day": "2026-10-29", "network.edit_day": "2026-10-29", "": "2026-12-02"},
        "number": 1,
        "moment": "before",
        "session_id": NOWHERE,
        "photo_id": photo.id,
        "unit_key": "hazirlik",
        "question_key": "kategori",
        "question": "kategori",
        "attempt_id": attempt.id,
        "step_id": step.id,
        "week_id": week.id,
        "token": token,
        **_corresponded(world, running),
        "slug": {
            **dict.fromkeys(
                ("catalogue.field", "network.field", "network.edit_field", "enrolment.interest_in_field"),
                "elektrik-elektronik",
            ),
            **dict.fromkeys(("catalogue.centre", "network.centre", "network.edit_centre"), centre.slug),
            "reports.centre": centre.slug,
            "content.origin": _copied(world, centre),
            "": "demo-kurs",
        },
        "stop_token": notice.stop_address("person", world.people["teacher"].id, "message", "tr")
        .split("/")[-1]
        .split("?")[0],
        "version_hash": version.hash[:16],
        "form_id": accounts.kept_forms.keep(
            world.people["teacher"], f"/tr/run/{coming.id}/apply", [("motivation", "Kanarya")]
        ).id,
        "coming_run_id": coming.id,
        "application_id": application.id,
        "offered_id": _offered(world, version).id,
        "name": "baglanti.svg",
        "block": "aletini-denetle",
        "lang": "tr",
    }
    world.values |= half_days(world.people, staff, world.values)
    world.values["block"] = {"": "aletini-denetle", "content.edit_medium": "baglanti"}
    return world


def _network(world: World, placement: Placement) -> None:
    """The records around the placement, and one of each that the whole network shares."""
    school = a_school("Paylaşılan MTAL")
    world.values |= {
        "province_code": 6,
        "district_id": school.district_id,
        "school_id": school.id,
        "branch_id": network.branches()[0].id,
        "company_id": placement.workplace.company_id,
        "workplace_id": placement.workplace_id,
        "contact_id": placement.mentor_id,
        "protocol_id": a_protocol(placement.workplace.company, title="Kanarya protokolü").id,
    }


def _bank(world: World) -> None:
    """A question of the course in the bank of its centre, in a category."""
    category, question = a_category(), a_bank_question("kategori")
    world.values |= {
        "bank_id": question.id,
        "category_id": category.id,
        "centre": question.centre.slug,
        "question_id": question.taken_from,
    }


def _corresponded(world: World, enrolment: Enrolment) -> dict[str, UUID]:
    """A message, a note, an interest, a notice with its mail, and a round of what is due to be destroyed."""
    trainer, teacher = acting(world.people["trainer"]), world.people["teacher"]
    a_message(enrolment.run, by=trainer)
    interest = enrolment_service.interest.ask(
        teacher, course=enrolment.run.course, field=None, province_code=None, by=acting(teacher)
    )
    told = a_notice(teacher)
    assert told is not None
    return {
        "note_id": enrolment_service.notes.write(enrolment, "Kanarya hakkında not.", by=trainer).id,
        "interest_id": interest.id,
        "notice_id": told.id,
        "mail_id": mails("workplace/week_sent")[-1].id,
        "destruction_id": privacy.count_due(by=acting(world.people["network_administrator"])).id,
    }


def _offered(world: World, version: Any) -> Enrolment:
    """A place that became free and is held for the teacher."""
    run = a_run(
        version,
        capacity=1,
        chain=NOBODY,
        offer_hours=48,
        administrator=world.people["centre_administrator"],
        trainers=[world.people["trainer"]],
        assessors=[world.people["assessor"]],
    )
    leaving, offered, _next = (an_application(run, who) for who in (None, world.people["teacher"], None))
    enrolment_service.withdraw(leaving, reason="", by=acting(leaving.person))
    return offered


def _rehearsed(world: World, centre: Centre) -> UUID:
    """A file of invitations that waits for its sender."""
    lines = f"Ad soyad;E-posta;Rol;Merkez\nKanarya Davetli;davetli@demo.example;eğitim görevlisi;{centre.code}\n"
    kept = bulk.rehearse(lines.encode(), "kanarya.csv", by=acting(world.people["centre_administrator"])).kept
    assert kept is not None
    return kept.id


def _issued(world: World, version: Any) -> None:
    """A finished person with a certificate, another whose batch waits for nobody, and a test to look at."""
    admin = world.people["centre_administrator"]
    done = completed(a_teacher_in_a_run(version, a_teacher("Biten Demo"), assessors=[world.people["assessor"]]))
    made = issued(done, admin)
    other = completed(a_teacher_in_a_run(version, a_teacher("Hazır Demo"), assessors=[world.people["assessor"]]))
    batch = certificate.prepare(other.run, [other.id], by=acting(admin))
    world.values |= {
        "certificate_id": made.id,
        "holder": done.person,
        "code": made.code,
        "batch_id": batch.id,
        "test_id": practical.tests_of(done.id)[0].id,
    }


def _copied(world: World, centre: Centre) -> str:
    """A copy of the course within its centre."""
    title = Bilingual("Kanarya kopyası", "Canary copy")
    by = acting(world.people["trainer"])
    return content.copy_course("demo-kurs", title=title, centre=centre.slug, by=by).course.slug


def _sent_archive(world: World) -> UUID:
    """A course in a ZIP file that waits for its trainer's decision."""
    by = acting(world.people["trainer"])
    data = b"".join(archives.pack("demo-kurs", None, viewer=by).pieces)
    return archives.receive(BytesIO(data), "kanarya.zip", by=by).id


def _strangers(world: World) -> None:
    """The same roles somewhere else."""
    centre = a_centre("smm-bur-oib")
    world.strangers = {
        "teacher": a_teacher("Yabancı Öğretmen", school=a_school("Yabancı MTAL")),
        "trainer": a_trainer(centre, "Yabancı Eğitimci"),
        "assessor": an_assessor(centre, "Yabancı Değerlendiren"),
        "centre_administrator": a_centre_administrator(centre, "Yabancı Koordinatör"),
        "approver": an_approver(a_school("Uzak MTAL"), "Yabancı Müdür"),
    }


NOWHERE = UUID("00000000-0000-7000-8000-000000000000")
