"""What drafts say, read once: their documents by hash, with the bytes of each unit from which the hash of the next is made."""

import hashlib
from collections.abc import Sequence
from functools import cached_property

from lmp.content.document import CourseDocument, Unit
from lmp.content.document.canonical import canonical_json
from lmp.content.editing import Raw
from lmp.content.models import Draft
from lmp.content.service.cache import Shelf
from lmp.core import db


class State:
    """What a draft says at one time, in its JSON form; only read, because every thread gets the same."""

    def __init__(self, document: Raw, pieces: Sequence[bytes] | None = None) -> None:
        """`pieces` are the canonical bytes of the units where they are known."""
        self.document = document
        if pieces is not None:
            self.pieces = tuple(pieces)

    @cached_property
    def pieces(self) -> tuple[bytes, ...]:
        """The canonical bytes of each unit."""
        return tuple(map(canonical_json, self.document["units"]))

    def followed_by(self, document: Raw) -> "State":
        """The state after a change; what it shares with this one is not written down again."""
        known = dict(zip(map(id, self.document["units"]), self.pieces, strict=True))
        return State(document, [known.get(id(unit)) or canonical_json(unit) for unit in document["units"]])

    def whole(self) -> CourseDocument:
        """The document as the schema reads it; units that were read before are not read again."""
        pairs = zip(self.document["units"], self.pieces, strict=True)
        return CourseDocument.model_validate({**self.document, "units": [_unit(*pair) for pair in pairs]})


def _unit(raw: Raw, piece: bytes) -> Unit:
    """A unit as the schema reads it."""
    return _units.get(hashlib.sha256(piece).digest(), lambda: Unit.model_validate(raw))


_states: Shelf[State] = Shelf(8)
_units: Shelf[Unit] = Shelf(128)


def state_of(draft: Draft) -> State:
    """What a draft says. Where that must be read, hash and document are read at once, so that they belong together."""
    found = _states.find(draft.hash)
    if found is None:
        db.session().refresh(draft, ["revision", "hash", "document", "media", "author_id", "saved_at"])
        found = _states.get(draft.hash, lambda: State(draft.document))
    return found


def keep(hashed: str, state: State) -> None:
    """Remember what the draft with this hash says."""
    _states.get(hashed, lambda: state)
