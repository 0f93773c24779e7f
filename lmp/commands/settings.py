"""`lmp config show`: every setting."""

import os

import click

from lmp.commands.installation import as_json, configuration, show
from lmp.config import SETTINGS, gather


@click.group("config")
def config_group() -> None:
    """Settings."""


@config_group.command("show")
@as_json
def config_show(as_json: bool) -> None:
    """Every setting, its value (secrets hidden) and its meaning."""
    configuration()
    given = gather(os.environ)
    show(
        [
            {"setting": one.name, "value": _shown(given.get(one.name), one.default, one.secret), "meaning": one.meaning}
            for one in SETTINGS
        ],
        as_json,
    )


def _shown(given: str | None, default: str, secret: bool) -> str:
    if given is None:
        return f"({default})" if not secret else "(default)"
    return "(set)" if secret else given
