"""What the paper prints beside the record itself: dates, sums and lists as people write them."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date

from lmp.certificate.codes import grouped
from lmp.certificate.record import (
    CertificateRecord,
    DayProof,
    EvidencePage,
    FieldName,
    LedgerSum,
    OutcomeProof,
    record_hash,
    standing,
)
from lmp.hours import rules

_WEEKDAYS = ("Pt", "Sa", "Ça", "Pe", "Cu", "Ct", "Pz")
_GROUPS_PER_LINE = 3
_HASH_DIGITS = 16
#: A middle dot that never begins a line.
_DOT = "\N{NO-BREAK SPACE}· "


def printed_facts(record: CertificateRecord) -> dict[str, object]:
    """Everything the template needs that is not in the record word for word; JSON values only."""
    groups = grouped(record.code).split()
    sums = [strand.earned for strand in record.strands] + [record.minutes]
    sentence = standing(record.kind, record.activity_no)
    return {
        "host": ", ".join(filter(None, (record.school, _place(record)))),
        "details": {"tr": _details_tr(record), "en": _details_en(record)},
        "strands": [
            {
                "key": strand.key,
                "hours": lesson_hours(strand.earned, record.lesson_minutes),
                "minutes": grouped_number(strand.earned),
            }
            for strand in record.strands
        ],
        "hours": lesson_hours(record.minutes, record.lesson_minutes),
        "minutes": grouped_number(record.minutes),
        "rounded": any(minutes * 10 % record.lesson_minutes for minutes in sums),
        "issued_on": numeric(record.issued_on),
        "expires_on": numeric(record.expires_on) if record.expires_on else "",
        "address": _address(record),
        "code_lines": [
            " ".join(groups[start : start + _GROUPS_PER_LINE]) for start in range(0, len(groups), _GROUPS_PER_LINE)
        ],
        "replaces": grouped(record.replaces) if record.replaces else "",
        "standing": {"tr": sentence.tr, "en": sentence.en},
        "hash": grouped(record_hash(record)[:_HASH_DIGITS]),
        "evidence": _evidence(record.evidence.page, record.lesson_minutes) if record.evidence.page else None,
    }


def grouped_number(whole: int) -> str:
    """A whole number the Turkish way: 4.200."""
    return f"{whole:,}".replace(",", ".")


def lesson_hours(minutes: int, length: int) -> str:
    """Minutes in lesson hours of `length` minutes, at most one decimal, never rounded up: 105 or 14,5."""
    whole, rest = divmod(int(rules.lesson_hours(minutes, length) * 10), 10)
    return grouped_number(whole) + (f",{rest}" if rest else "")


def numeric(day: date) -> str:
    """A day as 13.11.2026."""
    return f"{day:%d.%m.%Y}"


def period(first: date, last: date, locale: str) -> str:
    """A span of days in words, saying month and year once where they are shared: 28 Eylül – 6 Kasım 2026."""
    end = format_date(last, "d MMMM y", locale=locale)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{format_date(first, pattern, locale=locale)} – {end}"


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as a reader lists them: 1–2, 5."""
    ordered = sorted(set(numbers))
    runs = [[number for _, number in run] for _, run in groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _place(record: CertificateRecord) -> str:
    """District and province, or the province alone."""
    return "/".join(filter(None, (record.district, record.province)))


def _details_tr(record: CertificateRecord) -> str:
    """Fields, days and place of the training in Turkish; a field is an "alan", a cross-cutting subject a "ders"."""
    vocational = _listed_tr([name for name in record.fields if name.kind == "vocational"], "alanı", "alanları")
    subjects = _listed_tr([name for name in record.fields if name.kind == "subject"], "dersi", "dersleri")
    days = period(record.starts_on, record.ends_on, "tr")
    return _DOT.join(filter(None, (vocational, subjects, days, _place(record))))


def _listed_tr(names: list[FieldName], one: str, many: str) -> str:
    """Names joined with "ve" before the last, and what they are."""
    if not names:
        return ""
    return f"{_listed([name.tr for name in names], 've')} {one if len(names) == 1 else many}"


def _details_en(record: CertificateRecord) -> str:
    """Fields and days of the training in English."""
    names = _listed([name.en for name in record.fields], "and")
    return _DOT.join(filter(None, (names, period(record.starts_on, record.ends_on, "en_GB"))))


def _listed(names: list[str], joint: str) -> str:
    """Words with commas and a joint before the last."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def _address(record: CertificateRecord) -> str:
    """The verification address as one types it: without scheme and without the code, which stands below it."""
    address = record.verify_url.removeprefix("https://").removeprefix("http://")
    return address.removesuffix(record.code).rstrip("/")


def _evidence(page: EvidencePage, lesson_minutes: int) -> dict[str, object]:
    """The rows of page 2 as text."""
    return {
        "proofs": [_proof(proof) for proof in page.outcomes],
        "units": [
            {"passed_on": numeric(unit.passed_on), "minutes": grouped_number(unit.minutes)} for unit in page.units
        ],
        "units_total": grouped_number(sum(unit.minutes for unit in page.units)),
        "days": [_day(day) for day in page.days],
        "days_total": grouped_number(sum(day.minutes for day in page.days)),
        "half_days": [
            {"on": numeric(half.on), "half": half.half, "minutes": grouped_number(half.minutes)}
            for half in page.half_days
        ],
        "tested_on": numeric(page.practical.on) if page.practical else "",
        "ledger": [
            {"key": row.key, **_sums([row], lesson_minutes), "reversals": str(row.reversals) if row.reversals else "–"}
            for row in page.ledger
        ],
        "ledger_total": _sums(page.ledger, lesson_minutes),
    }


def _day(day: DayProof) -> dict[str, str]:
    """One workplace day as text; times with a dot, as Turkish writes them."""
    return {
        "on": numeric(day.on),
        "weekday": _WEEKDAYS[day.on.weekday()],
        "time": f"{day.starts}–{day.ends}".replace(":", "."),
        "break": str(day.break_minutes),
        "minutes": grouped_number(day.minutes),
        "confirmed_on": numeric(day.confirmed_on),
    }


def _sums(rows: Sequence[LedgerSum], lesson_minutes: int) -> dict[str, str]:
    """Entries, reversals, minutes and lesson hours of some strands together."""
    minutes = sum(row.minutes for row in rows)
    return {
        "entries": str(sum(row.entries for row in rows)),
        "reversals": str(sum(row.reversals for row in rows)),
        "minutes": grouped_number(minutes),
        "hours": lesson_hours(minutes, lesson_minutes),
    }


def _proof(proof: OutcomeProof) -> str:
    """What proves an outcome in Turkish: Ünite 1–2, gün 1–2, uygulamalı sınav."""
    parts = [
        f"ünite {ranges(proof.units)}" if proof.units else "",
        f"gün {ranges(proof.days)}" if proof.days else "",
        "uygulamalı sınav" if proof.practical else "",
    ]
    text = ", ".join(filter(None, parts))
    return text[:1].upper() + text[1:]  # no i begins any of the three, so Python's casing is right for Turkish
