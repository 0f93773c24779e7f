"""The files of a new course: its form is sound, and every text says what is to be written there."""

from typing import Any

from lmp.content.document import CourseDocument
from lmp.content.document.course import Shape
from lmp.content.document.unwritten import NAME, WORD
from lmp.content.texts import UNMARKED
from lmp.core.ids import new_id

Raw = dict[str, Any]
_OPEN = {"from": UNMARKED, "state": "draft"}
_UNIT_MINUTES, _DAY_MINUTES, _TEST_MINUTES = 90, 360, 120
_DAYS, _TASKS, _CRITERIA = 10, 3, 8
_HALF_DAYS = (("09:00", "12:00", "öğleden önce", "morning"), ("13:00", "16:00", "öğleden sonra", "afternoon"))
_OUTCOMES = ["o1"]


def template(slug: str, shape: Shape) -> CourseDocument:
    """A course of a shape in which every text is still to be written: one unit, five kinds of question, its plan, its test."""
    minutes = {
        "online": _UNIT_MINUTES,
        "meeting": 360 if shape == "meeting" else 0,
        "workplace": _DAYS * _DAY_MINUTES if shape == "workplace" else 0,
        "practical": _TEST_MINUTES,
    }
    return CourseDocument.model_validate(
        {
            "format": 1,
            "slug": slug,
            "centre": NAME,
            "fields": [NAME],
            "shape": shape,
            "source": "tr",
            "title": _text("kursun adı", "name of the course"),
            "summary": _text("kursun sonunda ne yapılabildiği, bir cümle", "what one can do afterwards, one sentence"),
            "audience": _text("kimler için, neyi bilmeleri beklenir", "for whom, what they are expected to know"),
            "minutes": minutes,
            "outcomes": [
                {
                    "id": "o1",
                    "text": _text("belgedeki kazanım: ölçer, seçer", "outcome for the certificate: measures, selects"),
                    "you": _text("aynı kazanım: ölçersiniz, seçersiniz", "the same to the reader: you measure"),
                }
            ],
            "policy": _policy(minutes),
            "licence": "CC-BY-4.0",
            "sources": [{"title": f"{WORD} a standard, law or book by its number"}],
            "units": [_unit()],
            **({"workplace": _workplace()} if shape == "workplace" else {}),
            **({"meeting": _meeting()} if shape == "meeting" else {}),
            "practical": _practical(),
            "glossary": [
                {"term": _text("terim", "term"), "definition": _text("tanımı, bir cümle", "what it is, one sentence")}
            ],
        }
    )


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


def _unit() -> Raw:
    """A unit with a text, a safety note, a task and a question in the page."""
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
    return {
        "key": "birinci",
        "title": _text("ünitenin adı", "name of the unit"),
        "summary": _text("ünitenin sonunda ne yapılabildiği", "what one can do after this unit"),
        "minutes": _UNIT_MINUTES,
        "outcomes": _OUTCOMES,
        "quiz": {"draw": 4, "pass": 60},
        "translation": _OPEN,
        "blocks": [
            *({**block, "translation": _OPEN} for block in blocks),
            {"kind": "question", "id": "kontrol", "ask": "soru-1"},
        ],
        "questions": _questions(),
    }


def _questions() -> list[Raw]:
    """One question of each of five kinds; the first is asked in the page."""
    return [
        _question(1, "single", use="both", options=[_option(letter, letter == "a") for letter in "abc"]),
        _question(2, "truefalse", correct=True),
        _question(3, "number", value=1, tolerance=0, unit="V"),
        _question(4, "matching", pairs=[_pair(number) for number in range(1, 4)]),
        _question(5, "ordering", items=[_item(number) for number in range(1, 4)]),
    ]


def _question(number: int, kind: str, *, use: str = "quiz", **answer: object) -> Raw:
    """A question with the parts of its kind in `answer`."""
    return {
        "key": f"soru-{number}",
        "id": str(new_id()),
        "kind": kind,
        "outcome": _OUTCOMES[0],
        "use": use,
        "difficulty": 1,
        "prompt": _text(f"{number}. soru", f"question {number}"),
        **answer,
        "explanation": _text("cevabın nedeni", "why this is the answer"),
        "translation": _OPEN,
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


def _workplace() -> Raw:
    """Ten days of three tasks."""
    days = [
        {
            "day": day,
            "title": _text(f"{day}. günün konusu", f"subject of day {day}"),
            "minutes": _DAY_MINUTES,
            "tasks": [
                {
                    "id": f"t{_TASKS * (day - 1) + task}",
                    "text": _text(f"{day}. günün {task}. işi", f"task {task} of day {day}"),
                    "outcomes": _OUTCOMES,
                }
                for task in range(1, _TASKS + 1)
            ],
        }
        for day in range(1, _DAYS + 1)
    ]
    hazard = _text("işletmedeki tehlikeler ve ilk gün anlatılanlar", "hazards at the company, briefing on day one")
    return {"hazard": hazard, "photos": True, "days": days}


def _meeting() -> Raw:
    """One day face to face; the next ones are copies of it."""
    halves = [
        {
            "title": _text(f"konu, {turkish}", f"subject, {english}"),
            "start": start,
            "end": end,
            "topic": _text(f"ne yapılacağı, {turkish}", f"what is done, {english}"),
        }
        for start, end, turkish, english in _HALF_DAYS
    ]
    return {"days": [{"day": 1, "title": _text("1. günün konusu", "subject of day 1"), "units": halves}]}


def _practical() -> Raw:
    """Eight criteria of three levels, the first a critical step."""
    levels = (
        ("yapamaz", "cannot do it"),
        ("yardımla yapar", "does it with help"),
        ("tek başına yapar", "does it alone"),
    )
    return {
        "minutes": _TEST_MINUTES,
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
