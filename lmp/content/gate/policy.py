"""The policy: every rule of the gate with what it asks for, and whether breaking it stops publication. Read it as a table."""

from dataclasses import dataclass
from typing import Literal

from lmp.content.document.findings import Finding, Severity
from lmp.content.document.tree import Node
from lmp.core.messages import N_, Message

Effect = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name for programs, its effect, and what it asks for in a sentence for trainers."""

    name: str
    effect: Effect
    asks: str

    @property
    def message(self) -> Message:
        """What it asks for, in the reader's language."""
        return Message(self.asks)


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        # That both languages and all files are there; found by the checks of the format
        Rule("text-missing", "block", N_("Every text stands in the language the course was written in.")),
        Rule("translation-missing", "block", N_("Every text stands in the other language too.")),
        Rule("translation-unmarked", "block", N_("Every translation is marked with the source it was made from.")),
        Rule("translation-stale", "warn", N_("No translation is older than its source.")),
        Rule("missing-media", "block", N_("Every file that a block names is there.")),
        Rule("unused-media", "warn", N_("Every file is named by a block.")),
        # What both languages say
        Rule("numbers", "block", N_("Both languages name the same numbers.")),
        Rule("units", "block", N_("A number has the same unit in both languages.")),
        Rule(
            "number-format",
            "warn",
            N_(
                "Numbers are written as the language writes them: 1.234,5 and %%20 in Turkish, 1,234.5 and 20%% in English."
            ),
        ),
        Rule("language", "block", N_("Each text is written in the language of its file.")),
        Rule("steps", "block", N_("Safety notes and tasks have the same steps in both languages.")),
        Rule("structure", "warn", N_("Headings, lists and tables are built alike in both languages.")),
        Rule("terms", "warn", N_("A term of the glossary stands in both languages or in neither.")),
        Rule("glossary", "warn", N_("The glossary explains words that the course uses.")),
        # Pictures, films and links
        Rule("alt", "block", N_("The text for people who cannot see a picture says what it shows.")),
        Rule("captions", "block", N_("A film has captions in both languages.")),
        Rule(
            "drawing-language",
            "block",
            N_("A drawing with words has a file of its own in each language, and its words are translated."),
        ),
        Rule("drawing-numbers", "block", N_("Both files of a drawing show the same numbers.")),
        Rule("links", "block", N_("A link leads to an https address, a mail address, or a block of the same unit.")),
        Rule("links-differ", "warn", N_("Both languages link to the same number of places.")),
        # Questions
        Rule("answer", "block", N_("The explanation of a number question arrives at its right answer.")),
        Rule("tolerance", "block", N_("The tolerance of a number question accepts rounding and nothing else.")),
        # The course as a whole
        Rule("outcome-unit", "block", N_("Every outcome is taught by a unit.")),
        Rule("outcome-question", "warn", N_("Every outcome is asked by a question.")),
        Rule("outcome-plan", "warn", N_("Every outcome is practised at the company.")),
        Rule("outcome-criterion", "warn", N_("Every outcome is looked at in the practical test.")),
        Rule("reading-time", "warn", N_("The planned minutes of a unit fit its texts, tasks and questions.")),
        Rule("sentence-length", "warn", N_("No sentence is longer than a reader can hold.")),
        Rule("readability", "warn", N_("Texts are as readable as technical texts can be.")),
    )
}


def finding(rule: str, node: Node, message: Message, below: int = 0) -> Finding:
    """A finding of a rule at a place, `below` lines under where the text begins; the policy says how grave it is."""
    severity: Severity = "error" if RULES[rule].effect == "block" else "warning"
    return Finding(node.path, rule, message, severity, below)
