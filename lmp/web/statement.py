"""What the last examination of every page found, as `make statement` wrote it down."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

WRITTEN = Path(__file__).resolve().parent / "statement.json"


@dataclass(frozen=True)
class Statement:
    """When every page was examined, with which tool, how many pages of how many kinds, and how much was found."""

    examined_on: date
    tool: str
    pages: int
    kinds: tuple[str, ...]
    findings: int


@cache
def statement() -> Statement:
    """The newest examination."""
    said = json.loads(WRITTEN.read_text(encoding="utf-8"))
    return Statement(
        examined_on=date.fromisoformat(said["examined_on"]),
        tool=said["tool"],
        pages=said["pages"],
        kinds=tuple(said["kinds"]),
        findings=said["findings"],
    )
