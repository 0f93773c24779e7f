"""A changed document is refused or taken exactly as if all of it were read again, and hashed to the same hash."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lmp.content.document import CourseDocument, content_hash
from lmp.content.document.canonical import canonical_json, hash_of_parts
from lmp.content.editing import Raw
from lmp.content.editing.checking import checked
from lmp.content.editing.exact import copied, is_same
from tests.content.generated import documents
from tests.content.samples import course, raw_course, unit

#: What people's programs may put in the place of anything: of another type, too long, not normal, equal but not the same.
ODD: list[Any] = [
    *(None, True, False, 0, 1, 1.0, -0.0, 0.0, 2.5, -1, 10**7, float("nan"), float("inf")),
    *("", "x", "Büyük", "a-b", "e\u0301", "a\r\nb", "\u202ea", "a\nb", "::: text", "x" * 301, "x" * 60_001, "pano.jpg"),
    *([], {}, [1], ["a"], {"tr": "a"}, {"tr": 1, "en": None}, {"tr": "e\u0301", "en": "b"}, (), ("a",), {1: 2}, [[]]),
]
EDITS = ("put", "drop", "twice", "swap", "other", "other", "other")


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document but its root."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from _paths(below, (*path, key))


@st.composite
def edits(draw: st.DrawFn, before: Raw) -> Raw:
    """A document after some edits of every kind, careful and broken ones."""
    after = copied(before)
    for _ in range(draw(st.integers(0, 3))):
        *inside, key = draw(st.sampled_from(list(_paths(after)) or [("units",)]))
        place = after
        for part in inside:
            place = place[part]
        _edit(draw, place, key)
    assert isinstance(after, dict)
    return after


def _edit(draw: st.DrawFn, place: Any, key: Any) -> None:
    """One edit."""
    value = place.get(key) if isinstance(place, dict) else place[key]
    match draw(st.sampled_from(EDITS)):
        case "put":
            place[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
        case "drop":
            del place[key]
        case "twice" if isinstance(place, list):
            place.insert(draw(st.integers(0, len(place))), copy.deepcopy(value))
        case "swap" if isinstance(place, list):
            place.append(place.pop(key))
        case "other":
            place[key] = _otherwise(draw, value)


def _otherwise(draw: st.DrawFn, value: Any) -> Any:
    """Nearly the same value: with more in it, with nothing in it, spelled otherwise, of another type."""
    if isinstance(value, dict):
        return draw(st.sampled_from([value | {"strange": "x"}, {}, dict(reversed(value.items()))]))
    if isinstance(value, str):
        return value + draw(st.sampled_from(["", " ", "\n", "e\u0301", ".", "\u200b"]))
    if isinstance(value, int | float):
        return draw(st.sampled_from([float(value), bool(value), str(value)]))
    return []


def _outcome(read: Any) -> Any:
    """What reading a document gives: the document, or where it is refused and why."""
    try:
        return read()
    except ValidationError as invalid:
        found = invalid.errors(include_url=False)
        return [(error["loc"], error["type"], error["msg"], repr(error.get("ctx"))) for error in found]


def _agree(before: Raw, after: Raw) -> None:
    """Reading what changed and reading everything come to the same."""
    held = copied(before)
    whole = _outcome(lambda: CourseDocument.model_validate(after).model_dump(mode="json", exclude_none=True))
    part = _outcome(lambda: checked(before, after).raw)
    assert is_same(part, whole)
    assert is_same(before, held)


THREE: Raw = course(units=[unit(), unit("kablo"), unit("olcum")]).model_dump(mode="json", exclude_none=True)


@given(edits(THREE))
@settings(max_examples=200, deadline=None)
def test_reading_what_changed_takes_and_refuses_what_reading_everything_does(after: Raw) -> None:
    _agree(THREE, after)


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_so_it_is_for_courses_of_every_form(data: st.DataObject) -> None:
    before = data.draw(documents()).model_dump(mode="json", exclude_none=True)
    _agree(before, data.draw(edits(before)))


@pytest.mark.parametrize("minutes", [True, 45.0, "45"])
def test_what_is_equal_but_of_another_type_is_read_again(minutes: object) -> None:
    before = course(units=[unit(minutes=1), unit("kablo", minutes=45)]).model_dump(mode="json", exclude_none=True)
    after = copied(before)
    after["units"][0 if minutes is True else 1]["minutes"] = minutes
    with pytest.raises(ValidationError):
        checked(before, after)


def test_a_unit_that_was_not_changed_is_the_same_object_afterwards() -> None:
    after = copied(THREE)
    after["units"][1]["minutes"] += 1
    after["units"].insert(0, after["units"].pop())
    made = checked(THREE, after).raw["units"]
    assert [one is two for one, two in zip(made, [THREE["units"][2], *THREE["units"][:2]], strict=True)] == [
        True,
        True,
        False,
    ]


@given(documents())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_hash_of_the_parts_is_the_hash_of_the_whole(document: CourseDocument) -> None:
    raw = document.model_dump(mode="json", exclude_none=True)
    media = dict.fromkeys(document.media_names(), "0" * 64)
    pieces = [canonical_json(one) for one in raw["units"]]
    assert hash_of_parts(raw, pieces, media) == content_hash(document, media)


@given(st.sampled_from(ODD), st.sampled_from(ODD))
def test_the_same_means_equal_and_of_the_same_types(one: Any, another: Any) -> None:
    assert is_same([one], [another]) == (repr(one) == repr(another))
    assert raw_course() == copied(raw_course())
