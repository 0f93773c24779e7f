"""Names and addresses of the people of a crowd; all say that they are demo people, and none has a password."""

from itertools import product
from typing import Any
from uuid import UUID

from lmp.accounts.models import Person
from lmp.core import turkish
from lmp.demo.people import COMING, ENDED, LATER, OLDER, RUNNING, SMALL
from lmp.demo.places import DOMAIN

_FIRST = tuple(dict.fromkeys((*OLDER, *ENDED, *RUNNING, *COMING, *SMALL, *LATER)))
_COLUMNS = list(Person.__table__.columns.keys())
_PLACE = {name: place for place, name in enumerate(_COLUMNS)}


class Names:
    """Gives every person of the crowd a name and address, and remembers names for certificates."""

    def __init__(self, first_number: int) -> None:
        """Go on after the people that are there."""
        self.number = first_number
        self.by_person: dict[UUID, str] = {}
        self._doubled = [f"{one} {other}" for one, other in product(_FIRST, _FIRST) if one != other]

    def finished(self, row: list[Any]) -> list[Any]:
        """A copied person as somebody else."""
        self.number += 1
        name = f"{self._doubled[self.number % len(self._doubled)]} Demo"
        row[_PLACE["name"]] = name
        row[_PLACE["email"]] = f"kisi{self.number}@{DOMAIN}"
        row[_PLACE["password_hash"]] = None
        if "sort_key" in _PLACE:
            row[_PLACE["sort_key"]] = turkish.sort_key(name)
        self.by_person[row[_PLACE["id"]]] = name
        return row
