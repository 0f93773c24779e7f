"""Setting up an installation: each setting is tried, a wrong one is explained, and doing it twice changes nothing."""

import os
import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from lmp import envfile
from lmp.app import create_app
from lmp.config import BadSetting, gather, read_config
from lmp.core import db
from lmp.models import metadata
from tests.commands.conftest import Lmp
from tests.visitor import Visitor

WHO = ("--name", "Nilgün Çınar", "--email", "nilgun@bakanlik.example", "--password", "a-long-enough-secret")
UNATTENDED = ("setup", "--unattended", "--url", "https://egitim.example.org", *WHO)


def everything_written() -> str:
    """Every text in every table, and whose accounts are demo ones."""
    found = []
    with db.reading() as session:
        for table in metadata.sorted_tables:
            found += [f"{table.name}: {row}" for row in session.execute(select(table))]
    return "\n".join(found)


def test_an_empty_place_becomes_an_installation_with_facts_drafts_and_an_administrator(place: Path, lmp: Lmp) -> None:
    done = lmp(*UNATTENDED)

    assert done.exit_code == 0, done.output
    assert "network administrator nilgun@bakanlik.example: can sign in" in done.output
    kept = envfile.read(place / "lmp.env")
    assert kept == {"LMP_URL": "https://egitim.example.org"}
    assert (place / "lmp.env").stat().st_mode & 0o777 == 0o600
    listed = lmp("people", "list")
    assert "Nilgün Çınar" in listed.output
    assert "network_administrator" in listed.output


def test_setting_up_twice_changes_nothing(place: Path, lmp: Lmp) -> None:
    lmp(*UNATTENDED)
    before = everything_written()

    again = lmp(*UNATTENDED)

    assert again.exit_code == 0, again.output
    assert "has an account already" in again.output
    assert everything_written() == before


def test_setup_asks_for_what_it_was_not_told(place: Path, lmp: Lmp) -> None:
    answers = "http://127.0.0.1:8000\n\n\n\nNilgün Çınar\nnilgun@bakanlik.example\n"

    done = lmp("setup", "--password", "a-long-enough-secret", answers=answers)

    assert done.exit_code == 0, done.output
    assert envfile.read(place / "lmp.env")["LMP_URL"] == "http://127.0.0.1:8000"


def test_every_wrong_setting_is_explained_and_nothing_is_written(place: Path, lmp: Lmp) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]

    done = lmp(
        *UNATTENDED,
        "--url",
        "http://egitim.example.org",
        "--database",
        f"postgresql://lmp:verborgen@127.0.0.1:{closed}/lmp",
        "--smtp",
        f"smtp://127.0.0.1:{closed}",
    )

    assert done.exit_code == 1
    assert "Write https://egitim.example.org." in done.output
    assert "Check that its server runs" in done.output
    assert "The mail server 127.0.0.1 does not answer" in done.output
    assert "verborgen" not in done.output
    assert not place.exists()


@pytest.mark.parametrize("url", ["egitim.example.org", "ftp://egitim.example.org", "https://"])
def test_an_address_that_is_none_is_refused(place: Path, lmp: Lmp, url: str) -> None:
    done = lmp(*UNATTENDED, "--url", url)

    assert done.exit_code == 1
    assert "write an address such as https://" in done.output


def test_without_lmp_demo_nothing_of_the_demo_exists(place: Path, lmp: Lmp) -> None:
    lmp(*UNATTENDED)

    assert not re.search(r"(?i)\bdemo\b|demo\.example", everything_written().replace("is_demo", ""))
    refused = lmp("demo")
    assert refused.exit_code == 1
    assert "only with LMP_DEMO=1" in refused.output
    app = create_app(replace(read_config(gather(os.environ)), url="http://lmp.test"))
    visitor = Visitor(app)
    for path in ("/dev/outbox", "/tr/components", "/en/components"):
        assert visitor.client.get(path).status_code == 404
    for path in ("/tr/", "/en/", "/tr/course", "/tr/sign-in", "/en/help"):
        assert not re.search(r"(?i)\bdemo", visitor.open(path).text), path


def test_the_first_administrator_comes_in_by_the_link_that_is_printed(place: Path, lmp: Lmp) -> None:
    done = lmp(*UNATTENDED[:4], *WHO[:4])

    found = re.search(r"https://egitim\.example\.org(/m/\S+)", done.output)
    assert found, done.output
    app = create_app(replace(read_config(gather(os.environ)), url="http://lmp.test"))
    assert "Nilgün Çınar" in Visitor(app).open(found[1], follow=True).html


def test_setup_refuses_where_the_demo_is_asked_for(place: Path, lmp: Lmp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMP_DEMO", "1")

    done = lmp(*UNATTENDED)

    assert done.exit_code == 1
    assert "Unset it" in done.output


def test_the_environment_is_stronger_than_the_settings_file(place: Path) -> None:
    place.mkdir()
    envfile.write(place / "lmp.env", {"LMP_URL": "https://a.example", "LMP_HELP_PHONE": '0 "312" $5 \\ `x`'})

    found = gather({"LMP_DATA": str(place), "LMP_URL": "https://b.example"})

    assert found["LMP_URL"] == "https://b.example"
    assert found["LMP_HELP_PHONE"] == '0 "312" $5 \\ `x`'


def test_a_settings_file_that_cannot_be_read_is_named_with_its_line(place: Path) -> None:
    place.mkdir()
    (place / "lmp.env").write_text("LMP_URL=https://a.example\nexport X\n")

    with pytest.raises(BadSetting, match=r"lmp\.env, line 2"):
        gather({"LMP_DATA": str(place)})
