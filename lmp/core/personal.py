"""What each table says about personal data: why it is kept, how long, how it is exported and erased (KVKK, Law 6698)."""

from dataclasses import dataclass
from enum import StrEnum

from lmp.core.messages import Message


class Erasure(StrEnum):
    """What happens to the personal columns when a person asks to be erased."""

    BLANK = "blank"
    DELETE = "delete"
    KEEP = "keep"


@dataclass(frozen=True, kw_only=True)
class Personal:
    """A table's declaration.

    `columns` are the personal ones; `owner` is the column that holds (or leads to) the person; `keep_years` is the time
    after the last use (None: as long as the legal register), counted from the column `since`, or where that is empty from
    the last day of the run the row belongs to; `purpose` and `basis` are sentences for the inventory; `source`
    names the text that asks for the period, and where there is none the period is an example that the data controller sets.
    """

    columns: tuple[str, ...]
    owner: str
    purpose: str
    basis: str = "public duty (Law 6698 art. 5/2-ç)"
    keep_years: int | None = 10
    since: str = ""
    source: Message | None = None
    erasure: Erasure = Erasure.BLANK


@dataclass(frozen=True)
class Impersonal:
    """A table that holds nothing about a person, and why we are sure."""

    because: str


Declaration = Personal | Impersonal
