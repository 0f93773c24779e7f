"""The network's tables: fields, centres, schools, provinces, branches, companies, the dated calendar."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
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


class PartnerKind(StrEnum):
    """What kind of body works with a centre; only companies take teachers in."""

    COMPANY = "company"
    CHAMBER = "chamber"
    UNION = "union"
    AGENCY = "agency"
    UNIVERSITY = "university"
    NGO = "ngo"


class Province(db.Model):
    """One of the 81 provinces, by plate code."""

    __tablename__ = "province"
    personal = Impersonal("geography")

    code: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: What the audit record calls the province.
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    #: Of the provincial directorate (il MEM).
    office_email: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class District(db.Model):
    """A district of a province."""

    __tablename__ = "district"
    __table_args__ = (UniqueConstraint("province_code", "name"),)
    personal = Impersonal("geography")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    province_code: Mapped[int] = mapped_column(ForeignKey("province.code"))
    name: Mapped[str]
    #: Of the district directorate (ilçe MEM).
    office_email: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class School(db.Model):
    """A school (or office) with its official address; an approver speaks for it."""

    __tablename__ = "school"
    __table_args__ = (
        Index("ix_school_order", "sort_key", "id"),
        Index("ix_school_province_order", "province_code", "sort_key", "id"),
    )
    personal = Impersonal("institutions")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    #: kurum kodu
    code: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    district_id: Mapped[UUID] = mapped_column(ForeignKey("district.id"), index=True)
    province_code: Mapped[int] = mapped_column(ForeignKey("province.code"))
    office_email: Mapped[str | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    #: The school no longer exists or takes part; who belongs to it keeps it.
    closed_on: Mapped[date | None]
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
    version: Mapped[int] = mapped_column(default=1)
    #: It is taught no more; its courses and certificates stay.
    closed_on: Mapped[date | None]


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
    office_email: Mapped[str] = mapped_column(default="")
    office_phone: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)
    #: It opens no more runs; what it has taught and issued stays.
    closed_on: Mapped[date | None]
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
    version: Mapped[int] = mapped_column(default=1)
    #: Nobody is appointed to it any more.
    closed_on: Mapped[date | None]


class BranchField(db.Model):
    """Which branch may attend courses of which field; editable, because eligibility depends on it."""

    __tablename__ = "branch_field"
    personal = Impersonal("programme names")

    branch_id: Mapped[UUID] = mapped_column(ForeignKey("branch.id"), primary_key=True)
    field_id: Mapped[UUID] = mapped_column(ForeignKey("field.id"), primary_key=True, index=True)


class Company(db.Model):
    """A partner of a centre: a company that takes teachers into its workplaces, or another body it works with."""

    __tablename__ = "company"
    personal = Impersonal("companies")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[PartnerKind] = mapped_column(db.Code(PartnerKind, "partner_kind"), default=PartnerKind.COMPANY)
    website: Mapped[str] = mapped_column(default="")
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    #: The centre no longer works with it.
    closed_on: Mapped[date | None]
    centre: Mapped[Centre] = relationship()

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
    #: How many teachers can learn there at one time; None: not agreed.
    capacity: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    closed_on: Mapped[date | None]
    company: Mapped[Company] = relationship(lazy="joined")
    province: Mapped[Province] = relationship()

    def access_facts(self) -> Facts:
        """Guarded as its company is."""
        return self.company.access_facts()


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
    #: The day on which the centre last made sure that this is the right person and address.
    checked_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    closed_on: Mapped[date | None]
    company: Mapped[Company] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """Guarded as the company is."""
        return self.company.access_facts()


class Protocol(db.Model):
    """What a centre and a partner have agreed on in writing: duties, dates, fields."""

    __tablename__ = "protocol"
    personal = Impersonal("agreements between institutions")

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centre.id"), index=True)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    title: Mapped[str]
    sort_key: Mapped[bytes] = mapped_column(LargeBinary)
    duties: Mapped[str]
    #: None while it is being prepared.
    signed_on: Mapped[date | None]
    starts_on: Mapped[date]
    #: None: without an end.
    ends_on: Mapped[date | None]
    #: Ended before its time.
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    company: Mapped[Company] = relationship(lazy="joined")

    def access_facts(self) -> Facts:
        """The centre that is a party to it keeps it."""
        return Facts(centre=self.centre_id)


class ProtocolField(db.Model):
    """Which fields a protocol is about."""

    __tablename__ = "protocol_field"
    personal = Impersonal("programme names")

    protocol_id: Mapped[UUID] = mapped_column(ForeignKey("protocol.id"), primary_key=True)
    field_id: Mapped[UUID] = mapped_column(ForeignKey("field.id"), primary_key=True, index=True)


class CalendarDay(db.Model):
    """A day of the dated calendar that is not an ordinary working day."""

    __tablename__ = "calendar_day"
    personal = Impersonal("public calendar")

    on: Mapped[date] = mapped_column("day", primary_key=True)
    #: What the audit record calls the day.
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    kind: Mapped[DayKind] = mapped_column(db.Code(DayKind, "day_kind"))
    name: Mapped[Bilingual] = db.bilingual("name")
    version: Mapped[int] = mapped_column(default=1)
