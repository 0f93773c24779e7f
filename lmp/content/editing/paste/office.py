"""How word processors write what HTML has no word for: items of lists, tracked changes, comments, marks of lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lmp.content.editing.paste.layout import NEXT, Mark
from lmp.content.editing.paste.tree import Element
from lmp.content.editing.paste.words import Run

_JUNK_TAGS = frozenset({"del", "input", "button", "canvas"})
_JUNK_CLASSES = frozenset(
    {
        "msodel",
        "msocommentreference",
        "msocomanchor",
        "msocomtxt",
        "trackchangetextdeletion",
        "mw-editsection",
        "mw-cite-backlink",
    }
    | {"sr-only", "visually-hidden", "screen-reader-text"}
)
_JUNK_STYLES = {
    "display": ("none",),
    "mso-hide": ("all",),
    "mso-list": ("ignore",),
    "mso-element": ("comment", "comment-list"),
    "mso-special-character": ("comment",),
}
_LEVEL = re.compile(r"level(\d)")
_SIGN = re.compile(
    r"\s*([·•▪§o‣◦\uf0b7\uf0a7\uf0d8–-]|(?:\d{1,3}\.)*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})[.)])[\s\u00a0]{2,}"
)
_NUMBER = re.compile(r"(\d{1,6})[.)]?\Z")
_LETTER = re.compile(r"[^\W\d_]{1,5}[.)]\Z")
_POINTS = re.compile(r"([\d.]+)(pt|in|cm)\Z")
_POINTS_OF = {"pt": 1.0, "in": 72.0, "cm": 28.35}
_MONOSPACED = re.compile("mono|consolas|courier|menlo")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list that is written as a paragraph; `sign` is what its text begins with instead of a mark."""

    mark: Mark
    sign: str = ""


def is_junk(element: Element) -> bool:
    """Whether an element is not part of what one reads: hidden, deleted, a comment, the mark of an item."""
    if element.tag in _JUNK_TAGS or "hidden" in element.attributes:
        return True
    if not element.attributes:
        return False
    style = element.style
    return bool(element.classes & _JUNK_CLASSES) or any(
        style.get(name, "").split(" ")[0] in values for name, values in _JUNK_STYLES.items()
    )


def is_picture(element: Element) -> bool:
    """Whether an image is one to look at, not a dot that counts readers."""
    sizes = [element.attributes.get(name, "") for name in ("width", "height")]
    return not any(size in ("0", "1", "2") for size in sizes)


def is_rule(element: Element) -> bool:
    """Whether a line parts the text; Word's line above footnotes is a third of the width."""
    return element.attributes.get("width") != "33%"


def is_code(element: Element) -> bool:
    """Whether a part of a page is a program as editors put it on the clipboard."""
    style = element.style if element.tag == "div" else {}
    return style.get("white-space") == "pre" and bool(_MONOSPACED.search(style.get("font-family", "")))


def heading_level(element: Element) -> int | None:
    """The level of a heading, 0 for the title of a document, None for everything else."""
    if len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdecimal():
        return int(element.tag[1])
    if element.attributes.get("role") == "heading":
        return level_of(element) or 2
    outline = element.style.get("mso-outline-level", "")
    if outline.isdecimal():
        return int(outline)
    return 0 if element.classes & {"msotitle", "title"} and element.tag == "p" else None


def level_of(element: Element) -> int | None:
    """The level that an element says for those who cannot see it."""
    written = element.attributes.get("data-aria-level") or element.attributes.get("aria-level") or ""
    return int(written) if written in tuple("123456789") else None


def item_of(element: Element) -> Item | None:
    """The item that a paragraph is, or None."""
    if element.tag == "div":
        return _item_of_slide(element)
    if element.tag != "p":
        return None
    listed = element.style.get("mso-list", "")
    level = _LEVEL.search(listed)
    if level is not None:
        marks = [one for one in element.every("span") if one.style.get("mso-list") == "ignore"]
        return Item(Mark(int(level[1]), _number(marks[0].text() if marks else "")))
    sign = _SIGN.match(element.text()) if goes_on_in_list(element) and "mso-list" not in element.style else None
    return Item(Mark(_indented(element), _number(sign[1])), sign[1]) if sign else None


def _item_of_slide(element: Element) -> Item | None:
    """The item that a line of a slide is: PowerPoint writes its sign as letters."""
    for child in element.children:
        form = child.style.get("mso-special-format", "") if isinstance(child, Element) and child.tag == "span" else ""
        if isinstance(child, Element) and "bullet" in form:
            return Item(Mark(1, NEXT if form.startswith("num") else None), "".join(child.text().split()))
    return None


def goes_on_in_list(element: Element) -> bool:
    """Whether a paragraph has one of Word's looks for lists."""
    return any(name.startswith("msolist") for name in element.classes)


def without_sign(runs: Sequence[Run], sign: str) -> list[Run]:
    """The runs without the letters of a sign at their beginning."""
    left, kept = sign, []
    for run in runs:
        text = run.text
        while left and text and (text[0].isspace() or text[0] == left[0]):
            left = left if text[0].isspace() else left[1:]
            text = text[1:]
        kept.append(replace(run, text=text))
    return kept


def _number(sign: str) -> int | None:
    """The number that a mark says; the next one for a letter; None for a dot."""
    bare = " ".join(sign.split())
    number = _NUMBER.search(bare)
    if number:
        return int(number[1])
    if not _LETTER.fullmatch(bare):
        return None
    return 1 if bare[0] in "aA" else NEXT


def _indented(element: Element) -> int:
    """How deep an item stands by its margin: half an inch each."""
    margin = _POINTS.match(element.style.get("margin-left", ""))
    points = (
        float(margin[1]) * _POINTS_OF[margin[2]] if margin and margin[1].count(".") < 2 and margin[1] != "." else 36
    )
    return min(max(round(points / 36), 1), 9)
