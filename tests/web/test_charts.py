"""Charts: whatever the numbers, every letter stays inside the frame and no two words touch, on the narrowest phone."""

import re
from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lmp.web import charts
from lmp.web.charts import NARROWEST, PLACES, Bar, Column, Series, Spoken, Stack, Wait
from lmp.web.charts.drawing import BROAD, LETTER, LINE

SPOKEN = Spoken("c", "Deneme", "bir: 1")
NAMES = st.one_of(
    st.just("Mesleki Eğitime Yönelik Fen Bilimleri ve Tesisat Teknolojisi ve İklimlendirme"),
    st.text("abcçdefgğhıijklmnoöprsştuüvyz İIĞŞ<&\"'", min_size=1, max_size=90).filter(str.strip),
)
AMOUNTS = st.integers(0, 1_000_000)


def said(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg))


def boxes(svg: str, width: int, left_out: str) -> list[tuple[float, float, float, str]]:
    """Left, right, foot and words of every text that is shown at this width."""
    found = []
    for one in drawn(svg).iter("text"):
        if left_out in (one.get("class") or "") or "tile" in (one.get("class") or ""):
            continue
        x = float((one.get("x") or "0").rstrip("%")) * width / 100 + float(one.get("dx") or 0)
        long = len(one.text or "") * LETTER
        left = {"end": x - long, "middle": x - long / 2}.get(one.get("text-anchor") or "", x)
        found.append((left, left + long, float(one.get("y") or 0), one.text or ""))
    return found


def check(svg: str) -> None:
    """Everything holds on a phone and on a desk."""
    height = float(drawn(svg).get("height") or 0)
    for width, left_out in ((NARROWEST, "chart-broad"), (BROAD, "chart-narrow")):
        found = boxes(svg, width, left_out)
        for left, right, foot, words in found:
            assert left >= -1, words
            assert right <= width + 1, words
            assert 8 <= foot <= height, words
        for one, other in combinations(found, 2):
            apart = one[1] <= other[0] + 1 or other[1] <= one[0] + 1 or abs(one[2] - other[2]) >= LINE - 4
            assert apart, (one, other)
    for mark in drawn(svg).iter("rect"):
        if mark.get("x"):
            end = float((mark.get("x") or "").rstrip("%")) + float((mark.get("width") or "").rstrip("%"))
            assert end <= 100.1
            assert float(mark.get("width", "0").rstrip("%")) >= 0


@given(st.lists(st.tuples(NAMES, AMOUNTS, st.none() | AMOUNTS), min_size=1, max_size=30))
def test_bars_fit(rows: list[tuple[str, int, int | None]]) -> None:
    check(charts.bars(SPOKEN, [Bar(name, value, f"{said(value)} saat", of) for name, value, of in rows]))


@given(st.lists(st.tuples(NAMES, st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)), min_size=1, max_size=12))
def test_stacks_fit_and_their_parts_add_up(rows: list[tuple[str, tuple[int, ...]]]) -> None:
    made = []
    for name, amounts in rows:
        parts = dict(zip(charts.STRANDS, amounts, strict=True))
        made.append(Stack(name, parts, {one: said(n) for one, n in parts.items()}, said(sum(amounts))))
    svg = charts.stacks(SPOKEN, made)
    check(svg)
    most = max(sum(amounts) for _name, amounts in rows)
    widths = [
        float((one.get("width") or "").rstrip("%"))
        for one in drawn(svg).iter("rect")
        if "chart-part" in (one.get("class") or "")
    ]
    if most:
        longest = max(float((one.get("x") or "").rstrip("%")) for one in drawn(svg).iter("text") if one.get("dx"))
        whole = sum(sum(amounts) for _name, amounts in rows) / most * longest
        assert sum(widths) == pytest.approx(whole, abs=0.5)


@example([0] * 18)
@given(st.lists(AMOUNTS, min_size=1, max_size=60))
def test_columns_and_dots_fit(values: list[int]) -> None:
    months = ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara")
    found = [Column(months[n % 12], v, said(v), "x", str(2025 + n // 12)) for n, v in enumerate(values)]
    if len(found) <= 24:
        check(charts.columns(SPOKEN, found))
    small = [Column(str(n), v % 9, str(v % 9), "x") for n, v in enumerate(values[:11])]
    svg = charts.dots(SPOKEN, small)
    check(svg)
    assert len(list(drawn(svg).iter("circle"))) == sum(one.value for one in small)


@given(st.integers(1, 3), st.integers(1, 60), st.data())
def test_the_names_of_lines_never_touch(number: int, weeks: int, data: st.DataObject) -> None:
    lines = st.lists(AMOUNTS, min_size=weeks, max_size=weeks)
    series = [Series("belge alanlar", data.draw(lines), "1.000.000 saat") for _ in range(number)]
    check(charts.steps(SPOKEN, series, "12 Eki", "22 Kas 2026"))


@given(st.lists(st.tuples(NAMES, st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=6))
def test_waits_fit(rows: list[tuple[str, int, int]]) -> None:
    check(
        charts.waits(SPOKEN, [Wait(name, half, most, f"yarısı {half}, %90'ı {most} gün") for name, half, most in rows])
    )


@pytest.mark.parametrize(
    "svg",
    [
        charts.bars(SPOKEN, []),
        charts.stacks(SPOKEN, []),
        charts.columns(SPOKEN, []),
        charts.dots(SPOKEN, []),
        charts.steps(SPOKEN, [], "", ""),
        charts.waits(SPOKEN, []),
    ],
)
def test_nothing_is_drawn_of_nothing(svg: str) -> None:
    assert svg == ""


def test_noughts_are_drawn_as_noughts() -> None:
    check(charts.bars(SPOKEN, [Bar("a", 0, "0", 0)]))
    check(charts.columns(SPOKEN, [Column("a", 0, "0", "a: 0")]))
    check(charts.steps(SPOKEN, [Series("a", [0, 0], "0")], "x", "y"))
    check(charts.waits(SPOKEN, [Wait("a", 0, 0, "0")]))
    assert "tile-1" not in charts.tiles(SPOKEN, {}, {})


def test_nothing_below_nought_is_drawn() -> None:
    wrong: tuple[Callable[[], str], ...] = (
        lambda: charts.bars(SPOKEN, [Bar("a", -1, "-1")]),
        lambda: charts.columns(SPOKEN, [Column("a", -1, "-1", "a")]),
        lambda: charts.steps(SPOKEN, [Series("a", [3, -1], "-1")], "", ""),
        lambda: charts.waits(SPOKEN, [Wait("a", -1, 0, "")]),
        lambda: charts.tiles(SPOKEN, {6: -1}, {}),
    )
    for draw in wrong:
        with pytest.raises(ValueError, match="negative"):
            draw()


def test_long_names_are_cut_and_stand_whole_in_the_title() -> None:
    name = "Mesleki Eğitime Yönelik Fen Bilimleri, Tesisat Teknolojisi ve İklimlendirme Alanı"
    svg = charts.bars(SPOKEN, [Bar(name, 3, "3")])
    assert any((one.text or "").endswith("…") for one in drawn(svg).iter("text"))
    assert any(one.text == f"{name}: 3" for one in drawn(svg).iter("title"))


def test_people_s_words_never_become_markup() -> None:
    svg = charts.bars(Spoken("c", "<b>", "\"<i>'"), [Bar("<script>alert(1)</script>", 1, "<1>")])
    assert "<script" not in svg
    assert {one.tag for one in drawn(svg).iter()} == {"svg", "title", "desc", "text", "rect"}


def test_a_chart_names_itself_and_styles_nothing() -> None:
    made = (
        charts.bars(SPOKEN, [Bar("a", 1, "1", 2, "s-meeting")]),
        charts.tiles(SPOKEN, {6: 3}, {6: "Ankara"}),
        charts.steps(SPOKEN, [Series("a", [1], "1")], "x", "y"),
    )
    for svg in made:
        root = drawn(svg)
        assert root.get("role") == "img"
        ids = [one.get("id") for one in root.iter() if one.get("id")]
        assert len(ids) == len(set(ids))
        assert set((root.get("aria-labelledby") or "").split()) <= set(ids)
        assert not re.search(r"style=|<style|on\w+=", svg)


def test_every_province_has_a_tile_of_its_own() -> None:
    assert sorted(PLACES) == list(range(1, 82))
    assert len(set(PLACES.values())) == 81


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [(34, 6, "east"), (6, 25, "east"), (25, 65, "south"), (57, 6, "south"), (35, 16, "north"), (6, 33, "south")],
)
def test_tiles_lie_roughly_where_the_provinces_do(one: int, other: int, way: str) -> None:
    (column, row), (there, below) = PLACES[one], PLACES[other]
    assert {"east": there > column, "south": below > row, "north": below < row}[way]
