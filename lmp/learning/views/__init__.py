"""The pages of the online strand, one file a topic."""

from lmp.learning.views import quiz, staff, statistics, tests, units  # noqa: F401 - they add their routes
from lmp.learning.views.blueprint import bp

__all__ = ["bp"]
