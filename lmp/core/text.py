"""The one way from people's text to HTML: Markdown, then bleach, then nh3; also plain text and fingerprints."""

import hashlib
import html
import re
import threading
import unicodedata
from collections.abc import Sequence
from importlib.metadata import version
from typing import Literal

import nh3
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.token import Token

from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

MAX_MARKDOWN = 60_000
#: More than any author needs: beyond either html5lib becomes slow, so the text is shown as it was typed.
DEEPEST_NESTING = 40
LONGEST_HTML = 250_000
#: Changes whenever saved HTML ought to be made again.
SANITISER = "2; " + "; ".join(f"{name} {version(name)}" for name in ("markdown-it-py", "bleach", "nh3"))

_BLOCKS = {"h2", "h3", "h4", "p", "pre", "blockquote", "hr", "ul", "ol", "li"}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
_TAGS = frozenset(_BLOCKS | _TABLE | {"a", "br", "code", "em", "strong"})
_SCHEMES = frozenset({"http", "https", "mailto"})
_ALIGNED = frozenset({"align-center", "align-right"})
_STYLE_TO_CLASS = {"text-align:center": "align-center", "text-align:right": "align-right"}
_GOOD_LINK = re.compile(
    r"""https?://[^/\\?\#]        # another site, named
    | mailto:[^/\\]
    | [?\#]                        # the same page
    | \.{0,2}/(?!/|\\|%5C)       # this site, but not //host
    | (?!%5C)[\w%][^:\\]*$ | (?!%5C)[\w%][^:/\\]*[/?\#]""",
    re.IGNORECASE | re.VERBOSE,
)


#: A blank between a number and the short word behind it, nearly always its unit: 32 A, 10 mm², 35 °C.
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:°[CF]|[^\W\d_]{1,4}[²³]?)(?![^\W\d_]))")


class TextTooLong(RuleBroken):
    """A text is longer than the platform takes."""

    def __init__(self, limit: int) -> None:
        """`limit` is in characters."""
        super().__init__(Message(N_("The text is too long. Write at most %(limit)s characters."), limit=limit))


class _Markdown(MarkdownIt):
    """CommonMark with tables, without raw HTML and pictures, with links only where people mean to go."""

    def __init__(self) -> None:
        """Fix the options in one place."""
        super().__init__("commonmark", {"html": False})
        self.enable("table").disable(["image", "html_block", "html_inline"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser calls it by this name
        """http, https, mailto and addresses inside the site; never another scheme or a bare host."""
        return bool(_GOOD_LINK.match(url))


class _Sanitisers(threading.local):
    """The two sanitisers, one pair for each thread because bleach's is not thread-safe."""

    def __init__(self) -> None:
        """Give both the same allow-list."""
        self.bleach = Cleaner(
            tags=_TAGS,
            attributes=_is_allowed,
            protocols=_SCHEMES,
            strip=True,
            strip_comments=True,
        )
        self.nh3 = nh3.Cleaner(
            tags=set(_TAGS),
            attributes={"a": {"href"}, "ol": {"start"}},
            tag_attribute_values={"th": {"class": set(_ALIGNED), "scope": {"col"}}, "td": {"class": set(_ALIGNED)}},
            url_schemes=set(_SCHEMES),
            link_rel="noopener noreferrer",
        )


def _is_allowed(tag: str, name: str, value: str) -> bool:
    """Link addresses (their scheme is checked apart), first numbers of lists, alignment and scope of cells."""
    if tag == "ol":
        return name == "start" and value.isascii() and value.isdecimal() and len(value) <= 9
    if tag in ("th", "td") and name == "class":
        return value in _ALIGNED
    return (tag, name) == ("a", "href") or (tag, name, value) == ("th", "scope", "col")


_markdown = _Markdown()
_everything = MarkdownIt("commonmark").enable("table")
_sanitisers = _Sanitisers()


def to_html(markdown: str) -> str:
    """Safe HTML of a Markdown text; headings begin at h2. Raises TextTooLong."""
    tokens = _parse(markdown)
    for token in tokens:
        _adapt(token)
    unsafe = _markdown.renderer.render(tokens, _markdown.options, {})
    if _depth(tokens) > DEEPEST_NESTING or len(unsafe) > LONGEST_HTML:
        unsafe = f"<pre>{html.escape(normalise(markdown))}</pre>"
    return sanitise(unsafe)


def together(words: str) -> str:
    """A text in which no line ends between a number and its unit."""
    return _BEFORE_UNIT.sub("\u00a0", words)


def sanitise(unsafe: str) -> str:
    """HTML with nothing in it but our allow-list: first by bleach, then by nh3, which parses independently."""
    return _sanitisers.nh3.clean(_sanitisers.bleach.clean(unsafe))


def plain(markdown: str) -> str:
    """The words of a Markdown text without markup, one line for each block. Raises TextTooLong."""
    tokens = _parse(markdown)
    lines = ["".join(_spoken(part) for part in token.children or ()) or token.content for token in tokens]
    return "\n".join(line.strip() for line in lines if line.strip())


def forbidden_markup(markdown: str) -> Literal["html", "image"] | None:
    """The first thing that authors must not write in Markdown, or None."""
    if not ("<" in markdown or "![" in markdown):
        return None
    for block in _everything.parse(markdown):
        for token in (block, *(block.children or ())):
            if token.type in ("html_block", "html_inline"):
                return "html"
            if token.type == "image":
                return "image"
    return None


def _parse(markdown: str) -> list[Token]:
    """The tokens of a text that is not too long."""
    if len(markdown) > MAX_MARKDOWN:
        raise TextTooLong(MAX_MARKDOWN)
    return _markdown.parse(normalise(markdown))


def _depth(tokens: Sequence[Token]) -> int:
    """How deeply the inline markup of any block is nested; blocks themselves are limited by the parser."""
    return max((token.level for block in tokens for token in block.children or ()), default=0)


def _adapt(token: Token) -> None:
    """Keep headings between h2 and h4, numbers with their units, and turn styles, which our CSP forbids, into classes."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
    elif token.type in ("th_open", "td_open"):
        align = _STYLE_TO_CLASS.get(str(token.attrs.pop("style", "")))
        token.attrs.update({"class": align} if align else {})
        token.attrs.update({"scope": "col"} if token.tag == "th" else {})
    for part in token.children or ():
        if part.type == "text":
            part.content = together(part.content)


def _spoken(token: Token) -> str:
    """What an inline token says."""
    return " " if token.type in ("softbreak", "hardbreak") else token.content


#: Control characters but tab and newline, bidi marks and overrides, byte order marks, noncharacters, lone surrogates.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NEWLINE = re.compile("\r\n?|[\u2028\u2029]")
_TRAILING = re.compile(r"[^\S\n]+$", re.MULTILINE)


def normalise(text: str) -> str:
    """The one spelling of a text: NFC, one kind of newline, no control or bidi characters, no blanks at the ends."""
    clean = _FORBIDDEN.sub("", _NEWLINE.sub("\n", text))
    return _TRAILING.sub("", unicodedata.normalize("NFC", clean)).strip("\n")


def fingerprint(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of the normalised text."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()[:12]


#: Letters that print nothing although Unicode does not call them controls or formats.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u3164\uffa0\u2800")


def one_line(text: str, limit: int) -> str:
    """A name or title in one line: NFC, no invisible characters, single spaces. Raises TextTooLong beyond `limit`."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(_visible(char) for char in unicodedata.normalize("NFC", text))
    clean = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(clean) > limit:
        raise TextTooLong(limit)
    return clean


def _visible(char: str) -> str:
    """The character, a space for every kind of blank, or nothing for what cannot be seen."""
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") or char in _BLANK_LETTERS else char
