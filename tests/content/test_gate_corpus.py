"""How much the gate finds: defects planted in good blocks of the courses, and alarms in the blocks left alone.

Run it with -s to see the figures.
"""

import copy
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lmp.content.document import CourseDocument
from lmp.content.files import check_course, read_course, write_course
from lmp.content.files.problems import Problem
from tests.content.defects import KINDS, Kind, Media, Place, Raw, common_terms

COURSES = Path(__file__).resolve().parents[2] / "courses"
SLUGS = ("elektrik-elektronik", "mesleki-yabanci-dil")
ROUNDS = 3
FEWEST_DEFECTS, FEWEST_KINDS = 100, 10
FOUND, FALSE_ALARMS = 0.95, 0.05


@dataclass
class Figures:
    """What was planted and found, by kind, and how many untouched blocks raised an alarm."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    untouched: int = 0
    alarmed: int = 0
    alarms: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        """A table for people."""
        lines = [f"{kind.name:30}{self.found[kind.name]:4} of {self.planted[kind.name]}" for kind in KINDS]
        found, planted = sum(self.found.values()), sum(self.planted.values())
        lines.append(f"found: {found} of {planted} ({found / planted:.1%}), {len(self.planted)} kinds")
        lines.append(
            f"false alarms: {self.alarmed} of {self.untouched} untouched blocks ({self.alarmed / self.untouched:.1%})"
        )
        return "\n".join(
            [*lines, *(f"missed: {each}" for each in self.missed), *(f"alarm: {each}" for each in sorted(self.alarms))]
        )


def _things(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """Every block with texts and every question, by its place in words."""
    for unit in raw["units"]:
        for block in unit["blocks"]:
            if block["kind"] != "question":
                yield f"units.{unit['key']}.blocks.{block['id']}", block
        for question in unit["questions"]:
            yield f"units.{unit['key']}.questions.{question['key']}", question


def _plant(raw: Raw, media: Media, document: CourseDocument, used: set[tuple[str, str]], start: int) -> dict[str, Kind]:
    """One defect of each kind, each in a block of its own that has not had this kind before; by place."""
    things = list(_things(raw))
    things = things[start:] + things[:start]
    terms = common_terms(document, (thing for _name, thing in things))
    planted: dict[str, Kind] = {}
    for kind in KINDS:
        for name, thing in things:
            if name in planted or (kind.name, name) in used:
                continue
            before = copy.deepcopy(thing)
            if kind.plant(Place(thing, media, terms)):
                planted[name] = kind
                used.add((kind.name, name))
                break
            thing.clear()
            thing.update(before)
    return planted


def _problems(raw: Raw, media: Media, folder: Path) -> list[Problem]:
    """What checking says about the course, written to files as an author has it."""
    shutil.rmtree(folder, ignore_errors=True)
    source = folder.parent / "media"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    for name, content in media.items():
        (source / name).write_bytes(content)
    write_course(CourseDocument.model_validate(raw), {name: source / name for name in media}, folder)
    return check_course(folder)


def _judge(figures: Figures, slug: str, raw: Raw, planted: dict[str, Kind], problems: list[Problem]) -> None:
    """Count what was found where something was planted, and every alarm where nothing was."""
    found = {(".".join(problem.where.split(".")[:4]), problem.rule) for problem in problems}
    for place, kind in planted.items():
        figures.planted[kind.name] += 1
        if (place, kind.rule) in found:
            figures.found[kind.name] += 1
        else:
            figures.missed.append(f"{slug} {kind.name}: {place}")
    alarmed = dict(found)
    for place, _thing in _things(raw):
        if place not in planted:
            figures.untouched += 1
            figures.alarmed += place in alarmed
            figures.alarms |= {f"{slug} {place}: {alarmed[place]}"} if place in alarmed else set()


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures over both courses, several rounds of defects in each."""
    counted = Figures()
    for slug in SLUGS:
        document, _problems_found, paths = read_course(COURSES / slug)
        assert document is not None
        sound = document.model_dump(mode="json", exclude_none=True)
        content = {name: path.read_bytes() for name, path in paths.items()}
        used: set[tuple[str, str]] = set()
        for number in range(ROUNDS):
            raw, media = copy.deepcopy(sound), dict(content)
            planted = _plant(raw, media, document, used, start=number * 17)
            problems = _problems(raw, media, tmp_path_factory.mktemp("corpus") / slug)
            _judge(counted, slug, raw, planted, problems)
    print(f"\n{counted}")  # noqa: T201
    return counted


def test_nearly_every_planted_defect_is_found_by_the_rule_it_belongs_to(figures: Figures) -> None:
    assert sum(figures.planted.values()) >= FEWEST_DEFECTS
    assert len(figures.planted) >= FEWEST_KINDS
    assert sum(figures.found.values()) >= FOUND * sum(figures.planted.values()), str(figures)


def test_blocks_without_a_defect_seldom_raise_an_alarm(figures: Figures) -> None:
    assert figures.alarmed <= FALSE_ALARMS * figures.untouched, str(figures)


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_stands_in_the_way_of_publishing_the_courses(slug: str) -> None:
    assert [problem for problem in check_course(COURSES / slug) if problem.severity == "error"] == []
