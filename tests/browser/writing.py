"""The pages on which a course is written, for whoever looks at every page."""

from collections.abc import Iterable

from lmp.content import service


def pages(slug: str) -> Iterable[tuple[str, str]]:
    """A unit to be written: its page, the forms of a block, the heading and files, and where a block may be copied to."""
    found = service.draft_document(service.draft(slug)).units[0]
    unit, text = f"/draft/{slug}/unit/{found.key}", next(block.id for block in found.blocks if block.kind == "text")
    yield "content.edit_unit", f"{unit}/edit"
    yield "content.edit_unit", f"{unit}/edit?edit={text}"
    yield "content.edit_unit", f"{unit}/edit?heading=1"
    yield "content.edit_unit", f"{unit}/edit?after={text}"
    yield "content.copy_block", f"{unit}/block/{text}/copy"
    yield "content.new_medium", f"{unit}/media/new?kind=video"
    picture = next(block.id for block in found.blocks if block.kind == "image")
    yield "content.edit_medium", f"{unit}/block/{picture}/media"
