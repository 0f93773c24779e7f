"""`lmp people`: accounts and roles from the command line, for the first people and for emergencies."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

import click

from lmp.access import Grant, Role, ScopeKind
from lmp.accounts import service as accounts
from lmp.accounts.models import Person
from lmp.commands.installation import SYSTEM, as_json, show, start
from lmp.core import db, mail, messages
from lmp.core.errors import LmpError, NotFound
from lmp.network import service as network

password_option = click.option(
    "--password",
    help="Set a password instead of an invitation; `-` asks for it.",
    callback=lambda _context, _option, given: _typed() if given == "-" else given,
)
role_option = click.option("--role", type=click.Choice([role.value for role in Role]), help="The role to give.")
centre_option = click.option("--centre", help="Slug of the centre in which the role counts.")
school_option = click.option("--school", help="Institution code of the school in which the role counts.")
province_option = click.option("--province", type=int, help="Plate code of the province in which the role counts.")
until_option = click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the role.")


def _typed() -> str:
    """A password typed twice."""
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


@contextmanager
def refusals() -> Iterator[None]:
    """What a service refuses, as a sentence on the command line."""
    try:
        yield
    except LmpError as refused:
        raise click.ClickException(messages.text(refused.message, "en")) from None


@click.group()
def people() -> None:
    """Accounts and roles."""


@people.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Name and surname.")
@click.option("--lang", type=click.Choice(messages.LANGUAGES), default="tr", help="Language of mails.")
@role_option
@centre_option
@school_option
@province_option
@until_option
@password_option
def people_add(
    email: str, name: str, lang: str, role: str | None, until: datetime | None, password: str | None, **where: Any
) -> None:
    """Make an account and invite its owner by mail; the link is printed too. Without a role they come as a teacher."""
    start()
    with refusals(), db.transaction():
        place = _scope(Role(role), **where) if role is not None else (ScopeKind.OWN, "")
        said = add(
            name, email, password, lang, role=Role(role) if role else None, where=place,
            until_on=until.date() if until else None,
        )  # fmt: skip
    click.echo(f"{email}: {said}")


def add(
    name: str,
    email: str,
    password: str | None,
    lang: str = "tr",
    *,
    role: Role | None = None,
    where: tuple[ScopeKind, str] = (ScopeKind.OWN, ""),
    until_on: date | None = None,
) -> str:
    """An account and how its owner comes in: with the password, or by the invitation, whose link is told here too."""
    if password is None:
        who = accounts.invite(
            name=name,
            email=email,
            lang=lang,
            by=SYSTEM,
            role=role,
            scope_kind=where[0],
            scope=where[1],
            until_on=until_on,
        )
        return f"invited; the link, which works once: {_link_of(who)}"
    who = accounts.add_person(name=name, email=email, password=password, lang=lang, by=SYSTEM)
    if role is not None:
        accounts.grant(who, role, *where, until_on=until_on, by=SYSTEM)
    return "can sign in"


def _link_of(who: Person) -> str:
    """The link of the invitation that was just written."""
    written = mail.newest_to(who.email)
    found = re.search(r"\S+/m/\S+", written.text) if written is not None else None
    return found[0] if found is not None else "in the mail"


@people.command("grant")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@centre_option
@school_option
@province_option
@until_option
def people_grant(email: str, role: str, until: datetime | None, **where: Any) -> None:
    """Give a role to somebody who has an account; giving it twice changes nothing."""
    start()
    with refusals(), db.transaction():
        who = accounts.find_person(email)
        if who is None:
            raise click.ClickException(f"Nobody has the e-mail address {email}. Make the account: lmp people add")
        said = "granted" if _grant(who, Role(role), until, **where) else "held already"
    click.echo(f"{who.email}: {role} {said}")


@people.command("list")
@click.option("--after", default="", help="Begin after this address.")
@click.option("--limit", default=100, help="How many at most.")
@as_json
def people_list(after: str, limit: int, as_json: bool) -> None:
    """Accounts by address, with the roles that count today."""
    start()
    with db.reading():
        rows = [
            {
                "email": one.email,
                "name": one.name,
                "state": one.state.value if one.can_sign_in else f"{one.state.value}, invited",
                "roles": ", ".join(map(_worded, one.grants)) or "none",
            }
            for one in accounts.register(by=SYSTEM, after=after, limit=limit)
        ]
    show(rows, as_json)


def _worded(grant: Grant) -> str:
    return f"{grant.role.value} ({grant.scope_kind.value}{' ' + grant.scope if grant.scope else ''})"


def _grant(
    who: Person, role: Role, until: datetime | None, *, centre: str | None, school: str | None, province: int | None
) -> bool:
    """Give the role in the scope that was named; False when the person holds it there already."""
    kind, scope = _scope(role, centre=centre, school=school, province=province)
    if Grant(role, kind, scope) in accounts.grants_of(who.id):
        return False
    accounts.grant(who, role, kind, scope, until_on=until.date() if until else None, by=SYSTEM)
    return True


def _scope(role: Role, *, centre: str | None, school: str | None, province: int | None) -> tuple[ScopeKind, str]:
    """Where the role counts. Raises ClickException when the role needs another place than was named."""
    if role is Role.TEACHER:
        return ScopeKind.OWN, ""
    if role is Role.NETWORK_ADMINISTRATOR:
        return ScopeKind.NETWORK, ""
    if role is Role.APPROVER:
        if province is not None:
            return ScopeKind.PROVINCE, str(province)
        if school is None:
            raise click.ClickException("An approver needs --school CODE or --province PLATE-CODE.")
        return ScopeKind.SCHOOL, str(_school(school))
    if centre is None:
        slugs = ", ".join(one.slug for one in network.centres() if one.closed_on is None)
        raise click.ClickException(f"The role {role.value} needs --centre SLUG, one of: {slugs}.")
    try:
        return ScopeKind.CENTRE, str(network.centre(centre).id)
    except NotFound:
        raise click.ClickException(f"There is no centre {centre}.") from None


def _school(code: str) -> UUID:
    found = network.find_school(code)
    if found is None:
        raise click.ClickException(f"No school has the institution code {code}.")
    return found.id
