"""A small course that is complete: every kind of block and question, ten days, eight criteria."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image

from lmp.content.document import CourseDocument
from lmp.content.files import write_course
from lmp.content.files.tidy import with_marks
from lmp.content.texts import UNMARKED

Raw = dict[str, Any]

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><title>Kare</title><rect width="8" height="8"/></svg>\n'
)


def _photo() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "JPEG")
    return out.getvalue()


MEDIA = {
    "tek-hat.svg": SVG,
    "tek-hat.en.svg": SVG.replace(b"Kare", b"Square"),
    "pano.jpg": _photo(),
    "tanitim.mp4": b"\x00\x00\x00\x18ftypmp42rest",
    "tanitim.tr.vtt": b"WEBVTT\n",
    "tanitim.en.vtt": b"WEBVTT\n",
    "form.pdf": b"%PDF-1.7\n",
}
REVIEWED = {"from": UNMARKED, "state": "reviewed"}


def text(turkish: str, english: str) -> Raw:
    """A bilingual text."""
    return {"tr": turkish, "en": english}


def question(number: int, kind: str, *, use: str = "quiz", explanation: Raw | None = None, **answer: object) -> Raw:
    """A question with the parts its kind needs in `answer`."""
    return {
        "key": f"soru-{number}",
        "id": str(UUID(int=number)),
        "kind": kind,
        "outcome": "o1",
        "use": use,
        "difficulty": 2,
        "prompt": text(f"Soru {number} nedir?", f"What is question {number}?"),
        **answer,
        "explanation": explanation or text("Çünkü öyledir.", "Because it is so."),
        "translation": REVIEWED,
    }


def options(*correct: bool) -> list[Raw]:
    """Options a, b, c… of which those marked are right."""
    return [
        {"id": letter, "correct": right, "text": text(f"Seçenek {letter}", f"Option {letter}")}
        for letter, right in zip("abcdef", correct, strict=False)
    ]


def pairs(count: int = 3) -> list[Raw]:
    """Pairs a, b, c… of a matching question."""
    return [
        {
            "id": letter,
            "left": text(f"Sol {letter}", f"Left {letter}"),
            "right": text(f"Sağ {letter}", f"Right {letter}"),
        }
        for letter in "abcdefghijkl"[:count]
    ]


def items(count: int = 4, first: str = "a") -> list[Raw]:
    """Items of an ordering question in their right order, named by letters from `first` on."""
    return [
        {"id": chr(ord(first) + place), "text": text(f"Adım {place + 1}", f"Step {place + 1}")}
        for place in range(count)
    ]


def questions() -> list[Raw]:
    """One question of each kind; the first is asked in the page."""
    return [
        question(1, "single", use="check", options=options(False, True, False)),
        question(2, "multiple", options=options(True, False, True)),
        question(3, "truefalse", use="both", correct=True),
        question(
            4, "number", value=32, tolerance=0.5, unit="A", explanation=text("Sonuç 32 A.", "The result is 32 A.")
        ),
        question(5, "text", accept={"tr": ["kaçak akım rölesi", "RCD"], "en": ["residual-current device"]}),
        question(6, "matching", pairs=pairs(), others=items(1, "x")),
        question(7, "ordering", items=items()),
    ]


def blocks() -> list[Raw]:
    """One block of each kind, two of text."""
    return [
        {"kind": "text", "id": "giris", "body": text("## Giriş\n\nPano **budur**.", "## Start\n\nThis **is** it.")},
        {
            "kind": "image",
            "id": "tek-hat",
            "file": {"tr": "tek-hat.svg", "en": "tek-hat.en.svg"},
            "alt": text("Bir kare: boş", "A square: empty"),
            "caption": text("Kare", "Square"),
        },
        {"kind": "image", "id": "pano", "file": {"tr": "pano.jpg"}, "alt": text("Bir pano", "A panel")},
        {
            "kind": "video",
            "id": "tanitim",
            "file": {"tr": "tanitim.mp4"},
            "captions": {"tr": "tanitim.tr.vtt", "en": "tanitim.en.vtt"},
            "title": text("Tanıtım", "Tour"),
            "transcript": text("Merhaba.\n\nHoş geldiniz.", "Hello.\n\nWelcome."),
        },
        {"kind": "file", "id": "form", "file": {"tr": "form.pdf"}, "title": text("Ölçüm formu", "Measuring form")},
        {"kind": "question", "id": "kontrol", "ask": "soru-1"},
        {"kind": "text", "id": "devam", "body": text("## Ölçme `V`\n\nÖlçün.", "## Measuring `V`\n\nMeasure.")},
        {
            "kind": "task",
            "id": "gorev",
            "minutes": 30,
            "title": text("Görev", "Task"),
            "text": text("1. Bakın.\n2. Yazın.", "1. Look.\n2. Write."),
        },
        {
            "kind": "note",
            "id": "enerji",
            "tone": "safety",
            "title": text("Önce", "First"),
            "text": text("Enerjiyi kesin.", "Isolate."),
        },
    ]


def marked(block: Raw) -> Raw:
    """A block with the mark of a reviewed translation, where its kind has one."""
    return block if block["kind"] == "question" else {**block, "translation": REVIEWED}


def unit(key: str = "pano", **changes: object) -> Raw:
    """A unit of 90 minutes."""
    return {
        "key": key,
        "title": text("Panonun yapısı", "How a panel is built"),
        "summary": text("Bir panoyu tanırsınız.", "You get to know a panel."),
        "minutes": 90,
        "outcomes": ["o1"],
        "quiz": {"draw": 3, "pass": 60},
        "translation": REVIEWED,
        "blocks": [marked(block) for block in blocks()],
        "questions": questions(),
        **changes,
    }


def workplace() -> Raw:
    """Ten days of six hours with three tasks each."""
    return {
        "hazard": text("Elektrik çarpması.", "Electric shock."),
        "photos": True,
        "days": [
            {
                "day": day,
                "title": text(f"{day}. gün", f"Day {day}"),
                "minutes": 360,
                "tasks": [
                    {"id": f"g{day}-{task}", "text": text(f"İş {task}", f"Work {task}"), "outcomes": ["o1"]}
                    for task in range(1, 4)
                ],
            }
            for day in range(1, 11)
        ],
    }


def meeting() -> Raw:
    """One day face to face: 180 and 150 minutes."""
    half_days = (("08:30", "11:30", "Sabah", "Morning"), ("13:00", "15:30", "Öğleden sonra", "Afternoon"))
    units = [
        {"title": text(tr, en), "start": start, "end": end, "topic": text("Kesirler", "Fractions")}
        for start, end, tr, en in half_days
    ]
    return {"days": [{"day": 1, "title": text("1. gün", "Day 1"), "units": units}]}


def practical() -> Raw:
    """Eight criteria of three levels."""
    return {
        "minutes": 120,
        "pass": 70,
        "place": text("Bir pano.", "A panel."),
        "criteria": [
            {
                "id": f"c{number}",
                "text": text(f"Ölçüt {number}", f"Criterion {number}"),
                "must": number == 1,
                "outcomes": ["o1"],
                "levels": [
                    {"points": points, "text": text(f"Düzey {points}", f"Level {points}")} for points in range(3)
                ],
            }
            for number in range(1, 9)
        ],
    }


def raw_course(**changes: object) -> Raw:
    """The JSON form of the course, with other values for some of its keys."""
    minutes = {"online": 90, "meeting": 0, "workplace": 3600, "practical": 120}
    return {
        "format": 1,
        "slug": "ornek-kurs",
        "centre": "smm-ank-cezeri",
        "fields": ["elektrik-elektronik"],
        "shape": "workplace",
        "source": "tr",
        "title": text("Örnek kurs", "Sample course"),
        "summary": text("Bir panoyu sınarsınız.", "You test a panel."),
        "audience": text("Öğretmenler", "Teachers"),
        "minutes": minutes,
        "outcomes": [{"id": "o1", "text": text("Panoyu sınar.", "Tests."), "you": text("Sınarsınız.", "You test.")}],
        "policy": {
            "strands": minutes,
            "absence_share": 0.2,
            "pass_mark": 70,
            "practical": True,
            "document": "completion",
            "lesson_minutes": 40,
            "grace_days": 14,
            "example": True,
        },
        "licence": "CC-BY-4.0",
        "sources": [{"title": "TS HD 60364", "note": text("Kurallar", "Rules")}],
        "units": [unit()],
        "workplace": workplace(),
        "practical": practical(),
        "glossary": [{"term": text("pano", "panel"), "definition": text("Bir kutu.", "A box.")}],
        **changes,
    }


def course(**changes: object) -> CourseDocument:
    """The course, its translations marked with their sources."""
    return with_marks(CourseDocument.model_validate(raw_course(**changes)))


def changed(change: Callable[[Raw], None]) -> CourseDocument:
    """The course after a change of its JSON form; translation marks stay as they were before it."""
    raw = course().model_dump(mode="json")
    change(raw)
    return CourseDocument.model_validate(raw)


def media_in(folder: Path) -> dict[str, Path]:
    """The sample media as files in a folder of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in MEDIA.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in MEDIA}


def course_folder(base: Path, document: CourseDocument | None = None) -> Path:
    """A folder with the canonical files of a course."""
    written = document or course()
    folder = base / written.slug
    write_course(written, media_in(base / "sample-media"), folder)
    return folder
