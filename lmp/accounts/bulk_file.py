"""The file of an invitation of many, purely: read whatever spreadsheets write, and name every mistake by its cell."""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lmp.access import Role, ScopeKind
from lmp.accounts import rules
from lmp.core import turkish
from lmp.core.errors import RuleBroken
from lmp.core.messages import N_, Message

MOST_ROWS = 10_000
MOST_BYTES = 5 * 1024 * 1024
_SEPARATORS = ";\t,"

#: Column → how it may be called, folded and without gaps. The first is what our own example says.
HEADS: dict[str, tuple[str, ...]] = {
    "name": ("adsoyad", "adisoyadi", "isim", "name", "fullname", "nameandsurname"),
    "email": ("eposta", "epostaadresi", "mail", "email", "emailaddress"),
    "role": ("rol", "gorev", "role"),
    "centre": ("merkez", "centre", "center"),
    "school": ("kurumkodu", "okulkodu", "institutioncode", "schoolcode"),
    "branch": ("brans", "branch"),
    "lang": ("dil", "language"),
    "until": ("songun", "bitis", "bitistarihi", "until", "lastday"),
}
NEEDED = ("name", "email", "role")
#: Role → how it may be written, folded and without gaps.
ROLES: dict[Role, tuple[str, ...]] = {
    Role.TEACHER: ("ogretmen", "teacher"),
    Role.TRAINER: ("egitimgorevlisi", "trainer"),
    Role.ASSESSOR: ("degerlendirici", "assessor"),
    Role.CENTRE_ADMINISTRATOR: ("merkezkoordinatoru", "koordinator", "centrecoordinator", "coordinator"),
    Role.APPROVER: ("okulmuduru", "mudur", "schoolprincipal", "principal"),
    Role.NETWORK_ADMINISTRATOR: (
        "bakanlikyetkilisi",
        "bakanlikyetkilisimtegm",
        "ministryofficial",
        "ministryofficialmtegm",
    ),
}
_LANGUAGES = {"tr": "tr", "turkce": "tr", "turkish": "tr", "en": "en", "ingilizce": "en", "english": "en"}
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})-(\d{2})")


def key(text: str) -> str:
    """A heading or code word as it is compared: folded, letters and digits only."""
    return "".join(sign for sign in turkish.fold(text) if sign.isalnum())


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one cell, and what to write instead."""

    line: int
    #: The spreadsheet's letter and the heading of the column.
    letter: str
    column: str
    value: str
    say: Message


@dataclass(frozen=True)
class Sheet:
    """A file as read: which column stands where, the headings as written, and the rows with their line numbers."""

    places: Mapping[str, int]
    heads: list[str]
    rows: list[tuple[int, list[str]]]

    def cell(self, row: list[str], column: str) -> str:
        """What a row says in a column; empty where the file has no such column."""
        place = self.places.get(column)
        return row[place].strip() if place is not None and place < len(row) else ""


def letter(place: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


# --- reading


def read(data: bytes) -> tuple[Sheet, list[Mistake]]:
    """The rows of a CSV file in UTF-8 or Windows-1254, separated by semicolons, commas or tabs.

    The mistakes are those of the headings. Raises RuleBroken for what is no such file, is empty or too long.
    """
    lines = _lines(_decoded(data))
    if not lines:
        raise RuleBroken(Message(N_("The file is empty. Fill in the example and send that.")), "file")
    (_number, heads), rows = lines[0], lines[1:]
    if not rows:
        raise RuleBroken(Message(N_("The file has headings but no people. Write one person a line.")), "file")
    if len(rows) > MOST_ROWS:
        raise RuleBroken(
            Message(
                N_(
                    "The file has %(n)s people; one file takes %(most)s at most. Split it and send the parts one by one."
                ),
                n=len(rows),
                most=MOST_ROWS,
            ),
            "file",
        )
    places, mistakes = _places(heads)
    return Sheet(places, heads, rows), mistakes


def _decoded(data: bytes) -> str:
    """The text. UTF-8 with or without its mark; else what Turkish spreadsheets write, Windows-1254."""
    if len(data) > MOST_BYTES:
        raise RuleBroken(Message(N_("The file is larger than 5 MB. Split it and send the parts one by one.")), "file")
    if data[:2] in (b"PK", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff") or b"\x00" in data:
        raise RuleBroken(
            Message(N_("This is no CSV file. In your spreadsheet choose “Save as” and there “CSV UTF-8”.")), "file"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1254", errors="replace")


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The rows that say anything, each with the number of the line it ends on."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise RuleBroken(
            Message(
                N_("The file cannot be read from line %(line)s on. Look for a quotation mark that is not closed."),
                line=reader.line_num,
            ),
            "file",
        ) from None


def _places(heads: list[str]) -> tuple[dict[str, int], list[Mistake]]:
    """Where each column stands, whatever the order and language of the headings."""
    by_word = {word: name for name, words in HEADS.items() for word in words}
    places: dict[str, int] = {}
    mistakes = []
    for place, head in enumerate(heads):
        name = by_word.get(key(head))
        if name is not None and name not in places:
            places[name] = place
        elif head.strip():
            say = Message(
                N_("This heading is not known or stands twice. Remove the column, or take a heading of the example.")
            )
            mistakes.append(Mistake(1, letter(place), head, head, say))
    for name in NEEDED:
        if name not in places:
            say = Message(
                N_("The column “%(column)s” is missing. Add it; its heading stands in the example."), column=_OWN[name]
            )
            mistakes.append(Mistake(1, "", "", "", say))
    return places, mistakes


_OWN = {"name": Message(N_("Name and surname")), "email": Message(N_("E-mail")), "role": Message(N_("Role"))}


# --- checking


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the cells are compared with: everything by the folded words people may write."""

    today: date
    roles: Collection[Role]
    #: Words for a centre → its id; only those the sender may give roles in.
    centres: Mapping[str, str]
    schools: Mapping[str, str]
    branches: Mapping[str, str]
    #: The last day a role may have; None: any.
    longest: Mapping[Role, date | None] = field(default_factory=dict)


class _Wrong(Exception):
    """A cell that cannot be."""

    def __init__(self, column: str, say: Message) -> None:
        super().__init__(column)
        self.column, self.say = column, say


def check(sheet: Sheet, known: Known) -> tuple[list[dict[str, Any]], list[Mistake]]:
    """The good lines as plain values, and every mistake of the others, cell by cell."""
    good: list[dict[str, Any]] = []
    mistakes: list[Mistake] = []
    seen: dict[str, int] = {}
    for number, row in sheet.rows:
        values, wrong = _checked(sheet, row, known, seen, number)
        mistakes += [_mistake(sheet, row, number, one) for one in wrong]
        if not wrong:
            good.append({"line": number, **values})
    return good, mistakes


def _mistake(sheet: Sheet, row: list[str], number: int, wrong: _Wrong) -> Mistake:
    place = sheet.places.get(wrong.column)
    if place is None:
        return Mistake(number, "", "", "", wrong.say)
    return Mistake(number, letter(place), sheet.heads[place], sheet.cell(row, wrong.column), wrong.say)


def _checked(
    sheet: Sheet, row: list[str], known: Known, seen: dict[str, int], number: int
) -> tuple[dict[str, Any], list[_Wrong]]:
    """The values of a row, and what is wrong with it."""
    values: dict[str, Any] = {}
    wrong: list[_Wrong] = []
    for column, read_cell in _CELLS.items():
        try:
            values[column] = read_cell(sheet.cell(row, column), known)
        except _Wrong as found:
            wrong.append(found)
    if "email" in values:
        earlier = seen.setdefault(values["email"], number)
        if earlier != number:
            wrong.append(
                _Wrong(
                    "email",
                    Message(
                        N_("This address stands in line %(line)s already. Keep one of the two lines."), line=earlier
                    ),
                )
            )
    if "role" in values:
        wrong += _role_needs(values, known)
    return values, wrong


def _name(text: str, _known: Known) -> str:
    try:
        return rules.check_name(" ".join(text.split()))
    except RuleBroken as broken:
        raise _Wrong("name", broken.message) from None


def _email(text: str, _known: Known) -> str:
    try:
        return rules.address(text)
    except RuleBroken as broken:
        raise _Wrong("email", broken.message) from None


def _role(text: str, known: Known) -> str:
    wanted = key(text)
    found = next((role for role, words in ROLES.items() if wanted in words), None)
    if found is None:
        raise _Wrong(
            "role", Message(N_("Write one of: öğretmen, eğitim görevlisi, değerlendirici, koordinatör, okul müdürü."))
        )
    if found not in known.roles:
        raise _Wrong(
            "role", Message(N_("Your role does not cover giving this role. Take the line out, or ask the Ministry."))
        )
    return found.value


def _centre(text: str, known: Known) -> str:
    if text and key(text) not in known.centres:
        raise _Wrong(
            "centre", Message(N_("No centre of yours is called so. Write its short name or its four-digit code."))
        )
    return known.centres.get(key(text), "")


def _school(text: str, known: Known) -> str:
    if text and text not in known.schools:
        raise _Wrong(
            "school", Message(N_("No school has this institution code. Write the code of MEBBİS, digits only."))
        )
    return known.schools.get(text, "")


def _branch(text: str, known: Known) -> str:
    if text and key(text) not in known.branches:
        raise _Wrong(
            "branch", Message(N_("No branch is called so. Write it as on the list of branches, or leave it empty."))
        )
    return known.branches.get(key(text), "")


def _lang(text: str, _known: Known) -> str:
    if not text:
        return "tr"
    if key(text) not in _LANGUAGES:
        raise _Wrong("lang", Message(N_("Write tr or en, or leave it empty for Turkish.")))
    return _LANGUAGES[key(text)]


def _until(text: str, known: Known) -> str:
    if not text:
        return ""
    found = _DAY.fullmatch(text)
    say = Message(N_("Write the day as day, month and year: 31.12.2027."))
    if found is None:
        raise _Wrong("until", say)
    parts = [int(one) for one in found.groups() if one]
    year, month, day = parts if found[4] else reversed(parts)
    try:
        until = date(year, month, day)
    except ValueError:
        raise _Wrong("until", say) from None
    if until < known.today:
        raise _Wrong("until", Message(N_("This day is over. Write a later last day, or leave it empty.")))
    return until.isoformat()


_CELLS: dict[str, Callable[[str, Known], str]] = {
    "name": _name,
    "email": _email,
    "role": _role,
    "centre": _centre,
    "school": _school,
    "branch": _branch,
    "lang": _lang,
    "until": _until,
}


def _role_needs(values: dict[str, Any], known: Known) -> list[_Wrong]:
    """Where the role reaches, written into the values; what is missing for that."""
    role = Role(values["role"])
    kind = ScopeKind.SCHOOL if role is Role.APPROVER else next(iter(rules.REACHES[role]))
    scope = {ScopeKind.CENTRE: values.get("centre"), ScopeKind.SCHOOL: values.get("school")}.get(kind, "")
    values["scope_kind"], values["scope"] = kind.value, scope or ""
    wrong = []
    if kind is ScopeKind.CENTRE and scope == "":
        wrong.append(
            _Wrong("centre", Message(N_("This role needs a centre. Write its short name or its four-digit code.")))
        )
    if kind is ScopeKind.SCHOOL and scope == "":
        wrong.append(_Wrong("school", Message(N_("A principal needs a school. Write its institution code."))))
    longest = known.longest.get(role)
    until = values.get("until")
    if longest is not None and until is not None and (not until or date.fromisoformat(until) > longest):
        wrong.append(
            _Wrong(
                "until", Message(N_("Your own role ends on %(day)s. Write that day or an earlier one."), day=longest)
            )
        )
    return wrong


EXAMPLE = (
    "Ad soyad;E-posta;Rol;Merkez;Kurum kodu;Branş;Dil;Son gün\r\n"
    "Ayşe Örnek;ayse.ornek@okul.example;öğretmen;;;Elektrik-Elektronik Teknolojisi;tr;\r\n"
    "Mehmet Örnek;mehmet.ornek@okul.example;eğitim görevlisi;0601;;;tr;31.12.2027\r\n"
)
