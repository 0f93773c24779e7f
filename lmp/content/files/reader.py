"""Reads a course folder into a document and reports every mistake at once."""

from dataclasses import dataclass, field
from pathlib import Path as FilePath

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lmp.content.document import CourseDocument, findings
from lmp.content.document.checks import findings_in
from lmp.content.document.translation_checks import TOLERABLE
from lmp.content.document.tree import Node, Path
from lmp.content.files.fences import read_unit_file
from lmp.content.files.folder import CourseFolder
from lmp.content.files.media import missing_media, unsound_media
from lmp.content.files.problems import Places, Problem, from_findings, path_in, spoken_path
from lmp.content.files.units import Raw, UnitReader, completed_mark
from lmp.content.files.wording import rule_of, sentence_of
from lmp.content.files.yamltext import Mistake, read_yaml
from lmp.content.texts import LANGS, Lang
from lmp.core.messages import N_, Message

#: Files beside course.yaml, and the key of the document that each one holds.
_PLAN_KEYS = ("workplace", "meeting", "practical", "glossary")
_IN_OTHER_FILES = (*_PLAN_KEYS, "units")
#: Two things of one name would become one.
_LOSSY = frozenset({"duplicate"})


@dataclass(slots=True)
class Reading:
    """A course as it was found: `document` when its structure is sound, `is_whole` when every file could be read."""

    folder: CourseFolder
    document: CourseDocument | None = None
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = False
    #: Of the problems those with the files themselves: how they are written, what is missing, what their media hold.
    flaws: list[Problem] = field(default_factory=list)
    #: The document's JSON form as the files gave it, and where each part of it stands.
    raw: Raw = field(default_factory=dict)
    places: Places = field(default_factory=Places)


def read_course(folder: FilePath) -> tuple[CourseDocument | None, list[Problem], dict[str, FilePath]]:
    """The course in a folder, every problem in its files, and its media by name.

    There is no document when anything is wrong but missing or unmarked translations, which a draft may have.
    """
    reading = read(folder)
    return publishable_draft(reading), reading.problems, reading.folder.media


def readable_course(folder: FilePath) -> CourseDocument | None:
    """The course in a folder when its structure is sound, whatever else may be wrong with it."""
    return read(folder).document


def publishable_draft(reading: Reading) -> CourseDocument | None:
    """The document of a reading, unless a problem speaks against using it."""
    return None if hindrances(reading) else reading.document


def hindrances(reading: Reading, *, unfinished: bool = False) -> list[Problem]:
    """The errors that stand against making the files a draft.

    An `unfinished` course may lack whatever a draft may lack (publishing asks for it later), as long as nothing gets lost.
    """
    among = reading.flaws if unfinished else [one for one in reading.problems if one.rule not in TOLERABLE]
    lossy = [one for one in reading.problems if unfinished and one.rule in _LOSSY and one not in among]
    return [one for one in [*among, *lossy] if one.severity == "error"]


def read(folder: FilePath) -> Reading:
    """Everything that can be known about the course in a folder."""
    return _Reader(CourseFolder(folder)).read()


class _Reader:
    """One pass over one folder."""

    def __init__(self, folder: CourseFolder) -> None:
        """Start with what listing the folder has shown."""
        self.folder = folder
        self.places = Places()
        self.problems: list[Problem] = list(folder.problems)
        self.broken: set[Path] = set()
        self.raw: Raw = {}

    def read(self) -> Reading:
        """Read, validate, cross-check, and look at the media."""
        self._course()
        self._units()
        for key in _PLAN_KEYS:
            self._plan(key)
        document = self._validated()
        is_whole = not any(problem.severity == "error" for problem in self.problems)
        self._slug()
        root = Node(self.raw)
        found = findings(document) if document else findings_in(root)
        self.problems += missing_media(root, self.folder.media, self.places)
        self.problems += unsound_media(root, self.folder.media)
        flaws = [*self.problems]
        self.problems += from_findings(found, self.raw, self.places)
        for listed in (self.problems, flaws):
            listed.sort(key=lambda problem: (problem.file, problem.line, problem.where, problem.rule))
        return Reading(self.folder, document, self.problems, is_whole, flaws, self.raw, self.places)

    def _yaml(self, name: str, prefix: Path) -> object:
        """The value of a YAML file; its mistakes become problems."""
        text = self.folder.text(name)
        if text is None:
            return None
        found = read_yaml(text)
        self.places.add_all(prefix, name, found.lines)
        for bad in found.mistakes:
            where = spoken_path(found.value, bad.path)
            self.problems.append(Problem(name, bad.line, where, bad.message, bad.rule))
        if found.is_broken:
            self.broken.add(prefix)
        return found.value

    def _note(self, file: str, line: int, where: str, message: Message, rule: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(file, line, where, message, rule))

    def _course(self) -> None:
        """The head of the document."""
        value = self._yaml("course.yaml", ())
        if self.folder.text("course.yaml") is None:
            self.broken.add(())
            if not self.folder.is_unreadable("course.yaml"):
                self._note("course.yaml", 1, "", Message(N_("This file is missing.")), "missing-file")
        if isinstance(value, dict):
            self.raw = dict(value)
        elif () not in self.broken:
            self.broken.add(())
            self._note("course.yaml", 1, "", Message(N_("A group of keys is expected here.")), "type")
        for key in _IN_OTHER_FILES:
            if key in self.raw:
                del self.raw[key]
                message = Message(N_("“%(key)s” has its own file."), key=key)
                self._note("course.yaml", self.places.known.pop((key,))[1], key, message, "unknown-key")

    def _units(self) -> None:
        """All units in the order of their folders."""
        source: Lang = "en" if self.raw.get("source") == "en" else "tr"
        self.raw["units"] = [
            self._unit(place, name, key, source) for place, (name, key) in enumerate(self.folder.units)
        ]
        if not self.folder.units and not self.folder.is_unreadable("course.yaml"):
            self._note("course.yaml", 1, "units", Message(N_("The course has no unit.")), "missing-file")
        if not self.folder.units:
            self.broken.add(("units",))

    def _unit(self, place: int, folder: str, key: str, source: Lang) -> Raw:
        """One unit with both languages and its questions."""
        path: Path = ("units", place)
        files = {}
        for lang in LANGS:
            name = f"{folder}/{lang}.md"
            text = self.folder.text(name)
            if text is not None:
                files[lang] = read_unit_file(name, text)
                self._file_mistakes(files[lang].name, files[lang].mistakes + files[lang].front.mistakes)
        self.places.add(path, f"{folder}/tr.md", 1)
        if "tr" not in files and not self.folder.is_unreadable(f"{folder}/tr.md"):
            self._note(f"{folder}/tr.md", 1, "", Message(N_("This file is missing.")), "missing-file")
        if any(file.front.is_broken for file in files.values()) or "tr" not in files:
            self.broken.add(path)
        questions = self._questions(path, f"{folder}/questions.yaml")
        if "tr" not in files:
            return {"key": key, **questions}
        reader = UnitReader(path, files, source, self.places, self.problems, self.broken)
        return {**reader.read(key), **questions}

    def _file_mistakes(self, file: str, mistakes: list[Mistake]) -> None:
        """Mistakes of one text with the name of its file."""
        for bad in mistakes:
            self._note(file, bad.line, ".".join(map(str, bad.path)), bad.message, bad.rule)

    def _questions(self, path: Path, name: str) -> Raw:
        """The question bank of a unit."""
        questions = self._yaml(name, (*path, "questions"))
        if isinstance(questions, list):
            for question in questions:
                if isinstance(question, dict) and "translation" in question:
                    question["translation"] = completed_mark(question["translation"])
        return {} if questions is None else {"questions": questions}

    def _plan(self, key: str) -> None:
        """One of the files beside course.yaml."""
        name = f"{key}.yaml"
        value = self._yaml(name, (key,))
        if self.folder.is_unreadable(name):
            self.broken.add((key,))
        if self.folder.text(name) is not None or self.folder.is_unreadable(name):
            self.raw[key] = value if value is not None else {}

    def _validated(self) -> CourseDocument | None:
        """The document, unless its structure is unsound; then every mistake is noted."""
        try:
            return CourseDocument.model_validate(self.raw)
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False):
                self._invalid(error)
        return None

    def _invalid(self, error: ErrorDetails) -> None:
        """Note one mistake of structure, unless it only follows from a file that could not be read."""
        path = path_in(self.raw, error["loc"])
        follows = error["type"] == "too_short" and bool(error["input"])
        if follows or path in self.broken:
            return
        file, line = self.places.locate(path)
        key = error["loc"][-1] if error["type"] == "missing" else None
        where = spoken_path(self.raw, (*path, key) if key is not None else path)
        self._note(file, line, where, sentence_of(error), rule_of(error))

    def _slug(self) -> None:
        """The folder is named like the course."""
        slug = self.raw.get("slug")
        if isinstance(slug, str) and slug != self.folder.root.name:
            message = Message(N_("The folder is named “%(folder)s”."), folder=self.folder.root.name)
            self._note(*self.places.locate(("slug",)), "slug", message, "slug")
