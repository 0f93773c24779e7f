"""Nothing of others shows: on no page, in no list, search, count, file, mail or log line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.app import job_handlers
from lmp.core import db, jobs
from lmp.core.mail import Mail
from lmp.enrolment import service as enrolment_service
from lmp.enrolment.models import Enrolment
from tests.builders.accounts import BY, a_centre, a_person, a_teacher, a_trainer, acting
from tests.builders.enrolment import a_message, a_seated_teacher, a_week_before
from tests.builders.mails import hears_at_once
from tests.builders.workplace import today_is
from tests.guards.canaries import Canary, brand, words_in
from tests.guards.test_access import _anonymous, address, opened
from tests.guards.walking import fitting, signed_in
from tests.guards.world import TODAY, World, make_world

#: One engine is enough: what a page shows is decided before the database is asked.
ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FILES = ("csv", "xlsx")
#: The address itself is the right to see this, or the page exists in the demo only.
BY_ADDRESS = {"links.follow", "workplace_neutral.mentor_photo", "certificate_neutral.show", "web.outbox"}
#: What somebody of the same centre may see beside their own: the contacts of its companies, and who wrote its courses.
OF_THE_CENTRE = {
    "network.partner": {"mentor_contact.name", "mentor_contact.title", "mentor_contact.email", "mentor_contact.phone"},
    **{
        f"content.{page}": {"person.name"}
        for page in ("drafts", "draft", "review", "review_unit", "review_course", "history", "revision", "version")
    },
}
#: What participants of a run share: what its staff wrote to all of them.
OF_THE_RUN = {
    "run_message.by_name",
    "run_message.subject_tr",
    "run_message.subject_en",
    "run_message.text_tr",
    "run_message.text_en",
}


@dataclass
class Aviary:
    """The world with its words marked, and people who stand near it without being part of it."""

    world: World
    canaries: dict[str, Canary]
    near: dict[str, Person]

    def foreign(self, found: set[str], own: set[UUID], allowed: set[str]) -> set[str]:
        """The columns of the words that are neither about these rows nor allowed."""
        canaries = (self.canaries[word] for word in found)
        return {one.column for one in canaries if not one.about & own and one.column not in allowed}

    def own(self, who: str) -> set[UUID]:
        """What is somebody's own: their account, their enrolments, and for a coordinator the people of their centre."""
        if who != "colleague" and who != "other trainer":
            return {person.id for person in self.world.strangers.values()} | {self.near["two roles"].id}
        with db.reading() as session:
            enrolments = session.scalars(select(Enrolment.id).where(Enrolment.person_id == self.near[who].id))
            return {self.near[who].id, *enrolments}


@pytest.fixture
def aviary(app: Flask) -> Iterator[Aviary]:
    with today_is(TODAY), db.transaction() as session:
        world = make_world()
        colleague = a_teacher("Çağla Meslektaş", school=world.people["teacher"].school)
        applicant, run = acting(colleague), enrolment_service.run(world.values["run_id"][""])
        with a_week_before(run.starts_on):
            a_seated_teacher(run, applicant)
        near = {
            "colleague": colleague,
            "other trainer": a_trainer(a_centre(), "Öteki Eğitimci"),
            "two roles": a_person("İki Rollü"),
        }
        for role in (Role.TRAINER, Role.CENTRE_ADMINISTRATOR):
            here = a_centre("smm-bur-oib")
            accounts.grant(near["two roles"], role, ScopeKind.CENTRE, str(here.id), by=BY)
        a_message(run, by=acting(world.people["trainer"]), important=True)
        for person in (*near.values(), *world.people.values(), *world.strangers.values()):
            hears_at_once(person)
        session.flush()
        canaries = brand()
    with today_is(TODAY, time(14, 45)):
        jobs.run_all(job_handlers())
        yield Aviary(world, canaries, near)


def pages_of(app: Flask, world: World, person: Person | None) -> Iterator[tuple[str, str, bytes]]:
    """Every page somebody gets and every file it offers: the endpoint, the address, what it answers."""
    client = signed_in(app, person)
    for rule in opened(app):
        path = address(app, rule, world)
        for query in ("", *(f"?format={one}" for one in FILES)):
            with client.get(path + query, follow_redirects=True) as answer:
                data = answer.get_data()
            yield rule.endpoint, path + query, data
            if b"format=csv" not in data and not query:
                break


@ONE_ENGINE
def test_nothing_of_others_shows(app: Flask, aviary: Aviary, capfd: pytest.CaptureFixture[str]) -> None:
    wrong, people = set(), {"nobody": None, **aviary.near, **aviary.world.strangers}
    for who, person in people.items():
        own = aviary.own(who) if person else set()
        for endpoint, path, data in pages_of(app, aviary.world, person):
            allowed = OF_THE_CENTRE.get(endpoint, set()) if who == "other trainer" else set()
            allowed = allowed | OF_THE_RUN if who == "colleague" else allowed
            if endpoint not in BY_ADDRESS:
                wrong |= {f"{who}: {path}: {one}" for one in aviary.foreign(words_in(data), own, allowed)}
    assert not wrong, "\n".join(sorted(wrong))
    logged = capfd.readouterr()
    assert "lmp" in logged.err + logged.out or "route" in logged.err
    assert not words_in((logged.err + logged.out).encode())


@ONE_ENGINE
def test_whoever_belongs_there_does_see_the_words(app: Flask, aviary: Aviary) -> None:
    """The walk would find a leak: the same pages show their own people nearly every kind of word."""
    seen: set[str] = set()
    for person in aviary.world.people.values():
        for _endpoint, _path, data in pages_of(app, aviary.world, person):
            seen |= {aviary.canaries[word].column for word in words_in(data)}
    assert len(seen) > 25, sorted(seen)


def _is_searched(app: Flask, rule: Rule, world: World) -> bool:
    """Whether the page of a route has a search box for those who may open it."""
    page = signed_in(app, fitting(world, rule.endpoint)).get(address(app, rule, world))
    return b'name="q"' in page.data and rule.endpoint != "web.components"


@ONE_ENGINE
def test_no_search_finds_or_counts_people_of_others(app: Flask, aviary: Aviary) -> None:
    """A name that exists elsewhere and one that exists nowhere get the same page, to the byte."""
    wrong = []
    searched = [address(app, rule, aviary.world) for rule in opened(app) if _is_searched(app, rule, aviary.world)]
    assert len(searched) > 8
    for role, person in {"nobody": None, **aviary.near, **aviary.world.strangers}.items():
        client = signed_in(app, person)
        for path in searched:
            client.get(path)  # whoever changes their role by it is told so once
            found = client.get(f"{path}?q=Kanarya").get_data().replace(b"Kanarya", b"").replace(b"kanarya", b"")
            none = client.get(f"{path}?q=Yokyeryz").get_data().replace(b"Yokyeryz", b"").replace(b"yokyeryz", b"")
            if _anonymous(found, path) != _anonymous(none, path):
                wrong.append(f"{role}: {path}")
    assert not wrong, "\n".join(wrong)


@ONE_ENGINE
def test_no_mail_carries_words_of_others(app: Flask, aviary: Aviary) -> None:
    with db.reading() as session:
        mails = [
            (one.to_address, one.template, f"{one.subject}{one.text}{one.html}")
            for one in session.scalars(select(Mail))
        ]
        addresses: dict[str | None, str] = {}
        for who, person in {**aviary.near, **aviary.world.strangers}.items():
            addresses[session.get_one(Person, person.id).email] = who
    wrong = set()
    for to, template, said in mails:
        reader = addresses.get(to)
        if reader is not None:
            allowed = OF_THE_RUN if reader == "colleague" else set()
            wrong |= {
                f"{template} to {reader}: {one}"
                for one in aviary.foreign(words_in(said.encode()), aviary.own(reader), allowed)
            }
    assert any(who == "colleague" for who in map(addresses.get, (to for to, *_rest in mails))), "nobody near was mailed"
    assert not wrong, "\n".join(sorted(wrong))
