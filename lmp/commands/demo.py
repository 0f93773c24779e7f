"""`lmp demo`: the demo network, only where `LMP_DEMO` asks for it."""

import click

from lmp import migrate
from lmp.app import job_handlers
from lmp.audit import service as audit
from lmp.commands.installation import SYSTEM, attend, configuration
from lmp.config import Config
from lmp.core import db, jobs, messages
from lmp.core.errors import RuleBroken
from lmp.demo import crowd
from lmp.demo import service as demo
from lmp.network import service as network
from lmp.reports import service as reports


@click.command("demo")
@click.option("--reset", is_flag=True, help="Drop everything in the database and load the demo afresh.")
@click.option("--people", type=click.IntRange(1), help="Add a crowd of so many teachers, for measuring.")
@click.option("--largest-run", type=click.IntRange(0), default=0, help="And one run with so many teachers in it.")
@click.option("--seed", default=2026, help="The same seed makes the same crowd.")
def demo_command(reset: bool, people: int | None, largest_run: int, seed: int) -> None:
    """Load the demo network once, and a crowd if asked for."""
    config = configuration()
    if not config.demo:
        raise click.ClickException("The demo exists only with LMP_DEMO=1.")
    attend()
    migrate.upgrade(config.migrations)
    if reset:
        _drop(config)
    with db.transaction():
        network.seed(by=SYSTEM)
    load_demo(config)
    print_people(config)
    if people:
        made = crowd.make(people, seed=seed, largest=largest_run)
        with db.transaction():
            reports.rebuild()
        click.echo(
            f"  {made.people} people in {made.runs} runs: {made.rows} rows in {made.seconds:.1f} s, "
            f"{made.rows / made.seconds:.0f} a second\n"
        )


def _drop(config: Config) -> None:
    """Empty the database and the folder of files, unless they hold more than the demo."""
    try:
        demo.drop(migrations=config.migrations, files=config.data / "files")
    except RuleBroken as broken:
        raise click.ClickException(messages.text(broken.message, "en")) from None


def load_demo(config: Config) -> None:
    """Load the demo once and let the jobs it left run."""
    if demo.load(password=config.demo_password, courses=config.courses):
        jobs.run_all(job_handlers())
        while _sealed():
            pass


def _sealed() -> int:
    with db.transaction():
        return audit.seal_some()


def print_people(config: Config) -> None:
    """The addresses one can sign in with, and the password they share."""
    click.echo(f"\n{config.url}\n")
    for email, name, role in demo.people():
        click.echo(f"  {email:<34} {name:<28} {role}")
    click.echo(f"\n  password of all: {config.demo_password}\n  outbox: {config.url}/dev/outbox\n")
