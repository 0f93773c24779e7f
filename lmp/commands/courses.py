"""`lmp courses`: courses as files."""

import sys
from pathlib import Path

import click

from lmp.commands.installation import as_json, attend, configuration, start
from lmp.content import commands
from lmp.content.document.course import Shape
from lmp.core import messages

in_language = click.option(
    "--lang", type=click.Choice(["tr", "en"]), default="en", show_default=True, help="Language of the sentences."
)


@click.group()
def courses() -> None:
    """Courses as files."""


@courses.command("check")
@click.argument("slugs", nargs=-1)
@in_language
@as_json
def courses_check(slugs: tuple[str, ...], lang: str, as_json: bool) -> None:
    """Check course files; every mistake with its file and line. Fails when something stops publication."""
    config = configuration()
    messages.configure(config.translations)
    sys.exit(commands.check(config.courses, slugs, as_json=as_json, lang=lang))


@courses.command("rules")
@in_language
@as_json
def courses_rules(lang: str, as_json: bool) -> None:
    """Show every rule that courses are checked by, and whether it blocks or warns."""
    messages.configure(configuration().translations)
    sys.exit(commands.rules(as_json=as_json, lang=lang))


@courses.command("state")
@click.argument("slugs", nargs=-1)
@as_json
def courses_state(slugs: tuple[str, ...], as_json: bool) -> None:
    """Show how far each language of course files is: missing, stale, draft or reviewed."""
    sys.exit(commands.state(configuration().courses, slugs, as_json=as_json))


@courses.command("format")
@click.argument("slugs", nargs=-1)
def courses_format(slugs: tuple[str, ...]) -> None:
    """Write course files in their one canonical form."""
    sys.exit(commands.format(configuration().courses, slugs))


@courses.command("new")
@click.argument("slug")
@click.option(
    "--shape",
    type=click.Choice(["workplace", "meeting", "online"]),
    default="workplace",
    show_default=True,
    help="Main strand beside the online units.",
)
def courses_new(slug: str, shape: Shape) -> None:
    """Write the template of a new course; checking it says what is still to be written."""
    sys.exit(commands.new(configuration().courses, slug, shape))


@courses.command("import")
@click.argument("slugs", nargs=-1)
@click.option("--author", help="E-mail of the author.")
@click.option("--publish", is_flag=True, help="Publish what changed.")
@click.option("--reviewer", help="E-mail of the reviewer; needed to publish.")
def courses_import(slugs: tuple[str, ...], author: str | None, publish: bool, reviewer: str | None) -> None:
    """Take course files into drafts, and publish them through the ordinary service if asked."""
    config = start()
    sys.exit(
        commands.import_courses(
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
    sys.exit(commands.export(slug, to, number=number))


@courses.command("verify")
@click.argument("slugs", nargs=-1)
@as_json
def courses_verify(slugs: tuple[str, ...], as_json: bool) -> None:
    """Recompute hashes, files and pages of published versions; exit 1 when one is not what was published."""
    attend()
    sys.exit(commands.verify(slugs, as_json=as_json))
