"""Trying a question while it is written: answered as people will answer it, marked by the real marking, kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from lmp.content.asked import Asked, Control, Given, Response, Telling, asked, filled
from lmp.content.document import LANGS, Lang
from lmp.content.document.unwritten import wanted_in
from lmp.content.editing.places import Raw
from lmp.content.editing.sheets import TEXTS, model_of
from lmp.content.marking import BadResponse, mark
from lmp.core.errors import RuleBroken
from lmp.core.messages import Message

#: Mixes options and rows always in the same way, so that they stay where they are from one try to the next.
_SEED = "try"


@dataclass(frozen=True, slots=True)
class Trial:
    """A question in one language with an answer to it; `share` is what a tried answer is worth, from 0 to 1."""

    lang: Lang
    asked: Asked
    is_written: bool
    share: float | None = None
    problem: Message | None = None

    @property
    def is_partly_right(self) -> bool:
        """Whether some of the answer is right, but not all."""
        return self.share is not None and 0 < self.share < 1


def tried(question: Raw, lang: Lang, given: Sequence[str], *, is_marked: bool) -> Trial:
    """A question as it would be asked in a language with the answer `given`; nobody's answers are touched. Raises NoQuestion."""
    model = model_of(_readable(question))
    shown = asked(model, seed=_SEED)
    prompt = question["prompt"][lang]
    is_written = bool(prompt.strip()) and wanted_in(prompt) is None
    values: Response = list(given) if _takes_many(shown) else next(iter(given), "")
    if not is_marked:
        return Trial(lang, filled(shown, values), is_written)
    try:
        response = shown.understood(values)
        worth = mark(model, response)
    except (BadResponse, RuleBroken) as refused:
        return Trial(lang, filled(shown, values), is_written, problem=refused.message)
    answered = asked(model, seed=_SEED, given=Given(response, worth.correct), telling=Telling.VERDICT)
    return Trial(lang, answered, is_written, worth.score)


def _takes_many(shown: Asked) -> bool:
    """Whether an answer consists of several values."""
    return shown.control in (Control.CHECKBOX, Control.MATCHING, Control.ORDERING)


def _readable(question: Raw) -> Raw:
    """The question with dots in the place of options, pairs and items in which nothing is written yet."""
    made = dict(question)
    for part, texts in TEXTS.items():
        if part in made:
            made[part] = [{**row, **{name: _or_dots(row[name]) for name in texts if name in row}} for row in made[part]]
    return made


def _or_dots(text: Raw) -> Raw:
    """A text, or dots."""
    return text if any(text.values()) else dict.fromkeys(LANGS, "…")
