"""The pages of runs, applications, approvals, offers, ends, interest, messages and notes."""

from lmp.enrolment.views import (  # noqa: F401 - imported for their routes
    applications,
    approvals,
    asking,
    endings,
    interest,
    messages,
    notes,
    offers,
    office,
    opening,
    runs,
)
from lmp.enrolment.views.blueprint import bp

#: Purpose of a one-time link → its page.
link_pages = {**interest.link_pages, **office.link_pages}

__all__ = ["bp", "link_pages"]
