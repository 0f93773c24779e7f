"""Drawings in courses: only plain shapes and words, nothing that acts, loads or styles from elsewhere."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from lmp.core.messages import N_, Message

LARGEST_SVG = 1_000_000
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

ELEMENTS = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc"}
    | {"defs", "marker", "use", "linearGradient", "stop", "clipPath"}
)
_GEOMETRY = {
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "d",
    "points",
    "width",
    "height",
}
_PAINT = {"fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"} | {
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "opacity",
    "color",
    "vector-effect",
    "paint-order",
    "clip-path",
    "clip-rule",
    "stop-color",
    "stop-opacity",
    "display",
    "visibility",
    "marker-start",
    "marker-mid",
    "marker-end",
    "shape-rendering",
    "text-rendering",
}
_WORDS = {"font-family", "font-size", "font-weight", "font-style", "font-variant", "text-anchor", "letter-spacing"} | {
    "word-spacing",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "text-decoration",
    "textLength",
    "lengthAdjust",
    "rotate",
    "writing-mode",
}
_FRAME = {"id", "class", "transform", "viewBox", "preserveAspectRatio", "version", "role", "lang", "overflow"} | {
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-hidden",
    "focusable",
    "href",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "offset",
    "clipPathUnits",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
}
ATTRIBUTES = frozenset(_GEOMETRY | _PAINT | _WORDS | _FRAME)
#: Attributes that hold words for people, in which nothing refers to anything.
_SPOKEN = frozenset({"aria-label", "class", "id", "role", "lang"})
_LOCAL = re.compile(r"#[\w.-]+")
_LOCAL_URL = re.compile(r"""url\(\s*(["']?)#[\w.-]+\1\s*\)""", re.IGNORECASE)
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding=["']([^"']+)["']""")


def refusals(content: bytes) -> list[Message]:
    """Why a drawing is refused, each reason once; none when it may be shown."""
    if len(content) > LARGEST_SVG:
        return [Message(N_("The drawing is too large; at most %(limit)s bytes are read."), limit=LARGEST_SVG)]
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    if (declared and declared[1].lower() != b"utf-8") or not _is_utf8(content):
        return [Message(N_("The drawing is not UTF-8."))]
    inspector = _Inspector()
    parser = DefusedXMLParser(target=inspector, encoding="utf-8", forbid_dtd=True)
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException:
        return [Message(N_("A drawing has no document type and no entities."))]
    except ParseError as broken:
        return [Message(N_("The drawing is not well-formed XML: %(detail)s."), detail=str(broken))]
    return inspector.reasons


def _is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8, whatever a byte order mark might make the parser believe."""
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


class _Inspector:
    """Watches the parser go through a drawing; never builds a tree, so depth costs nothing."""

    def __init__(self) -> None:
        """Nothing found yet."""
        self.reasons: list[Message] = []
        self._is_root = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        namespace, name = _split(tag)
        if self._is_root and name != "svg":
            self._refuse(Message(N_("The drawing does not begin with <svg>.")))
        self._is_root = False
        if namespace != _SVG or name not in ELEMENTS:
            self._refuse(Message(N_("The element <%(name)s> is not allowed in a drawing."), name=name))
        for attribute, value in attributes.items():
            for reason in _attribute_refusals(name, attribute, value):
                self._refuse(reason)

    def end(self, tag: str) -> None:
        """An element ends: nothing to look at."""

    def data(self, data: str) -> None:
        """Letters: only shown."""

    def comment(self, data: str) -> None:
        """A remark: not shown."""

    def pi(self, target: str, data: str | None = None) -> None:
        """A processing instruction, for example a style sheet."""
        self._refuse(Message(N_("The instruction <?%(name)s?> is not allowed in a drawing."), name=target))

    def close(self) -> None:
        """The end of the drawing."""

    def _refuse(self, reason: Message) -> None:
        """Remember a reason once."""
        if reason not in self.reasons:
            self.reasons.append(reason)


def _attribute_refusals(element: str, attribute: str, value: str) -> Iterator[Message]:
    """Why one attribute is refused."""
    namespace, name = _split(attribute)
    is_known = (
        name in ATTRIBUTES
        if not namespace
        else (namespace, name) in ((_XLINK, "href"), (_XML, "space"), (_XML, "lang"))
    )
    if not is_known:
        yield Message(
            N_("The attribute %(name)s of <%(element)s> is not allowed in a drawing."), name=name, element=element
        )
    elif not _stays_inside(name, value):
        yield Message(N_("The drawing refers to something outside itself: %(value)s."), value=value[:80])


def _stays_inside(name: str, value: str) -> bool:
    """Whether every reference in a value leads to the same drawing; an unclosed url( counts as leading out."""
    if name == "href":
        return bool(_LOCAL.fullmatch(value.strip()))
    if name in _SPOKEN:
        return True
    rest = _LOCAL_URL.sub("", value).lower()
    return not any(sign in rest for sign in ("url", "//", "\\"))


def _split(name: str) -> tuple[str, str]:
    """Namespace and local name."""
    namespace, brace, local = name.rpartition("}")
    return (namespace[1:], local) if brace else ("", name)


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a drawing by its view box, in whole pixels; None where it has none."""
    found = _VIEW_BOX.search(data)
    return (round(float(found[1])), round(float(found[2]))) if found else None


_VIEW_BOX = re.compile(rb"""viewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""")
