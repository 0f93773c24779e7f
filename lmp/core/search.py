"""Folded search words: the same answers on both databases, whatever case, marks or spelling people type."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Index, Select, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from lmp.core import db, turkish
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal

MOST_WORDS = 8


class SearchWord(db.Model):
    """One folded word of one thing in one language."""

    __tablename__ = "search_word"
    __table_args__ = (
        Index("ix_search_word_lookup", "kind", "word", "owner_id"),
        Index("ix_search_word_owner", "owner_id"),
    )
    personal = Personal(
        columns=("word",),
        owner="owner_id",
        purpose="find people, courses and institutions by words",
        keep_years=None,
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    owner_id: Mapped[UUID]
    lang: Mapped[str]
    word: Mapped[str]


def index(kind: str, owner_id: UUID, texts: Iterable[tuple[str, str]]) -> None:
    """Replace the words of a thing by those of its (language, text) pairs."""
    session = db.session()
    session.execute(delete(SearchWord).where(SearchWord.kind == kind, SearchWord.owner_id == owner_id))
    found = {(lang, word) for lang, text in texts for word in turkish.words(text)}
    session.add_all(SearchWord(kind=kind, owner_id=owner_id, lang=lang, word=word) for lang, word in sorted(found))


def matching(kind: str, query: str) -> Select[UUID] | None:
    """Owners in which every word of the query begins some word; None when the query holds no word."""
    wanted = turkish.words(query)[:MOST_WORDS]
    if not wanted:
        return None
    found = select(SearchWord.owner_id).where(SearchWord.kind == kind, _starts(wanted[0]))
    for word in wanted[1:]:
        found = found.where(
            SearchWord.owner_id.in_(select(SearchWord.owner_id).where(SearchWord.kind == kind, _starts(word)))
        )
    return found.distinct()


def _starts(word: str) -> ColumnElement[bool]:
    """A prefix test that a b-tree can serve on both databases."""
    return (
        (SearchWord.word >= word)
        & (SearchWord.word < word + "\U0010ffff")
        & (func.substr(SearchWord.word, 1, len(word)) == word)
    )
