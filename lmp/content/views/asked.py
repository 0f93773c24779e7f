"""What an address or a form asks for beside the fields of a form."""

#: More digits than any number of ours has.
_MOST_DIGITS = 8


def number(words: str | None) -> int | None:
    """A whole number, not negative; None for anything else, which no page of ours sends."""
    is_number = words is not None and words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS
    return int(words) if words and is_number else None
