"""The fields of everything in a course that is not inside a unit."""

from collections.abc import Iterable, Mapping, Sequence

from lmp.content.editing import outcomes
from lmp.content.editing.places import Raw
from lmp.content.forms.sheet_fields import Clock, Line, Number, One, Some, Words, Yes
from lmp.content.forms.sheets import Fields, Group, Naming, Rows, fields
from lmp.content.forms.special_fields import Maybe, No, Share
from lmp.content.policy import LESSONS, STRANDS
from lmp.content.policy_words import DOCUMENTS, EXCUSES
from lmp.core.messages import N_, Message
from lmp.web.rows import Typed

LONGEST_TEST = 600
LEVELS = 3
TASKS = 3
NOTES = Line("notes", is_line=False, is_optional=True)
SOURCES = Rows("sources", fields(Line("title"), Words("note", is_optional=True)))
STRAND_MINUTES = fields(*(Number(strand) for strand in STRANDS))


def details(offered: Sequence[str]) -> Fields:
    """What a course says of itself; `offered` are the fields it may belong to."""
    return fields(
        Words("title", is_line=True),
        Words("summary"),
        Words("audience"),
        Words("regulated", is_optional=True),
        Some("fields", tuple(offered), is_needed=True),
        Line("licence"),
        Group("minutes", STRAND_MINUTES),
        SOURCES,
        NOTES,
    )


def outcome_list(document: Raw) -> Fields:
    """The outcomes."""
    return fields(
        Rows(
            "outcomes",
            fields(Words("text"), Words("you")),
            ident="id",
            naming=_numbered("o", (one["id"] for one in document["outcomes"])),
            least=1,
            too_few=Message(N_("A course has at least one outcome. Add one.")),
        )
    )


def _numbered(letter: str, taken: Iterable[str]) -> Naming:
    """Names of a letter and a number that none of a course's things ever had: those that go now are not given again."""
    known = set(taken)

    def name(_row: Raw, others: set[str]) -> str:
        found = outcomes.next_name(letter, known | others)
        known.add(found)
        return found

    return name


def _known_outcomes(document: Raw) -> tuple[str, ...]:
    return tuple(outcome["id"] for outcome in document["outcomes"])


def workplace(document: Raw) -> Fields:
    """The plan of the days at the company."""
    days = (document.get("workplace") or {}).get("days", [])
    tasks = Rows(
        "tasks",
        fields(Words("text", is_line=True), Some("outcomes", _known_outcomes(document))),
        ident="id",
        naming=_numbered("t", (task["id"] for day in days for task in day["tasks"])),
    )
    day = fields(Words("title", is_line=True), Number("minutes"), tasks)
    return fields(Words("hazard"), Yes("photos"), Rows("days", day, numbered="day"), NOTES)


def meeting(_document: Raw) -> Fields:
    """The plan of the days face to face."""
    half = fields(Words("title", is_line=True), Clock("start"), Clock("end"), Words("topic"))
    day = fields(Words("title", is_line=True), Rows("units", half))
    return fields(Rows("days", day, numbered="day"), NOTES)


def practical(document: Raw) -> Fields:
    """The practical test."""
    criteria = (document.get("practical") or {}).get("criteria", [])
    criterion = fields(
        Words("text"),
        Yes("must"),
        Some("outcomes", _known_outcomes(document)),
        Rows("levels", fields(Number("points", 0, 100), Words("text"))),
    )
    naming = _numbered("c", (one["id"] for one in criteria))
    return fields(
        Number("minutes"),
        Number("pass", 0, 100),
        Words("place"),
        Rows("criteria", criterion, ident="id", naming=naming),
        NOTES,
    )


def completion(_document: Raw) -> Fields:
    """The completion policy, and the test before and after the course."""
    policy = fields(
        Group("strands", STRAND_MINUTES),
        Share("absence_share"),
        Some("excused", tuple(EXCUSES), is_optional=True),
        Number("pass_mark", 0, 100),
        Yes("practical"),
        One("document", {name: name for name in DOCUMENTS}),
        One("lesson_minutes", {str(length): length for length in LESSONS}),
        Number("grace_days", 0, 366),
        No("example", "confirmed"),
    )
    test = fields(Number("per_outcome", 1, 10), Number("minutes", 1, LONGEST_TEST, is_optional=True))
    return fields(Group("policy", policy), Maybe("test", test))


TERM = fields(Words("term", is_line=True), Words("definition"))
TITLE = fields(Words("title", is_line=True))


def _blank(name: str, count: int) -> Typed:
    """So many new rows inside a new row."""
    return {f"{name}-{place}-key": [""] for place in range(count)}


#: What a new row brings: a day its tasks or half days, a criterion its three levels.
FRESH_DAY: Mapping[str, Typed] = {"days": {"minutes": ["360"], **_blank("tasks", TASKS)}}
FRESH_MEETING: Mapping[str, Typed] = {
    "days": {
        "units-0-key": [""],
        "units-0-start": ["09:00"],
        "units-0-end": ["12:00"],
        "units-1-key": [""],
        "units-1-start": ["13:00"],
        "units-1-end": ["16:00"],
    }
}
FRESH_CRITERION: Mapping[str, Typed] = {
    "criteria": {
        name: what
        for level in range(LEVELS)
        for name, what in ((f"levels-{level}-key", [""]), (f"levels-{level}-points", [str(level)]))
    }
}
