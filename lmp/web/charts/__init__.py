"""Charts as accessible SVG, made on the server from plain numbers: no script, no style attribute, real text.

Every chart is as wide as its place and never scales its letters: places along the width are per cents, heights are pixels.
Words that may not fit at the narrowest place (a phone of 320 px) are cut with an ellipsis; the whole words stand in the
mark's title and in the table that belongs to every chart.
"""

from lmp.web.charts.bars import Bar, bars
from lmp.web.charts.drawing import NARROWEST, Spoken, cut, wrap
from lmp.web.charts.stacks import STRANDS, Stack, stacks
from lmp.web.charts.tiles import PLACES, tiles
from lmp.web.charts.times import Column, Series, columns, dots, steps
from lmp.web.charts.waits import Wait, waits

__all__ = [
    "NARROWEST",
    "PLACES",
    "STRANDS",
    "Bar",
    "Column",
    "Series",
    "Spoken",
    "Stack",
    "Wait",
    "bars",
    "columns",
    "cut",
    "dots",
    "stacks",
    "steps",
    "tiles",
    "waits",
    "wrap",
]
