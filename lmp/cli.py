"""The `lmp` command."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from lmp import migrate, serving
from lmp.access import system
from lmp.app import create_app, job_handlers, recurring
from lmp.audit import service as audit
from lmp.certificate import service as certificate
from lmp.certificate.models import Certificate
from lmp.certificate.service import printing
from lmp.config import SETTINGS, BadSetting, Config, read_config
from lmp.content import commands as courses_commands
from lmp.core import clock, db, jobs, messages
from lmp.core.errors import RuleBroken
from lmp.demo import service as demo
from lmp.hours import service as hours
from lmp.network import service as network
from lmp.worker import stop_on_signals, work

SYSTEM = system("command line")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


def configuration() -> Config:
    """The settings, or a sentence about what is wrong with them."""
    try:
        return read_config(os.environ)
    except BadSetting as bad:
        raise click.ClickException(str(bad)) from None


def start() -> Config:
    """The application over a database at the newest schema."""
    config = configuration()
    create_app(config)
    migrate.upgrade(config.migrations)
    with db.transaction():
        network.seed(by=SYSTEM)
    return config


def show(rows: Sequence[dict[str, Any]], as_json: bool) -> None:
    """A listing for people, or for machines."""
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    if not rows:
        click.echo("nothing")
        return
    widths = {name: max(len(name), *(len(str(row[name])) for row in rows)) for name in rows[0]}
    click.echo("  ".join(name.ljust(width) for name, width in widths.items()).rstrip())
    for row in rows:
        click.echo("  ".join(str(row[name]).ljust(width) for name, width in widths.items()).rstrip())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """LMP, the learning platform of the Sectoral Excellence Centres."""


@main.command()
def serve() -> None:
    """Serve the platform and run one worker beside it."""
    config = start()
    if config.demo:
        _load_demo(config)
        _print_demo_people(config)
    db.engine().dispose()
    sys.exit(serving.serve(config))


@main.command()
def worker() -> None:
    """Run due jobs (mail, printing, sealing) until stopped."""
    create_app(configuration())
    work(job_handlers(), recurring(), stop_on_signals())


@main.command("demo")
@click.option("--reset", is_flag=True, help="Drop everything in the database and load the demo afresh.")
def demo_command(reset: bool) -> None:
    """Load the demo network once."""
    config = configuration()
    if not config.demo:
        raise click.ClickException("The demo exists only with LMP_DEMO=1.")
    create_app(config)
    migrate.upgrade(config.migrations)
    if reset:
        _drop_demo(config)
    with db.transaction():
        network.seed(by=SYSTEM)
    _load_demo(config)
    _print_demo_people(config)


def _drop_demo(config: Config) -> None:
    """Empty the database and the folder of files, unless they hold more than the demo."""
    try:
        demo.drop(migrations=config.migrations, files=config.data / "files")
    except RuleBroken as broken:
        raise click.ClickException(messages.text(broken.message, "en")) from None


def _load_demo(config: Config) -> None:
    """Load the demo once and let the jobs it left run."""
    if demo.load(password=config.demo_password, courses=config.courses):
        jobs.run_all(job_handlers())
        while _sealed():
            pass


def _sealed() -> int:
    with db.transaction():
        return audit.seal_some()


def _print_demo_people(config: Config) -> None:
    click.echo(f"\n{config.url}\n")
    for email, name, role in demo.people():
        click.echo(f"  {email:<34} {name:<28} {role}")
    click.echo(f"\n  password of all: {config.demo_password}\n  outbox: {config.url}/dev/outbox\n")


@main.group()
def courses() -> None:
    """Courses as files."""


@courses.command("check")
@click.argument("slugs", nargs=-1)
@as_json
def courses_check(slugs: tuple[str, ...], as_json: bool) -> None:
    """Check course files; every mistake with its file and line."""
    sys.exit(courses_commands.check(configuration().courses, slugs, as_json=as_json))


@courses.command("format")
@click.argument("slugs", nargs=-1)
def courses_format(slugs: tuple[str, ...]) -> None:
    """Write course files in their one canonical form."""
    sys.exit(courses_commands.format(configuration().courses, slugs))


@courses.command("import")
@click.argument("slugs", nargs=-1)
@click.option("--author", help="E-mail of the author.")
@click.option("--publish", is_flag=True, help="Publish what changed.")
@click.option("--reviewer", help="E-mail of the reviewer; needed to publish.")
def courses_import(slugs: tuple[str, ...], author: str | None, publish: bool, reviewer: str | None) -> None:
    """Take course files into drafts, and publish them through the ordinary service if asked."""
    config = start()
    sys.exit(
        courses_commands.import_courses(
            config.courses, slugs, author=author, reviewer=reviewer if publish else None, publish=publish
        )
    )


@courses.command("export")
@click.argument("slug")
@click.option("--to", "to", type=click.Path(path_type=Path), required=True, help="Folder to write into.")
@click.option("--version", "number", type=int, help="A published version instead of the draft.")
def courses_export(slug: str, to: Path, number: int | None) -> None:
    """Write a course's draft, or one of its versions, as files."""
    start()
    sys.exit(courses_commands.export(slug, to, number=number))


@main.group()
def certificates() -> None:
    """The register of certificates."""


def _row(one: Certificate) -> dict[str, Any]:
    return {
        "number": one.number,
        "code": one.code,
        "name": one.person_name,
        "issued": clock.local(one.issued_at).date().isoformat(),
        "state": "revoked" if one.revoked_at else "valid",
    }


@certificates.command("list")
@as_json
def certificates_list(as_json: bool) -> None:
    """All certificates, newest first."""
    start()
    with db.reading():
        show([_row(one) for one in certificate.all_certificates()], as_json)


@certificates.command("export")
@click.argument("code")
@click.option("--to", "to", type=click.Path(path_type=Path), required=True, help="Folder to write into.")
def certificates_export(code: str, to: Path) -> None:
    """Write a certificate's PDF and frozen record."""
    start()
    with db.reading():
        found = certificate.find_by_code(code)
        if found is None:
            raise click.ClickException(f"No certificate has the code {code}.")
        to.mkdir(parents=True, exist_ok=True)
        name = printing.file_name(found)
        (to / name).write_bytes(printing.printed(found))
        (to / name.replace(".pdf", ".json")).write_bytes(found.record.encode())
        click.echo(to / name)


@main.group("audit")
def audit_group() -> None:
    """The audit chain."""


@audit_group.command("verify")
@as_json
def audit_verify(as_json: bool) -> None:
    """Recompute every seal; exit 1 at the first that does not fit."""
    create_app(configuration())
    with db.reading():
        verdict = audit.verify()
    if as_json:
        click.echo(json.dumps(asdict(verdict)))
    elif verdict.holds:
        click.echo(f"the chain holds: {verdict.sealed} sealed, {verdict.unsealed} not sealed yet")
    else:
        click.echo(f"broken at entry {verdict.first_bad}: {verdict.reason}")
    sys.exit(0 if verdict.holds else 1)


@main.group("hours")
def hours_group() -> None:
    """The minute ledger."""


@hours_group.command("check")
@as_json
def hours_check(as_json: bool) -> None:
    """Compare cached sums with the ledger's entries; exit 1 when they differ."""
    create_app(configuration())
    with db.reading():
        found = [asdict(one) for one in hours.check()]
    show(found, as_json)
    sys.exit(1 if found else 0)


@main.group("config")
def config_group() -> None:
    """Settings."""


@config_group.command("show")
@as_json
def config_show(as_json: bool) -> None:
    """Every setting, its value (secrets hidden) and its meaning."""
    configuration()
    show(
        [
            {"setting": one.name, "value": _shown(one.name, one.default, one.secret), "meaning": one.meaning}
            for one in SETTINGS
        ],
        as_json,
    )


def _shown(name: str, default: str, secret: bool) -> str:
    given = os.environ.get(name)
    if given is None:
        return f"({default})" if not secret else "(default)"
    return "(set)" if secret else given


if __name__ == "__main__":
    main()
