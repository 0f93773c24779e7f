"""`lmp audit verify` and `lmp hours check`: do the records still hold together?"""

import json
import sys
from dataclasses import asdict

import click

from lmp.audit import service as audit
from lmp.commands.installation import as_json, attend, show
from lmp.core import db
from lmp.hours import service as hours


@click.group("audit")
def audit_group() -> None:
    """The audit chain."""


@audit_group.command("verify")
@as_json
def audit_verify(as_json: bool) -> None:
    """Recompute every seal; exit 1 at the first that does not fit."""
    attend()
    with db.reading():
        verdict = audit.verify()
    if as_json:
        click.echo(json.dumps(asdict(verdict)))
    elif verdict.holds:
        click.echo(f"the chain holds: {verdict.sealed} sealed, {verdict.unsealed} not sealed yet")
    else:
        click.echo(f"broken at entry {verdict.first_bad}: {verdict.reason}")
    sys.exit(0 if verdict.holds else 1)


@click.group("hours")
def hours_group() -> None:
    """The minute ledger."""


@hours_group.command("check")
@as_json
def hours_check(as_json: bool) -> None:
    """Compare cached sums with the ledger's entries; exit 1 when they differ."""
    attend()
    with db.reading():
        found = [asdict(one) for one in hours.check()]
    show(found, as_json)
    sys.exit(1 if found else 0)
