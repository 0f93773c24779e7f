"""What stands beside a question is what publishing says about it, although only the question is looked at."""

from itertools import cycle

from lmp.config import ROOT
from lmp.content import gate
from lmp.content.document import CourseDocument, findings
from lmp.content.editing import Raw
from lmp.content.files.reader import read
from lmp.content.service.questions import remarks

#: Judged by the whole course, so it is said on the course's page only; it never stops publication.
COURSE_WIDE = "terms"


def _spoiled() -> Raw:
    """A real course in which every question has a mistake, each kind of mistake in its turn."""
    found = read(ROOT / "courses" / "gida").document
    assert found is not None
    document = found.model_dump(mode="json", exclude_none=True)
    mistakes = cycle(("number", "english", "prompt", "reading", "outcome", "whole"))
    for unit in document["units"]:
        for question in unit["questions"]:
            _spoil(question, next(mistakes))
    return document


def _spoil(question: Raw, mistake: str) -> None:
    if mistake == "number":
        question["explanation"]["tr"] += " Sonuç 4711 kg olur."
    elif mistake == "english":
        question["explanation"]["en"] = ""
    elif mistake == "prompt":
        question["prompt"]["tr"] = "TODO soru"
    elif mistake == "reading":
        question["prompt"]["en"] = " ".join(["and then the colleague measures once more"] * 12)
    elif mistake == "outcome":
        question["outcome"] = "o99"
    else:
        question["prompt"]["en"] = question["explanation"]["en"] = ""


def test_a_question_is_told_exactly_what_publishing_finds_in_it() -> None:
    document = _spoiled()
    course = CourseDocument.model_validate(document)
    found = [*findings(course), *gate.examine(course, {})]
    assert gate.RULES[COURSE_WIDE].effect == "warn"
    told = 0
    for place, unit in enumerate(document["units"]):
        for number, question in enumerate(unit["questions"]):
            here = ("units", place, "questions", number)
            wanted = sorted(one.rule for one in found if one.path[:4] == here and one.rule != COURSE_WIDE)
            said = sorted(one.rule for one in remarks(document, unit["key"], question["key"]))
            assert said == wanted
            told += len(said)
    assert told > len([question for unit in document["units"] for question in unit["questions"]]) / 2
