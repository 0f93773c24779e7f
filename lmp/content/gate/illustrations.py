"""Rules: whoever cannot see or hear gets the same as everybody else, and links lead somewhere."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lmp.content.document.findings import Finding
from lmp.content.document.tree import Node
from lmp.content.gate.passages import REMEMBERED, Course, Passage, without_code
from lmp.content.gate.policy import finding
from lmp.content.texts import LANGS, Lang
from lmp.core.messages import N_, Message

FEWEST_WORDS = 2
_NAME_OF_A_FILE = re.compile(r"\.(svg|png|jpe?g|gif)\b", re.IGNORECASE)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]*)[^)]*\)|<(\w+:[^>\s]+)>")
_OUTWARD = re.compile(
    r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#]\S*)?|mailto:[^@\s]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
    re.IGNORECASE,
)


def pictures_are_described(course: Course) -> Iterator[Finding]:
    """What a picture shows is said in a sentence, not by the name of its file nor by repeating its caption."""
    for block in _blocks(course, "image"):
        for lang in LANGS:
            alt, caption = (block["alt"][lang].text or "").strip(), (block["caption"][lang].text or "").strip()
            if not alt:
                continue  # a missing text is found by the check of the document
            if _NAME_OF_A_FILE.search(alt) or len(alt.split()) < FEWEST_WORDS or alt == caption:
                message = Message(N_("Say in a sentence what the picture shows; “%(text)s” does not."), text=alt[:60])
                yield finding("alt", block["alt"][lang], message)


def films_have_captions(course: Course) -> Iterator[Finding]:
    """A film has a file of captions in each language."""
    for block in _blocks(course, "video"):
        for lang in LANGS:
            if not block["captions"][lang].text:
                message = Message(N_("The film has no captions in this language. Add a vtt file (captions=…)."))
                yield finding("captions", block["captions"][lang], message)


def _blocks(course: Course, kind: str) -> Iterator[Node]:
    """The blocks of a kind."""
    for unit in course.root["units"].items:
        yield from (block for block in unit["blocks"].items if block["kind"].text == kind)


def links_lead_somewhere(course: Course) -> Iterator[Finding]:
    """A link is an https or mail address or the id of a block in the same unit; both languages have as many."""
    for passage in course.passages:
        for lang in LANGS:
            yield from _broken(course, passage, lang)
        turkish, english = (len(links(passage.get(lang))) for lang in LANGS)
        if passage.is_complete and turkish != english:
            message = Message(
                N_("Turkish has %(turkish)s links, English %(english)s. Link to the same places."),
                turkish=turkish,
                english=english,
            )
            yield finding("links-differ", passage.at("en"), message)


@lru_cache(REMEMBERED)
def links(text: str) -> tuple[tuple[str, int], ...]:
    """The addresses a Markdown text links to, with their places."""
    found = _LINK.finditer(without_code(text))
    return tuple((one[1] if one[1] is not None else one[2], one.start()) for one in found)


def _broken(course: Course, passage: Passage, lang: Lang) -> Iterator[Finding]:
    """The links of a text that lead nowhere."""
    for address, position in links(passage.get(lang)):
        is_inward = address.startswith("#") and address[1:] in _ids_around(course, passage)
        if not (is_inward or _OUTWARD.fullmatch(address)):
            message = Message(
                N_("The link “%(address)s” leads nowhere. Write an https address or #block."), address=address
            )
            yield finding("links", passage.at(lang), message, passage.get(lang).count("\n", 0, position))


def _ids_around(course: Course, passage: Passage) -> frozenset[str]:
    """The ids of the blocks in the unit a text stands in."""
    path = passage.node.path
    if path[:1] != ("units",) or not isinstance(path[1], int):
        return frozenset()
    return frozenset(block["id"].text or "" for block in course.root["units"].items[path[1]]["blocks"].items)
