"""The audit chain holds, and says where it does not."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from lmp.access import system
from lmp.audit import history, service
from lmp.audit.models import AuditEntry
from lmp.audit.words import CHANGED
from lmp.core import clock, db
from lmp.core.messages import Message
from lmp.network import service as network

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


def test_a_history_is_read_newest_first_and_page_by_page(database: db.Scope) -> None:
    thing = network.branches()[0]
    for number in range(5):
        service.record(BY, "network.changed", thing, changes={"name": [f"{number}", f"{number + 1}"]})
    db.session().flush()
    first = history.history(thing, limit=2)
    assert [str(one.changes[0].after) for one in first.lines] == ["5", "4"]
    assert all(one.at.utcoffset() == clock.local(clock.now()).utcoffset() for one in first.lines), "the wall's clock"
    rest = history.history(thing, limit=5, before=first.older)
    assert [str(one.changes[0].after) for one in rest.lines] == ["3", "2", "1"]
    assert rest.older is None


def test_a_history_speaks_in_the_readers_words(database: db.Scope) -> None:
    thing = network.branches()[0]
    changes = {"closed_on": [None, "2026-12-02"], "kind": ["company", "chamber"], "open": [True, False], "email": None}
    service.record(BY, "network.changed", thing, changes=changes, reason="Yazım yanlışı")
    service.record(BY, "tests.unknown", thing)
    db.session().flush()
    words = history.Words({"kind": Message("Kind")}, {"chamber": Message("Chamber")})
    unknown, line = history.history(thing, words=words).lines
    assert unknown.title is CHANGED
    assert line.why == "Yazım yanlışı"
    assert [(one.name, one.after) for one in line.changes] == [
        (Message("Kind"), Message("Chamber")),
        ("closed_on", date(2026, 12, 2)),
        ("email", ""),
        ("open", Message("no")),
    ]
