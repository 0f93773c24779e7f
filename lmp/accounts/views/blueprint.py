"""The blueprint that the views of accounts share."""

from flask import Blueprint

bp = Blueprint("accounts", __name__, url_prefix="/<any(tr, en):lang>")
