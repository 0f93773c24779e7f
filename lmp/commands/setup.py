"""`lmp setup`: from an empty machine to an installation that somebody can sign in to. Running it again changes nothing."""

import os
from collections.abc import Mapping

import click

from lmp import envfile
from lmp.access import Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.commands.installation import SYSTEM, start
from lmp.commands.people import add, password_option, refusals
from lmp.commands.probing import problems
from lmp.config import BadSetting, gather, settings_file
from lmp.content import commands as courses
from lmp.content import service as content
from lmp.core import db
from lmp.demo import service as demo

#: What setup asks for: setting, question, and whether an empty answer is one.
QUESTIONS = (
    ("LMP_URL", "Address people will open, such as https://egitim.example.org", False),
    ("DATABASE_URL", "Database, such as postgresql://user:password@host/name; empty for SQLite in LMP_DATA", True),
    ("LMP_SMTP_URL", "Mail server, such as smtp://user:password@host:587; empty to send no mail yet", True),
    ("LMP_MAIL_FROM", "Sender address of all mail; empty for bilgi@ the host of the address", True),
)


@click.command()
@click.option("--url", help="LMP_URL, the public address.")
@click.option("--database", help="DATABASE_URL; SQLite in LMP_DATA without it.")
@click.option("--smtp", help="LMP_SMTP_URL; without it mail stays in the outbox.")
@click.option("--mail-from", help="LMP_MAIL_FROM, the sender of all mail.")
@click.option("--name", help="Name of the first network administrator.")
@click.option("--email", help="E-mail address of the first network administrator.")
@password_option
@click.option("--unattended", is_flag=True, help="Ask nothing: take options, environment and settings file.")
def setup(
    url: str | None,
    database: str | None,
    smtp: str | None,
    mail_from: str | None,
    name: str | None,
    email: str | None,
    password: str | None,
    unattended: bool,
) -> None:
    """Ask for address, database, mail and the first administrator; check them; load facts and courses."""
    given = {"LMP_URL": url, "DATABASE_URL": database, "LMP_SMTP_URL": smtp, "LMP_MAIL_FROM": mail_from}
    try:
        known = gather(os.environ)
    except BadSetting as bad:
        raise click.ClickException(str(bad)) from None
    if known.get("LMP_DEMO") == "1":
        raise click.ClickException("LMP_DEMO=1 is set: a real installation has no demo. Unset it and run setup again.")
    values = _answers(known, given, unattended=unattended)
    if not unattended:
        name = name or click.prompt("Name of the first network administrator")
        email = email or click.prompt("E-mail address of the first network administrator")
    if not (name and email):
        raise click.ClickException("Name the first network administrator: --name NAME --email ADDRESS.")
    _check({**known, **values})
    _keep(values)
    _load()
    _administrator(name, email, password)


def _answers(known: Mapping[str, str], given: Mapping[str, str | None], *, unattended: bool) -> dict[str, str]:
    """The settings as options, answers, environment or file give them, in that order."""
    found = {}
    for setting, question, may_be_empty in QUESTIONS:
        value = given[setting]
        if value is None:
            value = known.get(setting, "")
            if not unattended:
                value = click.prompt(
                    question, default=value or ("" if may_be_empty else None), show_default=bool(value)
                )
        found[setting] = value.strip()
    if not found["LMP_URL"]:
        raise click.ClickException("Write the address people will open: --url https://egitim.example.org")
    return found


def _check(values: Mapping[str, str]) -> None:
    """Stop, with every reason, before anything is written."""
    found = problems(values)
    if found:
        raise click.ClickException("\n".join(["nothing was set up yet.", *found]))
    for said in ("the address is well formed", "the database answers"):
        click.echo(f"  ok  {said}")
    click.echo("  ok  the mail server answers" if values["LMP_SMTP_URL"] else "  --  no mail server: mail stays here")


def _keep(values: Mapping[str, str]) -> None:
    """Write the settings file, keeping what else stands in it, and let this process read it."""
    path = settings_file(os.environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {**envfile.read(path), **values}
    envfile.write(path, {name: value for name, value in kept.items() if value})
    os.environ.update({name: value for name, value in values.items() if value})
    click.echo(f"  ok  settings are in {path}")


def _load() -> None:
    """The newest schema, the network's facts, and a draft of every course that is not there yet."""
    config = start()
    with db.reading():
        if demo.is_loaded():
            raise click.ClickException("This database holds the demo. Name an empty one in DATABASE_URL.")
        new = [folder.name for folder in courses.folders(config.courses, ()) if not content.find_draft(folder.name)]
    click.echo("  ok  schema and the network's facts: centres, fields, branches, provinces, calendar")
    if new and courses.import_courses(config.courses, new, author=None, reviewer=None, publish=False):
        raise click.ClickException("A course was refused; see above.")
    click.echo(
        "  ok  courses are drafts of their centres; publish each with a reviewer of the centre:\n"
        "        lmp courses import SLUG --publish --author A --reviewer B"
    )


def _administrator(name: str, email: str, password: str | None) -> None:
    """The first network administrator, who invites everybody else."""
    where, role = (ScopeKind.NETWORK, ""), Role.NETWORK_ADMINISTRATOR
    with refusals(), db.transaction():
        found = accounts.find_person(email)
        if found is None:
            said = add(name, email, password, role=role, where=where)
        else:
            said = "has an account already"
            if not any(grant.role is role for grant in accounts.grants_of(found.id)):
                accounts.grant(found, role, *where, by=SYSTEM)
    click.echo(f"  ok  network administrator {email}: {said}")
    click.echo("\nStart it: lmp serve, or the systemd unit in the README.")
