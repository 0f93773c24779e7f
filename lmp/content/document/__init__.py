"""The course document: its schema, what must fit together in it, its canonical form and hash."""

from lmp.content.document.blocks import (
    BLOCK_KINDS,
    Block,
    FileBlock,
    ImageBlock,
    NoteBlock,
    QuestionBlock,
    TaskBlock,
    TextBlock,
    VideoBlock,
)
from lmp.content.document.canonical import canonical, content_hash
from lmp.content.document.checks import findings
from lmp.content.document.course import CourseDocument, Outcome, Quiz, Source, Unit
from lmp.content.document.findings import Finding
from lmp.content.document.plans import (
    Criterion,
    Level,
    Meeting,
    MeetingDay,
    MeetingUnit,
    Practical,
    Task,
    Term,
    Workplace,
    WorkplaceDay,
)
from lmp.content.document.questions import (
    QUESTION_KINDS,
    AnyQuestion,
    MultipleQuestion,
    NumberQuestion,
    Option,
    SingleQuestion,
    TextQuestion,
    TrueFalseQuestion,
)
from lmp.content.document.translation import parity
from lmp.content.texts import LANGS, Captions, File, Label, Lang, Text, Translation, Words

__all__ = [
    "BLOCK_KINDS",
    "LANGS",
    "QUESTION_KINDS",
    "AnyQuestion",
    "Block",
    "Captions",
    "CourseDocument",
    "Criterion",
    "File",
    "FileBlock",
    "Finding",
    "ImageBlock",
    "Label",
    "Lang",
    "Level",
    "Meeting",
    "MeetingDay",
    "MeetingUnit",
    "MultipleQuestion",
    "NoteBlock",
    "NumberQuestion",
    "Option",
    "Outcome",
    "Practical",
    "QuestionBlock",
    "Quiz",
    "SingleQuestion",
    "Source",
    "Task",
    "TaskBlock",
    "Term",
    "Text",
    "TextBlock",
    "TextQuestion",
    "Translation",
    "TrueFalseQuestion",
    "Unit",
    "VideoBlock",
    "Words",
    "Workplace",
    "WorkplaceDay",
    "canonical",
    "content_hash",
    "findings",
    "parity",
]
