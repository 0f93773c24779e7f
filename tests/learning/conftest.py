"""The teacher whom the tests of the pages follow."""

import pytest
from flask import Flask

from lmp.core import db
from tests.builders.enrolment import a_running_enrolment
from tests.learning.study import Study
from tests.visitor import Visitor


@pytest.fixture
def study(app: Flask, visitor: Visitor) -> Study:
    """A teacher whose course began some days ago."""
    with db.transaction():
        enrolment_id = a_running_enrolment().id
    return Study(visitor, enrolment_id)
