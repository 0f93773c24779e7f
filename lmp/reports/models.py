"""Totals by month, counted from the evidence: a cache for overviews, so that a page costs the same however many people there are."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lmp.certificate.models import Certificate
from lmp.core import db
from lmp.core.personal import Impersonal
from lmp.enrolment.models import ApprovalStep, EnrolmentMove
from lmp.hours.models import MinuteEntry
from lmp.workplace.models import DayEntry

#: Stands for every centre, or every field.
EVERY = UUID(int=0)


class Measure(StrEnum):
    """What is counted; `key` of a total means what is said here, else nought."""

    APPLIED = "applied"
    SEATED = "seated"
    #: First certificates; a replacement is not one more person.
    CERTIFIED = "certified"
    ISSUED = "issued"
    REVOKED = "revoked"
    #: Minutes posted to the ledger; key: place of the strand.
    MINUTES = "minutes"
    #: Confirmed days of the work log; key: 1 for days on which the teacher was away.
    LOG_DAYS = "log_days"
    #: Marks of closed rosters, one a person and half day; key: place among reports.rules.MARKS.
    ATTENDANCE = "attendance"
    #: Seats by province; key: plate code of the teacher's school, 0 where there is none.
    PROVINCE = "province"
    #: Cases by days of waiting (key), begun days counted as whole.
    WAIT_APPROVAL = "wait_approval"
    WAIT_COMPANY = "wait_company"
    WAIT_CERTIFICATE = "wait_certificate"
    #: People with a valid certificate of a year (month: its January). For every field, the key is a province,
    #: ALL_PROVINCES for everybody, or SEVERAL_FIELDS; else those all of whose certificates are of the same fields.
    PEOPLE = "people"


#: The key of everybody, whatever their province.
ALL_PROVINCES = -1
#: The key of people whose certificates of a year are of courses with different fields.
SEVERAL_FIELDS = -2


class ReportTotal(db.Model):
    """How much of a measure fell into a month, for a centre (or every) and a field (or every)."""

    __tablename__ = "report_total"
    personal = Impersonal("sums over many people; small ones are shown to staff only")

    centre_id: Mapped[UUID] = mapped_column(primary_key=True)
    field_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[Measure] = mapped_column(db.Code(Measure, "measure"), primary_key=True)
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]


class ReportMonth(db.Model):
    """Until when a month was counted."""

    __tablename__ = "report_month"
    personal = Impersonal("when the platform counted")

    month: Mapped[date] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime]


Index("ix_report_total_month", ReportTotal.month)
# What a month's evidence is found by; declared here because only counting asks for it.
Index("ix_enrolment_move_at", EnrolmentMove.at)
Index("ix_approval_step_decided_at", ApprovalStep.decided_at)
Index("ix_minute_entry_posted_at", MinuteEntry.posted_at)
Index("ix_day_entry_decided_at", DayEntry.decided_at)
Index("ix_certificate_issued_at", Certificate.issued_at)
Index("ix_certificate_revoked_at", Certificate.revoked_at)
