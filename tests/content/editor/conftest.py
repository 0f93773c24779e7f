"""The author of a draft, signed in."""

import pytest
from flask import Flask

from lmp.accounts.models import Person
from lmp.core import db
from tests.builders.accounts import a_trainer
from tests.builders.content import a_draft
from tests.visitor import Visitor


@pytest.fixture
def author(app: Flask) -> Person:
    """The author of a draft."""
    with db.transaction():
        made = a_trainer(name="Yazar Demo")
        a_draft(made)
        return made


@pytest.fixture
def writing(visitor: Visitor, author: Person) -> Visitor:
    """The author, signed in."""
    return visitor.sign_in(author)
