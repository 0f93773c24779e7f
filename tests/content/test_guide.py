"""The guide for people who write courses names everything they may meet."""

import re
from pathlib import Path

import pytest

from lmp.commands.courses import courses
from lmp.content.document import BLOCK_KINDS, QUESTION_KINDS
from lmp.content.document.unwritten import RULE
from lmp.content.files.folder import PLANS, UNIT_FILES
from lmp.content.gate import RULES

GUIDE = (Path(__file__).resolve().parents[2] / "courses" / "README.md").read_text("utf-8")
EFFECTS = re.compile(r"^\| (`[a-z`, -]+`) \| (block|warn) \| .+ \|$", re.MULTILINE)


def test_the_guide_names_every_rule_with_its_effect_and_what_to_do() -> None:
    said = {
        name: effect for names, effect in EFFECTS.findall(GUIDE) for name in re.findall(r"[a-z]+(?:-[a-z]+)*", names)
    }
    assert said == {name: rule.effect for name, rule in RULES.items()} | {RULE: "block"}


@pytest.mark.parametrize("kind", BLOCK_KINDS)
def test_the_guide_shows_every_kind_of_block(kind: str) -> None:
    assert f"::: {kind} #" in GUIDE


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_the_guide_explains_every_kind_of_question(kind: str) -> None:
    assert f"**{kind}**" in GUIDE


@pytest.mark.parametrize("name", [*PLANS, *UNIT_FILES])
def test_the_guide_names_every_file(name: str) -> None:
    assert name in GUIDE


@pytest.mark.parametrize("command", sorted(courses.commands))
def test_the_guide_names_every_command(command: str) -> None:
    assert f"lmp courses {command}" in GUIDE
