"""What reviewing and publishing a course ask for, and what comes next on its way."""

from collections.abc import Sequence
from enum import StrEnum

from lmp.content.document import Finding
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.core.text import normalise

LONGEST_NOTE = 1000
LONGEST_COMMENT = 2000


class ReviewState(StrEnum):
    """What became of a request for review."""

    OPEN = "open"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    #: The authors asked again before anybody decided.
    OVERTAKEN = "overtaken"


class Standing(StrEnum):
    """Where a course stands between its authors and its readers."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"


class Step(StrEnum):
    """What one person does next with a course."""

    WRITE = "write"
    REPAIR = "repair"
    ASK = "ask"
    DECIDE = "decide"
    WAIT = "wait"
    DONE = "done"
    READ = "read"


def standing(*, is_new: bool, review: ReviewState | None) -> Standing:
    """Where a course stands; `is_new`: its draft says something else than its newest version, `review`: the newest request."""
    if not is_new:
        return Standing.PUBLISHED
    if review is ReviewState.OPEN:
        return Standing.IN_REVIEW
    return Standing.SENT_BACK if review is ReviewState.SENT_BACK else Standing.DRAFT


def next_step(found: Standing, *, may_write: bool, may_decide: bool, blocking: int) -> Step:
    """What somebody does next: whoever may decide decides what waits, whoever writes repairs before they ask."""
    if found is Standing.PUBLISHED:
        return Step.DONE
    if found is Standing.IN_REVIEW:
        return Step.DECIDE if may_decide else Step.WAIT
    if not may_write:
        return Step.READ
    if found is Standing.SENT_BACK:
        return Step.REPAIR
    return Step.WRITE if blocking else Step.ASK


class NotPublishable(RuleBroken):
    """The draft has findings that stop publication; `findings` lists them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the list for the page that shows it."""
        super().__init__(
            Message(
                *P_(
                    "%(n)s finding stops publication. Repair it first.",
                    "%(n)s findings stop publication. Repair them first.",
                ),
                n=len(findings),
            )
        )
        self.findings = tuple(findings)


def blocking(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that must be repaired before publishing."""
    return [finding for finding in findings if finding.severity == "error"]


def check_publishable(findings: Sequence[Finding]) -> None:
    """Raises NotPublishable with every finding that must be repaired first."""
    found = blocking(findings)
    if found:
        raise NotPublishable(found)


def check_note(note: Bilingual) -> Bilingual:
    """The change note, cleaned. Raises RuleBroken at the field of the language in which it is missing or too long."""
    cleaned = Bilingual(normalise(note.tr).strip(), normalise(note.en).strip())
    for lang, sentence in (
        ("tr", N_("Write in Turkish what is new in this version.")),
        ("en", N_("Write in English what is new in this version.")),
    ):
        if not getattr(cleaned, lang):
            raise RuleBroken(Message(sentence), f"note_{lang}")
        if len(getattr(cleaned, lang)) > LONGEST_NOTE:
            raise RuleBroken(
                Message(N_("The text is too long. Write at most %(limit)s characters."), limit=LONGEST_NOTE),
                f"note_{lang}",
            )
    return cleaned


def check_words(words: str, empty: str, field: str) -> str:
    """A text that somebody typed, cleaned. Raises RuleBroken with the sentence `empty`, or when it is too long."""
    cleaned = normalise(words).strip()
    if not cleaned:
        raise RuleBroken(Message(empty), field)
    return check_length(cleaned, field)


def check_length(words: str, field: str) -> str:
    """A text that may be empty, cleaned. Raises RuleBroken when it is too long."""
    cleaned = normalise(words).strip()
    if len(cleaned) > LONGEST_COMMENT:
        raise RuleBroken(
            Message(N_("The text is too long. Write at most %(limit)s characters."), limit=LONGEST_COMMENT), field
        )
    return cleaned
