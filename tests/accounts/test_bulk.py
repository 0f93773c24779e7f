"""Invitations of many through the services, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from lmp.access import Role
from lmp.accounts import service
from lmp.accounts.models import BulkInvitation, BulkState, Person, PersonState, RoleGrant
from lmp.accounts.service import bulk, grants
from lmp.accounts.service.bulk import Outcome
from lmp.app import job_handlers
from lmp.core import db, jobs
from lmp.core.errors import NotAllowed, NotFound, RuleBroken
from lmp.core.search import SearchWord
from tests.accounts import forty
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_person,
    a_teacher,
    a_trainer,
    acting,
)


def a_file(*lines: str) -> bytes:
    return "\n".join(["Ad soyad;E-posta;Rol;Merkez", *lines]).encode()


def many(number: int) -> bytes:
    return a_file(*(f"Kişi {n};kisi{n}@okul.example;öğretmen;" for n in range(number)))


def rows(database: db.Scope) -> tuple[int, ...]:
    database.session.flush()
    counted = (Person, RoleGrant, BulkInvitation, SearchWord, jobs.Job)
    return tuple(database.session.scalar(select(func.count()).select_from(table)) or 0 for table in counted)


def run_all(database: db.Scope) -> None:
    """What the worker does, after what was asked for is committed."""
    database.session.commit()
    jobs.run_all(job_handlers())
    database.session.expire_all()


def test_a_file_with_forty_mistakes_writes_nothing(database: db.Scope) -> None:
    by = acting(a_centre_administrator())
    data, cells = forty.file_of(a_centre().code)
    before = rows(database)
    found = bulk.rehearse(data, "davet.csv", by=by)
    assert len(found.mistakes) == len(cells) == 40
    assert found.kept is None
    assert rows(database) == before


def test_a_rehearsal_says_what_would_happen_for_each_line(database: db.Scope) -> None:
    by = acting(a_network_administrator())
    code = a_centre().code
    trainer, teacher = a_trainer(), a_teacher()
    found = bulk.rehearse(
        a_file(
            f"Yeni Biri;yeni@okul.example;eğitim görevlisi;{code}",
            f"Tülin;{trainer.email};eğitim görevlisi;{code}",
            f"Gülşah;{teacher.email.upper()};değerlendirici;{code}",
        ),
        "davet.csv",
        by=by,
    )
    assert [one.outcome for one in found.planned] == [Outcome.NEW, Outcome.EXISTS, Outcome.ROLE_ADDED]
    assert service.find_person("yeni@okul.example") is None


def test_one_confirmation_sends_everything_in_steps(database: db.Scope) -> None:
    by = acting(a_network_administrator())
    kept = bulk.rehearse(many(bulk.STEP + 7), "davet.csv", by=by).kept
    assert kept is not None
    bulk.confirm(kept, by=by)
    database.session.commit()
    seen = []
    while jobs.run_next(job_handlers()):
        database.session.rollback()  # the next look sees what the job left
        database.session.refresh(kept)
        seen.append(kept.done)
    assert list(dict.fromkeys(seen)) == [bulk.STEP, bulk.STEP + 7]
    assert (kept.state, kept.lines, kept.failures) == (BulkState.DONE, [], [])
    assert service.find_person(f"kisi{bulk.STEP + 6}@okul.example") is not None


def test_a_step_that_runs_twice_sends_once(database: db.Scope) -> None:
    by = acting(a_network_administrator())
    kept = bulk.rehearse(many(3), "davet.csv", by=by).kept
    assert kept is not None
    bulk.confirm(kept, by=by)
    run_all(database)
    before = rows(database)
    bulk.send_some({"bulk": str(kept.id), "from": 0})
    assert rows(database) == before


def test_it_is_confirmed_once(database: db.Scope) -> None:
    by = acting(a_network_administrator())
    kept = bulk.rehearse(many(1), "davet.csv", by=by).kept
    assert kept is not None
    bulk.confirm(kept, by=by)
    with pytest.raises(RuleBroken):
        bulk.confirm(kept, by=by)


def test_what_is_stopped_sends_no_more(database: db.Scope) -> None:
    by = acting(a_network_administrator())
    kept = bulk.rehearse(many(3), "davet.csv", by=by).kept
    assert kept is not None
    bulk.confirm(kept, by=by)
    bulk.stop(kept, by=by)
    run_all(database)
    assert service.find_person("kisi0@okul.example") is None


def _suspended(who: Person, by: Person) -> None:
    grants.suspend(who, "Ayrıldı", seen=who.access_version, by=acting(by))


def _role_ended(who: Person, by: Person) -> None:
    held = db.session().scalars(select(RoleGrant).where(RoleGrant.person_id == who.id)).one()
    grants.end_grant(held, "Ayrıldı", seen=who.access_version, by=acting(by))


@pytest.mark.parametrize("ending", [_suspended, _role_ended])
def test_a_sender_whose_rights_end_sends_no_more(database: db.Scope, ending: Callable[[Person, Person], None]) -> None:
    sender, other = a_network_administrator(), a_network_administrator("Başka Demo")
    kept = bulk.rehearse(many(3), "davet.csv", by=acting(sender)).kept
    assert kept is not None
    bulk.confirm(kept, by=acting(sender))
    ending(sender, other)
    run_all(database)
    assert kept.state is BulkState.STOPPED
    assert service.find_person("kisi0@okul.example") is None


def test_a_line_that_cannot_be_sent_is_listed_and_the_others_go_on(database: db.Scope) -> None:
    sender = a_centre_administrator()
    code = a_centre().code
    kept = bulk.rehearse(
        a_file(
            f"Kendisi;{sender.email};eğitim görevlisi;{code}",
            f"Yeni Biri;yeni@okul.example;eğitim görevlisi;{code}",
        ),
        "davet.csv",
        by=acting(sender),
    ).kept
    assert kept is not None
    bulk.confirm(kept, by=acting(sender))
    run_all(database)
    assert [one["line"] for one in kept.failures] == [2]
    assert "kendisine" in kept.failures[0]["say"]
    assert service.find_person("yeni@okul.example") is not None


def test_a_centres_administrator_invites_into_their_own_centre_only(database: db.Scope) -> None:
    by = acting(a_centre_administrator())
    other = a_centre("smm-bur-oib").code
    found = bulk.rehearse(
        a_file(f"A;a@okul.example;eğitim görevlisi;{other}", "B;b@okul.example;koordinatör;"), "x.csv", by=by
    )
    assert [one.letter for one in found.mistakes] == ["D", "C"]


def test_nobody_else_sees_or_sends_it(database: db.Scope) -> None:
    kept = bulk.rehearse(many(1), "davet.csv", by=acting(a_network_administrator())).kept
    assert kept is not None
    with pytest.raises(NotFound):
        bulk.confirm(kept, by=acting(a_network_administrator("Başka Demo")))
    for who in (a_person(), a_trainer(), a_teacher()):
        with pytest.raises(NotAllowed):
            bulk.rehearse(many(1), "davet.csv", by=acting(who))
    assert Role.TEACHER in grants.roles_to_give(acting(a_network_administrator()))
    assert a_person().state is PersonState.ACTIVE
