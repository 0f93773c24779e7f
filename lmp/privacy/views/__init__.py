"""The pages about personal data: one's own, the answers of the administrator, and letting go in time."""

from lmp.privacy.views import answering, mine, retention
from lmp.privacy.views.blueprint import bp

__all__ = ["answering", "bp", "mine", "retention"]
