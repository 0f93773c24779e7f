"""A crowd for measuring: the demo's runs copied again and again, with people, schools and centres of their own.

The services made what is copied, so every copy holds together as the original does: states and their moves, seats taken,
ledger and its sums, days and weeks, certificates. What other features hang on a person or a run is copied with it.
"""

from lmp.demo.crowd.making import Made, make

__all__ = ["Made", "make"]
