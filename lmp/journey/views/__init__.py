"""Bugün for every role, a teacher's training, and one run."""

from lmp.journey.views import statement, today, training
from lmp.journey.views.blueprint import bp

__all__ = ["bp", "statement", "today", "training"]
