"""The blueprint that the pages share."""

from flask import Blueprint

bp = Blueprint("privacy", __name__, url_prefix="/<any(tr, en):lang>")
