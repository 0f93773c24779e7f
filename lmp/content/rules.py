"""What publishing a course asks for."""

from collections.abc import Sequence

from lmp.content.document import Finding
from lmp.core.db import Bilingual
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.core.text import normalise

LONGEST_NOTE = 1000


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
