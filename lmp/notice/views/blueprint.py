"""The blueprints that the pages of this feature are registered on."""

from flask import Blueprint

bp = Blueprint("notice", "lmp.notice", template_folder="templates", url_prefix="/<any(tr, en):lang>")
neutral = Blueprint("notice_neutral", "lmp.notice", template_folder="templates")
