"""Blocks that go somewhere: back to where they stood before they were removed, and with their files into another course."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from lmp.content.editing.places import Raw, block_in, unit_in

_NAMED = ("file", "captions")


def put_back(document: Raw, then: Raw, unit: str, block_id: str) -> None:
    """Put a block that an earlier document has, and this one has not, behind what it stood behind.

    Where that is gone too, behind the nearest one before it. Raises NotFound where the earlier document has no such block.
    """
    found = copy.deepcopy(block_in(then, unit, block_id))
    blocks: list[Raw] = unit_in(document, unit)["blocks"]
    names = [block["id"] for block in blocks]
    if block_id in names:
        return
    before = [block["id"] for block in unit_in(then, unit)["blocks"]]
    stays = [name for name in before[: before.index(block_id)] if name in names]
    blocks.insert(names.index(stays[-1]) + 1 if stays else 0, found)


def files_of(block: Raw) -> Iterator[str]:
    """The files a block names, each once."""
    yield from dict.fromkeys(name for key in _NAMED for name in (block.get(key) or {}).values() if name)


def with_files(block: Raw, names: Mapping[str, str]) -> Raw:
    """A copy of a block that names its files otherwise; `names` has the new name of each."""
    made = copy.deepcopy(block)
    for key in _NAMED:
        if made.get(key):
            made[key] = {lang: _renamed(name, names) for lang, name in made[key].items()}
    return made


def _renamed(name: Any, names: Mapping[str, str]) -> Any:
    """The new name of a file; nothing stays nothing."""
    return names.get(name, name) if name else name
