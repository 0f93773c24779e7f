"""What network records must be, without database or web."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from itertools import count

from lmp.core import turkish
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

LONGEST_NAME = 200
LONGEST_SLUG = 60
MOST_CENTRES = 99
LONGEST_PERSON = 120
LONGEST_PHONE = 40
LONGEST_DUTIES = 4_000
MOST_PLACES = 500
#: The classes of Law 6331, as they stand on official papers.
HAZARD_CLASSES = ("az tehlikeli", "tehlikeli", "çok tehlikeli")
#: Who may confirm days at a company.
CERTIFICATE_KINDS = ("usta öğretici", "eğitici personel", "uzman")
_ADDRESS = re.compile(r"[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+\.[^\s@<>\"(),;:.]{2,}")
_INSTITUTION = re.compile(r"[0-9]{4,12}", re.ASCII)
_HOST = re.compile(
    r"(?=.{1,253}$)([a-z0-9çğıöşü]([a-z0-9çğıöşü-]{0,61}[a-z0-9çğıöşü])?\.)+[a-z]{2,24}(/[^\s<>\"]*)?", re.IGNORECASE
)


class Standing(StrEnum):
    """How a protocol stands on a day."""

    PREPARED = "prepared"
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    ENDED = "ended"


def standing(
    *, signed_on: date | None, starts_on: date, ends_on: date | None, closed_on: date | None, today: date
) -> Standing:
    """How a protocol stands today; one that was ended early counts as running until that day."""
    if closed_on is not None and closed_on <= today:
        return Standing.ENDED
    if signed_on is None:
        return Standing.PREPARED
    if today < starts_on:
        return Standing.COMING
    return Standing.OVER if ends_on is not None and today > ends_on else Standing.RUNNING


def provincial_directorate(province: str) -> str:
    """What the directorate of a province is called; a name, the same in every language."""
    return f"{province} İl Millî Eğitim Müdürlüğü"


def district_directorate(district: str) -> str:
    """What the directorate of a district is called; a name, the same in every language."""
    return f"{district} İlçe Millî Eğitim Müdürlüğü"


def check_filled(value: str, field: str, message: Message) -> str:
    """A value that is needed. Raises RuleBroken at its field."""
    if not value:
        raise RuleBroken(message, field)
    return value


def read_email(text: str, field: str) -> str:
    """An e-mail address as typed, or "" for none. Raises RuleBroken for what cannot be one."""
    typed = text.strip()
    if typed and not _ADDRESS.fullmatch(typed):
        raise RuleBroken(Message(N_("Write the e-mail address like this: ad.soyad@kurum.example.")), field)
    return typed


def read_website(text: str) -> str:
    """A site's address without its scheme, or "" for none. Raises RuleBroken for what cannot be one."""
    typed = re.sub(r"^https?://", "", text.strip(), flags=re.IGNORECASE).rstrip("/")
    if typed and not _HOST.fullmatch(typed):
        raise RuleBroken(Message(N_("Write the website like this: okul.meb.k12.tr.")), "website")
    return typed


def read_institution_code(text: str) -> str | None:
    """A school's code (kurum kodu); spaces and dots are forgiven. Raises RuleBroken for what is no number."""
    typed = re.sub(r"[\s.]", "", text)
    if typed and not _INSTITUTION.fullmatch(typed):
        raise RuleBroken(Message(N_("Write the institution code in digits only, for example 123456.")), "code")
    return typed or None


def slug_of(name: str, taken: Collection[str]) -> str:
    """The part of an address that stands for a name: plain letters, unlike those that are taken."""
    plain = "-".join(re.findall("[a-z0-9]+", turkish.fold(name)))[:LONGEST_SLUG].strip("-") or "x"
    numbered = (f"{plain}-{number}" for number in count(2))
    return plain if plain not in taken else next(one for one in numbered if one not in taken)


def centre_code(plate: int, taken: Collection[str]) -> str:
    """The next code of a province's centres: plate code and running number. Raises RuleBroken after 99 of them."""
    prefix = f"{plate:02}"
    number = 1 + max((int(code[2:]) for code in taken if code.startswith(prefix)), default=0)
    if number > MOST_CENTRES:
        raise RuleBroken(Message(N_("This province has 99 centres already; there is no further code.")), "province")
    return f"{prefix}{number:02}"


def check_code(code: str | None, others: Mapping[str, str], field: str) -> None:
    """A code of the Ministry stands for one field; `others` holds the names by code. Raises RuleBroken naming the other."""
    if code and code in others:
        raise RuleBroken(Message(N_("The code %(code)s belongs to “%(name)s”."), code=code, name=others[code]), field)


def check_term(starts_on: date, ends_on: date | None) -> None:
    """An agreement ends after it begins. Raises RuleBroken."""
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(Message(N_("The last day lies before the first day. Change one of them.")), "ends_on")
