"""Letters with their looks → one paragraph of Markdown that says exactly these letters."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lmp.core.text import normalise, plain

_JUNK = re.compile("[\u00ad\u200b\u200c\u2060\ufeff\ufffc]")
_BLANKS = re.compile(r"\s+")
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SPECIAL = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$)      # a backslash in front of what it would take the meaning of
    | `
    | (?<!\s)\* | \*(?!\s)
    | (?<![^\W_])_(?!\s) | (?<!\s)_(?![^\W_])
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    | \](?=[(\[])
    | !(?=\[)""",
    re.VERBOSE,
)
_DEFINITION = re.compile(r"(?m)^\[(?=[^\]\n]+\]:)")
_MARK_OF_LINE = re.compile(r"(?m)^(?=\#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|=+\s*$|[-*_][-*_ ]*$|~~~|:::|\|[-|: ]*$)")
_NUMBER_OF_LINE = re.compile(r"(?m)^(\d{1,9})(?=[.)](?:\s|$))")
_LINK = re.compile(r"(?:https?://[^/\\?#]|mailto:[^/\\])[^\x00-\x20]*", re.IGNORECASE)
#: Letters that mean nothing in Markdown, as most paragraphs have them.
_HARMLESS = re.compile(r"[^\W\d_][^\n`*_\[\]<>\\&!#|~=+@$^{}]*")
_PIECES = re.compile(r"\s+|\S(?:[^\n]*\S)?")
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_CAN_RISE = re.compile(r"[-+−]?[0-9n]{1,4}[-+−]?")
_CAN_SINK = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look, and where they lead."""

    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look alike; a newline in them is a forced one."""

    text: str
    look: Look = Look()


PLAIN = Look()


def cleaned(text: str) -> str:
    """Letters without what cannot be seen: one kind of blank, no soft hyphens, no marks of direction."""
    return _BLANKS.sub(" ", _JUNK.sub("", normalise(f"x{_BLANKS.sub(' ', text)}x")[1:-1]))


def raised(text: str) -> str:
    """Small numbers above the line as Unicode has them (m²), everything else as it is."""
    return text.translate(_RAISED) if _CAN_RISE.fullmatch(text) else text


def lowered(text: str) -> str:
    """Small numbers below the line as Unicode has them (CO₂), everything else as it is."""
    return text.translate(_LOWERED) if _CAN_SINK.fullmatch(text) else text


def link_of(address: str) -> str:
    """The address if it leads to another page or a mailbox, else nothing; brackets and blanks written so that they stay inside."""
    bare = address.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    bare = bare.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return bare if _LINK.fullmatch(bare) else ""


def said(runs: Iterable[Run]) -> str:
    """The letters alone, in one line."""
    return " ".join("".join(run.text for run in runs).split())


def paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs parted where two forced newlines follow each other, without those that say nothing."""
    part: list[Run] = []
    newlines = 0
    for run in runs:
        newlines = newlines + 1 if run.text == "\n" else (newlines if run.text.isspace() else 0)
        if newlines == 2 and said(part):
            yield part
            part = []
        part.append(run)
    if said(part):
        yield part


def markdown(runs: Sequence[Run]) -> str:
    """One paragraph: with its looks if they can be written so that they are read again, else without them."""
    return _written(_tidy(runs), "{}", _guarded)


def heading(runs: Sequence[Run]) -> str:
    """The words of a heading, in one line."""
    return _written(_in_one_line(runs), "## {}", lambda text: re.sub(r"#$", r"\\#", text))


def cell(runs: Sequence[Run]) -> str:
    """One cell of a table, in one line."""
    tidy = _in_one_line(runs)
    return _written(tidy, "| {} |\n| --- |", lambda text: text.replace("|", "\\|")) if tidy else ""


def _in_one_line(runs: Sequence[Run]) -> list[Run]:
    return _tidy([replace(run, text=" ") if run.text == "\n" else run for run in runs])


def _written(tidy: Sequence[Run], around: str, guarded: Callable[[str], str]) -> str:
    """The first way of writing that the renderer reads as exactly these letters."""
    letters = said(tidy)
    if _HARMLESS.fullmatch(letters) and all(run.look == PLAIN and "\n" not in run.text for run in tidy):
        return letters
    without_italics = [Run(run.text, replace(run.look, italic=False)) for run in tidy]
    without_looks = [Run(run.text, replace(PLAIN, link=run.look.link)) for run in tidy]
    for attempt in (tidy, _merged(without_italics), _merged(without_looks)):
        text = guarded(_emphasised(_apart(attempt)))
        if " ".join(plain(around.format(text)).split()) == letters:
            return text
    return literally(letters)


def literally(text: str) -> str:
    """A line in which every sign that could mean something stands for itself."""
    return "".join(f"\\{letter}" if letter in _PUNCTUATION else letter for letter in text)


def _tidy(runs: Sequence[Run]) -> list[Run]:
    """One blank between words, none at the ends of lines; a blank looks like its neighbours if both look alike."""
    kept: list[Run] = []
    for piece in (piece for run in runs for piece in _pieces(run)):
        before = kept[-1].text if kept else "\n"
        if piece.text == " " and before in (" ", "\n"):
            continue
        if piece.text == "\n" and before == " ":
            kept.pop()
        if piece.text != "\n" or kept:
            kept.append(piece)
    while kept and kept[-1].text in (" ", "\n"):
        kept.pop()
    for place in range(1, len(kept) - 1):
        if kept[place].text == " " and kept[place - 1].look == kept[place + 1].look and not kept[place - 1].look.code:
            kept[place] = Run(" ", kept[place - 1].look)
    return _merged(kept)


def _pieces(run: Run) -> Iterator[Run]:
    """The words of a run, and the blanks and forced newlines at its ends, which look like nothing."""
    for piece in _PIECES.findall(run.text):
        yield Run(piece, run.look) if not piece.isspace() else Run("\n" if "\n" in piece else " ")


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Neighbours that look alike as one."""
    return [Run("".join(run.text for run in group), look) for look, group in groupby(runs, key=lambda run: run.look)]


def _apart(runs: Sequence[Run]) -> list[Run]:
    """Punctuation at the edge of a look stands outside it where a letter follows or precedes: `**Not**:metin`."""
    found: list[Run] = []
    for place, run in enumerate(runs):
        before = runs[place - 1].text[-1] if place else " "
        after = runs[place + 1].text[0] if place + 1 < len(runs) else " "
        if run.look.link or run.look.code or not (run.look.bold or run.look.italic):
            found.append(run)
            continue
        text = run.text
        start = len(text) - len(text.lstrip(_PUNCTUATION + "’‘“”…–—")) if before.isalnum() else 0
        end = len(text.rstrip(_PUNCTUATION + "’‘“”…–—")) if after.isalnum() else len(text)
        if start >= end or not any(map(str.isalnum, text)):
            found.append(Run(text))
            continue
        parts = (Run(text[:start]), Run(text[start:end], run.look), Run(text[end:]))
        found += [part for part in parts if part.text]
    return _merged(found)


def _emphasised(runs: Sequence[Run]) -> str:
    """The runs with their marks, links outermost, bold around italic."""
    written = ""
    for link, linked in groupby(runs, key=lambda run: run.look.link):
        inner = "".join(_marked(list(bolder), "**" if bold else "") for bold, bolder in groupby(linked, key=_is_bold))
        if link and written.endswith("!"):
            written = f"{written[:-1]}\\!"  # or it would be a picture
        written += _linked(inner, link) if link else inner
    return written


def _is_bold(run: Run) -> bool:
    return run.look.bold and not run.look.code


def _marked(runs: Sequence[Run], mark: str) -> str:
    """Runs within one mark."""
    inner = "".join(_one(run) for run in runs)
    return f"{mark}{inner}{mark}"


def _one(run: Run) -> str:
    """One run: code as it stands, other letters escaped, italics marked."""
    if run.look.code:
        return code(run.text)
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", run.text).replace("\n", "\\\n")
    return f"*{escaped}*" if run.look.italic else escaped


def code(text: str) -> str:
    """Letters between as many backticks as they need."""
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{' '.join(text.split())}{room}{fence}"


def _linked(inner: str, address: str) -> str:
    """A link; an address that is shown as it is stands alone between angle brackets."""
    bare = re.sub(r"\\(.)", r"\1", inner)
    if bare == address and address.isascii():
        return f"<{address}>"
    return f"[{inner}]({address})"


def _guarded(written: str) -> str:
    """Lines that begin like a heading, a list or a fence begin with plain letters."""
    guarded = _MARK_OF_LINE.sub(r"\\", _DEFINITION.sub(r"\\[", written))
    return _NUMBER_OF_LINE.sub(r"\1\\", guarded)
