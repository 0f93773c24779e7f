"""Trying out the settings of an installation: each answers a sentence that says what to do, or None when all is well."""

import os
import smtplib
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lmp.config import BadSetting, Config, read_config
from lmp.core import db, mail

_UNUSED = "-" * 32
_NEAR = ("127.0.0.1", "localhost", "::1")


def problems(values: Mapping[str, str]) -> list[str]:
    """What hinders an installation with these settings, in the order in which one would mend it."""
    try:
        config = read_config({"LMP_SECRET_KEY": _UNUSED, **values})  # a key of its own is made only by what starts
    except BadSetting as bad:
        return [str(bad)]
    checks: tuple[Callable[[Config], str | None], ...] = (_data, _address, _database, _smtp)
    return [said for said in (check(config) for check in checks) if said]


def _data(config: Config) -> str | None:
    if os.access(config.data if config.data.exists() else _nearest(config.data), os.W_OK):
        return None
    return f"The folder {config.data} cannot be written. Give it to the user the service runs as, or set LMP_DATA."


def _nearest(folder: Path) -> Path:
    """The closest folder above that exists."""
    return next(parent for parent in folder.parents if parent.exists())


def _address(config: Config) -> str | None:
    """Passwords travel only over HTTPS, except on this machine."""
    host = urlsplit(config.url).hostname or ""
    if config.secure or host in _NEAR:
        return None
    return f"The address {config.url} is not encrypted, so passwords could be read on the way. Write https://{host}."


def _database(config: Config) -> str | None:
    """A server is asked; a SQLite file that is not there yet is made in the folder that was tried."""
    if config.database_url.startswith("sqlite:") and not Path(config.database_url.removeprefix("sqlite:///")).exists():
        return None
    made = db.make_engine(config.database_url)
    try:
        with made.connect() as connection:
            connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError) as broken:
        where = made.url.render_as_string(hide_password=True)
        return (
            f"The database {where} does not answer ({_cause(broken)}). Check that its server runs, that name, user and "
            "password are right, and that it lets this machine in."
        )
    finally:
        made.dispose()
    return None


def _cause(broken: Exception) -> str:
    """The first line of what the driver says."""
    said = str(getattr(broken, "orig", None) or broken).strip()
    return said.splitlines()[0] if said else type(broken).__name__


def _smtp(config: Config) -> str | None:
    if config.smtp_url is None:
        return None
    parts = urlsplit(config.smtp_url)
    try:
        mail.greet(config.smtp_url)
    except smtplib.SMTPAuthenticationError:
        return (
            f"The mail server {parts.hostname} does not accept the user and password of LMP_SMTP_URL. Correct them; "
            "write special letters as in an address (@ is %40)."
        )
    except (OSError, smtplib.SMTPException) as broken:
        return (
            f"The mail server {parts.hostname} does not answer ({_cause(broken)}). Check name and port of LMP_SMTP_URL "
            "and that this machine may send mail."
        )
    return None
