"""What lies in a course folder: listed without following links, read with limits."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from lmp.content.files.problems import Problem
from lmp.core.messages import N_, Message

LARGEST_TEXT = 1_000_000
LARGEST_FILE = 20_000_000
#: All media of one course together.
LARGEST_MEDIA = 100_000_000
PLANS = ("course.yaml", "workplace.yaml", "meeting.yaml", "practical.yaml", "glossary.yaml")
UNIT_FILES = ("tr.md", "en.md", "questions.yaml")
_UNIT = re.compile(r"units/([0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_OTHER_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2})?\.md")


class CourseFolder:
    """The files of one course by their name relative to the folder."""

    def __init__(self, root: Path) -> None:
        """List the folder; what does not belong is a problem at once."""
        self.root = root
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        self.media: dict[str, Path] = {}
        self.units: list[tuple[str, str]] = []
        if root.is_symlink():
            self._note("course.yaml", "link", Message(N_("Links are not followed; put the folder itself here.")))
            return
        for entry in self._entries(root, "course.yaml"):
            self._top(entry)
        self.units.sort()
        if sum(path.stat().st_size for path in self.media.values()) > LARGEST_MEDIA:
            message = Message(
                N_("All files in media/ together are too large; at most %(limit)s bytes are read."), limit=LARGEST_MEDIA
            )
            self._note("media", "too-large", message)

    def text(self, name: str) -> str | None:
        """The content of a text file, or None when it is absent or cannot be read."""
        return self.texts.get(name)

    def is_unreadable(self, name: str) -> bool:
        """Whether a file is there but could not be read; the reason is already among the problems."""
        return any(problem.file == name and problem.severity == "error" for problem in self.problems)

    def _note(self, name: str, rule: str, message: Message) -> None:
        """Remember a problem with a file as a whole."""
        self.problems.append(Problem(printable(name), 1, "", message, rule))

    def _entries(self, folder: Path | os.DirEntry[str], name: str) -> Iterator[os.DirEntry[str]]:
        """The entries of a folder in a fixed order; one that cannot be opened is a problem of `name`."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            self._unreadable(name)
            return
        yield from found

    def _unreadable(self, name: str) -> None:
        """The machine does not let us open something."""
        self._note(name, "unreadable", Message(N_("This cannot be opened. See that it is there and may be read.")))

    def _unexpected(self, name: str) -> None:
        """Something that no course has."""
        message = Message(N_("This file or folder does not belong to a course."))
        self.problems.append(Problem(printable(name), 1, "", message, "unexpected-file", "warning"))

    def _is_link(self, entry: os.DirEntry[str], name: str) -> bool:
        """Whether an entry is a link, which is never followed."""
        if entry.is_symlink():
            self._note(name, "link", Message(N_("Links are not followed; put the file itself here.")))
            return True
        return False

    def _top(self, entry: os.DirEntry[str]) -> None:
        """One entry of the course folder itself."""
        if self._is_link(entry, entry.name):
            return
        if entry.name in PLANS and entry.is_file(follow_symlinks=False):
            self._read(entry, entry.name)
        elif entry.name == "units" and entry.is_dir(follow_symlinks=False):
            for unit in self._entries(entry, entry.name):
                self._unit(unit)
        elif entry.name == "media" and entry.is_dir(follow_symlinks=False):
            for file in self._entries(entry, entry.name):
                self._medium(file)
        else:
            self._unexpected(entry.name)

    def _unit(self, entry: os.DirEntry[str]) -> None:
        """One folder below units/."""
        name = f"units/{entry.name}"
        if self._is_link(entry, name):
            return
        found = _UNIT.fullmatch(name)
        if not (found and entry.is_dir(follow_symlinks=False)):
            message = Message(N_("A unit's folder is named by a number and a key, for example 01-introduction."))
            self._note(name, "unit-folder", message)
            return
        self.units.append((name, found[2]))
        for file in self._entries(entry, name):
            inner = f"{name}/{file.name}"
            if self._is_link(file, inner):
                continue
            if file.name in UNIT_FILES and file.is_file(follow_symlinks=False):
                self._read(file, inner)
            elif _OTHER_LANGUAGE.fullmatch(file.name):
                message = Message(N_("A unit is written in tr.md and en.md; other languages are not read."))
                self._note(inner, "other-language", message)
            else:
                self._unexpected(inner)

    def _medium(self, entry: os.DirEntry[str]) -> None:
        """One file below media/."""
        name = f"media/{entry.name}"
        if self._is_link(entry, name):
            return
        if not entry.is_file(follow_symlinks=False):
            self._unexpected(name)
        elif self._fits(entry, name, LARGEST_FILE):
            self.media[entry.name] = Path(entry.path)

    def _fits(self, entry: os.DirEntry[str], name: str, limit: int) -> bool:
        """Whether a file is small enough."""
        if entry.stat(follow_symlinks=False).st_size <= limit:
            return True
        message = Message(N_("The file is too large; at most %(limit)s bytes are read."), limit=limit)
        self._note(name, "too-large", message)
        return False

    def _read(self, entry: os.DirEntry[str], name: str) -> None:
        """Read a text file as UTF-8, whatever its newlines are."""
        if not self._fits(entry, name, LARGEST_TEXT):
            return
        try:
            content = Path(entry.path).read_bytes()
        except OSError:
            self._unreadable(name)
            return
        try:
            self.texts[name] = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as broken:
            line = content.count(b"\n", 0, broken.start) + 1
            message = Message(N_("The file is not UTF-8."))
            self.problems.append(Problem(name, line, "", message, "encoding"))


def printable(name: str) -> str:
    """A file name as it can be shown: what is no character, or moves the cursor, is a question mark."""
    return "".join(char if char.isprintable() else "?" for char in name)
