"""Dropping the demo never drops anything else."""

import pytest
from flask import Flask

from lmp.access import system
from lmp.accounts import service as accounts
from lmp.config import Config
from lmp.core import db
from lmp.core.errors import RuleBroken
from lmp.demo import service as demo


def test_nothing_is_dropped_while_somebody_has_an_account_that_is_not_the_demos(app: Flask, config: Config) -> None:
    with db.transaction():
        accounts.add_person(name="Ayşe Demo", email="ayse@demo.example", password=None, by=system("tests"))
    with pytest.raises(RuleBroken):
        demo.drop(migrations=config.migrations, files=config.data / "files")
    with db.reading():
        assert accounts.find_person("ayse@demo.example") is not None
