"""The audit chain holds, and says where it does not."""

import pytest
from sqlalchemy import delete, update

from lmp.access import system
from lmp.audit import service
from lmp.audit.models import AuditEntry
from lmp.core import db

BY = system("tests")


def recorded(number: int) -> None:
    for place in range(number):
        service.record(BY, "tests.done", place=place, words="İıĞğ")
    db.session().flush()


def sealed(number: int) -> None:
    recorded(number)
    while service.seal_some():
        pass
    db.session().expire_all()


def test_a_sealed_chain_verifies(database: db.Scope) -> None:
    before = service.verify().unsealed
    sealed(5)
    verdict = service.verify()
    assert verdict.holds
    assert (verdict.sealed, verdict.unsealed) == (before + 5, 0)


def test_entries_wait_for_their_seal(database: db.Scope) -> None:
    sealed(2)
    recorded(3)
    assert service.verify().unsealed == 3


@pytest.mark.parametrize(
    "change", [{"actor_name": "Başkası"}, {"act": "tests.undone"}, {"detail": {"place": 9}}, {"seal": "0" * 64}]
)
def test_a_changed_entry_is_found(database: db.Scope, change: dict[str, object]) -> None:
    sealed(5)
    last = service.verify().sealed
    database.session.execute(update(AuditEntry).where(AuditEntry.sequence == last - 2).values(**change))
    database.session.expire_all()
    assert service.verify().first_bad == last - 2


def test_a_removed_entry_is_found(database: db.Scope) -> None:
    sealed(5)
    last = service.verify().sealed
    database.session.execute(delete(AuditEntry).where(AuditEntry.sequence == last - 1))
    assert service.verify().first_bad == last - 1


def test_a_cut_off_end_is_found(database: db.Scope) -> None:
    sealed(5)
    last = service.verify().sealed
    database.session.execute(delete(AuditEntry).where(AuditEntry.sequence == last))
    assert service.verify().first_bad == last
