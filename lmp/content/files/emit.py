"""Writes values as the one canonical YAML: block style, texts readable, small groups of numbers in one line."""

import re
from collections.abc import Mapping, Sequence

#: Groups of numbers and marks that stand in one line.
_IN_ONE_LINE = frozenset({"minutes", "strands", "quiz", "test", "translation"})
#: What a reader of YAML 1.1 or 1.2 would take for something else than a text.
_OTHER_TYPES = re.compile(
    r"""~ | null | true | false | yes | no | on | off | y | n
    | [0-9][0-9_,]* (?: \.[0-9_]* )? (?: e[-+]?[0-9]+ )?   # numbers
    | 0x[0-9a-f_]+ | 0o?[0-7_]+ | 0b[01_]+
    | [0-9]+ (?: :[0-9]{1,2} )+ (?: \.[0-9]* )?            # 12:30 in base sixty
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} .*                    # dates""",
    re.IGNORECASE | re.VERBOSE,
)
_PLAIN_START = re.compile(r"[^\W_]|[(„“‘«…]")
_NOT_PLAIN = re.compile(r":(?:\s|$)|\s#|[\n\t]")
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def yaml_text(value: object) -> str:
    """A mapping or a list as a YAML text that ends with a newline."""
    return "\n".join(_lines(value, "")) + "\n"


def _lines(value: object, indent: str) -> list[str]:
    """The lines of a mapping or a list at an indentation."""
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            lines += _entry(f"{indent}{_scalar(str(key))}:", str(key), inner, indent)
    elif isinstance(value, Sequence):
        for inner in value:
            lines += _element(inner, indent)
    return lines


def _entry(head: str, key: str, value: object, indent: str) -> list[str]:
    """One key with its value, on one line or below."""
    if isinstance(value, str) and _is_block(value):
        return [f"{head} |", *(f"{indent}  {line}" if line else "" for line in value.split("\n"))]
    if _is_inline(key, value):
        return [f"{head} {_inline(value)}"]
    inner = indent if isinstance(value, list) else indent + "  "
    return [head, *_lines(value, inner)]


def _element(value: object, indent: str) -> list[str]:
    """One element of a list after its dash."""
    if not isinstance(value, Mapping) or not value:
        return [f"{indent}- {_inline(value)}"]
    first, *rest = _lines(value, indent + "  ")
    return [f"{indent}- {first[len(indent) + 2 :]}", *rest]


def _is_inline(key: str, value: object) -> bool:
    """Whether a value stands on the line of its key."""
    if isinstance(value, Mapping):
        return not value or key in _IN_ONE_LINE
    if isinstance(value, list):
        return all(isinstance(inner, str) and _IDENTIFIER.fullmatch(inner) for inner in value)
    return True


def _inline(value: object) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return _scalar(value) if isinstance(value, str) else str(value)


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand as it is below its key."""
    return "\n" in text and not text.startswith((" ", "\t", "\n"))


def _scalar(text: str) -> str:
    """A text in one line, plain where no reader can take it for something else, otherwise in double quotes."""
    is_plain = (
        _PLAIN_START.match(text)
        and text == text.strip()
        and not _NOT_PLAIN.search(text)
        and not _OTHER_TYPES.fullmatch(text)
    )
    if is_plain:
        return text
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'
