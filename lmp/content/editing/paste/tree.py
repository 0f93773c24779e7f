"""Reads HTML as programs put it on the clipboard into a small tree; linear in its length, whatever comes.

The parsers at hand are not: deep or broken HTML keeps html.parser, html5lib and html5ever busy for minutes. This one is lenient
where they are exact, which is enough for HTML that a browser or a word processor wrote a moment ago.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lmp.core.text import MAX_MARKDOWN, TextTooLong

#: Elements deeper than this become part of what they stand in.
DEEPEST = 80
#: More than a text of ours needs, however its program writes: a page of Word has about a hundred.
MOST_TAGS = 60_000

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
#: What says nothing to a reader of a course.
_SILENT = frozenset(
    {"head", "xml", "template", "noscript", "svg", "object", "iframe", "select", "audio", "video", "map", "annotation"}
)
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"}
    | {"li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"}
    | {"tr", "ul"}
)
#: What a beginning element closes when it is still open, and the elements that stop the search for it.
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
}
_PARAGRAPH = (frozenset({"p"}), BLOCKS - {"p"})
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>][^\s>]*))?""")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_TAG_ENDS = re.compile(r""">|=\s*(["'])""")
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*)")


@dataclass(slots=True)
class Element:
    """An element with what stands in it; names in small letters."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def style(self) -> dict[str, str]:
        """The declarations of its style attribute, in small letters."""
        written = self.attributes.get("style", "").lower()
        return {name: value.strip() for name, value in _DECLARATION.findall(written)} if written else {}

    @property
    def classes(self) -> set[str]:
        """Its classes, in small letters."""
        return set(self.attributes.get("class", "").lower().split())

    def every(self, *tags: str) -> "Iterator[Element]":
        """The elements of these kinds inside it, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.every(*tags)

    def text(self) -> str:
        """All letters inside it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def read_html(source: str) -> Element:
    """The tree of a piece of HTML, under one element. Raises TextTooLong."""
    builder = _Builder()
    place = 0
    for _ in range(MOST_TAGS):
        bracket = source.find("<", place)
        if bracket < 0:
            break
        builder.letters(source[place:bracket])
        place = _read_markup(source, bracket, builder)
    else:
        raise TextTooLong(MAX_MARKDOWN)
    builder.letters(source[place:])
    return builder.root


def _read_markup(source: str, bracket: int, builder: "_Builder") -> int:
    """Read what begins with a bracket; answer the place behind it. What is never closed goes on to the end."""
    if source.startswith("<!--", bracket):
        return _behind(source, "-->", bracket + 2)
    if source[bracket + 1 : bracket + 2] in ("!", "?"):
        return _behind(source, ">", bracket)
    tag = _TAG.match(source, bracket)
    if tag is None:
        builder.letters("&lt;")
        return bracket + 1
    end = _end_of_tag(source, tag.end())
    name = tag[2].lower()
    if tag[1]:
        builder.end(name)
        return end
    builder.start(name, source[tag.end() : end])
    if name not in _RAW:
        return end
    closing = _RAW[name].search(source, end)
    return _behind(source, ">", closing.start()) if closing else len(source)


def _behind(source: str, mark: str, place: int) -> int:
    """The place behind the next mark, or the end."""
    found = source.find(mark, place)
    return found + len(mark) if found >= 0 else len(source)


def _end_of_tag(source: str, place: int) -> int:
    """The place behind the bracket that closes a tag; brackets in quoted values do not."""
    while found := _TAG_ENDS.search(source, place):
        if not found[1]:
            return found.end()
        place = _behind(source, found[1], found.end())
    return len(source)


class _Builder:
    """Puts tags into a tree, closing what programs leave open."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.root = Element("html")
        self._open = [self.root]
        self._silent = ""

    def letters(self, written: str) -> None:
        """Letters between tags."""
        if written and not self._silent:
            self._open[-1].children.append(html.unescape(written))

    def start(self, name: str, written: str) -> None:
        """An element begins."""
        if self._silent and name != "body":
            return
        self._silent = ""
        if name in _RAW:
            return
        if name in _SILENT:
            self._silent = "" if written.rstrip(">").endswith("/") else name
            return
        self._close_what_is_open(name)
        element = Element(name, _attributes(written))
        self._open[-1].children.append(element)
        if name not in _VOID and not _closes_itself(name, written) and len(self._open) < DEEPEST:
            self._open.append(element)

    def end(self, name: str) -> None:
        """An element ends; one that is not open does nothing."""
        if self._silent:
            self._silent = "" if name == self._silent else self._silent
            return
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == name:
                del self._open[place:]
                return
            if self._open[place].tag in ("td", "th", "table") and name not in BLOCKS:
                return

    def _close_what_is_open(self, name: str) -> None:
        """Close a paragraph before a block, an item before an item, a cell before a cell."""
        if name in BLOCKS:
            self._close(*_PARAGRAPH)
        if name in _CLOSES:
            self._close(*_CLOSES[name])

    def _close(self, closed: frozenset[str], bounds: frozenset[str]) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag in closed:
                del self._open[place:]
                return
            if self._open[place].tag in bounds:
                return


def _closes_itself(name: str, written: str) -> bool:
    """Whether an element of Office's own kinds is written as <o:p/>."""
    return ":" in name and written.rstrip(">").endswith("/")


def _attributes(written: str) -> dict[str, str]:
    """The attributes of a tag; of one that is written twice the first."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(written):
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        found.setdefault(name.lower(), html.unescape(bare))
    return found
