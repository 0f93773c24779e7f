"""Installations that are measured: one database each, and nothing of it stays."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg

from lmp.config import Config, read_config
from lmp.core import db
from tests.engines import start_postgres


def settings(stack: ExitStack, folder: Path, engine: str, name: str) -> Config:
    """An installation of its own; not in testing mode, so that pages cost what they cost people."""
    data = folder / f"{engine}-{name}"
    config = read_config(
        {"LMP_DATA": str(data), "LMP_DEMO": "1", "LMP_SECRET_KEY": "-" * 40, "LMP_URL": "http://lmp.test"}
    )
    stack.callback(shutil.rmtree, data, ignore_errors=True)
    if engine == "sqlite":
        return config
    server, url = start_postgres(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lmp-pg-"))))
    stack.callback(server.cleanup)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    head, _, query = url.partition("?")
    address = head.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://", 1) + "/bench"
    return replace(config, database_url=address + (f"?{query}" if query else ""))


def settle() -> None:
    """Let the database learn how its tables are filled, as it does by itself in time."""
    with db.engine().begin() as connection:  # what it learned is kept with the transaction
        connection.exec_driver_sql("ANALYZE")
