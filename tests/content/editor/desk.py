"""Where the editor of a unit is, what it saved, and how a script asks it."""

from typing import Any

from lmp.content import service
from lmp.content.editing import Raw
from lmp.core import db
from tests.visitor import Visitor

DRAFT = "/tr/draft/demo-kurs"
UNIT = f"{DRAFT}/unit/hazirlik"
EDIT = f"{UNIT}/edit"
BLOCK = "aletini-denetle"
JSON = {"Accept": "application/json"}


def unit() -> Raw:
    """The unit as it is saved."""
    with db.reading():
        found: Raw = service.raw_document(service.draft("demo-kurs"))["units"][0]
        return found


def block(name: str = BLOCK) -> Raw:
    """One of its blocks."""
    return next(block for block in unit()["blocks"] if block["id"] == name)


def names() -> list[str]:
    """Its blocks in their order."""
    return [block["id"] for block in unit()["blocks"]]


def form(writing: Visitor, name: str = BLOCK) -> dict[str, Any]:
    """The open form of a block."""
    return writing.open(f"{EDIT}?edit={name}").form(f"/block/{name}")


def asked(writing: Visitor, path: str) -> dict[str, Any]:
    """What a script gets."""
    answer = writing.client.get(path, headers=JSON)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: dict[str, Any] = answer.get_json()
    return found


def sent(writing: Visitor, path: str, values: dict[str, Any], **changes: Any) -> tuple[int, dict[str, Any]]:
    """What a script is answered."""
    data = {"csrf_token": writing.token(), **values, **changes}
    answer = writing.client.post(path, data=data, headers=JSON)
    assert answer.mimetype == "application/json", answer.get_data(as_text=True)[:300]
    return answer.status_code, answer.get_json()
