"""`lmp backup` and `lmp restore`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from lmp import backup as backups
from lmp.audit import service as audit
from lmp.backup.archive import Manifest
from lmp.commands.installation import attend
from lmp.core import db
from lmp.hours import service as hours

fingerprint_option = click.option("--fingerprint", help="The fingerprint that was noted when the backup was taken.")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except backups.BackupRefused as refused:
        raise click.ClickException(str(refused)) from None


class _FileOrVerify(click.Group):
    """`lmp backup FILE` takes one; `lmp backup verify FILE` looks at one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `take` before anything that is no word of ours."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = ["take", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_FileOrVerify)
def backup() -> None:
    """Back everything up to one file (lmp backup FILE), or look at such a file (lmp backup verify FILE)."""


@backup.command("take", hidden=True)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-secret-key", is_flag=True, help="Also keep the key that signs cookies (made once in LMP_DATA).")
def backup_take(file: Path, with_secret_key: bool) -> None:
    """Write rows, files and keys of one moment to FILE while people go on working."""
    config = attend()
    if file.exists():
        raise click.ClickException(f"{file} is there already; a backup is never overwritten. Choose another name.")
    manifest, fingerprint = backups.take(file, data=config.data, with_secret_key=with_secret_key)
    _tell(manifest, fingerprint)
    click.echo(
        "  secret key: kept"
        if "secret_key" in manifest.keys
        else "  secret key: not kept; keep it apart or use --with-secret-key: sessions and authenticator apps depend on it"
    )
    for sha256 in manifest.missing:
        click.echo(f"  missing or damaged in the store: file {sha256}")
    sys.exit(1 if manifest.missing else 0)


@backup.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@fingerprint_option
def backup_verify(file: Path, fingerprint: str | None) -> None:
    """Read all of FILE and compare every checksum."""
    with _refusals():
        opened = backups.verify(file, expected=fingerprint)
    _tell(opened.manifest, opened.fingerprint)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@fingerprint_option
def restore(file: Path, fingerprint: str | None) -> None:
    """Restore FILE to an empty database and an empty LMP_DATA; either kind of database reads either's backup."""
    config = attend()
    with _refusals():
        manifest = backups.restore(file, data=config.data, migrations=config.migrations, expected=fingerprint)
    click.echo(f"restored {_counted(manifest)}; every checksum is the same")
    with db.reading():
        verdict, differences = audit.verify(), hours.check()
    click.echo(f"audit chain: {'holds' if verdict.holds else f'broken at entry {verdict.first_bad}'}")
    click.echo(f"minute ledger: {f'{len(differences)} sums differ' if differences else 'sums are right'}")
    sys.exit(0 if verdict.holds and not differences else 1)


def _counted(manifest: Manifest) -> str:
    rows = sum(one.rows for one in manifest.tables)
    return f"{rows} rows of {len(manifest.tables)} tables, {len(manifest.files)} files, {len(manifest.keys)} keys"


def _tell(manifest: Manifest, fingerprint: str) -> None:
    click.echo(f"{_counted(manifest)}; schema {manifest.revision}, {manifest.engine}, {manifest.made_at}")
    click.echo(f"  fingerprint: {fingerprint}")
