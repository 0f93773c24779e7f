"""A unit's Markdown file: front matter, then blocks between `::: kind #id key=value` and `:::`."""

import re
from dataclasses import dataclass, field

from lmp.content.files.yamltext import Mistake, YamlText, read_yaml
from lmp.core.messages import N_, Message

_HEADER = re.compile(r":::[ \t]+([^\s#]+)[ \t]+#([^\s=]+)((?:[ \t]+\S+)*)[ \t]*")
_FRONT = "---"
_FENCE = ":::"


@dataclass(slots=True)
class Fence:
    """One block as it stands in one language's file."""

    kind: str
    id: str
    attributes: dict[str, str]
    line: int
    body_lines: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """What stands between the fence lines."""
        return "\n".join(self.body_lines)


@dataclass(slots=True)
class UnitFile:
    """What one language's file of a unit says, and what is wrong with it."""

    name: str
    front: YamlText = field(default_factory=YamlText)
    fences: list[Fence] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def note(self, line: int, rule: str, message: Message) -> None:
        """Remember a mistake."""
        self.mistakes.append(Mistake(line, (), rule, message))


def read_unit_file(name: str, text: str) -> UnitFile:
    """Read front matter and blocks, going on after each mistake."""
    found = UnitFile(name)
    lines = text.split("\n")
    after_front = _read_front(found, lines)
    open_fence: Fence | None = None
    for number, line in enumerate(lines[after_front:], start=after_front + 1):
        if line.startswith(_FENCE):
            open_fence = _fence_line(found, line.rstrip(), number, open_fence)
        elif open_fence:
            open_fence.body_lines.append(line)
        elif line.strip():
            found.note(number, "outside", Message(N_("This line stands outside every block.")))
    if open_fence:
        _unclosed(found, open_fence)
    return found


def _read_front(found: UnitFile, lines: list[str]) -> int:
    """Read the front matter; answer the place of the first line after it."""
    if lines[0].rstrip() != _FRONT:
        found.front.is_broken = True
        found.note(1, "front-matter", Message(N_("The file begins with --- and its title.")))
        return 0
    for place, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FRONT:
            found.front = read_yaml("\n".join(lines[1:place]), first_line=2)
            return place + 1
        if line.startswith(_FENCE):
            break
    found.front.is_broken = True
    found.note(1, "front-matter", Message(N_("The front matter is not closed by a second ---.")))
    return 1


def _fence_line(found: UnitFile, line: str, number: int, open_fence: Fence | None) -> Fence | None:
    """Open or close a block; answer the block that is open afterwards."""
    if line == _FENCE:
        if open_fence is None:
            found.note(number, "fence", Message(N_("This ::: closes nothing.")))
        return None
    header = _HEADER.fullmatch(line)
    if header is None:
        found.note(number, "fence", Message(N_("A block begins with “::: kind #id” and key=value pairs.")))
        return open_fence
    if open_fence:
        _unclosed(found, open_fence)
    fence = Fence(header[1], header[2], _attributes(found, header[3].split(), number), number)
    found.fences.append(fence)
    return fence


def _attributes(found: UnitFile, pairs: list[str], line: int) -> dict[str, str]:
    """The key=value pairs of a fence line."""
    attributes: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not (key and equals and value):
            found.note(line, "fence", Message(N_("“%(pair)s” is no key=value pair."), pair=pair))
        elif key in attributes:
            found.note(line, "duplicate-key", Message(N_("The key “%(key)s” stands here twice."), key=key))
        else:
            attributes[key] = value
    return attributes


def _unclosed(found: UnitFile, fence: Fence) -> None:
    """Note a block that never ends."""
    found.note(fence.line, "unclosed", Message(N_("The block “%(id)s” is not closed by a line “:::”."), id=fence.id))
