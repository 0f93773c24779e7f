"""What people paste: twenty documents as programs write them, each with the Markdown it becomes."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from lmp.content.document.blocks import Markdown
from lmp.content.editing.paste import from_html
from lmp.core.text import TextTooLong, forbidden_markup, plain, to_html

CORPUS = Path(__file__).parent / "paste"
NAMES = sorted(path.stem for path in CORPUS.glob("*.html"))
MARKDOWN: TypeAdapter[str] = TypeAdapter(Markdown)


def document(name: str) -> str:
    return (CORPUS / f"{name}.html").read_text(encoding="utf-8")


class _Shown(HTMLParser):
    """The letters a browser shows of HTML that our renderer made."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.letters = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.letters += data


def shown(markdown: str) -> str:
    """All letters of a text as its page shows them, without blanks."""
    return "".join(_Shown(to_html(markdown)).letters.split())


def test_there_are_twenty_documents() -> None:
    assert len(NAMES) == 20


@pytest.mark.parametrize("name", NAMES)
def test_a_pasted_document_becomes_this_markdown(name: str) -> None:
    assert from_html(document(name)).text + "\n" == (CORPUS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_pasted_can_be_saved_and_published(name: str) -> None:
    text = from_html(document(name)).text
    assert forbidden_markup(text) is None
    assert MARKDOWN.validate_python(text) == text
    assert shown(text) == "".join(plain(text).split())


@pytest.mark.parametrize("name", NAMES)
def test_headings_begin_at_the_second_level_and_end_at_the_fourth(name: str) -> None:
    headings = [len(marks) for marks in re.findall(r"(?m)^(#+) ", from_html(document(name)).text)]
    assert all(2 <= level <= 4 for level in headings)
    assert not headings or min(headings) == 2


def test_pictures_are_counted_and_dots_that_count_readers_are_not() -> None:
    assert from_html(document("word-desktop-tr")).pictures == 1
    assert from_html(document("outlook-mail")).pictures == 0


@pytest.mark.parametrize(
    ("html", "is_block"),
    [
        ("<p>bir söz</p>", False),
        ("<table><tr><td>tek hücre</td></tr></table>", False),
        ("<p>bir</p><p>iki</p>", True),
        ("<ul><li>madde</li></ul>", True),
        ("<h2>başlık</h2>", True),
        ("", False),
    ],
)
def test_only_what_is_more_than_a_phrase_takes_lines_of_its_own(html: str, is_block: bool) -> None:
    assert from_html(html).is_block == is_block


def _heavy_word(paragraphs: int) -> str:
    """A long document as Word writes it: much more markup than words."""
    styles = "\n".join(f' <w:LsdException Locked="false" Name="Stil {number}"/>' for number in range(900))
    span = "style='font-size:11.0pt;line-height:115%;font-family:\"Calibri\",sans-serif;mso-fareast-language:EN-US'"
    body = "".join(
        f"<p class=MsoNormal style='margin-bottom:8.0pt;text-align:justify;mso-pagination:none'><span lang=TR {span}>"
        f"{number}. ölçüm <b style='mso-bidi-font-weight:normal'>uygun</b> çıktı.<o:p></o:p></span></p>\n"
        for number in range(paragraphs)
    )
    return f"<html><head><!--[if gte mso 9]><xml>{styles}</xml><![endif]--></head><body>{body}</body></html>"


def test_a_megabyte_from_word_becomes_its_words() -> None:
    source = _heavy_word(1_400).replace("MsoNormal", "MsoNormal" + " Uzun" * 90)
    assert len(source.encode()) > 1_000_000
    text = from_html(source).text
    assert len(text) < 60_000
    assert text.startswith("0\\. ölçüm **uygun** çıktı.\n\n1\\. ölçüm")
    assert text.count("\n\n") == 1_399


@pytest.mark.parametrize("piece", ["<div>", "<ul><li>", "<p>*</p>", "<", "<td>", "</", "a "])
def test_what_never_ends_is_refused_before_it_costs_anything(piece: str) -> None:
    with pytest.raises(TextTooLong):
        from_html(piece * (1_000_000 // len(piece)))


_WORDS = st.text(alphabet="açıİğ1. -#*_`[](){}<>&|\\!~:=+'\"\u00a0\u200b\u202e\n", max_size=12)
_TAGS = st.sampled_from(
    ["p", "b", "i", "h1", "h3", "ul", "ol", "li", "table", "tr", "td", "pre", "code", "blockquote", "a", "span", "sup"]
)
_PIECES = st.lists(
    st.one_of(
        _WORDS,
        _WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
        _TAGS.map(lambda tag: f"<{tag}>"),
        _TAGS.map(lambda tag: f"</{tag}>"),
        st.sampled_from(
            [
                "<br>",
                "<hr>",
                '<a href="https://a.example/x)y">',
                "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>",
                "<li aria-level=3>",
                "<td colspan=3>",
                "<td rowspan=2>",
                "<p>::: note #x</p>",
                "<p>&lt;script&gt;</p>",
                "![x](y)",
            ]
        ),
    ),
    max_size=25,
).map("".join)


@given(_PIECES)
@example("<pre>\u202e")
@example("<pre>a\n\u202e::: text #x\n")
def test_no_paste_yields_html_pictures_or_the_end_of_a_block(html: str) -> None:
    text = from_html(html).text
    assert forbidden_markup(text) is None
    assert MARKDOWN.validate_python(text) == text
    assert not re.search(r"<(?!/?(?:h[234]|p|pre|code|em|strong|a|ul|ol|li|br|hr|blockquote|t\w+)\b)", to_html(text))


@given(st.lists(_WORDS, max_size=6))
def test_no_word_is_lost_or_changed_by_its_signs(words: list[str]) -> None:
    escaped = [word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for word in words]
    html = "".join(f"<p>{word}</p><ul><li><b>{word}</b>{word}</li></ul>" for word in escaped)
    expected = "".join("".join(_visible(word)) * 3 for word in words)
    assert shown(from_html(html).text) == expected


def _visible(word: str) -> str:
    return re.sub("[\\s\u00a0\u200b\u202e]", "", word)
