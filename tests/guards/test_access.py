"""Who gets where: every route, every role, own things and those of others."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import inspect, text
from werkzeug.routing import Rule

from lmp.access import MAY, SEEN_BY, Action
from lmp.accounts.models import Person, PersonState
from lmp.core import db
from lmp.web.pages import check_declarations, declared
from tests.builders.workplace import today_is
from tests.guards.world import NOWHERE, OTHER_ENROLMENTS, TODAY, World, make_world
from tests.visitor import Visitor

T, R, A, C, P, N = "teacher", "trainer", "assessor", "centre_administrator", "approver", "network_administrator"

#: Endpoint → the roles of the thing's own people who may open it; everybody else is turned away.
MAY_OPEN: dict[str, set[str]] = {
    "journey.today": {T, R, A, C, P, N},
    "accounts.security": {T, R, A, C, P, N},
    "accounts.set_up_app": {T, R, A, C, P, N},
    "accounts.add_passkey": {T, R, A, C, P, N},
    "accounts.recovery_codes": {T, R, A, C, P, N},
    "accounts.second_step": {T, R, A, C, P, N},
    "accounts.passkey": {T},
    "accounts.people": {C, N},
    "accounts.person": {C, N},
    "accounts.choose_role": {C, N},
    "accounts.give_role": {C, N},
    "accounts.end_grant": {C, N},
    "accounts.suspend": {N},
    "accounts.lift_suspension": {N},
    "accounts.reset_factors": {N},
    "accounts.begin_act_as": {N},
    "accounts.bulk": {C, N},
    "accounts.bulk_example": {C, N},
    "accounts.bulk_invitation": {C},  # whoever sent the file
    "notice.notices": {T, R, A, C, P, N},
    "notice.settings": {T, R, A, C, P, N},
    "notice.mails": {N},
    "accounts.profile": {T, R, A, C, P, N},
    "accounts.delegations": {T, R, A, C, P, N},
    **{f"accounts.{one}": {T, R, A, C, P, N} for one in ("own_name", "own_address", "own_password", "own_sessions")},
    "accounts.teaching": {T, R, A, C, P, N},
    "accounts.kept": {T},  # what was kept is the teacher's
    "journey.training": {T},
    "journey.statement": {T},
    "journey.run": {T, R, C, N},
    "privacy.mine": {T, R, A, C, P, N},
    "privacy.download": set(),  # only its owner, and only while a file lies ready: tests/privacy
    "privacy.requests": {N},
    "privacy.answer": {N},
    "privacy.retention": {N},
    "learning.resume": {T},
    "learning.unit": {T},
    "learning.quiz": {T},
    "learning.quiz_attempt": {T},
    "learning.quiz_question": {T},
    "learning.quiz_answers": {T},
    "learning.quiz_result": {T},
    "meeting.timetable": {R, C, N},
    "meeting.sheet": {R, C, N},
    "meeting.roster": {R, C, N},
    "meeting.change": {R, C},
    "meeting.correct": {R, C},
    "meeting.calendar": {T},
    "learning.tests": {T},
    "learning.extend": {R, C},
    "learning.run_gain": {R, C, N},
    "learning.question_statistics": {R, C, N},
    "learning.question_answers": {R, C, N},
    "workplace.log": {T},
    "workplace.day": {T},
    "workplace.week": {T},
    "workplace.staff_log": {T, R, C, N},
    "workplace.place_enrolment": {C},
    "workplace_neutral.photo": {T, R, C, N},
    "workplace_neutral.mentor_photo": set(),  # only the bearer of the link, see below
    "practical.tests": {A},
    "practical.set_day": {A},
    "practical.observe": {A},
    "practical.decide": {A},
    "certificate.mine": {T, C, N},
    "certificate.download": {C, N},
    "certificate.frozen_record": {C, N},
    "certificate.revoke": {C, N},
    "certificate.batches": {T, R, A, C, P, N},
    "certificate.batch": {C, N},
    "certificate.review": {C, N},
    "enrolment.applications": {P},
    "enrolment.application": {P},
    "enrolment.runs": {R, C, N},
    "enrolment.run": {R, C, N},
    "enrolment.run_participant": {R, C, N},
    **{key: {C} for key in ("enrolment.run_settings", "enrolment.cancel_run", "enrolment.change_dates")},
    **{key: {C} for key in ("enrolment.open_run", "enrolment.open_run_of", "enrolment.end_enrolment")},
    "enrolment.messages": {R, C, N},
    "enrolment.write_message": {R, C},
    "enrolment.messages_to_me": {T, R, C, N},
    "enrolment.run_notes": {R, C},
    "enrolment.participant_notes": {R, C},
    "enrolment.note": {R, C},
    "enrolment.interests": {T, R, A, C, P, N},
    "enrolment.apply": {T},
    "enrolment.withdraw": {T},
    "enrolment.offer": {T},
    "enrolment.ask_office": {T, R, C, N},
    "enrolment.take_back_offer": {C},
    "reports.start": {C, N},
    "reports.run_report": {R, C, N},
    "reports.centre": {C, N},
    "reports.network": {N},
    "journey.management": {R, C, N},
    **{
        f"network.{one}": {C, N}
        for one in ("fields", "field", "centres", "centre", "edit_centre", "branches", "branch")
    },
    **{f"network.{one}": {C, N} for one in ("schools", "school", "provinces", "province", "district")},
    **{f"network.{act}_{one}": {N} for act in ("add", "edit") for one in ("field", "branch", "school", "day")},
    **{f"network.{one}": {N} for one in ("add_centre", "edit_province", "edit_district")},
    **{f"network.{one}": {C, N} for one in ("calendar", "calendar_day", "workplace", "contact")},
    **{f"network.{one}": {R, C, N} for one in ("partners", "partner")},
    **{f"network.{one}": {C, N} for one in ("protocols", "protocol")},
    **{
        f"network.{act}_{one}": {C, N}
        for act in ("add", "edit")
        for one in ("partner", "workplace", "contact", "protocol")
    },
    **{f"content.{page}": {R, C} for page in ("details", "outcome_list", "unit_list", "workplace", "meeting")},
    **{f"content.{page}": {R, C} for page in ("practical", "completion", "terms")},
    **{f"content.{page}": {R, C, N} for page in ("bank", "bank_question", "bank_category_choice", "bank_categories")},
    **{f"content.{page}": {R, C} for page in ("edit_bank_question", "edit_bank_category", "choose_course")},
    "content.questions": {R, C, N},
    **{f"content.{page}": {R, C} for page in ("keep_in_bank", "take_from_bank", "add_from_bank", "copy_from_bank")},
    **{f"content.{page}": {R, C} for page in ("practical", "completion", "terms", "edit_unit", "copy_block")},
    **{f"content.{page}": {R, C, N} for page in ("drafts", "draft", "draft_media", "plan", "policy", "unit")},
    **{f"content.{page}": {R, C} for page in ("new_question", "edit_question")},
    **{f"content.{page}": {R, C, N} for page in ("review", "review_unit", "review_course", "history", "revision")},
    **{f"content.{page}": {R, C, N} for page in ("version", "print_course")},
    **{f"content.{page}": {R, C} for page in ("edit_medium", "new_medium", "writing_tools")},
    "content.archive": {R, C, N},
    **{f"content.{page}": {R, C} for page in ("new_course", "copy_course", "take_in", "origin")},
    "content.looked_at": {R},  # whoever sent the file
}
#: Open to everybody; a new public page has to be written down here.
PUBLIC = {
    "catalogue.home",
    "catalogue.courses",
    "catalogue.course",
    "catalogue.field",
    "catalogue.centres",
    "catalogue.centre",
    "catalogue.calendar",
    "catalogue.calendar_file",
    "catalogue_neutral.sitemap",
    "catalogue_neutral.robots",
    "catalogue_neutral.site_card",
    "catalogue_neutral.course_card",
    "reports.numbers",
    "certificate.verify",
    "certificate_neutral.show",
    "content_neutral.media",
    "accounts.sign_in",
    "accounts.register",
    "accounts.registration_sent",
    "accounts.forgotten",
    "accounts.reset_sent",
    "accounts.display",
    "links.follow",
    "notice_neutral.stop",
    "enrolment.interest_in_course",
    "enrolment.interest_in_field",
    "web.help_page",
    "web.accessibility",
    "web.privacy",
    "web.components",
    "web.outbox",
    "web_neutral.health",
    "web_neutral.ready",
}
#: Records of the whole network, which administrators of every centre see.
SHARED = {"network.branch", "network.district", "network.school", "network.partner"}
#: These lead on instead of showing a page.
LEADING = {
    "content.bank_category_choice",  # to the categories where one has one bank only
    "accounts.add_passkey",  # to the page above where the address can have none
    "accounts.recovery_codes",
    "accounts.second_step",
    "enrolment.apply",
    "learning.resume",
    "learning.quiz_attempt",
    "learning.quiz_result",
    "workplace.log",
    "learning.quiz_answers",
    "reports.start",
}


def address(app: Flask, rule: Rule, world: World, **instead: Any) -> str:
    """The address of a route, its places filled from the world."""
    values = {}
    for name in rule.arguments:
        value = instead.get(name, world.values.get(name))
        if isinstance(value, dict):
            value = value.get(rule.endpoint, value[""])
        if rule.endpoint.startswith("content.") and name in ("key", "number"):
            value = {"key": "hazirlik", "number": 1}[name]
        if rule.endpoint == "notice_neutral.stop":
            value = world.values["stop_token"]
        if rule.endpoint == "content_neutral.media" and name == "prefix":
            value = world.values["version_hash"]
        if name == "run_id" and rule.endpoint == "enrolment.apply" and "run_id" not in instead:
            value = world.values["coming_run_id"]
        if name == "enrolment_id" and rule.endpoint in OTHER_ENROLMENTS and "enrolment_id" not in instead:
            value = world.values[OTHER_ENROLMENTS[rule.endpoint]]
        values[name] = value
    with app.test_request_context():
        return str(app.url_map.bind("").build(rule.endpoint, values))


def opened(app: Flask, method: str = "GET") -> list[Rule]:
    """The routes that answer a method."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()) and rule.endpoint != "static"]


@pytest.fixture
def world(app: Flask) -> Any:
    with today_is(TODAY), db.transaction():
        made = make_world()
    with today_is(TODAY):
        yield made


def status(app: Flask, person: Person | None, path: str) -> tuple[int, bytes]:
    visitor = Visitor(app)
    if person is not None:
        visitor.sign_in(person)
    response = visitor.client.get(path)
    return response.status_code, response.get_data()


def test_every_route_is_written_down(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in opened(app)}
    assert endpoints == set(MAY_OPEN) | PUBLIC


def test_a_route_without_declared_permission_stops_the_start(app: Flask) -> None:
    bare = Flask("bare")
    bare.add_url_rule("/open", "open", lambda: "")
    with pytest.raises(RuntimeError, match="open"):
        check_declarations(bare)
    check_declarations(app)


def test_what_is_called_public_is_declared_public(app: Flask) -> None:
    found = {rule.endpoint for rule in opened(app) if getattr(declared(app, rule.endpoint), "public", False)}
    assert found == PUBLIC


def test_every_action_stands_on_the_page_of_permissions() -> None:
    assert set(MAY) == set(Action)
    assert all(MAY[action] for action in Action)
    assert set(SEEN_BY) <= set(Action)


def test_nobody_gets_past_the_sign_in_wall(app: Flask, world: World) -> None:
    for rule in opened(app):
        if rule.endpoint in PUBLIC or rule.endpoint == "workplace_neutral.mentor_photo":
            continue
        response = app.test_client().get(address(app, rule, world))
        led = response.status_code == 302 and "/sign-in" in (response.location or "")
        assert led or response.status_code == 404, (
            f"{rule.endpoint}: {response.status_code} for somebody without an account"
        )


def test_each_role_opens_its_own_pages_and_no_other(app: Flask, world: World) -> None:
    wrong = []
    for rule in opened(app):
        if rule.endpoint in PUBLIC or rule.endpoint == "workplace_neutral.mentor_photo":
            continue
        path = address(app, rule, world)
        for role, person in world.people.items():
            code, _body = status(app, person, path)
            good = code in ((200, 302, 303) if rule.endpoint in LEADING else (200,))
            if good != (role in MAY_OPEN[rule.endpoint]):
                wrong.append(f"{rule.endpoint} as {role}: {code}")
            if not good and code not in (403, 404):
                wrong.append(f"{rule.endpoint} as {role}: {code}, not 403 or 404")
    assert not wrong, "\n".join(wrong)


def test_people_of_another_centre_get_the_answer_of_a_thing_that_does_not_exist(app: Flask, world: World) -> None:
    wrong = []
    for rule in opened(app):
        things = [name for name, converter in rule._converters.items() if name.endswith("_id")]
        if (
            rule.endpoint in PUBLIC
            or not things
            or rule.endpoint == "workplace_neutral.mentor_photo"
            or rule.endpoint == "enrolment.apply"
        ):
            continue
        path, nowhere = address(app, rule, world), address(app, rule, world, **dict.fromkeys(things, NOWHERE))
        for role, person in world.strangers.items():
            if role == C and rule.endpoint in SHARED:
                continue
            (code, body), (missing, empty) = status(app, person, path), status(app, person, nowhere)
            same = _anonymous(body, path) == _anonymous(empty, nowhere)
            if (code, missing) != (404, 404) or not same:
                wrong.append(f"{rule.endpoint} as a stranger who is {role}: {code} / {missing}, same words: {same}")
    assert not wrong, "\n".join(wrong)


def _anonymous(body: bytes, path: str) -> bytes:
    """The page without its own address, CSRF token and key against sending twice, which differ by nature."""
    import re

    cleaned = re.sub(rb'value="[^"]{40,}"|name="_once" value="[^"]*"', b"", body)
    other = path.replace("/tr/", "/en/", 1)
    return cleaned.replace(path.encode(), b"").replace(other.encode(), b"")


def test_nothing_of_a_strangers_record_shows_in_lists(app: Flask, world: World) -> None:
    lists = [
        "/tr/today",
        "/tr/run",
        "/tr/test",
        "/tr/certification",
        "/tr/application",
        "/tr/draft",
        "/tr/training",
        "/tr/certificate",
        "/tr/log",
        "/tr/people",
        "/tr/people/invite-many",
        "/tr/notice",
        "/tr/management/partner",
        "/tr/management/protocol",
    ]
    for role, person in world.strangers.items():
        for path in lists:
            _code, body = status(app, person, path)
            assert "Kanarya" not in body.decode(), f"{path} shows another centre's people to a {role}"


def test_a_suspended_person_is_out_at_once(app: Flask, world: World) -> None:
    person = world.people["teacher"]
    visitor = Visitor(app).sign_in(person)
    visitor.open("/tr/today")
    with db.transaction() as session:
        session.get_one(Person, person.id).state = PersonState.SUSPENDED
    assert "/sign-in" in visitor.open("/tr/today", expect=302).location


def test_reading_changes_no_row(app: Flask, world: World) -> None:
    before = _rows()
    for rule in opened(app):
        for person in (None, *world.people.values()):
            status_code, _body = status(app, person, address(app, rule, world))
            well = status_code < 500 or rule.endpoint == "web_neutral.ready"  # the world's mails wait for a worker
            assert well, f"{rule.endpoint}: {status_code}"
    after = _rows()
    changed = {table for table in before if before[table] != after[table] and table not in ("sign_in", "attempts")}
    assert not changed


def _rows() -> dict[str, list[str]]:
    with db.reading() as session:
        tables = inspect(db.engine()).get_table_names()
        return {
            table: sorted(str(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{table}"')))
            for table in tables
            if table != "alembic_version"
        }


def test_a_link_speaks_for_its_own_week_only(app: Flask, world: World) -> None:
    client = app.test_client()
    token, photo = world.values["token"], world.values["photo_id"]
    assert client.get(f"/m/{token}").status_code == 200
    assert client.get(f"/m/{token}/photo/{photo}").status_code == 200
    assert client.get(f"/m/{token}/photo/{UUID(int=1)}").status_code == 404
    assert client.get(f"/m/{'x' * 43}").status_code == 404
