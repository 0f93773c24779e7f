"""The living component page is good HTML: valid, labelled, without style or script inside, and complete in both languages."""

import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from jinja2 import FileSystemLoader

from lmp.web import bars, specimens, templating

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "lmp/web/templates"
ICONS = ROOT / "lmp/web/assets/icons"
HTML = "{http://www.w3.org/1999/xhtml}"
OURS = ("components", "errors", "layout", "macros")


def context(**values: Any) -> dict[str, Any]:
    """What the edge gives to every page."""
    shared = {
        "viewer": {
            "name": "Demo Öğretmen",
            "role_label": "öğretmen",
            "roles": [{"key": "teacher", "label": "öğretmen", "current": True}],
            "seen_by": "",
            "unread": 2,
        },
        "places": [{"label": "Bugün", "url": "#main", "icon": "today", "current": True}],
        "site_name": "SMM Eğitimleri",
        "help_phone": "0 000 000 00 00",
        "other_lang_url": "#main",
        "url_for": lambda endpoint: f"#{endpoint}",
        "csrf_token": lambda: "token",
        "notices": [("ok", "Kaydedildi")],
        "crumbs": (),
        "scheme": "",
    }
    return {**shared, **values}


def render(template: str, lang: str, **values: Any) -> str:
    """A page as the product renders it, with plain asset addresses."""
    made = templating.environment(lang, FileSystemLoader(TEMPLATES), lambda name: f"/static/build/{name}")
    return made.get_template(template).render(context(**values))


def parsed(html: str) -> Element:
    """The page as a tree. Raises ParseError at the first fault."""
    root: Element = html5lib.HTMLParser(strict=True).parse(html)
    return root


@pytest.fixture(params=["tr", "en"])
def html(request: pytest.FixtureRequest) -> str:
    """The component page in one language."""
    return render("components/show.html", request.param, specimens=specimens.forms(), sheet=specimens.sheet())


def test_the_component_page_is_valid_html(html: str) -> None:
    """Every macro in every state parses strictly."""
    assert parsed(html).find(f".//{HTML}h1") is not None


def test_no_id_is_used_twice(html: str) -> None:
    """Labels, hints and errors find exactly one field."""
    ids = Counter(re.findall(r'\sid="([^"]+)"', html))
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_field_has_a_label(html: str) -> None:
    """A field is inside its label, or a label names its id."""
    root = parsed(html)
    named = {label.get("for") for label in root.iter(f"{HTML}label")}
    inside = {field for label in root.iter(f"{HTML}label") for field in label.iter()}
    fields = [field for kind in ("input", "select", "textarea") for field in root.iter(HTML + kind)]
    bare = [
        field.attrib
        for field in fields
        if field.get("type") != "hidden" and field.get("id") not in named and field not in inside
    ]
    assert len(fields) > 40
    assert bare == []


def test_every_described_field_finds_its_words(html: str) -> None:
    """Hints and errors are tied by ids that exist, and error links lead to fields that exist."""
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    wanted = {
        name for found in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html) for name in found.split()
    }
    linked = set(re.findall(r'<li><a href="#(refused-[^"]+)"', html))
    assert len(linked) > 10
    assert (wanted | linked) - ids == set()


def test_a_refused_field_says_so(html: str) -> None:
    """The words stand at the field, the field is marked invalid."""
    root = parsed(html)
    refused = [field for field in root.iter(f"{HTML}input") if field.get("id") == "refused-name"]
    assert refused[0].get("aria-invalid") == "true"
    assert "refused-name-error" in (refused[0].get("aria-describedby") or "")


def test_nothing_carries_style_or_script_inside(html: str) -> None:
    """The content policy allows neither."""
    assert re.findall(r"\s(?:style|on[a-z]+)=", html) == []
    assert re.findall(r"<script(?![^>]* src=)", html) == []


def test_every_icon_that_is_used_is_drawn(html: str) -> None:
    """A misspelt icon would be an empty place."""
    drawn = {path.stem for path in ICONS.glob("*.svg")}
    used = set(re.findall(r'<use href="[^"#]*#([^"]+)"', html))
    assert len(used) > 20
    assert used - drawn == set()


def test_the_drawings_of_the_verification_page_are_those_of_the_icon_folder() -> None:
    """They stand in the page to save a request, and may not drift."""
    symbols = re.findall(
        r'<symbol id="([^"]+)"([^>]*)>(.*?)</symbol>', (TEMPLATES / "layout/symbols.html").read_text(encoding="utf-8")
    )
    assert len(symbols) > 10
    for name, attributes, body in symbols:
        drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
        assert drawing == f'<svg xmlns="http://www.w3.org/2000/svg"{attributes}>{body}</svg>'


def test_a_refused_form_starts_the_title_with_the_word_error() -> None:
    """Whoever listens to the page hears it first."""
    page = render(
        "errors/error.html",
        "en",
        status=422,
        title="Work log",
        sentences=["Nothing was lost."],
        actions=[],
        form=specimens.forms()["refused"],
    )
    assert "<title>Error: Work log – SMM Eğitimleri</title>" in page


def test_the_verification_page_asks_for_nothing_but_its_style_and_favicon() -> None:
    """Four requests at most, and no script."""
    source = '{% extends "layout/verify.html" %}{% block title %}Belge{% endblock %}{% block main %}<h1>Belge</h1>{% endblock %}'
    made = templating.environment("tr", FileSystemLoader(TEMPLATES), lambda name: f"/static/build/{name}")
    page = made.from_string(source).render(context(viewer=None))
    asked = re.findall(r'(?:src|href)="/static/build/([^"#]+)', page)
    assert sorted(asked) == ["favicon.png", "favicon.svg", "verify.css"]


def test_the_language_switch_of_a_form_is_not_what_enter_presses() -> None:
    """The form's first button in the page sends it; the language button stands behind."""
    source = '{% extends "layout/base.html" %}{% set language_form = "form" %}{% block title %}x{% endblock %}'
    made = templating.environment("en", FileSystemLoader(TEMPLATES), lambda name: f"/static/build/{name}")
    page = made.from_string(source).render(context())
    buttons = re.findall(r'<button[^>]*form="form"[^>]*>', page)
    assert "name=" not in buttons[0]
    assert 'name="_lang" value="tr"' in buttons[1]


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_sentence_of_the_shared_templates_is_translated(lang: str) -> None:
    """The catalogue of the shared templates is complete."""
    with (ROOT / "translations" / lang / "web.po").open("rb") as source:
        catalogue = read_po(source, locale=lang)
    # Mails have their own layout and catalogue.
    paths = [path for folder in OURS for path in (TEMPLATES / folder).glob("*.html") if path.name != "mail.html"]
    wanted = {message for path in paths for message in sentences(path)}
    missing = [message for message in wanted if message not in catalogue or not catalogue[message].string]
    assert len(wanted) > 50
    assert missing == []


def sentences(path: Path) -> list[str]:
    """The English sentences a template marks; of a pair the singular."""
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    found = extract_from_file(
        "jinja2.ext:babel_extract", path, keywords={"_": None, "ngettext": (1, 2)}, options=options
    )
    return [message if isinstance(message, str) else message[0] for _, message, _, _ in found]


def test_the_bar_says_its_hours_to_those_who_do_not_see_it() -> None:
    bar = bars.in_language("tr")([{"key": "online", "planned": 540, "earned": 270}, {"key": "meeting", "planned": 0}])
    assert 'aria-label="Uzaktan 9 saat içinden 4,5 saat"' in bar
    assert bar.count("<svg") == 1
    assert 'x="50.00%" width="50.00%"' in bar


def test_a_bar_without_earned_minutes_is_full() -> None:
    bar = bars.in_language("en")([{"key": "workplace", "planned": 600}], big=True, labelled=False)
    assert "<rect" not in bar
    assert 'height="16"' in bar
    assert 'aria-hidden="true"' in bar
