"""What every command begins with: the settings, the application over its database, and how listings are shown."""

import json
import os
from collections.abc import Sequence
from typing import Any

import click

from lmp import migrate
from lmp.access import system
from lmp.app import create_app
from lmp.config import BadSetting, Config, gather, read_config
from lmp.core import db
from lmp.network import service as network

SYSTEM = system("command line")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


def configuration() -> Config:
    """The settings, or a sentence about what is wrong with them."""
    try:
        return read_config(gather(os.environ))
    except BadSetting as bad:
        raise click.ClickException(str(bad)) from None


def attend() -> Config:
    """The application over the database as it is."""
    config = configuration()
    create_app(config)
    return config


def start() -> Config:
    """The application over a database at the newest schema."""
    config = attend()
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
