"""The pages of figures."""

from lmp.reports.views import overviews, public, run
from lmp.reports.views.blueprint import bp

__all__ = ["bp", "overviews", "public", "run"]
