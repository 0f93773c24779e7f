"""Rules: words in drawings are translated, and both files of a drawing show the same numbers."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from lmp.content.document.findings import Finding
from lmp.content.document.tree import Node
from lmp.content.gate.language import is_written_in
from lmp.content.gate.passages import Course, unquoted
from lmp.content.gate.policy import finding
from lmp.content.gate.quantities import odd_numbers
from lmp.content.texts import LANGS, Lang, other
from lmp.core.messages import N_, Message

#: A word of a language: three small letters or more, perhaps behind a capital (not DANGER, RDC-DD), not stuck to digits.
_WORD = re.compile(r"(?<![\w.·/-])[^\W\d_]?[a-zçğıöşüâîû]{3,}(?![\w·/])")
#: The share of words that both files have in common when nobody translated; cards of terms share many.
_UNTRANSLATED = 0.8
_TURKISH_LETTERS = re.compile("[ıİşŞğĞçÇöÖüÜ]")


def words_in_drawings(files: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """The lines of words of every drawing by its file name; what cannot be read says nothing."""
    return {name: _lines(content) for name, content in files.items() if name.endswith(".svg")}


def _lines(content: bytes) -> tuple[str, ...]:
    """What one drawing says in the order of the file; words in italics are a quotation, as in running text."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return ()
    shown = [each for each in root.iter() if each.tag.rpartition("}")[2] == "text"]
    texts = [(" ".join("".join(each.itertext()).split()), each.get("font-style") == "italic") for each in shown]
    return tuple(f"“{text}”" if is_quoted else text for text, is_quoted in texts if text)


def drawings_are_translated(course: Course) -> Iterator[Finding]:
    """A drawing with words has two files, and each is in its language."""
    for file in _drawn(course.root):
        turkish, english = file["tr"].text or "", file["en"].text or file["tr"].text or ""
        yield from _untranslated(
            file, course.drawings.get(turkish, ()), course.drawings.get(english, ()), turkish == english
        )


def _drawn(root: Node) -> Iterator[Node]:
    """The file names of every image that is a drawing."""
    for unit in root["units"].items:
        for block in unit["blocks"].items:
            if block["kind"].text == "image" and (block["file"]["tr"].text or "").endswith(".svg"):
                yield block["file"]


def _untranslated(
    file: Node, turkish: tuple[str, ...], english: tuple[str, ...], is_one_file: bool
) -> Iterator[Finding]:
    """What is wrong with the words of one drawing; one finding is enough to look at it."""
    if is_one_file:
        spoken = [line for line in turkish if _WORD.search(unquoted(line))]
        if spoken:
            message = Message(
                N_("The drawing says “%(words)s” in both languages. Draw one file for each language."),
                words=spoken[0][:60],
            )
            yield finding("drawing-language", file["tr"], message)
        return
    said: dict[Lang, tuple[str, ...]] = {"tr": turkish, "en": english}
    for lang in LANGS:
        strange = _strange(said[lang], said[other(lang)], lang)
        if strange:
            message = Message(
                N_("The words “%(words)s” in this drawing are not translated. Translate them."), words=strange[:60]
            )
            yield finding("drawing-language", file[lang], message)


def _strange(lines: tuple[str, ...], others: tuple[str, ...], lang: Lang) -> str:
    """A line that is in the other language; or, when most of the words stand in the other file too, those."""
    for line in lines:
        if is_written_in(other(lang), line) or (lang == "en" and line in others and _TURKISH_LETTERS.search(line)):
            return line
    if lang == "tr":
        return ""
    words, known = _words(lines), _words(others)
    same = [word for word in words if word in known]
    return ", ".join(same) if len(same) > 1 and len(same) >= len(words) * _UNTRANSLATED else ""


def _words(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The different words of a drawing, without quotations."""
    return tuple(dict.fromkeys(word for line in lines for word in _WORD.findall(unquoted(line))))


def drawings_show_equal_numbers(course: Course) -> Iterator[Finding]:
    """Both files of a drawing have the same numbers, written as each language does."""
    for file in _drawn(course.root):
        shown = {lang: " · ".join(course.drawings.get(file[lang].text or "", ())) for lang in LANGS}
        if not (shown["tr"] and shown["en"]):
            continue
        odd = odd_numbers(shown["tr"], shown["en"])
        if odd["tr"] or odd["en"]:
            message = Message(
                N_("The drawings differ in numbers: %(turkish)s in Turkish, %(english)s in English. Draw them equal."),
                turkish="; ".join(each.written for each in odd["tr"]) or "–",
                english="; ".join(each.written for each in odd["en"]) or "–",
            )
            yield finding("drawing-numbers", file["en"], message)
