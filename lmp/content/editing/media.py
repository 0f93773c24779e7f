"""Pictures, films and files of a draft: what they are called, and the blocks they stand in."""

from collections.abc import Mapping
from typing import Any, Literal

from lmp.content.editing import blocks
from lmp.content.editing.marks import follow
from lmp.content.editing.places import Raw, block_in, free_id
from lmp.content.texts import LANGS

Kind = Literal["image", "video", "file"]
#: The files of each kind of block by the name of their input: where they stand in the block.
FILES: Mapping[Kind, Mapping[str, str]] = {
    "image": {"file": "file.tr", "file_en": "file.en"},
    "video": {"file": "file.tr", "file_en": "file.en", "captions_tr": "captions.tr", "captions_en": "captions.en"},
    "file": {"file": "file.tr", "file_en": "file.en"},
}
#: The texts of each kind of block.
TEXTS: Mapping[Kind, tuple[str, ...]] = {
    "image": ("alt", "caption"),
    "video": ("title", "transcript"),
    "file": ("title",),
}
_LONGEST_STEM = 60


def media_name(wanted: str, ending: str, sha256: str, taken: Mapping[str, str]) -> str:
    """What a file is called among others (name → SHA-256): as it came, in small ASCII letters.

    The same bytes keep the name they have; other bytes under a name that is taken get a number.
    """
    for name, other in sorted(taken.items()):
        if other == sha256 and name.endswith(f".{ending}"):
            return name
    used = {name.rpartition(".")[0] for name in taken if name.endswith(f".{ending}")}
    return f"{free_id(used, stem_of(wanted))}.{ending}"


def stem_of(name: str) -> str:
    """A file's name without folder and ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (last.rpartition(".")[0] or last)[:_LONGEST_STEM]


def add(document: Raw, unit: str, kind: Kind, values: Mapping[str, Any], after: str | None) -> str:
    """Put a new block of a file behind another one; answers its id, made from what it is called. Raises NotFound."""
    block: Raw = {"kind": kind, **{name: {"tr": "", "en": ""} for name in TEXTS[kind] if name != "caption"}}
    for name, value in values.items():
        blocks.put(block, name, value)
    called = str(values.get("title.tr") or stem_of(str(values["file.tr"])))
    block["id"] = free_id((), called[:40])
    name = blocks.add(document, unit, block, after)
    made = block_in(document, unit, name)
    if all(made[TEXTS[kind][0]][lang] for lang in LANGS):
        follow({}, made, document["source"])
    return name


def values_of(block: Raw) -> dict[str, Any]:
    """What stands in a block, by the names of its files and texts."""
    kind: Kind = block["kind"]
    names = [*FILES[kind].values(), *(f"{text}.{lang}" for text in TEXTS[kind] for lang in LANGS)]
    return {name: blocks.value_of(block, name) or "" for name in names}
