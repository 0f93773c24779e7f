"""Course files: read with every mistake on its line, written in one canonical form."""

from lmp.content.files.problems import Problem
from lmp.content.files.reader import hindrances, publishable_draft, read, read_course, readable_course
from lmp.content.files.template import template
from lmp.content.files.tidy import CourseUnreadable, check_course, format_course
from lmp.content.files.writer import canonical_files, write_course

__all__ = [
    "CourseUnreadable",
    "Problem",
    "canonical_files",
    "check_course",
    "format_course",
    "hindrances",
    "publishable_draft",
    "read",
    "read_course",
    "readable_course",
    "template",
    "write_course",
]
