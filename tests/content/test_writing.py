"""What helps while writing, as the script of the page asks for it."""

from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from lmp.accounts.models import Person
from lmp.core import db
from lmp.core.text import MAX_MARKDOWN
from tests.builders.accounts import a_network_administrator, a_teacher, a_trainer
from tests.visitor import Visitor


@pytest.fixture
def trainer(visitor: Visitor) -> Person:
    with db.transaction():
        found = a_trainer()
    visitor.sign_in(found)
    return found


def _send(visitor: Visitor, path: str, **values: Any) -> TestResponse:
    data = {"csrf_token": visitor.token(), **values}
    return visitor.client.post(
        path, data=data, headers={"Accept": "application/json"}, content_type="multipart/form-data"
    )


def _html(text: str | bytes) -> tuple[BytesIO, str]:
    return BytesIO(text if isinstance(text, bytes) else text.encode()), "paste.html"


@pytest.mark.usefixtures("trainer")
def test_what_is_pasted_comes_back_as_markdown_with_a_word_about_pictures(visitor: Visitor) -> None:
    answer = _send(visitor, "/tr/draft/paste", html=_html("<h1>Ölçme</h1><p><b>Kesin</b>.</p><img src=x>"))
    assert answer.json == {
        "text": "## Ölçme\n\n**Kesin**.",
        "block": True,
        "notes": ["1 görsel alınmadı. Görseli blokların altındaki “Görsel” düğmesiyle ekleyin."],
    }
    english = _send(visitor, "/en/draft/paste", html=_html("<img src=a><img src=b>"))
    assert english.json is not None
    assert english.json["notes"] == ["2 pictures were left out. Add them with “Picture” below the blocks."]


@pytest.mark.usefixtures("trainer")
def test_nothing_and_bytes_that_are_no_text_are_pasted_as_what_can_be_read(visitor: Visitor) -> None:
    assert _send(visitor, "/tr/draft/paste").json == {"text": "", "block": False, "notes": []}
    answer = _send(visitor, "/tr/draft/paste", html=_html(b"<p>a\xff\x00b</p>"))
    assert (answer.status_code, answer.json and answer.json["text"]) == (200, "a\ufffdb")


@pytest.mark.usefixtures("trainer")
def test_too_much_is_refused_in_a_sentence(visitor: Visitor) -> None:
    field = b'--x\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
    body = field % (b"csrf_token", b"", visitor.token().encode())
    body += field % (b"html", b'; filename="paste.html"', b" " * (4 * 1024 * 1024 + 1)) + b"--x--\r\n"
    answer = visitor.client.post(
        "/tr/draft/paste",
        data=body,
        content_type="multipart/form-data; boundary=x",
        headers={"Accept": "application/json"},
    )
    assert (answer.status_code, answer.json) == (
        413,
        {"error": "Bu, bir defada alınamayacak kadar çok. Daha küçük parçalar hâlinde yapıştırın."},
    )
    long = _send(visitor, "/tr/draft/paste", html=_html("<p>söz</p>" * 30_000))
    assert (long.status_code, "60000" in long.text or "60.000" in long.text) == (422, True)


@pytest.mark.usefixtures("trainer")
def test_the_preview_is_what_publishing_makes(visitor: Visitor) -> None:
    answer = _send(visitor, "/tr/draft/preview", text="# Bir\n\n**iki** <script>x</script>")
    assert answer.json == {"html": "<h2>Bir</h2>\n<p><strong>iki</strong> &lt;script&gt;x&lt;/script&gt;</p>\n"}
    refused = _send(visitor, "/tr/draft/preview", text="x" * (MAX_MARKDOWN + 1))
    assert (refused.status_code, "error" in (refused.json or {})) == (422, True)


@pytest.mark.usefixtures("trainer")
def test_the_toolbar_speaks_the_language_of_the_page(visitor: Visitor) -> None:
    turkish, english = (visitor.client.get(f"/{lang}/draft-writing") for lang in ("tr", "en"))
    assert turkish.json is not None
    assert english.json is not None
    assert ">K</button>" in turkish.json["tools"]
    assert ">Numaralı liste" not in turkish.json["tools"]
    assert 'aria-label="1. 2. 3. Numaralı liste"' in turkish.json["tools"]
    assert ">Heading</button>" in english.json["tools"]


def test_only_those_who_write_courses_use_them(visitor: Visitor) -> None:
    with db.transaction():
        people = [a_teacher(), a_network_administrator()]
    for person in people:
        visitor.sign_in(person)
        for path in ("/tr/draft/paste", "/tr/draft/preview"):
            assert _send(visitor, path).status_code == 403
        assert visitor.client.get("/tr/draft-writing").status_code == 403
