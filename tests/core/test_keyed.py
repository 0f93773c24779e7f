"""Keyed pages: forwards and backwards, each row once, whatever the address says."""

import pytest
from sqlalchemy import select

from lmp.core import db, keyed
from lmp.core.keyed import Page
from lmp.network.models import Province

ORDER = (Province.sort_key, Province.code)


def a_page(at: str | None = None, *, descending: bool = False, size: int = 20) -> Page[Province]:
    return keyed.page(select(Province), ORDER, at, key_of=_key, descending=descending, size=size)


def _key(row: Province) -> tuple[object, ...]:
    return row.sort_key, row.code


def test_a_list_is_read_to_its_end_and_back(database: db.Scope) -> None:
    for descending in (False, True):
        pages = [a_page(descending=descending)]
        while pages[-1].next:
            pages.append(a_page(pages[-1].next, descending=descending))
        names = [row.name for page in pages for row in page.rows]
        assert [len(page.rows) for page in pages] == [20, 20, 20, 20, 1]
        assert len(set(names)) == 81
        assert names[0] == ("Zonguldak" if descending else "Adana")
        assert pages[0].previous is None
        back = a_page(pages[2].previous, descending=descending)
        assert [row.name for row in back.rows] == [row.name for row in pages[1].rows]
        first = a_page(back.previous, descending=descending)
        assert first.previous is None
        assert [row.name for row in first.rows] == names[:20]


def test_turkish_order_holds_across_pages(database: db.Scope) -> None:
    names = [row.name for row in keyed.every(select(Province), ORDER, key_of=_key)]
    assert names.index("Çanakkale") > names.index("Bursa")
    assert names.index("Iğdır") < names.index("İstanbul")
    assert names.index("Şanlıurfa") > names.index("Sivas")


@pytest.mark.parametrize(
    "word", ["x", "e30", "WyJhIl0", "bnVsbA", "WyJhIiwieHp6IiwiaTEiXQ", "%%%", "WyJjIiwieDAwIiwiaTEiXQ"]
)
def test_a_place_that_cannot_be_read_begins_at_the_beginning(database: db.Scope, word: str) -> None:
    assert a_page(word).rows[0].name == "Adana"


def test_nothing_found_is_an_empty_page(database: db.Scope) -> None:
    page = keyed.page(select(Province).where(Province.code == 99), ORDER, None, key_of=_key)
    assert page == Page([])
