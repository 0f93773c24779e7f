"""Brings course files into their canonical form, and checks that they are in it."""

from pathlib import Path

from lmp.content import gate
from lmp.content.document import CourseDocument, Finding
from lmp.content.document.translation import fingerprint_of, is_unmarked, state_of, things, tree
from lmp.content.document.tree import Path as DocumentPath
from lmp.content.document.unwritten import is_unwritten, unwritten_places
from lmp.content.files.problems import Problem, from_findings
from lmp.content.files.reader import Reading, read
from lmp.content.files.writer import canonical_files, write_course
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message


class CourseUnreadable(RuleBroken):
    """The files cannot be understood well enough to be written again; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__(Message(N_("The course files have mistakes that must be repaired first.")))
        self.problems = problems


def format_course(folder: Path) -> list[str]:
    """Write the canonical form and fill in translation marks that are open; answer the names of changed files.

    Raises CourseUnreadable when writing would lose something.
    """
    reading = read(folder)
    if reading.document is None or not reading.is_whole:
        raise CourseUnreadable([problem for problem in reading.problems if problem.severity == "error"])
    return write_course(with_marks(reading.document), reading.folder.media, folder)


def with_marks(document: CourseDocument) -> CourseDocument:
    """The document with every open translation mark filled from the source as it is now, where both are written."""
    root = tree(document)
    for thing in things(root):
        is_written = state_of(thing, document.source) != "missing" and not is_unwritten(thing)
        if isinstance(thing.value, dict) and is_unmarked(thing) and is_written:
            state = thing["translation"]["state"].text or "draft"
            thing.value["translation"] = {"from": fingerprint_of(thing, document.source), "state": state}
    return CourseDocument.model_validate(root.value)


def check_course(folder: Path) -> list[Problem]:
    """Every problem of a course folder, every file that is not in its canonical form, and what the gate finds."""
    reading = read(folder)
    document = reading.document
    found = reading.problems + (_not_canonical(reading, document) + _at_the_gate(reading, document) if document else [])
    return sorted(found, key=lambda problem: (problem.file, problem.line, problem.where, problem.rule))


def _at_the_gate(reading: Reading, document: CourseDocument) -> list[Problem]:
    """What the gate finds in the document and its drawings; a text it cannot see as a whole is judged all the same."""
    drawings = {name: path.read_bytes() for name, path in reading.folder.media.items() if name.endswith(".svg")}
    found = gate.examine(document, drawings)
    waiting = unwritten_places(tree(document))
    return from_findings(_of_what_is_written(found, waiting), reading.raw, reading.places)


def _of_what_is_written(found: list[Finding], waiting: list[DocumentPath]) -> list[Finding]:
    """The findings that can be judged already: of units that are written, and of the course when all of it is."""
    units = {path[1] for path in waiting if path[:1] == ("units",)}
    return [each for each in found if not waiting or (each.path[:1] == ("units",) and each.path[1] not in units)]


def _not_canonical(reading: Reading, document: CourseDocument) -> list[Problem]:
    """Files whose bytes differ from the canonical ones, with the first line that does."""
    wanted = {name: content.decode() for name, content in canonical_files(document).items()}
    message = Message(N_("The file is not in its canonical form; “lmp courses format” writes it."))
    problems = []
    for name in wanted.keys() | reading.folder.texts.keys():
        raw = reading.folder.root / name
        found = raw.read_bytes().decode("utf-8", "replace") if name in reading.folder.texts else ""
        if found != wanted.get(name, ""):
            problems.append(Problem(name, _first_difference(found, wanted.get(name, "")), "", message, "canonical"))
    return problems


def _first_difference(found: str, wanted: str) -> int:
    """The first line, from 1, in which two texts differ."""
    pairs = zip(found.split("\n"), wanted.split("\n"), strict=False)
    return next((line for line, (one, other) in enumerate(pairs, start=1) if one != other), 1)
