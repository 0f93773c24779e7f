"""The courses of the centres, and the fields they belong to."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id
from lmp.core.personal import Impersonal
from lmp.network.models import Centre, Field


class Shape(StrEnum):
    """What a course's main strand is."""

    WORKPLACE = "workplace"
    MEETING = "meeting"
    ONLINE = "online"


class Course(db.Model):
    """A course of one centre; what it teaches stands in its versions. Title and minutes are those of the newest one."""

    __tablename__ = "course"
    personal = Impersonal("teaching material")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    shape: Mapped[Shape] = mapped_column(db.Code(Shape, "shape"))
    title: Mapped[Bilingual] = db.bilingual("title")
    sort_key_tr: Mapped[bytes] = mapped_column(LargeBinary)
    sort_key_en: Mapped[bytes] = mapped_column(LargeBinary)
    #: Planned minutes of all strands in the newest published version.
    planned_minutes: Mapped[int] = mapped_column(default=0)
    #: Whether every text of the newest published version stands in this language.
    complete_tr: Mapped[bool] = mapped_column(default=False)
    complete_en: Mapped[bool] = mapped_column(default=False)
    #: The newest published version; none while only a draft exists.
    current_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("course_version.id", use_alter=True), index=True)
    centre: Mapped[Centre] = relationship(lazy="joined")
    fields: Mapped[list[Field]] = relationship(secondary="course_field", order_by=Field.sort_key_tr, lazy="selectin")

    def access_facts(self) -> Facts:
        """A course belongs to its centre."""
        return Facts(centre=self.centre_id)


class CourseField(db.Model):
    """Which fields a course belongs to."""

    __tablename__ = "course_field"
    personal = Impersonal("teaching material")

    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"), primary_key=True)
    field_id: Mapped[UUID] = mapped_column(ForeignKey("field.id"), primary_key=True, index=True)
