"""What all charts share: the frame with its spoken title, marks, and text that fits."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

#: Pixels a chart has at least: a phone of 320 px less the sides of the page and of the sheet.
NARROWEST = 252
#: From here on longer words are shown (the style sheet knows the same number).
BROAD = 440
#: Pixels a letter of 15 px takes at most, on average over a word.
LETTER = 8.6
#: Pixels from one line of text to the next, and from its top to its foot.
LINE, FOOT = 20, 15

_NOTHING = Markup()


@dataclass(frozen=True)
class Spoken:
    """What a chart says to those who do not see it: an id of its own on the page, what it is, and its numbers."""

    id: str
    title: str
    text: str = ""


def checked(values: Iterable[int]) -> list[int]:
    """The numbers of a chart. Raises ValueError for one below nought: nothing we count can be."""
    found = list(values)
    if any(value < 0 for value in found):
        raise ValueError("a chart draws no negative number")
    return found


def letters(pixels: float) -> int:
    """How many letters fit into so many pixels."""
    return max(1, int(pixels / LETTER))


def cut(words: str, most: int) -> str:
    """The words, or their beginning with an ellipsis when they are longer than `most` letters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def wrap(words: str, most: int, lines: int = 2) -> list[str]:
    """The words in so many lines of at most `most` letters; what is left over is cut."""
    made = [""]
    for word in words.split():
        joined = f"{made[-1]} {word}".strip()
        if len(joined) <= most or not made[-1]:
            made[-1] = joined
        elif len(made) < lines:
            made.append(word)
        else:
            made[-1] = joined
    return [cut(line, most) for line in made]


def named(words: str, y: float) -> tuple[list[Markup], float]:
    """The name of a row above its mark: wrapped where room is short, in one line where there is more; and its foot."""
    lines = wrap(words, letters(NARROWEST))
    if len(lines) == 1:
        return [text(0, y + FOOT, lines[0])], y + LINE
    made = [text(0, y + FOOT + place * LINE, one, look="chart-narrow") for place, one in enumerate(lines)]
    foot = y + len(lines) * LINE
    return [*made, text(0, foot - LINE + FOOT, cut(words, letters(BROAD)), look="chart-broad")], foot


def share(value: float, whole: float, of: float = 100) -> float:
    """A part of a whole on a scale of `of`; nought where there is no whole."""
    return of * value / whole if whole else 0


def percent(value: float) -> str:
    """A place along the width."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def frame(spoken: Spoken, height: float, kind: str, body: Iterable[Markup], defs: Markup = _NOTHING) -> Markup:
    """The chart itself, an image with a title and a description for screen readers."""
    one = escape(spoken.id)
    told = Markup('<desc id="{0}-d">{1}</desc>').format(one, spoken.text) if spoken.text else Markup()
    named = Markup("{0}-t {0}-d").format(one) if spoken.text else Markup("{0}-t").format(one)
    return Markup(
        '<svg class="chart chart-{kind}" role="img" aria-labelledby="{named}" width="100%" height="{height}">'
        '<title id="{one}-t">{title}</title>{told}{defs}{body}</svg>'
    ).format(
        kind=kind,
        named=named,
        height=round(height),
        one=one,
        title=spoken.title,
        told=told,
        defs=defs,
        body=Markup().join(body),
    )


def rect(x: float, y: float, width: float, height: float, look: str, title: str = "", fill: str = "") -> Markup:
    """A bar: place and width in per cent, top and height in pixels; its title appears on pointing."""
    told = Markup("<title>{}</title>").format(title) if title else Markup()
    painted = Markup(' fill="{}"').format(fill) if fill else Markup()
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}>{}</rect>').format(
        look, percent(x), round(y, 1), percent(width), round(height, 1), painted, told
    )


def text(x: float, y: float, words: str, *, look: str = "", anchor: str = "", push: float = 0) -> Markup:
    """Words whose foot stands at `y` pixels; `x` in per cent, pushed by some pixels."""
    extra = Markup()
    if look:
        extra += Markup(' class="{}"').format(look)
    if anchor:
        extra += Markup(' text-anchor="{}"').format(anchor)
    if push:
        extra += Markup(' dx="{}"').format(round(push, 1))
    return Markup('<text x="{}" y="{}"{}>{}</text>').format(percent(x), round(y, 1), extra, words)


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Markup:
    """A straight line between two places."""
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
        look, percent(x1), round(y1, 1), percent(x2), round(y2, 1)
    )


#: Face to face is drawn with diagonal lines, the practical test with upright ones.
_TURNED = {"meeting": Markup(' patternTransform="rotate(45)"'), "practical": Markup()}


def pattern(one: str, strand: str) -> str:
    """What a strand's bar is filled with in the chart of this id; nothing for those of plain colour."""
    return f"url(#{one}-{strand})" if strand in _TURNED else ""


def patterns(one: str) -> Markup:
    """The patterns of the strands, under ids of their own on the page."""
    made = [
        Markup(
            '<pattern id="{0}-{1}" class="s-{1}" width="5" height="5" patternUnits="userSpaceOnUse"{2}>'
            '<rect class="chart-ground" width="5" height="5"/><rect class="chart-stripe" width="2" height="5"/></pattern>'
        ).format(one, strand, turned)
        for strand, turned in _TURNED.items()
    ]
    return Markup("<defs>{}</defs>").format(Markup().join(made))
