"""Courses for the public lists: the sample under other titles, fields and centres, and their runs."""

from datetime import timedelta

from lmp.content import service as content
from lmp.content.models import CourseVersion
from lmp.core import clock
from lmp.core.db import Bilingual
from lmp.enrolment.models import Run
from lmp.network import service as network
from tests.builders.accounts import a_trainer, acting
from tests.builders.content import BY, course_files, edit
from tests.builders.enrolment import NOBODY, a_run

NOTE = Bilingual("İlk sürüm", "First version")


def a_course(
    slug: str,
    title: str,
    *,
    english: str = "A course",
    centre: str = "smm-ank-cezeri",
    field: str = "elektrik-elektronik",
    changes: tuple[tuple[str, str], ...] = (),
) -> CourseVersion:
    """A published course; `changes` are replacements in its course.yaml."""
    host = network.centre(centre)
    with course_files(slug, centre, field) as folder:
        titles = (
            ("tr: Atölyede güvenli ölçüm", f"tr: {title}"),
            ("en: Safe measurement in the workshop", f"en: {english}"),
        )
        edit(folder / "course.yaml", *titles, *changes)
        content.import_course(folder, author=a_trainer(host, "Yazar Demo"), by=BY)
    return content.publish(content.draft(slug), by=acting(a_trainer(host, "İnceleyen Demo")), note=NOTE)


def a_run_in(
    version: CourseVersion, days: int, *, open_in: int = 0, closed_after: int | None = None, capacity: int = 24
) -> Run:
    """A run that begins in so many days; applications from `open_in` days until `closed_after` days from today."""
    today = clock.today()
    return a_run(
        version,
        starts_on=today + timedelta(days=days),
        apply_from_on=today + timedelta(days=open_in),
        apply_until_on=today + timedelta(days=days - 1 if closed_after is None else closed_after),
        capacity=capacity,
        chain=NOBODY,
    )
