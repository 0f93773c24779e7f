"""The pages of certificates: the public ones, the holder's, and those of the people who issue them."""

from lmp.certificate.views import holder, issuing, public
from lmp.certificate.views.blueprints import bp, neutral

__all__ = ["bp", "holder", "issuing", "neutral", "public"]
