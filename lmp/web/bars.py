"""The bar of a course's strands. Python writes it: a list draws it fifty times, and a macro costs several times as much."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from lmp.core import messages, written
from lmp.core.messages import N_, Message

#: Strand → its name where room is short.
SHORT = {
    "online": Message(N_("Distance")),
    "meeting": Message(N_("Face-to-face")),
    "workplace": Message(N_("On the job")),
    "practical": Message(N_("Test")),
}
_OF = N_("%(earned)s of %(planned)s")
_HEIGHT, _BIG_HEIGHT = 10, 16


def in_language(lang: str) -> Callable[..., Markup]:
    """The drawing function of an environment."""

    def strand_bar(parts: Sequence[Any], big: bool = False, muted: bool = False, labelled: bool = True) -> Markup:
        """Parts hold key, planned and earned? in minutes, in the order of the strands; without earned a part is full.

        `labelled` says its numbers to screen readers, which a key beside it makes needless.
        """
        shown = [part for part in map(_named, parts) if part["planned"]]
        total = sum(part["planned"] for part in shown) or 1
        kind = "strand-bar" + (" strand-bar-big" if big else "") + (" strand-muted" if muted else "")
        label = f'role="img" aria-label="{escape(_said(shown, lang))}"' if labelled else 'aria-hidden="true"'
        height = _BIG_HEIGHT if big else _HEIGHT
        drawn = "".join(_part(part, part["planned"] / total, height) for part in shown)
        return Markup(f'<div class="{kind}" {label}>{drawn}</div>')  # noqa: S704 - numbers and our own words, escaped

    return strand_bar


def _named(part: Any) -> Mapping[str, Any]:
    """A part by the names of its values; lists of courses hand them as a frozen value."""
    return part if isinstance(part, Mapping) else vars(part)


def _said(parts: Sequence[Mapping[str, Any]], lang: str) -> str:
    return ", ".join(f"{messages.text(SHORT[part['key']], lang)} {_amount(part, lang)}" for part in parts)


def _amount(part: Mapping[str, Any], lang: str) -> str:
    planned = written.hours(part["planned"], lang)
    if "earned" not in part:
        return planned
    return messages.text(Message(_OF, earned=written.hours(part["earned"], lang), planned=planned), lang)


def _part(part: Mapping[str, Any], width: float, height: int) -> str:
    """One strand: as wide as its share of the plan, and what is still open drawn over it from the right."""
    share = min(100, 100 * part["earned"] / part["planned"]) if "earned" in part else 100
    rest = f'<rect class="open" x="{share:.2f}%" width="{100 - share:.2f}%" height="100%"/>' if share < 100 else ""
    size = f'width="{100 * width:.3f}%" height="{height}"'
    return f'<svg class="s-{part["key"]}" {size} aria-hidden="true">{rest}</svg>'
