"""Where the network's pages hang."""

from flask import Blueprint

bp = Blueprint("network", __name__, url_prefix="/<any(tr, en):lang>/management")
