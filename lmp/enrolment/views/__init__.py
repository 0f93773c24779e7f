"""The pages of runs, applications and approvals."""

from lmp.enrolment.views import applications, approvals, opening, runs  # noqa: F401 - imported for their routes
from lmp.enrolment.views.blueprint import bp

__all__ = ["bp"]
