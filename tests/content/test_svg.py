"""Drawings in courses: plain shapes pass, everything that acts or loads is refused by name."""

import pytest

from lmp.content import svg
from lmp.content.svg import LARGEST_SVG, refusals
from lmp.core.messages import text

HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def reasons(inside: str, attributes: str = "") -> str:
    """Why a drawing with this inside is refused, in English."""
    return "\n".join(text(each, "en") for each in refusals(f"<svg {HEAD} {attributes}>{inside}</svg>".encode()))


GOOD = """<title>Tek hat</title><desc>Şema</desc>
<defs>
  <linearGradient id="g" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#0A5F67"/></linearGradient>
  <marker id="ok" markerWidth="4" markerHeight="4" refX="2" refY="2" orient="auto"><path d="M0 0h4"/></marker>
  <clipPath id="c"><circle cx="1" cy="1" r="1"/></clipPath>
</defs>
<g transform="translate(1 2)" fill="url(#g)" clip-path="url( '#c' )" aria-label="see https://x.example">
  <rect x="1" y="1" width="718" height="798" rx="16" stroke-dasharray="12 8" stroke-linecap="round"/>
  <ellipse rx="2" ry="1"/><polyline points="0,0 1,1"/><polygon points="0,0 1,1 2,0"/>
  <line x1="0" x2="1" marker-end="url(#ok)"/><use href="#ok"/><use xlink:href="#ok"/>
  <text x="1" font-family="sans-serif" text-anchor="middle" xml:space="preserve">A<tspan dy="2">B</tspan></text>
</g><!-- a remark -->"""


def test_a_plain_drawing_passes() -> None:
    assert reasons(GOOD, 'viewBox="0 0 720 800" role="img" width="720"') == ""
    assert refusals(f"<?xml version='1.0' encoding='UTF-8'?><svg {HEAD}/>".encode()) == []
    assert refusals(b"\xef\xbb\xbf" + f"<svg {HEAD}/>".encode()) == []


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<script href="https://evil.example/x.js"/>', "<script>"),
        ("<style>*{fill:red}</style>", "<style>"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ('<a href="#x"><rect/></a>', "<a>"),
        ('<image href="https://evil.example/x.png"/>', "<image>"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate>"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "<set>"),
        ("<filter><feImage href='https://evil.example'/></filter>", "<filter>"),
        ("<iframe/>", "<iframe>"),
        ("<metadata/>", "<metadata>"),
        ('<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>', "<script>"),
        ('<h:rect xmlns:h="http://www.w3.org/1999/xhtml"/>', "<rect>"),
        ('<rect onload="alert(1)"/>', "onload"),
        ('<rect OnClick="alert(1)"/>', "OnClick"),
        ('<rect style="fill:url(https://evil.example)"/>', "style"),
        ('<rect xml:base="https://evil.example"/>', "base"),
        ('<rect xmlns:i="https://inkscape.example" i:label="x"/>', "label"),
        ('<use href="https://evil.example/x.svg#a"/>', "https://evil.example"),
        ('<use xlink:href="//evil.example/x.svg#a"/>', "//evil.example"),
        ('<use href="data:image/svg+xml,x"/>', "data:"),
        ('<use href="javascript:alert(1)"/>', "javascript:"),
        ('<use href="&#106;avascript:alert(1)"/>', "javascript:"),
        ('<use href="other.svg#a"/>', "other.svg"),
        ('<rect fill="url(https://evil.example/x#a)"/>', "https://evil.example"),
        ('<rect fill="URL( //evil.example )"/>', "//evil.example"),
        ('<rect fill="url(https://evil.example"/>', "https://evil.example"),
        ('<rect fill="\\75rl(//evil.example)"/>', "evil.example"),
        ('<rect fill="url(#a) url(x.svg#b)"/>', "x.svg"),
        ("<?xml-stylesheet href='https://evil.example'?>", "<?xml-stylesheet?>"),
    ],
)
def test_what_acts_or_loads_is_refused_by_name(inside: str, named: str) -> None:
    assert named in reasons(inside)


def test_every_reason_is_told_once() -> None:
    told = reasons("<script/><script/><rect onload='x'/><image/>").split("\n")
    assert len(told) == 3


def test_an_instruction_before_the_drawing_is_refused_too() -> None:
    content = f"<?xml-stylesheet href='x.css'?><svg {HEAD}/>".encode()
    assert [each.values["name"] for each in refusals(content)] == ["xml-stylesheet"]


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"><title>&x;</title></svg>',
        b'<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        b'<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        b"<svg>",
        b"",
        b"GIF89a",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<svg/>",
        f"<?xml version='1.0' encoding='UTF-16'?><svg {HEAD}/>".encode("utf-16"),
        f"<?xml version='1.0' encoding='utf-7'?><svg {HEAD}/>".encode(),
        b'<svg xmlns="http://www.w3.org/2000/svg"><title>\xff</title></svg>',
        b" " * (LARGEST_SVG + 1),
        f"<svg {HEAD}>".encode() + b"<g>" * 20_000,
    ],
)
def test_what_is_no_sound_drawing_is_refused(content: bytes) -> None:
    assert refusals(content)


@pytest.mark.parametrize(
    ("box", "size"),
    [(b'viewBox="0 0 720 520"', (720, 520)), (b"viewBox='0,0,10.4,9.6'", (10, 10)), (b'width="5"', None)],
)
def test_a_drawing_says_how_much_room_it_takes(box: bytes, size: tuple[int, int] | None) -> None:
    assert svg.size(b'<svg xmlns="http://www.w3.org/2000/svg" ' + box + b"/>") == size
