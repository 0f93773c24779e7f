"""What changed between two states of a document as a JSON patch (RFC 6902), so that every state can be kept and found again."""

import copy
from typing import Any

import jsonpatch

from lmp.content.editing.places import Raw

Patch = list[dict[str, Any]]


def difference(before: Raw, after: Raw) -> Patch | None:
    """The steps from one state to the other; None where no sure way was found and the whole state must be kept."""
    patch: Patch = jsonpatch.make_patch(before, after).patch
    return patch if apply(before, patch) == after else None


def apply(document: Raw, patch: Patch) -> Raw:
    """The state after the steps; the given one stays as it is."""
    changed: Raw = jsonpatch.apply_patch(copy.deepcopy(document), patch, in_place=True)
    return changed
