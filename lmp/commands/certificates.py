"""`lmp certificates`: the register."""

from pathlib import Path
from typing import Any

import click

from lmp.certificate import service as certificate
from lmp.certificate.models import Certificate
from lmp.certificate.service import printing
from lmp.commands.installation import as_json, show, start
from lmp.core import clock, db


@click.group()
def certificates() -> None:
    """The register of certificates."""


def _row(one: Certificate) -> dict[str, Any]:
    return {
        "number": one.number,
        "code": one.code,
        "name": one.person_name,
        "issued": clock.local(one.issued_at).date().isoformat(),
        "state": "revoked" if one.revoked_at else "valid",
    }


@certificates.command("list")
@as_json
def certificates_list(as_json: bool) -> None:
    """All certificates, newest first."""
    start()
    with db.reading():
        show([_row(one) for one in certificate.all_certificates()], as_json)


@certificates.command("export")
@click.argument("code")
@click.option("--to", "to", type=click.Path(path_type=Path), required=True, help="Folder to write into.")
def certificates_export(code: str, to: Path) -> None:
    """Write a certificate's PDF and frozen record."""
    start()
    with db.reading():
        found = certificate.find_by_code(code)
        if found is None:
            raise click.ClickException(f"No certificate has the code {code}.")
        to.mkdir(parents=True, exist_ok=True)
        name = printing.file_name(found)
        (to / name).write_bytes(printing.printed(found))
        (to / name.replace(".pdf", ".json")).write_bytes(found.record.encode())
        click.echo(to / name)
