"""Parts of addresses, no wider than what a database keeps."""

from werkzeug.routing import IntegerConverter


class Whole(IntegerConverter):
    """A whole number of at most nine ASCII digits, so that every database can compare it; a longer one is no address of ours."""

    regex = "[0-9]{1,9}"
