"""The blueprints that the pages of the catalogue share."""

from flask import Blueprint

bp = Blueprint("catalogue", __name__, url_prefix="/<any(tr, en):lang>")
neutral = Blueprint("catalogue_neutral", __name__)
