"""Courses, their drafts, revisions and reviews, the immutable versions, and the banks of questions."""

from lmp.content.models.bank import BankCategory, BankQuestion, CourseQuestion
from lmp.content.models.courses import Course, CourseField, Shape
from lmp.content.models.drafts import Draft, Presence, Revision, Verb
from lmp.content.models.origin import CourseOrigin
from lmp.content.models.review import Review, ReviewComment
from lmp.content.models.versions import CourseVersion, PublishedForGood, VersionUnit

__all__ = [
    "BankCategory",
    "BankQuestion",
    "Course",
    "CourseField",
    "CourseOrigin",
    "CourseQuestion",
    "CourseVersion",
    "Draft",
    "Presence",
    "PublishedForGood",
    "Review",
    "ReviewComment",
    "Revision",
    "Shape",
    "Verb",
    "VersionUnit",
]
