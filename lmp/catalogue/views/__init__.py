"""What everybody may read, one file a topic."""

from lmp.catalogue.views import calendar, cards, courses, home, machines, network
from lmp.catalogue.views.blueprint import bp, neutral

__all__ = ["bp", "calendar", "cards", "courses", "home", "machines", "network", "neutral"]
