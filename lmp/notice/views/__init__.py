"""The pages of notices, the choices people make about them, and the outbox."""

from lmp.notice.views import choices, inbox, outbox  # noqa: F401 - imported for their routes
from lmp.notice.views.blueprint import bp, neutral
from lmp.notice.views.choices import stop

__all__ = ["bp", "neutral", "stop"]
