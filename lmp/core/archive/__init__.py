"""The one door for ZIP files: looked at as a whole before anything is written, and unpacked within limits.

Only the plain kind of archive comes in: files that are stored or deflated, one after the other, with nothing before, between
or behind them. Whatever says two things at once (two names, two sizes, two ends) is refused, because programs differ in which
of them they believe. Every refusal names the entry.
"""

from lmp.core.archive.entry import BadArchive, Limits
from lmp.core.archive.packing import pack
from lmp.core.archive.unpacking import unpack

__all__ = ["BadArchive", "Limits", "pack", "unpack"]
