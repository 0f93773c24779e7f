"""The settings file `LMP_DATA/lmp.env`: what `lmp setup` writes, systemd's EnvironmentFile reads, and every command finds.

Only lines `NAME="value"`, `NAME=value`, empty ones and remarks; a value is never expanded.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

NAME = "lmp.env"
_LINE = re.compile(r"([A-Z_][A-Z0-9_]*)=(.*)")
_HEAD = "# Written by `lmp setup`. What stands in the environment is stronger than this file."


class Unreadable(Exception):
    """A line of the file that cannot be right; the text says which."""


def read(path: Path) -> dict[str, str]:
    """The settings of a file; none where there is no file. Raises Unreadable with the line."""
    if not path.exists():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        match = _LINE.fullmatch(bare)
        if match is None:
            raise Unreadable(f'{path}, line {number}: write NAME="value".')
        found[match[1]] = _unquoted(match[2])
    return found


def write(path: Path, values: Mapping[str, str]) -> None:
    """Write the settings, complete or not at all, for their owner's eyes only: they hold passwords."""
    lines = [_HEAD, *(f"{name}={_quoted(value)}" for name, value in sorted(values.items()))]
    temporary = path.with_name(path.name + ".part")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write("\n".join(lines) + "\n")
    temporary.rename(path)


def _quoted(value: str) -> str:
    """In double quotes, as systemd and shells read it."""
    return '"' + re.sub(r'(["\\$`])', r"\\\1", value) + '"'


def _unquoted(text: str) -> str:
    """The value without its quotes."""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return re.sub(r'\\(["\\$`])', r"\1", text[1:-1])
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1]
    return text
