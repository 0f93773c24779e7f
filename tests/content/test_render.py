"""Units as pages show them."""

from lmp.content.document import CourseDocument, Lang
from lmp.content.render import RenderedBlock, render_unit
from tests.content.samples import Raw, changed, course, unit


def rendered(lang: Lang, document: CourseDocument | None = None, place: int = 0) -> dict[str, RenderedBlock]:
    """The blocks of one unit by id."""
    whole = document or course()
    return {block.id: block for block in render_unit(whole, whole.units[place], lang)}


def test_blocks_stand_in_the_order_of_the_document() -> None:
    assert list(rendered("tr")) == [block.id for block in course().units[0].blocks]
    assert [block.kind for block in rendered("en").values()] == [block.kind for block in course().units[0].blocks]


def test_sections_are_numbered_within_the_unit_and_their_headings_stand_apart() -> None:
    blocks = rendered("tr")
    assert (blocks["giris"].number, blocks["giris"].title) == ("1.1", "Giriş")
    assert blocks["giris"].html == "<p>Pano <strong>budur</strong>.</p>\n"
    assert (blocks["devam"].number, blocks["devam"].title) == ("1.2", "Ölçme V")
    assert {block.number for block in blocks.values() if block.kind != "text"} == {""}


def test_a_second_unit_numbers_its_own_sections() -> None:
    two = course(units=[unit("a"), unit("b")])
    assert rendered("en", two, 1)["devam"].number == "2.2"


def test_a_text_without_a_heading_at_its_beginning_opens_no_section() -> None:
    def change(raw: Raw) -> None:
        raw["units"][0]["blocks"][0]["body"]["tr"] = "Önce söz.\n\n## Sonra\n\n### Daha sonra"

    block = rendered("tr", changed(change))["giris"]
    assert (block.number, block.title) == ("", "")
    assert block.html == "<p>Önce söz.</p>\n<h2>Sonra</h2>\n<h3>Daha sonra</h3>\n"


def test_each_kind_carries_what_its_page_needs() -> None:
    blocks = rendered("en")
    assert (blocks["tek-hat"].file, blocks["tek-hat"].alt) == ("tek-hat.en.svg", "A square: empty")
    assert (blocks["pano"].file, blocks["pano"].caption) == ("pano.jpg", "")
    assert (blocks["tanitim"].file, blocks["tanitim"].captions) == ("tanitim.mp4", "tanitim.en.vtt")
    assert blocks["tanitim"].html == "<p>Hello.</p>\n<p>Welcome.</p>\n"
    assert (blocks["form"].file, blocks["form"].title) == ("form.pdf", "Measuring form")
    assert blocks["kontrol"].question == "soru-1"
    assert (blocks["gorev"].minutes, blocks["gorev"].title) == (30, "Task")
    assert "<ol>" in blocks["gorev"].html
    assert (blocks["enerji"].tone, blocks["enerji"].title) == ("safety", "First")
    assert rendered("tr")["tek-hat"].file == "tek-hat.svg"


def test_a_block_that_is_not_translated_is_shown_in_its_own_language_and_says_so() -> None:
    def change(raw: Raw) -> None:
        blocks = raw["units"][0]["blocks"]
        blocks[0]["body"]["en"] = ""
        blocks[1]["caption"]["en"] = ""
        raw["units"][0]["questions"][0]["prompt"]["en"] = ""

    blocks = rendered("en", changed(change))
    assert (blocks["giris"].lang, blocks["giris"].is_fallback, blocks["giris"].title) == ("tr", True, "Giriş")
    assert blocks["giris"].number == "1.1"
    assert (blocks["tek-hat"].lang, blocks["tek-hat"].alt, blocks["tek-hat"].caption) == ("tr", "Bir kare: boş", "Kare")
    assert (blocks["kontrol"].lang, blocks["kontrol"].is_fallback) == ("tr", True)
    assert {block.id for block in blocks.values() if block.is_fallback} == {"giris", "tek-hat", "kontrol"}
    assert not any(block.is_fallback for block in rendered("tr", changed(change)).values())


def test_nothing_an_author_writes_becomes_more_than_text() -> None:
    def change(raw: Raw) -> None:
        for block in raw["units"][0]["blocks"]:
            for key in ("body", "text", "transcript"):
                if key in block:
                    block[key]["tr"] = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"

    html = "".join(block.html for block in rendered("tr", changed(change)).values())
    assert "<img" not in html
    assert "href" not in html
