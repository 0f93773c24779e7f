"""Reading figures, and counting the totals behind them; the only writer of those totals."""

from lmp.reports.service.overview import (
    Facts,
    Line,
    Overview,
    centre_overview,
    centres_seen,
    fields,
    network_overview,
    years,
)
from lmp.reports.service.public import PublicYear, public_year
from lmp.reports.service.run import RunFigures, run_figures
from lmp.reports.service.totals import Difference, check, rebuild, refresh

__all__ = [
    "Difference",
    "Facts",
    "Line",
    "Overview",
    "PublicYear",
    "RunFigures",
    "centre_overview",
    "centres_seen",
    "check",
    "fields",
    "network_overview",
    "public_year",
    "rebuild",
    "refresh",
    "run_figures",
    "years",
]
