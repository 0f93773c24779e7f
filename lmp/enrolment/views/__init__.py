"""The pages of runs, applications, approvals, offers, interest, messages and notes."""

from lmp.enrolment.views import (  # noqa: F401 - imported for their routes
    applications,
    approvals,
    interest,
    messages,
    notes,
    offers,
    opening,
    runs,
)
from lmp.enrolment.views.blueprint import bp
from lmp.enrolment.views.interest import link_pages

__all__ = ["bp", "link_pages"]
