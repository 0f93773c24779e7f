"""What pydantic found, in sentences for authors."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from lmp.core.messages import N_, Message

_PLAIN = {
    "string_type": N_("A text is expected here; put it in quotes if it looks like a number."),
    "int_type": N_("A whole number is expected here."),
    "int_from_float": N_("A whole number is expected here."),
    "float_type": N_("A number is expected here."),
    "finite_number": N_("A number is expected here."),
    "bool_type": N_("true or false is expected here."),
    "tuple_type": N_("A list is expected here."),
    "model_type": N_("A group of keys is expected here."),
    "uuid_parsing": N_("A UUID is expected here."),
    "uuid_type": N_("A UUID is expected here."),
    "union_tag_not_found": N_("The kind is missing here."),
    "fence_in_text": N_("No line of a text may begin with “:::”."),
    "too_short": N_("At least one is needed here."),
}
_LIMITS = {
    "string_too_long": (N_("At most %(limit)s characters fit here."), "max_length"),
    "greater_than_equal": (N_("The number here is at least %(limit)s."), "ge"),
    "less_than_equal": (N_("The number here is at most %(limit)s."), "le"),
}
_PATTERNS = (
    (
        "svg|png",
        N_(
            "A file in media/ is named in small letters, digits, dots and dashes, "
            "and ends in svg, png, jpg, mp4, vtt or pdf."
        ),
    ),
    ("[0-5][0-9]", N_("Write the time as 08:30.")),
    ("{12}", N_("Twelve hexadecimal digits are expected here.")),
    ("a-z0-9", N_("Only small letters a to z, digits and dashes are used here.")),
)
_RULES = {"missing": "missing-key", "extra_forbidden": "unknown-key", "union_tag_invalid": "unknown-kind"}


def rule_of(error: ErrorDetails) -> str:
    """The name of the rule a value broke."""
    value = error["input"]
    if (
        error["type"] == "string_pattern_mismatch"
        and isinstance(value, str)
        and any(sign in value for sign in ("..", "/", "\\"))
    ):
        return "unsafe-path"
    return _RULES.get(error["type"], "type")


def sentence_of(error: ErrorDetails) -> Message:
    """The sentence for an author."""
    kind = error["type"]
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind in _PLAIN:
        return Message(_PLAIN[kind])
    if kind in _LIMITS:
        msgid, limit = _LIMITS[kind]
        return Message(msgid, limit=context[limit])
    if kind == "string_pattern_mismatch":
        return Message(next(msgid for sign, msgid in _PATTERNS if sign in context["pattern"]))
    return _about_keys(error, kind, context)


def _about_keys(error: ErrorDetails, kind: str, context: Mapping[str, Any]) -> Message:
    """Sentences that name a key or what may stand there."""
    key = error["loc"][-1] if error["loc"] else ""
    if kind == "missing":
        return Message(N_("“%(key)s” is missing here."), key=key)
    if kind == "extra_forbidden":
        return Message(N_("“%(key)s” is not known here."), key=key)
    if kind == "literal_error":
        return Message(N_("One of these is expected here: %(expected)s."), expected=_either(context["expected"]))
    if kind == "union_tag_invalid":
        return Message(N_("One of these is expected here: %(expected)s."), expected=_either(context["expected_tags"]))
    return Message(N_("This value does not fit: %(detail)s."), detail=error["msg"])


def _either(expected: str) -> str:
    """What may stand somewhere, as the schema lists it, without English words between."""
    return expected.replace(" or ", ", ").replace("'", "")
