"""What people do to a course document: acts on its JSON form, in place, without database or web."""

from lmp.content.editing import blocks, marks, offers, patches
from lmp.content.editing.places import (
    PARTS,
    Part,
    Place,
    Raw,
    Superseded,
    TextsSuperseded,
    block_in,
    check_mark,
    free_id,
    mark_of,
    question_in,
    unit_in,
)

__all__ = [
    "PARTS",
    "Part",
    "Place",
    "Raw",
    "Superseded",
    "TextsSuperseded",
    "block_in",
    "blocks",
    "check_mark",
    "free_id",
    "mark_of",
    "marks",
    "offers",
    "patches",
    "question_in",
    "unit_in",
]
