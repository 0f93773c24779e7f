"""The two blueprints of the feature."""

from flask import Blueprint

bp = Blueprint("certificate", __name__, template_folder="../templates", url_prefix="/<any(tr, en):lang>")
neutral = Blueprint("certificate_neutral", __name__, template_folder="../templates")
