"""`lmp config show`: every setting."""

import os

import click

from lmp.commands.installation import as_json, configuration, show
from lmp.config import SETTINGS


@click.group("config")
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
