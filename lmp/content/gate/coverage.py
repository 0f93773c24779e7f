"""Rules: every outcome is taught, asked, practised and looked at; the planned minutes fit what there is to do."""

from collections.abc import Iterable, Iterator

from lmp.content.document.findings import Finding
from lmp.content.document.tree import Node
from lmp.content.gate.passages import Course
from lmp.content.gate.policy import finding
from lmp.content.gate.readability import word_count
from lmp.content.texts import LANGS
from lmp.core.messages import N_, Message

#: Words a minute of somebody who studies: reads, calculates along, looks at the drawings.
STUDY_PACE = 60
MINUTES_A_QUESTION = 3
MINUTES_OF_A_FILM = 5
#: The planned minutes may be up to so many times what was reckoned.
GENEROUS = 5

_SENTENCES = {
    "outcome-unit": Message(N_("No unit teaches this outcome. Name it in a unit, or remove it.")),
    "outcome-question": Message(N_("No question asks for this outcome. Write one.")),
    "outcome-plan": Message(N_("No task at the company practises this outcome. Plan one.")),
    "outcome-criterion": Message(N_("No criterion of the practical test looks at this outcome. Write one.")),
}


def outcomes_are_covered(course: Course) -> Iterator[Finding]:
    """Every outcome stands in a unit, a question, and, where the course has them, a task and a criterion."""
    root = course.root
    units = root["units"].items
    named = {
        "outcome-unit": _named(units),
        "outcome-question": {q["outcome"].text for u in units for q in u["questions"].items},
    }
    if root["workplace"].present:
        named["outcome-plan"] = _named(task for day in root["workplace"]["days"].items for task in day["tasks"].items)
    if root["practical"].present:
        named["outcome-criterion"] = _named(root["practical"]["criteria"].items)
    for outcome in root["outcomes"].items:
        for rule, names in named.items():
            if outcome["id"].text not in names:
                yield finding(rule, outcome["id"], _SENTENCES[rule])


def _named(things: Iterable[Node]) -> set[str | None]:
    """The outcomes that some things name."""
    return {outcome.text for thing in things for outcome in thing["outcomes"].items}


def minutes_fit(course: Course) -> Iterator[Finding]:
    """The minutes of each unit are enough for its texts, tasks and questions, and not many times as much."""
    for unit in course.root["units"].items:
        planned, needed = unit["minutes"].whole, reckoned_minutes(unit)
        if planned and not needed <= planned <= needed * GENEROUS:
            message = Message(
                N_("%(planned)s minutes are planned; texts, tasks and questions take about %(needed)s. Compare them."),
                planned=planned,
                needed=round(needed),
            )
            yield finding("reading-time", unit["minutes"], message)


def reckoned_minutes(unit: Node) -> float:
    """About how long a unit takes in the language that takes longer: texts at the pace of study, tasks, questions, films."""
    blocks = unit["blocks"].items
    kinds = [block["kind"].text for block in blocks]
    words = max(sum(_words(block, lang) for block in blocks) for lang in LANGS)
    questions = kinds.count("question") + (unit["quiz"]["draw"].whole or 0)
    tasks = sum(block["minutes"].whole or 0 for block in blocks)
    return words / STUDY_PACE + tasks + questions * MINUTES_A_QUESTION + kinds.count("video") * MINUTES_OF_A_FILM


def _words(block: Node, lang: str) -> int:
    """The words of a block that one reads in a language."""
    return sum(word_count(block[key][lang].text or "") for key in ("body", "text", "caption", "title"))
