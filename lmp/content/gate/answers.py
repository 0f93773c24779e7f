"""Rules: the explanation of a number question arrives at its answer, and its tolerance accepts rounding only."""

from collections.abc import Iterator

from lmp.content.document.findings import Finding
from lmp.content.document.tree import Node
from lmp.content.document.unwritten import written
from lmp.content.gate.numbers import numbers
from lmp.content.gate.passages import Course
from lmp.content.gate.policy import finding
from lmp.content.texts import LANGS
from lmp.core.messages import N_, Message

#: Of the answer: what rounding on the way may cost.
WIDEST = 0.1
_RELATIVE_ROUNDING = 1e-9


def numbers_are_explained(course: Course) -> Iterator[Finding]:
    """The right number stands in the explanation of both languages, and the tolerance fits it."""
    for unit in course.root["units"].items:
        for question in unit["questions"].items:
            value, tolerance = _real(question["value"]), _real(question["tolerance"])
            if question["kind"].text == "number" and value is not None:
                yield from _explained(question, value, tolerance or 0.0)
                yield from _tolerable(question, value, tolerance or 0.0)


def _real(node: Node) -> float | None:
    """The number that stands somewhere."""
    return float(node.value) if isinstance(node.value, int | float) and not isinstance(node.value, bool) else None


def _explained(question: Node, value: float, tolerance: float) -> Iterator[Finding]:
    """One finding for each language whose explanation names no number that would be accepted."""
    near = max(tolerance, abs(value) * _RELATIVE_ROUNDING)
    for lang in LANGS:
        text = written(question["explanation"][lang].text or "")
        named = [_as_real(number.value) for number in numbers(text, lang)]
        if text and not any(each is not None and abs(abs(each) - abs(value)) <= near for each in named):
            message = Message(
                N_("The explanation never arrives at the right answer, %(value)s. Mend the answer or the explanation."),
                value=value,
            )
            yield finding("answer", question["explanation"][lang], message)


def _as_real(value: str) -> float | None:
    """A number's value; a date or a version has none."""
    try:
        return float(value)
    except ValueError:
        return None


def _tolerable(question: Node, value: float, tolerance: float) -> Iterator[Finding]:
    """A finding when the tolerance is wider than rounding, or so narrow that a rounded answer would be refused."""
    if value and tolerance > abs(value) * WIDEST:
        message = Message(
            N_("The tolerance %(tolerance)s is more than a tenth of the answer %(value)s. Narrow it."),
            tolerance=tolerance,
            value=value,
        )
        yield finding("tolerance", question["tolerance"], message)
    elif not tolerance and not float(value).is_integer():
        message = Message(
            N_("The answer %(value)s has decimals, but no tolerance. Say how much rounding may differ."), value=value
        )
        yield finding("tolerance", question["value"], message)
