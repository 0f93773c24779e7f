"""What a page may cost: queries a role, bytes over the wire."""

import gzip
from typing import Any

import pytest
from flask import Flask

from lmp.access import Role
from lmp.core import db
from tests.builders.workplace import today_is
from tests.guards.test_access import LEADING, MAY_OPEN, PUBLIC, address, opened
from tests.guards.world import TODAY, make_world
from tests.visitor import Visitor

#: Statements a page may cost, the session's own two included; SQLite's BEGIN is not one of them.
MOST = {Role.TEACHER: 8}
MOST_FOR_STAFF = 15
MOST_PUBLIC = 8
#: Staff pages that their teacher may open too.
FOR_STAFF = {"workplace.staff_log"}
#: These answer with a file.
FILES = {
    "accounts.bulk_example",
    "workplace_neutral.photo",
    "workplace_neutral.mentor_photo",
    "content.archive",
    "content.draft_media",
    "meeting.calendar",
    "certificate.download",
    "certificate.frozen_record",
}
#: Public answers that are no pages.
FOR_MACHINES = {
    "content_neutral.media",
    "web_neutral.health",
    "web_neutral.ready",
    "catalogue.calendar_file",
    "catalogue_neutral.sitemap",
    "catalogue_neutral.robots",
    "catalogue_neutral.site_card",
    "catalogue_neutral.course_card",
}
#: Compressed bytes of the document itself.
MOST_BYTES = {"": 15_000, "certificate_neutral.show": 8_000, "accounts.sign_in": 10_000}


@pytest.fixture
def world(app: Flask) -> Any:
    with today_is(TODAY), db.transaction():
        made = make_world()
    with today_is(TODAY):
        yield made


def test_no_page_costs_more_queries_than_its_reader_may_wait_for(app: Flask, world: Any) -> None:
    dear = []
    for rule in opened(app):
        if rule.endpoint in PUBLIC or rule.endpoint in LEADING or rule.endpoint in FILES:
            continue
        path = address(app, rule, world)
        for role in MAY_OPEN[rule.endpoint]:
            visitor = Visitor(app).sign_in(world.people[role])
            visitor.client.get(path)  # the first reader warms the cache of the course's version
            cost = visitor.open(path).statements
            most = MOST_FOR_STAFF if rule.endpoint in FOR_STAFF else MOST.get(Role(role), MOST_FOR_STAFF)
            if cost > most:
                dear.append(f"{rule.endpoint} as {role}: {cost}")
    assert not dear, "\n".join(sorted(dear))


def test_no_public_page_costs_more_than_eight(app: Flask, world: Any) -> None:
    dear = []
    for rule in opened(app):
        if rule.endpoint in PUBLIC - FOR_MACHINES - {"web.components"}:
            path = address(app, rule, world)
            Visitor(app).client.get(path)
            cost = Visitor(app).open(path).statements
            if cost > MOST_PUBLIC:
                dear.append(f"{rule.endpoint}: {cost}")
    assert not dear, "\n".join(dear)


def test_pages_are_light(app: Flask, world: Any) -> None:
    heavy = []
    for rule in opened(app):
        if rule.endpoint in PUBLIC - FOR_MACHINES - {"web.components", "web.outbox"}:
            body = Visitor(app).client.get(address(app, rule, world)).get_data()
            weight = len(gzip.compress(body, 6))
            if weight > MOST_BYTES.get(rule.endpoint, MOST_BYTES[""]):
                heavy.append(f"{rule.endpoint}: {weight}")
    assert not heavy, "\n".join(heavy)
