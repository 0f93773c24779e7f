"""The frozen record of what was earned: what a certificate says, in both languages, and its one canonical form."""

import hashlib
import json
import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

LESSON_MINUTES_DEFAULT = 40


class Kind(StrEnum):
    """What the document is: only a run with a MEBBİS activity number yields the two official kinds."""

    COMPLETION = "completion"
    COURSE = "course"
    SEMINAR = "seminar"


#: The control characters of Unicode, category Cc.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _one_line(text: str) -> str:
    """Bring a text to NFC; ValueError for control characters, which no paper can show."""
    if _CONTROL.search(text):
        raise ValueError("a text of the record must be one line without control characters")
    return unicodedata.normalize("NFC", text)


_STRIPPED = StringConstraints(strip_whitespace=True)
#: Lengths are the longest that the paper was tried with; whoever prepares an issue learns of a longer text in time.
Words = Annotated[str, _STRIPPED, Field(min_length=1, max_length=600), AfterValidator(_one_line)]
Name = Annotated[str, _STRIPPED, Field(min_length=1, max_length=120), AfterValidator(_one_line)]
ShortWords = Annotated[str, _STRIPPED, Field(min_length=1, max_length=60), AfterValidator(_one_line)]
Line = Annotated[str, _STRIPPED, Field(max_length=120), AfterValidator(_one_line)]
TitleWords = Annotated[str, _STRIPPED, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
Minutes = Annotated[int, Field(ge=0)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
StrandKey = Literal["online", "meeting", "workplace", "practical"]


class Frozen(BaseModel):
    """Base of all parts of the record: immutable, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Frozen):
    """One text in Turkish and in English."""

    tr: Words
    en: Words


class Title(Bilingual):
    """The name of a course or a centre, or a sentence of the foot: short enough for its place on the paper."""

    tr: TitleWords
    en: TitleWords


class Office(Bilingual):
    """What a signatory is, in one short line."""

    tr: ShortWords
    en: ShortWords


class FieldName(Bilingual):
    """The name of a vocational field (alan) or of a cross-cutting subject (ders)."""

    kind: Literal["vocational", "subject"] = "vocational"


class Strand(Frozen):
    """Planned and earned minutes of one strand."""

    key: StrandKey
    planned: Minutes
    earned: Minutes


class Signatory(Frozen):
    """A person under whose name there is room for a signature by pen."""

    name: ShortWords
    title: Office


class UnitProof(Frozen):
    """One proven online unit: the day its check was passed and its planned minutes."""

    title: Bilingual
    passed_on: date
    minutes: Minutes


class DayProof(Frozen):
    """One confirmed workplace day; times are local wall time and may pass midnight."""

    on: date
    starts: Clock
    ends: Clock
    break_minutes: Minutes
    minutes: Minutes
    confirmed_on: date


class HalfDayProof(Frozen):
    """One attended half day of a meeting."""

    on: date
    half: Literal["morning", "afternoon"]
    minutes: Minutes


class PracticalProof(Frozen):
    """The practical test as scored: assessors are counted, never named."""

    on: date
    assessors: Annotated[int, Field(ge=1)]
    critical_done: Annotated[int, Field(ge=0)]
    critical_all: Annotated[int, Field(ge=0)]
    points: Annotated[int, Field(ge=0)]
    points_all: Annotated[int, Field(ge=0)]
    minutes: Minutes


class OutcomeProof(Frozen):
    """What proves one outcome: numbers of units and of workplace days (from 1), and whether the test covers it."""

    units: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    practical: bool = False


class LedgerSum(Frozen):
    """The sum of one strand in the minute ledger; reversals are among the entries."""

    key: StrandKey
    entries: Annotated[int, Field(ge=0)]
    reversals: Annotated[int, Field(ge=0)]
    minutes: Minutes


class EvidencePage(Frozen):
    """The rows of the printed evidence summary (page 2); `outcomes` is empty or parallel to the record's outcomes."""

    outcomes: tuple[OutcomeProof, ...] = ()
    units: tuple[UnitProof, ...] = ()
    days: tuple[DayProof, ...] = ()
    half_days: tuple[HalfDayProof, ...] = ()
    practical: PracticalProof | None = None
    ledger: tuple[LedgerSum, ...] = ()


class Evidence(Frozen):
    """How much evidence stands behind the certificate, and the SHA-256 of the id of each piece of it."""

    days_confirmed: Annotated[int, Field(ge=0)] = 0
    units_proven: Annotated[int, Field(ge=0)] = 0
    half_days_attended: Annotated[int, Field(ge=0)] = 0
    ledger_entries: Annotated[int, Field(ge=0)] = 0
    ids: tuple[Sha256, ...] = ()
    page: EvidencePage | None = None


class CertificateRecord(Frozen):
    """Everything a certificate says; it outlives course, run and account and is never changed, only replaced."""

    format: Literal[1] = 1
    kind: Kind
    number: Words
    code: Annotated[str, Field(min_length=16, max_length=40)]
    person: Name
    course_slug: Words
    course_title: Title
    course_version: Annotated[int, Field(ge=1)]
    course_hash: Sha256
    fields: tuple[FieldName, ...]
    centre: Title
    school: Line = ""
    province: Name
    district: Line = ""
    outcomes: tuple[Bilingual, ...]
    strands: tuple[Strand, ...]
    lesson_minutes: Annotated[int, Field(ge=1)] = LESSON_MINUTES_DEFAULT
    score: Annotated[int, Field(ge=0, le=100)] | None = None
    pass_mark: Annotated[int, Field(ge=0, le=100)] | None = None
    starts_on: date
    ends_on: date
    issued_on: date
    issued_place: Name
    expires_on: date | None = None
    run: Words | None = None
    activity_no: Words | None = None
    signatories: Annotated[tuple[Signatory, ...], Field(max_length=2)]
    assessed_by: Bilingual | None = None
    replaces: str | None = None
    verify_url: Words
    regulated: Bilingual | None = None
    funding: Title | None = None
    specimen: bool = False
    evidence: Evidence = Evidence()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        """Refuse what no certificate may say: an official kind without activity number, an end before the start."""
        if self.kind is not Kind.COMPLETION and not self.activity_no:
            raise ValueError("a course or seminar document needs an activity number")
        if self.ends_on < self.starts_on:
            raise ValueError("the training ends before it starts")
        proofs = self.evidence.page.outcomes if self.evidence.page else ()
        if proofs and len(proofs) != len(self.outcomes):
            raise ValueError("the proofs do not match the outcomes")
        return self

    @property
    def minutes(self) -> int:
        """Earned minutes of all strands."""
        return sum(strand.earned for strand in self.strands)


def canonical(record: CertificateRecord) -> bytes:
    """Write the record as canonical JSON (RFC 8785): sorted keys, no spaces, UTF-8, NFC, whole numbers only.

    Absent values are left out, so a later optional key does not change the hash of an old record.
    """
    content = record.model_dump(mode="json", exclude_none=True)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def record_hash(record: CertificateRecord) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(record)).hexdigest()


def parse(content: bytes) -> CertificateRecord:
    """Read a record back; ValueError when it is not a record or not written in the canonical form."""
    record = CertificateRecord.model_validate_json(content)
    if canonical(record) != content:
        raise ValueError("the record is not in its canonical form")
    return record


def evidence_hash(evidence_id: str) -> str:
    """SHA-256 of the id of one piece of evidence: provable later, telling a stranger nothing now."""
    return hashlib.sha256(evidence_id.encode()).hexdigest()


def document_kind(policy_document: str, activity_no: str | None) -> Kind:
    """The kind a run may issue: course and seminar documents only with an activity number; ValueError if unknown."""
    wanted = Kind(policy_document)
    return wanted if activity_no else Kind.COMPLETION


def standing(kind: Kind, activity_no: str | None) -> Bilingual:
    """What the document rests on and what it does not replace, as printed in its foot."""
    if kind is Kind.COMPLETION or not activity_no:
        return Bilingual(
            tr="Bu belge merkezin kayıtlarına dayanır; MEBBİS hizmet içi eğitim kaydının yerine geçmez.",
            en="Based on the records of the centre. It does not replace the in-service training record kept in MEBBİS.",
        )
    return Bilingual(
        tr=f"Bu belge merkezin kayıtlarına dayanır. MEBBİS faaliyet no: {activity_no}",
        en=f"Based on the records of the centre. MEBBİS activity number: {activity_no}",
    )
