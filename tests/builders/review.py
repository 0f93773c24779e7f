"""Drafts on their way to a version: asked about, commented on, sent back."""

from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import Place, blocks
from lmp.content.models import Draft, Review, ReviewComment
from lmp.content.service import Act, Verb
from tests.builders.accounts import acting

UNIT, BLOCK = "hazirlik", "kategori"
AT_BLOCK = Place("block", UNIT, BLOCK)


def written(slug: str, words: str, by: Person, block: str = BLOCK, name: str = "body.tr") -> service.Edited:
    """A block of a draft with other words."""
    act = Act(Verb.WRITE, Place("block", UNIT, block), ("tr",))
    return service.edit(
        slug, lambda document: blocks.write(document, UNIT, block, {name: words}, {}), act, by=acting(by)
    )


def asked(draft: Draft, by: Person, reviewer: Person | None = None, note: str = "") -> Review:
    """A request for review."""
    return service.ask_review(draft, note=note, reviewer_id=reviewer.id if reviewer else None, by=acting(by))


def commented(draft: Draft, by: Person, text: str = "Kaynak yazın.", place: Place = AT_BLOCK) -> ReviewComment:
    """A comment at a block."""
    return service.comment(draft, place, text=text, by=acting(by))
