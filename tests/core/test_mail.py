"""Mail leaves after the commit, for a real SMTP server, in the reader's language."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Email
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from lmp.app import create_app, job_handlers
from lmp.config import Config
from lmp.core import db, jobs, mail


class Received:
    """What the SMTP server was given."""

    def __init__(self) -> None:
        self.mails: list[Email] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[str, Received]]:
    received = Received()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}", received
    controller.stop()


def posting(config: Config, smtp_url: str | None, *, demo: bool = False) -> Flask:
    return create_app(replace(config, smtp_url=smtp_url, demo=demo))


def written(lang: str = "tr") -> None:
    with db.transaction():
        mail.queue(
            "practical/decided",
            to=("Gülşah Ğıİ Demo", "gulsah@demo.example"),
            lang=lang,
            name="Gülşah Ğıİ Demo",
            course="Şarj noktaları",
            passed=True,
            score=90,
            url="http://lmp.test/tr/training/1",
        )


def test_a_mail_is_delivered_in_text_and_html(config: Config, server: tuple[str, Received]) -> None:
    url, received = server
    posting(config, url)
    written()
    jobs.run_all(job_handlers())
    (got,) = received.mails
    assert str(make_header(decode_header(got["Subject"]))) == "Uygulamalı sınavı geçtiniz"
    assert got["Content-Language"] == "tr"
    kinds = [part.get_content_type() for part in got.walk()]
    assert "text/plain" in kinds
    assert "text/html" in kinds


def test_an_apostrophe_arrives_as_one(config: Config) -> None:
    posting(config, None, demo=True)
    with db.transaction():
        row = mail.queue(
            "practical/decided",
            to=("A", "a@demo.example"),
            lang="tr",
            name="O'Neil & <Demo>",
            course="PLC'de ST",
            passed=True,
            score=1,
            url="http://lmp.test/",
        )
        assert "O'Neil & <Demo>" in row.text
        assert "PLC'de ST" in row.text
        assert "O&#39;Neil &amp; &lt;Demo&gt;" in row.html


def test_the_reader_chooses_the_language(config: Config, server: tuple[str, Received]) -> None:
    url, received = server
    posting(config, url)
    written("en")
    jobs.run_all(job_handlers())
    assert received.mails[0]["Subject"] == "You passed the practical test"


def test_a_sent_mail_forgets_its_text_outside_the_demo(config: Config, server: tuple[str, Received]) -> None:
    posting(config, server[0])
    written()
    jobs.run_all(job_handlers())
    with db.reading():
        (row,) = mail.outbox()
        assert row.sent_at is not None
        assert row.text == ""


def test_a_rolled_back_act_sends_nothing(config: Config, server: tuple[str, Received]) -> None:
    url, received = server
    posting(config, url)
    with db.work():
        mail.queue(
            "practical/decided",
            to=("A", "a@demo.example"),
            lang="tr",
            name="A",
            course="B",
            passed=True,
            score=1,
            url="",
        )
    jobs.run_all(job_handlers())
    assert received.mails == []


def test_a_server_that_is_down_loses_no_mail(config: Config) -> None:
    posting(config, "smtp://127.0.0.1:9")
    written()
    jobs.run_all(job_handlers())
    with db.reading():
        (row,) = mail.outbox()
        assert row.sent_at is None
        assert row.text


def test_a_job_that_runs_twice_sends_once(config: Config, server: tuple[str, Received]) -> None:
    url, received = server
    posting(config, url)
    written()
    with db.reading():
        row_id = mail.outbox()[0].id
    for _ in range(2):
        with db.transaction():
            mail.send({"mail": str(row_id)})
    assert len(received.mails) == 1
