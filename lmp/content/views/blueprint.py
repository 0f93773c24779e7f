"""What the pages of courses share."""

from flask import Blueprint

bp = Blueprint("content", __name__, template_folder="../templates", url_prefix="/<any(tr, en):lang>")
neutral = Blueprint("content_neutral", __name__)
