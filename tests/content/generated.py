"""Course documents of every form, filled with texts that are hard to write down."""

from itertools import count, cycle
from typing import Any
from uuid import UUID

from hypothesis import assume
from hypothesis import strategies as st

from lmp.content.document import CourseDocument, findings
from lmp.content.document.translation_checks import TOLERABLE
from lmp.content.files.tidy import with_marks
from lmp.content.texts import UNMARKED
from lmp.core.text import normalise, one_line
from tests.content.samples import MEDIA, Raw, blocks, marked, meeting, practical, questions, raw_course, unit, workplace

#: What YAML, Markdown files and fences might take for something else.
_TRICKY = [
    *("no", "Yes", "on", "null", "~", "true", "12:30", "1e5", "0x1F", "007", "1_000", "2026-01-01", "=", "<<", "12"),
    *("- a", "# x", "a: b", "a #b", "a:", ": a", "'", '"', "\\", "|", ">", "%87'si", "@x", "`a`", "{a}", "[a]", "&a"),
    *("*a", "!a", "? a", "---", "...", "…", "a\tb", "ﬁ", "İıŞş", "\u00a0a", "a\u200bb", "1.234,5", "x ::: y", "😀"),
    *("a\n\nb", "a\n  b", "  a\nb", "- a\n- b", "a:\n  b: c", "\ta\nb", "a\n---\nb", "a\n# b", "## a\n\nb\n\n\n\nc"),
]
#: Lists whose texts are one line each.
_OF_LINES = ("tasks", "others", "items")
_CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_ANY = st.one_of(st.sampled_from(_TRICKY), st.text(_CHARACTERS, min_size=1, max_size=12))
_TEXTS = st.lists(_ANY, min_size=1, max_size=3).map("\n".join).map(normalise).filter(lambda text: ":::" not in text)
_MANY_LINES = _TEXTS.filter(lambda text: bool(text.strip()))
_ONE_LINE = _ANY.map(lambda text: one_line(text, 300)).filter(bool)


@st.composite
def documents(draw: st.DrawFn) -> CourseDocument:
    """A course of any shape with one to three units, all its texts replaced."""
    shape = draw(st.sampled_from(["workplace", "meeting", "online"]))
    raw = raw_course(
        shape=shape,
        source=draw(st.sampled_from(["tr", "en"])),
        workplace=workplace() if shape == "workplace" else None,
        meeting=meeting() if shape == "meeting" else None,
        practical=draw(st.sampled_from([None, practical()])),
        notes=draw(st.none() | _MANY_LINES),
        units=[_unit(draw, number) for number in range(draw(st.integers(1, 3)))],
        glossary=draw(st.sampled_from([[], raw_course()["glossary"]])),
        test=draw(st.sampled_from([None, {"per_outcome": 1}, {"per_outcome": 2, "minutes": 20}])),
        sources=draw(st.sampled_from([[], [{"title": draw(_ONE_LINE)}]])),
    )
    raw["policy"]["absence_share"] = draw(st.floats(0, 1))
    many_lines = draw(st.lists(_MANY_LINES, min_size=1, max_size=9))
    lines = draw(st.lists(_ONE_LINE, min_size=1, max_size=9))
    return with_marks(CourseDocument.model_validate(_Replacement(many_lines, lines).of(raw, "")))


@st.composite
def media(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of the sample, each with something of its own inside that its kind may hold."""
    return {name: _grown(name, content, draw(st.binary(max_size=40))) for name, content in MEDIA.items()}


def _grown(name: str, content: bytes, more: bytes) -> bytes:
    """A file with more bytes where nobody minds them: as a comment in what is text, else at its end."""
    if name.endswith(".svg"):
        return content + b"<!--" + more.hex().encode() + b"-->\n"
    return content + (b"\nNOTE " + more.hex().encode() + b"\r\n" if name.endswith(".vtt") else more)


@st.composite
def sound_documents(draw: st.DrawFn) -> CourseDocument:
    """A course in which everything fits together: nothing stands against importing it with the sample's media."""
    found = draw(documents()).model_dump(mode="json", exclude_none=True)
    for number, part in enumerate(found["units"]):
        _settle(part, number)
    minutes = {
        "online": sum(part["minutes"] for part in found["units"]),
        "meeting": 330 if "meeting" in found else 0,
        "workplace": 3600 if "workplace" in found else 0,
        "practical": 120 if "practical" in found else 0,
    }
    found["minutes"] = found["policy"]["strands"] = minutes
    found["policy"]["practical"] = "practical" in found
    found.pop("test", None)
    document = with_marks(CourseDocument.model_validate(_Numbered().of(found, "")))
    assume(not any(each.severity == "error" and each.rule not in TOLERABLE for each in findings(document)))
    return document


def _settle(part: Raw, number: int) -> None:
    """Let a unit ask only questions it has, under names that no other unit uses."""
    names = {question["key"]: f"{question['key']}-{number}" for question in part["questions"]}
    for question in part["questions"]:
        question |= {"key": names[question["key"]], "id": str(UUID(int=UUID(question["id"]).int + 100 * number))}
        question["translation"]["from"] = UNMARKED
    part["blocks"] = [block for block in part["blocks"] if block.get("ask", "") in {"", *names}]
    for block in part["blocks"]:
        if "ask" in block:
            block["ask"] = names[block["ask"]]
        else:
            block["translation"]["from"] = UNMARKED
    part["translation"]["from"] = UNMARKED
    if not any(question["use"] != "check" for question in part["questions"]):
        part.pop("quiz", None)


class _Numbered:
    """Puts a number behind every bilingual text, so that no two read alike."""

    def __init__(self) -> None:
        """Begin with one."""
        self.numbers = count(1)

    def of(self, value: Any, key: str) -> Any:
        """The value with numbered texts; names of files stay."""
        if isinstance(value, list):
            return [self.of(inner, key) for inner in value]
        if not isinstance(value, dict):
            return value
        if value and set(value) <= {"tr", "en"} and key not in ("file", "captions"):
            return {lang: self._text(text) for lang, text in value.items()}
        return {inner: self.of(below, inner) for inner, below in value.items()}

    def _text(self, text: Any) -> Any:
        """A text, or each of a list, with the next number."""
        number = next(self.numbers)
        return [f"{one} {number}" for one in text] if isinstance(text, list) else f"{text} {number}"


def _unit(draw: st.DrawFn, number: int) -> Raw:
    """A unit with some of the blocks and questions there are."""
    chosen = draw(st.lists(st.sampled_from(blocks()), unique_by=lambda block: str(block["id"])))
    bank = [_question(draw, question) for question in draw(st.permutations(questions()))[: draw(st.integers(0, 7))]]
    limited = {"draw": 1, "pass": 60, "attempts": 2, "minutes": 15, "partial": False, "review": "last"}
    quiz = draw(st.sampled_from([None, {"draw": 1, "pass": 60}, limited]))
    return unit(f"unite-{number}", blocks=[marked(block) for block in chosen], questions=bank, quiz=quiz)


def _question(draw: st.DrawFn, question: Raw) -> Raw:
    """A question, with other numbers if it has any."""
    numbers = st.floats(allow_nan=False, allow_infinity=False)
    return question | ({"value": draw(numbers), "tolerance": abs(draw(numbers))} if "value" in question else {})


class _Replacement:
    """Puts the drawn texts, one after the other, in the place of those of the sample."""

    def __init__(self, many_lines: list[str], lines: list[str]) -> None:
        """Go round and round the texts of each kind."""
        self.many_lines = cycle(many_lines)
        self.lines = cycle(lines)

    def of(self, value: Any, key: str) -> Any:
        """The value with every bilingual text replaced; names of files stay."""
        if isinstance(value, list):
            return [self.of(inner, key) for inner in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"tr", "en"} and not set(map(str, value.values())) & set(MEDIA):
            is_line = key in ("title", "term", "accept", "left", "right")
            return {lang: self._text(was, is_line=is_line) for lang, was in value.items()}
        return {inner: self.of(below, "title" if key in _OF_LINES else inner) for inner, below in value.items()}

    def _text(self, was: object, *, is_line: bool) -> str | list[str]:
        """The next text for one language, in a list where there was one."""
        text = next(self.lines if is_line else self.many_lines)
        return [text] if isinstance(was, list) else text
