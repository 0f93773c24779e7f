"""The pages of accounts, one file a topic."""

from lmp.accounts.views import sign_in as sign_in
from lmp.accounts.views.blueprint import bp

__all__ = ["bp", "sign_in"]
