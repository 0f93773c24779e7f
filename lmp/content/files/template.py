"""The files of a new course: its form is sound, and every text says what is to be written there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lmp.content.document import CourseDocument
from lmp.content.document.course import Shape
from lmp.content.document.unwritten import NAME, WORD
from lmp.content.files.hours import Spread
from lmp.content.texts import UNMARKED
from lmp.core.ids import new_id

Raw = dict[str, Any]
_OPEN = {"from": UNMARKED, "state": "draft"}
_TASKS, _CRITERIA, _ASKED = 3, 8, 5
#: What `lmp courses new` begins with.
_FIRST: dict[Shape, Spread] = {
    "workplace": Spread((90,), workplace=(360,) * 10),
    "meeting": Spread((90,), meeting=(360,)),
    "online": Spread((90,)),
}
_MORNING_MINUTES, _MORNING_BEGINS, _AFTERNOON_BEGINS = 180, 9, 13
_ORDINALS = (
    *("birinci", "ikinci", "ucuncu", "dorduncu", "besinci", "altinci", "yedinci", "sekizinci", "dokuzuncu", "onuncu"),
    *("on-birinci", "on-ikinci"),
)
_OUTCOMES = ["o1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is known of a course before anything of it is written."""

    title_tr: str
    title_en: str
    centre: str
    field: str
    spread: Spread


def template(slug: str, shape: Shape, beginning: Beginning | None = None) -> CourseDocument:
    """A course of a shape in which every text is still to be written: units with five kinds of question, its plan, its test.

    Without a beginning its names are to be written too, and it has one unit.
    """
    plan = beginning.spread if beginning else _FIRST[shape]
    return CourseDocument.model_validate(
        {
            "format": 1,
            "slug": slug,
            "centre": beginning.centre if beginning else NAME,
            "fields": [beginning.field if beginning else NAME],
            "shape": shape,
            "source": "tr",
            "title": _title(beginning),
            "summary": _text("kursun sonunda ne yapılabildiği, bir cümle", "what one can do afterwards, one sentence"),
            "audience": _text("kimler için, neyi bilmeleri beklenir", "for whom, what they are expected to know"),
            "minutes": plan.strands,
            "outcomes": [
                {
                    "id": "o1",
                    "text": _text("belgedeki kazanım: ölçer, seçer", "outcome for the certificate: measures, selects"),
                    "you": _text("aynı kazanım: ölçersiniz, seçersiniz", "the same to the reader: you measure"),
                }
            ],
            "policy": _policy(plan.strands),
            "licence": "CC-BY-4.0",
            "sources": [
                {"title": f"{WORD} standart, yasa ya da kitap (numarasıyla) · a standard, law or book (by its number)"}
            ],
            "units": [_unit(number, minutes) for number, minutes in enumerate(plan.units)],
            **({"workplace": _workplace(plan.workplace)} if shape == "workplace" else {}),
            **({"meeting": _meeting(plan.meeting)} if shape == "meeting" else {}),
            "practical": _practical(plan.practical),
            "glossary": [
                {"term": _text("terim", "term"), "definition": _text("tanımı, bir cümle", "what it is, one sentence")}
            ],
        }
    )


def _title(beginning: Beginning | None) -> Raw:
    """The course's name, as far as it is known."""
    if beginning is None:
        return _text("kursun adı", "name of the course")
    return {"tr": beginning.title_tr, "en": beginning.title_en}


def _text(turkish: str, english: str) -> Raw:
    """A text that says in both languages what is to be written."""
    return {"tr": f"{WORD} {turkish}", "en": f"{WORD} {english}"}


def _policy(minutes: Raw) -> Raw:
    """The values with which most courses begin."""
    return {
        "strands": minutes,
        "absence_share": 0.2,
        "pass_mark": 70,
        "practical": True,
        "document": "completion",
        "lesson_minutes": 40,
        "grace_days": 14,
        "example": True,
    }


def _unit(place: int, minutes: int) -> Raw:
    """A unit with a text, a safety note, a task and a question in the page; places count from nought."""
    blocks: list[Raw] = [
        {"kind": "text", "id": "giris", "body": _text("başlık ve metin", "heading and text")},
        {
            "kind": "note",
            "id": "guvenlik",
            "tone": "safety",
            "title": _text("güvenlik uyarısının başlığı", "title of the safety note"),
            "text": _text("tehlike ve yapılacaklar", "the danger and what to do"),
        },
        {"kind": "text", "id": "ornek", "body": _text("sayılı, birimli çözümlü örnek", "worked example with numbers")},
        {
            "kind": "task",
            "id": "gorev",
            "minutes": 30,
            "title": _text("atölyenizdeki görevin başlığı", "title of the task in your own workshop"),
            "text": _text("görevin adımları", "steps of the task"),
        },
    ]
    first = place * _ASKED + 1
    return {
        "key": _ORDINALS[place],
        "title": _text("ünitenin adı", "name of the unit"),
        "summary": _text("ünitenin sonunda ne yapılabildiği", "what one can do after this unit"),
        "minutes": minutes,
        "outcomes": _OUTCOMES,
        "quiz": {"draw": 4, "pass": 60},
        "translation": _OPEN,
        "blocks": [
            *({**block, "translation": _OPEN} for block in blocks),
            {"kind": "question", "id": "kontrol", "ask": f"soru-{first}"},
        ],
        "questions": _questions(first),
    }


def _questions(first: int) -> list[Raw]:
    """One question of each of five kinds, numbered through the course; the first is asked in the page."""
    kinds: list[tuple[str, Raw]] = [
        ("single", {"use": "both", "options": [_option(letter, letter == "a") for letter in "abc"]}),
        ("truefalse", {"correct": True}),
        ("number", {"value": 1, "tolerance": 0, "unit": "V"}),
        ("matching", {"pairs": [_pair(number) for number in range(1, 4)]}),
        ("ordering", {"items": [_item(number) for number in range(1, 4)]}),
    ]
    return [_question(number, kind, answer) for number, (kind, answer) in enumerate(kinds, start=first)]


def _question(number: int, kind: str, answer: Raw) -> Raw:
    """A question with the parts of its kind in `answer`."""
    return {
        "key": f"soru-{number}",
        "id": str(new_id()),
        "kind": kind,
        "outcome": _OUTCOMES[0],
        "use": "quiz",
        "difficulty": 1,
        "prompt": _text(f"{number}. soru", f"question {number}"),
        "explanation": _text("cevabın nedeni", "why this is the answer"),
        "translation": _OPEN,
        **answer,
    }


def _option(letter: str, correct: bool) -> Raw:
    """An option, and what is said to whoever chose it."""
    turkish, english = ("doğru", "right") if correct else ("yanlış", "wrong")
    return {
        "id": letter,
        "correct": correct,
        "text": _text(f"{turkish} seçenek {letter}", f"{english} option {letter}"),
        "why": _text(f"{letter} neden {turkish}", f"why {letter} is {english}"),
    }


def _pair(number: int) -> Raw:
    """Two sides that belong together."""
    sides = {
        "left": _text(f"{number}. sol taraf", f"left side {number}"),
        "right": _text(f"{number}. sağ taraf", f"right side {number}"),
    }
    return {"id": f"e{number}", **sides}


def _item(number: int) -> Raw:
    """A step in its right place."""
    return {"id": f"a{number}", "text": _text(f"{number}. adım", f"step {number}")}


def _workplace(minutes: Iterable[int]) -> Raw:
    """A day of three tasks for each of these minutes."""
    days = [
        {
            "day": day,
            "title": _text(f"{day}. günün konusu", f"subject of day {day}"),
            "minutes": length,
            "tasks": [
                {
                    "id": f"t{_TASKS * (day - 1) + task}",
                    "text": _text(f"{day}. günün {task}. işi", f"task {task} of day {day}"),
                    "outcomes": _OUTCOMES,
                }
                for task in range(1, _TASKS + 1)
            ],
        }
        for day, length in enumerate(minutes, start=1)
    ]
    hazard = _text("işletmedeki tehlikeler ve ilk gün anlatılanlar", "hazards at the company, briefing on day one")
    return {"hazard": hazard, "photos": True, "days": days}


def _meeting(minutes: Iterable[int]) -> Raw:
    """A day face to face for each of these minutes."""
    days = [
        {"day": day, "title": _text(f"{day}. günün konusu", f"subject of day {day}"), "units": _half_days(length)}
        for day, length in enumerate(minutes, start=1)
    ]
    return {"days": days}


def _half_days(minutes: int) -> list[Raw]:
    """A morning of three hours at most, and the rest in the afternoon."""
    morning = min(minutes, _MORNING_MINUTES)
    halves = [("öğleden önce", "morning", _MORNING_BEGINS, morning)]
    if minutes > morning:
        halves.append(("öğleden sonra", "afternoon", _AFTERNOON_BEGINS, minutes - morning))
    return [
        {
            "title": _text(f"konu, {turkish}", f"subject, {english}"),
            "start": _clock(hour * 60),
            "end": _clock(hour * 60 + length),
            "topic": _text(f"ne yapılacağı, {turkish}", f"what is done, {english}"),
        }
        for turkish, english, hour, length in halves
    ]


def _clock(minutes: int) -> str:
    """Minutes after midnight as a time."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _practical(minutes: int) -> Raw:
    """Eight criteria of three levels, the first a critical step."""
    levels = (
        ("yapamaz", "cannot do it"),
        ("yardımla yapar", "does it with help"),
        ("tek başına yapar", "does it alone"),
    )
    return {
        "minutes": minutes,
        "pass": 70,
        "place": _text("yer, donanım, malzeme", "place, equipment, material"),
        "criteria": [
            {
                "id": f"c{number}",
                "text": _text(f"{number}. ölçüt: gözlenen iş", f"criterion {number}: what is observed"),
                "must": number == 1,
                "outcomes": _OUTCOMES,
                "levels": [
                    {"points": points, "text": _text(f"gözlenen davranış: {turkish}", f"what one sees: {english}")}
                    for points, (turkish, english) in enumerate(levels)
                ],
            }
            for number in range(1, _CRITERIA + 1)
        ],
    }
