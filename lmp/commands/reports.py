"""`lmp reports check|rebuild`: the totals behind the overviews, compared with their evidence or counted afresh."""

import sys
from dataclasses import asdict

import click

from lmp.commands.installation import as_json, attend, show
from lmp.core import db
from lmp.reports import service as reports


@click.group("reports")
def reports_group() -> None:
    """The totals behind the overviews."""


@reports_group.command("check")
@as_json
def reports_check(as_json: bool) -> None:
    """Compare the totals with the evidence, up to when each month was counted; exit 1 when they differ."""
    attend()
    with db.reading():
        found = [asdict(one) for one in reports.check()]
    show(found, as_json)
    sys.exit(1 if found else 0)


@reports_group.command("rebuild")
def reports_rebuild() -> None:
    """Forget the totals and count every month again."""
    attend()
    with db.transaction():
        number = reports.rebuild()
    click.echo(f"{number} months counted")
