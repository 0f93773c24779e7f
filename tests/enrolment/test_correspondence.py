"""Messages of a run's staff to its participants, and the notes they keep."""

from datetime import timedelta

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.core import clock, db
from lmp.core.errors import Conflict, NotFound, RuleBroken
from lmp.enrolment import rules, service
from lmp.enrolment.models import Audience, Enrolment, Run, RunMessage
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_network_administrator,
    a_teacher,
    a_trainer,
    acting,
)
from tests.builders.enrolment import NOBODY, a_message, a_run, an_application
from tests.builders.mails import hears_at_once, mails, readers, told
from tests.visitor import Visitor


@pytest.fixture
def trainer(database: db.Scope) -> Person:
    return a_trainer()


@pytest.fixture
def run(trainer: Person) -> Run:
    return a_run(chain=NOBODY, capacity=2, trainers=[trainer])


def sent(message: RunMessage) -> None:
    """The worker's job; it may run twice."""
    for _twice in range(2):
        service.messages.tell({"message": str(message.id), "after": ""})


def test_a_message_reaches_its_group_once(run: Run, trainer: Person) -> None:
    main = [an_application(run) for _ in range(2)]
    reserve = an_application(run)
    sent(a_message(run, by=acting(trainer)))
    assert sorted(readers("enrolment/message")) == sorted(one.person.email for one in main)
    sent(a_message(run, by=acting(trainer), audience=Audience.RESERVE))
    assert readers("enrolment/message")[2:] == [reserve.person.email]
    sent(a_message(run, by=acting(trainer), audience=Audience.ALL))
    assert len(readers("enrolment/message")) == 6
    sent(a_message(run, by=acting(trainer), audience=Audience.ONE, enrolment=main[0]))
    assert readers("enrolment/message")[-1] == main[0].person.email


def test_an_important_message_is_mailed_at_once_and_another_waits_for_the_daily_mail(run: Run, trainer: Person) -> None:
    an_application(run)
    sent(a_message(run, by=acting(trainer)))
    assert mails("enrolment/message") == []
    sent(a_message(run, by=acting(trainer), important=True))
    assert len(mails("enrolment/message")) == 1


def test_everybody_reads_their_language_or_the_one_that_was_written(run: Run, trainer: Person) -> None:
    for lang in ("tr", "en"):
        an_application(run, hears_at_once(a_teacher(lang=lang)))
    sent(a_message(run, by=acting(trainer), en="We meet in the laboratory."))
    by_lang = {one.lang: one for one in mails("enrolment/message")}
    assert by_lang["en"].subject == "Where we meet"
    assert "We meet in the laboratory." in by_lang["en"].text
    assert "Yarın laboratuvarda buluşuyoruz." in by_lang["tr"].text
    sent(a_message(run, by=acting(trainer)))
    only = [one for one in mails("enrolment/message") if one.lang == "en"][-1]
    assert '<div lang="tr"' in only.html


def test_a_message_needs_a_subject_and_a_text_in_the_same_language(run: Run, trainer: Person) -> None:
    an_application(run)
    with pytest.raises(RuleBroken) as empty:
        a_message(run, by=acting(trainer), tr="")
    assert empty.value.field == "text_tr"


def test_a_message_to_nobody_is_refused(run: Run, trainer: Person) -> None:
    with pytest.raises(RuleBroken) as nobody:
        a_message(run, by=acting(trainer))
    assert nobody.value.field == "audience"


def test_only_the_runs_own_staff_writes_to_it(run: Run) -> None:
    teacher = an_application(run).person
    for who in (teacher, a_trainer(), a_centre_administrator(a_centre("smm-bur-oib"))):
        with pytest.raises(NotFound):
            a_message(run, by=acting(who))


def test_a_participant_sees_what_was_written_to_them(run: Run, trainer: Person) -> None:
    first, second = an_application(run), an_application(run)
    a_message(run, by=acting(trainer), audience=Audience.ONE, enrolment=first)
    assert len(service.messages.messages_to(first, acting(first.person))) == 1
    assert service.messages.messages_to(second, acting(second.person)) == []
    with pytest.raises(NotFound):
        service.messages.messages_to(first, acting(second.person))


def test_notes_are_for_the_staff_and_changed_by_their_author_on_the_day(run: Run, trainer: Person) -> None:
    enrolment = an_application(run)
    note = service.notes.write(enrolment, "Pazartesi geç gelecek.", by=acting(trainer))
    service.notes.change(note, "Salı geç gelecek.", by=acting(trainer))
    assert note.text == "Salı geç gelecek."
    colleague = acting(a_centre_administrator(run.centre))
    assert [one.id for one in service.notes.notes_of_run(run, colleague)] == [note.id]
    with pytest.raises(Conflict):
        service.notes.change(note, "Başkası", by=colleague)
    by = acting(trainer)
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(Conflict):
        service.notes.change(note, "Ertesi gün", by=by)
    for who in (enrolment.person, a_network_administrator()):
        with pytest.raises(NotFound):
            service.notes.notes_about(enrolment, acting(who))


def test_staff_never_read_the_notes_about_themselves(run: Run, trainer: Person) -> None:
    enrolment = an_application(run)
    service.notes.write(enrolment, "Kanarya", by=acting(trainer))
    assert service.notes.notes_of_run(run, acting(trainer))
    enrolment.person_id = trainer.id
    db.session().flush()
    assert service.notes.notes_of_run(run, acting(trainer)) == []
    with pytest.raises(NotFound):
        service.notes.notes_about(enrolment, acting(trainer))


def test_an_empty_note_is_refused(run: Run, trainer: Person) -> None:
    with pytest.raises(RuleBroken):
        service.notes.write(run, "  ", by=acting(trainer))


def test_nobody_is_written_to_whose_application_is_over() -> None:
    assert not rules.audience_states(Audience.ALL) & rules.ENDED


def seated(app: Flask) -> tuple[Enrolment, Person]:
    with db.transaction():
        trainer = a_trainer()
        run = a_run(chain=NOBODY, trainers=[trainer])
        return an_application(run, a_teacher("Gülşah Demo")), trainer


def test_a_trainer_writes_looks_and_sends(app: Flask, visitor: Visitor) -> None:
    enrolment, trainer = seated(app)
    visitor.sign_in(trainer)
    path = f"/tr/run/{enrolment.run_id}/message/new"
    first = visitor.open(path)
    visitor.send(path, first.form("/message/new"), expect=422)
    look = visitor.send(
        path, first.form("/message/new"), subject_tr="Yer değişti", text_tr="Atölye 2’de buluşuyoruz.", expect=200
    )
    assert look.h1 == "Son kez okuyun"
    assert "1 katılımcıya gidecek" in look.text
    back = visitor.send(path, {**look.form("/message/new"), "_change": "1"}, expect=200)
    assert back.form("/message/new")["subject_tr"] == "Yer değişti"
    visitor.send(path, look.form("/message/new"))
    assert "Atölye 2’de buluşuyoruz." in visitor.open(f"/tr/run/{enrolment.run_id}/message").text
    reader = Visitor(app).sign_in(enrolment.person)
    page = reader.open(f"/en/enrolment/{enrolment.id}/message")
    assert "(only in Turkish)" in page.text
    with db.reading():
        assert told("enrolment/message") == []  # the worker tells it


def test_a_note_is_written_on_the_page_and_never_shown_to_the_teacher(app: Flask, visitor: Visitor) -> None:
    enrolment, trainer = seated(app)
    visitor.sign_in(trainer)
    path = f"/tr/participant/{enrolment.id}/note"
    visitor.send(path, visitor.open(path).form("/note"), text="", expect=422)
    visitor.send(path, visitor.open(path).form("/note"), text="Velisiyle görüşüldü.")
    page = visitor.open(path)
    assert "Velisiyle görüşüldü." in page.text
    change = page.links()["Değiştir"]
    visitor.send(change, visitor.open(change).form("/note"), text="Okuluyla görüşüldü.")
    assert "Okuluyla görüşüldü." in visitor.open(f"/tr/run/{enrolment.run_id}/note").text
    teacher = Visitor(app).sign_in(enrolment.person)
    assert "görüşüldü" not in teacher.open(f"/tr/training/{enrolment.id}").text
    teacher.open(path, expect=404)
