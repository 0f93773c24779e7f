"""The pages of accounts, one file a topic."""

from lmp.accounts.views import act_as as act_as
from lmp.accounts.views import passkeys as passkeys
from lmp.accounts.views import second_factor as second_factor
from lmp.accounts.views import sign_in as sign_in
from lmp.accounts.views.blueprint import bp

__all__ = ["act_as", "bp", "passkeys", "second_factor", "sign_in"]
