"""The blueprint that the pages of this feature are registered on."""

from flask import Blueprint

bp = Blueprint("enrolment", "lmp.enrolment", template_folder="templates", url_prefix="/<any(tr, en):lang>")
