"""Every mail's template speaks both languages; the daily mail is read from a real SMTP server."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.app import create_app, job_handlers
from lmp.config import Config
from lmp.core import clock, db, jobs, mail
from lmp.core.db import Bilingual
from lmp.enrolment.models import Enrolment
from lmp.enrolment.words import Until
from lmp.meeting.models import HalfDay
from lmp.notice import service
from lmp.notice.service.digesting import Group, Line
from lmp.practical import models as practical_models
from tests.builders.accounts import a_person
from tests.builders.notice import a_notice, a_topic
from tests.builders.workplace import WEDNESDAY, today_is
from tests.core.test_mail import Received, server  # noqa: F401 - a fixture

FOLDER = Path(mail.__file__).resolve().parents[1]
#: Words that give the other language away.
TURKISH, ENGLISH = ("Sayın", "günü", "başvur", "belge"), ("Dear", "your", "the ", "please")
DAY = date(2026, 12, 4)
RUN: dict[str, Any] = {
    "title": Bilingual("Elektrikli araç", "Electric vehicles"),
    "starts_on": DAY,
    "ends_on": DAY,
    "venue": Bilingual("Ankara", "Ankara"),
}
UNTIL = Until(datetime(2026, 12, 4, 14, tzinfo=UTC))
COURSE = Bilingual("Elektrikli araç", "Electric vehicles")
HALF = HalfDay(
    title=COURSE, on=DAY, starts=time(9), ends=time(12), room="Z-12", bring="Sözlük", reason="", closed_by=""
)
TEST = practical_models.TestDay(
    on=DAY, starts=time(10), place="Z-12", enrolment=Enrolment(person=Person(name="Gülşah"))
)
OFFICE = {
    "office": "Demo MTAL",
    "teacher": "Gülşah",
    "until_on": DAY,
    "address": "http://lmp.test/m/x",
    "again": True,
}
#: Template → the values its service gives it, besides name and url.
SAMPLES: dict[str, dict[str, Any]] = {
    "accounts/delegation_accepted": {"other": "A", "span": (DAY, DAY), "address": "http://lmp.test/tr/delegation"},
    "accounts/delegation_ended": {"by_name": "A", "span": (DAY, DAY), "address": "http://lmp.test/tr/delegation"},
    "accounts/delegation_offered": {
        "giver": "A",
        "span": (DAY, DAY),
        "email": "a@demo.example",
        "address": "http://lmp.test/delegation",
        "register": "http://lmp.test/register",
    },
    "enrolment/applied": {**RUN, "office": "Demo MTAL", "until_on": DAY},
    "enrolment/asked": {**RUN, "teacher": "Gülşah", "until_on": DAY},
    "enrolment/asked_office": {**RUN, **OFFICE},
    "enrolment/remind_office": {**RUN, **OFFICE},
    "enrolment/declared_wrong": {"office": "A", "reason": "B"},
    "enrolment/decide_soon": {**RUN, "teacher": "Gülşah", "until_on": DAY},
    "enrolment/interest_asked": {"about": COURSE, "days": 7},
    "enrolment/message": {
        **RUN,
        "message_subject": Bilingual("Yer", "Place"),
        "paragraphs": ["1", "2"],
        "text_lang": "tr",
        "by_name": "Tülin",
    },
    "enrolment/accepted": RUN,
    "enrolment/offered": {**RUN, "until": UNTIL},
    "enrolment/offer_ends_soon": {**RUN, "until": UNTIL},
    "enrolment/offer_ended": {**RUN, "until": UNTIL, "rank": 3},
    "enrolment/offer_taken_back": {**RUN, "reason": "A", "rank": 3},
    "enrolment/passed_on": {**RUN, "office": "A", "next_office": "B", "until_on": DAY},
    "enrolment/promoted": RUN,
    "enrolment/refused": {**RUN, "office": "A", "reason": "B"},
    "enrolment/reserved": {**RUN, "rank": 3},
    "enrolment/run_opens": {**RUN, "about": COURSE, "until_on": DAY},
    "enrolment/seated": RUN,
    "enrolment/starts_soon": {**RUN, "days": 7},
    "learning/extended": {"unit": COURSE, "attempts": 1, "minutes": 5, "reason": "A"},
    "learning/untouched": {"number": 2, "ends_on": DAY, "title": COURSE},
    "notice/digest": {
        "groups": [Group("A", [Line("B", "C", "http://lmp.test/tr/today", DAY)])],
        "number": 1,
        "more": 2,
    },
    "meeting/changed": {"course": COURSE, "half": HALF, "before": None, "venue": COURSE},
    "meeting/corrected": {"course": COURSE, "half": HALF, "mark": "excused", "excuse": "report", "why": "A"},
    "meeting/tomorrow": {"course": COURSE, "halves": [HALF, HALF], "venue": COURSE},
    "practical/day_set": {"course": COURSE, "day": TEST, "moved": False, "minutes": 60},
    "practical/tomorrow": {"course": COURSE, "day": TEST},
    "practical/tests_tomorrow": {"course": COURSE, "days": [TEST]},
    "privacy/accepted": {"kind": "correction", "answer": "A"},
    "privacy/ready": {},
    "privacy/refused": {"kind": "erasure", "answer": "A"},
    "practical/decided": {"course": COURSE, "passed": False, "score": 40},
    "certificate/issued": {"course": COURSE, "number": "1", "verify_url": "http://lmp.test/v/1"},
    "certificate/prepared": {"course": COURSE, "people": 2},
    "certificate/revoked": {"number": "1", "note": "A"},
    "workplace/day_returned": {"mentor": "Usta", "day": DAY, "why": "A"},
    "workplace/days_missing": {"days": (DAY, DAY), "until_on": DAY},
    "workplace/mentor_denied": {"is_teacher": True, "teacher": "A", "mentor": "B", "company": "C"},
    "workplace/placed": {
        "changed": False,
        "course": COURSE,
        "company": "A",
        "workplace": "B",
        "mentor": "C",
        "title": "D",
        "span": (DAY, DAY),
        "hours": (time(8), time(16)),
        "briefed_on": DAY,
    },
    "workplace/receipt": {
        "mentor": "Usta",
        "teacher": "A",
        "company": "B",
        "centre": COURSE,
        "span": (DAY, DAY),
        "days": 1,
        "minutes": 360,
        "until_on": DAY,
        "address": "http://lmp.test/m/x?lang=tr",
    },
    "workplace/taken_back": {"mentor": "Usta", "days": [DAY], "number": 1, "minutes": 360, "why": "A"},
    "workplace/week_confirmed": {"mentor": "A", "company": "B", "days": 1, "minutes": 360, "returned": [(DAY, "C")]},
    "workplace/week_waits": {"mentor": "A", "company": "B"},
}


def found() -> set[str]:
    """Every mail there is, as feature/name."""
    return {f"{path.parents[3].name}/{path.name.split('.')[0]}" for path in FOLDER.glob("*/templates/*/mail/*.jinja")}


def test_every_mail_has_a_subject_a_text_and_a_page() -> None:
    for one in sorted(found()):
        feature, name = one.split("/")
        kinds = {path.name for path in (FOLDER / feature / "templates" / feature / "mail").glob(f"{name}.*.jinja")}
        assert kinds == {f"{name}.{kind}.jinja" for kind in ("subject", "txt", "html")}, one
    assert set(SAMPLES) <= found()


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_every_mail_speaks_its_readers_language_and_names_no_host_of_a_request(
    app: Flask, template: str, lang: str
) -> None:
    with app.test_request_context(headers={"Host": "evil.example"}), db.work():
        made = mail.queue(
            template,
            to=mail.Address("Gülşah Demo", "g@demo.example", lang),
            stop_url="http://lmp.test/notice/stop/x",
            name="Gülşah Demo",
            url="http://lmp.test/tr/today",
            **SAMPLES[template],
        )
        for part in (made.subject, made.text, made.html):
            assert part.strip()
            assert "evil.example" not in part
            assert not any(mark in part for mark in ("%(", "{{", "Undefined", "None"))
        strange = TURKISH if lang == "en" else ENGLISH
        assert not [word for word in strange if word in made.text], made.text
        assert "http://lmp.test/notice/stop/x" in made.text
        assert "http://lmp.test/notice/stop/x" in made.html
        assert f'<html lang="{lang}">' in made.html


def parts(got: Any) -> dict[str, str]:
    """Content type → what is written there."""
    return {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in got.walk()
        if not part.is_multipart()
    }


@pytest.mark.parametrize(
    ("lang", "subject", "heading"),
    [
        ("tr", "SMM Eğitimleri: 2 bildirim", "Elektrikli araç bakımı, 4–15 Ocak 2027"),
        ("en", "2 notices from SMM Training", "Elektrikli araç bakımı, 4–15 Ocak 2027 (en)"),
    ],
)
def test_the_daily_mail_arrives_in_text_and_html_with_one_press_to_end_it(
    config: Config,
    server: tuple[str, Received],  # noqa: F811 - the fixture
    lang: str,
    subject: str,
    heading: str,
) -> None:
    url, received = server
    create_app(replace(config, smtp_url=url, demo=False))
    with today_is(WEDNESDAY, time(17, 1)):
        with db.transaction():
            who = a_person("Gülşah Ğıİ Demo", lang=lang)
            a_notice(who, topic=a_topic())
            a_notice(who, passed=False, due_on=DAY)
            service.begin_digest()
        jobs.run_all(job_handlers())
    (got,) = received.mails
    assert str(make_header(decode_header(got["Subject"]))) == subject
    assert got["Content-Language"] == lang
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(got["List-Unsubscribe"]).startswith("<http://lmp.test/notice/stop/")
    written = parts(got)
    assert set(written) == {"text/plain", "text/html"}
    for text in written.values():
        assert heading in text
        assert f"http://lmp.test/{lang}/today" in text


def test_a_mail_that_fails_keeps_its_reason(config: Config) -> None:
    create_app(replace(config, smtp_url="smtp://127.0.0.1:9", demo=False))
    with db.transaction():
        mail.queue("enrolment/promoted", to=a_person(), name="A", url="http://lmp.test/", **RUN)
    jobs.run_all(job_handlers())
    with db.reading():
        (row,) = mail.outbox()
        assert row.sent_at is None
        assert "refused" in (row.error or "").lower()
        assert row.failed_at is None


def test_a_mail_of_the_quiet_hours_leaves_when_they_end(config: Config, server: tuple[str, Received]) -> None:  # noqa: F811
    url, received = server
    create_app(replace(config, smtp_url=url, demo=False))
    with today_is(WEDNESDAY, time(22)):
        with db.transaction():
            a_notice(a_person(), "workplace.returned")
        jobs.run_all(job_handlers())
        assert received.mails == []
    with clock.at(clock.wall(date(2026, 12, 3), time(7, 1))):
        jobs.run_all(job_handlers())
    assert len(received.mails) == 1
