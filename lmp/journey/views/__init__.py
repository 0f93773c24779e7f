"""Bugün for every role, a teacher's training, one run, and the ways to all records."""

from lmp.journey.views import management, statement, today, training
from lmp.journey.views.blueprint import bp

__all__ = ["bp", "management", "statement", "today", "training"]
