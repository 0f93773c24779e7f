"""What a person can take away and have erased, and what has to stay."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lmp.accounts.models import Person, PersonState
from lmp.audit import service as audit
from lmp.certificate import service as certificate
from lmp.certificate.models import Certificate
from lmp.core import clock, db
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.files import StoredFile
from lmp.core.mail import Mail
from lmp.enrolment.models import Enrolment
from lmp.hours import service as hours
from lmp.learning.models import Answer
from lmp.privacy import service
from lmp.privacy.rules import Kind, State
from lmp.workplace.models import DayEntry
from tests.builders.accounts import a_centre, a_centre_administrator, a_network_administrator, a_teacher, acting
from tests.builders.certificate import completed, issued
from tests.builders.content import a_published_course
from tests.builders.mails import told as notices
from tests.builders.workplace import a_teacher_in_a_run, today_is
from tests.guards.world import TODAY

LATER = timedelta(days=365 * 3)


@pytest.fixture(autouse=True)
def _a_day() -> Iterator[None]:
    with today_is(TODAY):
        yield


@pytest.fixture
def holder(database: db.Scope) -> Enrolment:
    """Somebody with a certificate whose run is closed."""
    admin = a_centre_administrator(a_centre())
    done = completed(a_teacher_in_a_run(a_published_course(), a_teacher("Ilgaz Kanarya")))
    issued(done, admin)
    certificate.close_run(done.run, by=acting(admin))
    database.session.flush()
    return done


def _rows(table: type[db.Model]) -> int:
    return db.session().scalar(select(func.count()).select_from(table)) or 0


def test_everything_about_a_person_comes_in_open_formats(holder: Enrolment) -> None:
    stranger = completed(a_teacher_in_a_run(holder.run.version, a_teacher("Yabancı Baykuş")))
    made = zipfile.ZipFile(io.BytesIO(service.archive(holder.person)))
    assert made.testzip() is None
    data = json.loads(made.read("data.json"))
    assert {"person", "enrolment", "day_entry", "minute_entry", "certificate", "answer"} <= set(data)
    assert data["person"]["rows"][0]["email"] == holder.person.email
    assert sum(row["minutes"] for row in data["minute_entry"]["rows"]) == sum(hours.sums(holder.id).values())
    names = made.namelist()
    pdf = next(name for name in names if name.startswith("certificates/") and name.endswith(".pdf"))
    assert made.read(pdf).startswith(b"%PDF-")
    assert "tables/day_entry.csv" in names
    everything = b"".join(made.read(name) for name in names if not name.endswith(".pdf"))
    assert "Baykuş".encode() not in everything
    assert stranger.person.email.encode() not in everything
    assert b"argon2" not in everything


def test_the_worker_prepares_a_download_once_and_only_its_owner_gets_it(holder: Enrolment) -> None:
    who = acting(holder.person)
    request = service.ask(holder.person, Kind.DOWNLOAD, "", by=who)
    with pytest.raises(RuleBroken):
        service.ask(holder.person, Kind.DOWNLOAD, "", by=who)
    service.downloads.prepare({"request": str(request.id)})
    service.downloads.prepare({"request": str(request.id)})
    assert request.state is State.DONE
    assert service.file_of(request, by=who).media_type == "application/zip"
    with pytest.raises(NotFound):
        service.own_request(request.id, by=acting(a_teacher("Başka Demo")))
    told = db.session().scalars(select(Mail).where(Mail.template == "privacy/ready")).one()
    assert told.to_address == holder.person.email
    (notice,) = notices("privacy/ready")
    assert (notice.kind, notice.due_on) == ("data", TODAY + timedelta(days=7))
    with today_is(TODAY + timedelta(days=8)):
        assert service.downloads.sweep() == 1
        assert not service.is_ready(request)


def test_erasing_empties_the_account_and_keeps_the_proof(holder: Enrolment) -> None:
    who, record = holder.person, db.session().scalars(select(Certificate)).one().record
    email, sums = who.email, hours.sums(holder.id)
    request = service.ask(who, Kind.ERASURE, "", by=acting(who))
    administrator = acting(a_network_administrator())
    would = {one.name: number for one, number in service.kept_and_erased(who)}
    assert would["answer"] > 0
    service.answer(request, accepted=True, text="", by=administrator)
    assert (who.name, who.state, who.password_hash) == ("—", PersonState.SUSPENDED, None)
    assert _rows(Answer) == 0
    assert db.session().scalars(select(DayEntry.reflection)).all() == ["", "", ""]
    assert db.session().scalars(select(Certificate)).one().record == record
    assert hours.sums(holder.id) == sums
    assert hours.check() == []
    assert audit.verify().holds
    last = db.session().scalars(select(Mail).where(Mail.template == "privacy/accepted")).one()
    assert last.to_address == email
    assert notices("privacy/accepted") == []  # nobody reads notices there any more


def test_nobody_is_erased_out_of_a_training(database: db.Scope) -> None:
    running = a_teacher_in_a_run(a_published_course())
    request = service.ask(running.person, Kind.ERASURE, "", by=acting(running.person))
    with pytest.raises(RuleBroken):
        service.answer(request, accepted=True, text="", by=acting(a_network_administrator()))
    service.answer(request, accepted=False, text="Eğitim sürüyor (m. 5/2-ç).", by=acting(a_network_administrator()))
    assert request.state is State.REFUSED
    with pytest.raises(RuleBroken):
        service.answer(request, accepted=False, text="Yine.", by=acting(a_network_administrator()))


def test_a_round_is_counted_by_one_and_approved_by_another(holder: Enrolment) -> None:
    first, second = acting(a_network_administrator("Bir Demo")), acting(a_network_administrator("İki Demo"))
    assert sum(service.count_due(by=first).counts.values()) == 0
    with today_is(TODAY + LATER):
        made = service.count_due(by=first)
        assert made.counts["answer"] == _rows(Answer) > 0
        assert made.counts["day_entry"] == 3
        with pytest.raises(RuleBroken):
            service.approve(made, by=first)
        service.retention.destroy({"destruction": str(made.id)})
        assert _rows(Answer) > 0, "nothing is destroyed before somebody approves"
        service.approve(made, by=second)
        service.retention.destroy({"destruction": str(made.id)})
        service.retention.destroy({"destruction": str(made.id)})
        assert made.destroyed["answer"] == made.counts["answer"]
        assert _rows(Answer) == 0
        assert db.session().scalars(select(Person.name).where(Person.id == holder.person_id)).one() == "Ilgaz Kanarya"
        assert hours.check() == []
        assert sum(service.count_due(by=first).counts.values()) == 0
        with pytest.raises(RuleBroken):
            service.approve(made, by=second)


def test_pictures_of_courses_are_not_personal_and_never_due(holder: Enrolment) -> None:
    with today_is(TODAY + 4 * LATER):
        made = service.count_due(by=acting(a_network_administrator()))
        personal = select(func.count()).select_from(StoredFile).where(StoredFile.is_personal)
        assert made.counts["file"] == db.session().scalar(personal)
    assert clock.today() == TODAY
