"""The network's tables: fields, centres, schools, provinces, branches, companies, the dated calendar."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lmp.access import Facts
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.ids import new_id
from lmp.core.personal import Erasure, Impersonal, Personal


class FieldKind(StrEnum):
    """Screens say "25 alan ve 3 ders"."""

    FIELD = "field"
    SUBJECT = "subject"


class DayKind(StrEnum):
    """Why a calendar day is not an ordinary working day."""

    HOLIDAY = "holiday"
    HALF_DAY = "half_day"
    LEAVE = "leave"
    BREAK = "break"


class Province(db.Model):
    """One of the 81 provinces, by plate code."""

    __tablename__ = "province"
    personal = Impersonal("geography")

    code: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)


class District(db.Model):
    """A district of a province."""

    __tablename__ = "district"
    __table_args__ = (UniqueConstraint("province_code", "name"),)
    personal = Impersonal("geography")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    province_code: Mapped[int] = mapped_column(ForeignKey("province.code"))
    name: Mapped[str]


class School(db.Model):
    """A school (or office) with its official address; an approver speaks for it."""

    __tablename__ = "school"
    personal = Impersonal("institutions")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    #: kurum kodu
    code: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("district.id"), index=True)
    province_code: Mapped[int] = mapped_column(ForeignKey("province.code"), index=True)
    office_email: Mapped[str | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    district: Mapped[District] = relationship(lazy="joined")
    province: Mapped[Province] = relationship(lazy="joined")


class Field(db.Model):
    """A vocational field (alan) or a subject (ders)."""

    __tablename__ = "field"
    personal = Impersonal("programme names")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Bilingual] = db.bilingual("name")
    kind: Mapped[FieldKind] = mapped_column(db.Code(FieldKind, "field_kind"))
    mtal_code: Mapped[str | None]
    mesem_code: Mapped[str | None]
    isced_f: Mapped[str]
    aliases: Mapped[list[Any]]
    sort_key_tr: Mapped[bytes] = mapped_column(LargeBinary)
    sort_key_en: Mapped[bytes] = mapped_column(LargeBinary)


class Centre(db.Model):
    """A Sectoral Excellence Centre. Two hosts are called Mimar Sinan, so the province is always shown."""

    __tablename__ = "centre"
    personal = Impersonal("institutions")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    #: Four digits, printed in certificate numbers: province plate code and a running number.
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Bilingual] = db.bilingual("name")
    host_school: Mapped[str]
    #: The host school's name with "MTAL" for the long words, as people write it.
    short_name: Mapped[str]
    province_code: Mapped[int] = mapped_column(ForeignKey("province.code"), index=True)
    district: Mapped[str]
    website: Mapped[str]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    province: Mapped[Province] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """A centre is guarded by itself."""
        return Facts(centre=self.id)


class FieldCentre(db.Model):
    """Which centre serves which field; many to many."""

    __tablename__ = "field_centre"
    personal = Impersonal("institutions")

    field_id: Mapped[UUID] = mapped_column(ForeignKey("field.id"), primary_key=True)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), primary_key=True, index=True)


class Branch(db.Model):
    """A teaching branch (branş): what a teacher is appointed to."""

    __tablename__ = "branch"
    personal = Impersonal("programme names")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)


class BranchField(db.Model):
    """Which branch may attend courses of which field; editable, because eligibility depends on it."""

    __tablename__ = "branch_field"
    personal = Impersonal("programme names")

    branch_id: Mapped[UUID] = mapped_column(ForeignKey("branch.id"), primary_key=True)
    field_id: Mapped[UUID] = mapped_column(ForeignKey("field.id"), primary_key=True, index=True)


class Company(db.Model):
    """A partner that takes teachers into its workplaces."""

    __tablename__ = "company"
    personal = Impersonal("companies")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)

    def access_facts(self) -> Facts:
        """The centre that works with the company keeps its record."""
        return Facts(centre=self.centre_id)


class Workplace(db.Model):
    """A place of a company where work is done."""

    __tablename__ = "workplace"
    personal = Impersonal("companies")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[str]
    province_code: Mapped[int] = mapped_column(ForeignKey("province.code"), index=True)
    district: Mapped[str]
    hazard_class: Mapped[str]
    photos_allowed: Mapped[bool] = mapped_column(default=True)
    company: Mapped[Company] = relationship(lazy="joined")


class MentorContact(db.Model):
    """The person at a company who confirms days, as checked by the centre; has no account."""

    __tablename__ = "mentor_contact"
    personal = Personal(
        columns=("name", "title", "email", "phone"),
        owner="email",
        purpose="ask the company to confirm a teacher's days",
        keep_years=2,
        erasure=Erasure.BLANK,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[str]
    title: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    lang: Mapped[str] = mapped_column(default="tr")
    #: usta öğretici, eğitici personel or uzman
    certificate_kind: Mapped[str]
    checked_on: Mapped[date | None]
    company: Mapped[Company] = relationship(lazy="joined")


class CalendarDay(db.Model):
    """A day of the dated calendar that is not an ordinary working day."""

    __tablename__ = "calendar_day"
    personal = Impersonal("public calendar")

    on: Mapped[date] = mapped_column("day", primary_key=True)
    kind: Mapped[DayKind] = mapped_column(db.Code(DayKind, "day_kind"))
    name: Mapped[Bilingual] = db.bilingual("name")
