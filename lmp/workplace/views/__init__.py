"""The pages of the log: the teacher's, the staff's and the mentor's."""

from lmp.workplace.views import log, mentor, staff
from lmp.workplace.views.blueprints import bp, neutral

#: Purpose of a one-time link → its page.
link_pages = {mentor.PURPOSE: mentor.mentor_page}

__all__ = ["bp", "link_pages", "log", "mentor", "neutral", "staff"]
