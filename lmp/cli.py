"""The `lmp` command: its topics, put together."""

import click

from lmp.commands import backup, certificates, checks, courses, demo, people, reports, serve, settings, setup


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """LMP, the learning platform of the Sectoral Excellence Centres."""


for _command in (
    serve.serve,
    serve.worker,
    setup.setup,
    people.people,
    backup.backup,
    backup.restore,
    demo.demo_command,
    courses.courses,
    certificates.certificates,
    checks.audit_group,
    checks.hours_group,
    reports.reports_group,
    settings.config_group,
):
    main.add_command(_command)


if __name__ == "__main__":
    main()
