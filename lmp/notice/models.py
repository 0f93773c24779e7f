"""Notices, what each person wants to hear, and the daily mails that were made."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lmp.access import Facts
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Personal
from lmp.notice.rules import Delivery


class Notice(db.Model):
    """Something one person was told. The sentence is kept in both languages, as it was said."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person_told_at", "person_id", "told_at", "id"),
        Index("ix_notice_delivery_digested_on_person_id", "delivery", "digested_on", "person_id"),
    )
    personal = Personal(
        columns=("person_id", "title_tr", "title_en", "detail_tr", "detail_en"),
        owner="person_id",
        purpose="tell a person what they have to do or what was decided",
        keep_years=1,
        since="told_at",
        erasure=Erasure.DELETE,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    template: Mapped[str]
    #: What it is about, and the key that keeps a reminder from coming twice.
    subject_id: Mapped[UUID | None]
    once_key: Mapped[str | None] = mapped_column(unique=True)
    #: The training it belongs to, under which it stands in the daily mail.
    topic_id: Mapped[UUID | None]
    topic: Mapped[Bilingual] = db.bilingual("topic")
    title: Mapped[Bilingual] = db.bilingual("title")
    detail: Mapped[Bilingual] = db.bilingual("detail")
    #: Where it leads, in its reader's language at the time.
    path: Mapped[str]
    due_on: Mapped[date | None]
    delivery: Mapped[Delivery] = mapped_column(db.Code(Delivery, "notice_delivery"))
    told_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    #: The day whose daily mail it went into (or was left out of, because it was read by then).
    digested_on: Mapped[date | None]

    def access_facts(self) -> Facts:
        """Its reader's alone."""
        return Facts(owner=self.person_id)


class NoticeSettings(db.Model):
    """What a person wants to hear; people without a row have the usual settings."""

    __tablename__ = "notice_settings"
    personal = Personal(
        columns=("digest", "quiet_from", "quiet_until", "quiet_weekend", "choices"),
        owner="person_id",
        purpose="mail people when and as they wish",
        keep_years=1,
        erasure=Erasure.DELETE,
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    digest: Mapped[bool]
    quiet_from: Mapped[time]
    quiet_until: Mapped[time]
    quiet_weekend: Mapped[bool]
    #: Kind → delivery.
    choices: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class Digest(db.Model):
    """The daily mail of one person and day. Its key is the promise that there is never a second one."""

    __tablename__ = "notice_digest"
    personal = Personal(
        columns=("lines",),
        owner="person_id",
        purpose="send at most one daily mail a day",
        keep_years=1,
        since="day",
        erasure=Erasure.DELETE,
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    lines: Mapped[int]
    made_at: Mapped[datetime]
