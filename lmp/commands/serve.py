"""`lmp serve` and `lmp worker`: the processes of an installation."""

import sys

import click

from lmp import serving
from lmp.app import job_handlers, recurring
from lmp.commands import demo
from lmp.commands.installation import attend, start
from lmp.core import db
from lmp.measuring import PortTaken
from lmp.worker import stop_on_signals, work


@click.command()
def serve() -> None:
    """Serve the platform and run one worker beside it."""
    config = start()
    if config.demo:
        demo.load_demo(config)
        demo.print_people(config)
    db.engine().dispose()
    try:
        sys.exit(serving.serve(config))
    except PortTaken as taken:
        raise click.ClickException(str(taken)) from None


@click.command()
def worker() -> None:
    """Run due jobs (mail, printing, sealing) until stopped."""
    attend()
    work(job_handlers(), recurring(), stop_on_signals())
