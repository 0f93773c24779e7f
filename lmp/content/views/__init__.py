"""Courses for those who write and review them, and the files of courses for everybody; one file a topic."""

from lmp.content.views import (  # noqa: F401 - they add their routes
    archives,
    bank,
    bank_categories,
    completion,
    course_bank,
    creating,
    details,
    drafts,
    glossary,
    history,
    media,
    origin,
    outcomes,
    planning,
    previews,
    questions,
    reading,
    review,
    unit_blocks,
    unit_comments,
    unit_editor,
    units,
    uploading,
    writing,
)
from lmp.content.views.blueprint import bp, neutral

__all__ = ["bp", "neutral"]
