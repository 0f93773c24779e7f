"""The blueprint of the feature."""

from flask import Blueprint

bp = Blueprint("meeting", __name__, template_folder="../templates", url_prefix="/<any(tr, en):lang>")
