"""The blueprint of the feature."""

from flask import Blueprint

bp = Blueprint("reports", "lmp.reports", template_folder="templates", url_prefix="/<any(tr, en):lang>")
