"""Mistakes in course files, each with the file and the line an author has to open."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lmp.content.document.findings import Finding, Severity
from lmp.content.document.tree import Path
from lmp.core.messages import Message

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: `file` relative to the course folder, `line` from 1, `where` the path of keys and ids."""

    file: str
    line: int
    where: str
    message: Message
    rule: str
    severity: Severity = "error"
    #: The id of the block or the key of the question it is about; empty for everything else.
    block: str = ""


@dataclass(slots=True)
class Places:
    """Where each part of the document came from."""

    course: str = "course.yaml"
    known: dict[Path, Place] = field(default_factory=dict)

    def add(self, path: Path, file: str, line: int) -> None:
        """Remember the place of one part; the first one stays."""
        self.known.setdefault(path, (file, line))

    def add_all(self, prefix: Path, file: str, lines: dict[Path, int]) -> None:
        """Remember the places of everything that one YAML text holds."""
        for path, line in lines.items():
            self.add((*prefix, *path), file, line)

    def locate(self, path: Path) -> Place:
        """The place of a part, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.known:
                return self.known[path[:length]]
        return self.course, 1


def path_in(root: object, location: Path) -> Path:
    """The part of a pydantic location that stands in the files: without union tags and keys that are missing."""
    path: Path = ()
    value = root
    for before, part in zip((None, *location), location, strict=False):
        is_tag = isinstance(before, int) and isinstance(value, dict) and value.get("kind") == part
        if not is_tag and _holds(value, part):
            path = (*path, part)
            value = _child(value, part)
    return path


def _holds(value: object, part: str | int) -> bool:
    """Whether something stands under a key or at a place, be it nothing."""
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and part < len(value)


def spoken_path(root: object, path: Path) -> str:
    """A path for people: list places are shown by the id or key of what stands there."""
    words: list[str] = []
    value = root
    for part in path:
        value = _child(value, part)
        name = value.get("key") or value.get("id") if isinstance(part, int) and isinstance(value, dict) else None
        words.append(str(name or (part + 1 if isinstance(part, int) else part)))
    return ".".join(words)


def _child(value: object, part: str | int) -> object:
    """What stands under a key or at a place."""
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def from_findings(findings: Iterable[Finding], raw: object, places: Places) -> list[Problem]:
    """Findings with the lines they stand on."""
    return [
        Problem(
            *_below(places.locate(finding.path), finding.below),
            spoken_path(raw, finding.path),
            finding.message,
            finding.rule,
            finding.severity,
            _block(raw, finding.path),
        )
        for finding in findings
    ]


def _block(root: object, path: Path) -> str:
    """The name of the block or question a path leads through."""
    is_inside = path[:1] == ("units",) and path[2:3] in (("blocks",), ("questions",)) and len(path) > 3
    return spoken_path(root, path[:4]).rpartition(".")[2] if is_inside else ""


def _below(place: Place, lines: int) -> Place:
    """A place so many lines further down."""
    file, line = place
    return file, line + lines
