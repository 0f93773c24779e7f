"""What makes an address, a password, a grant and an attempt acceptable."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lmp.access import MAY_GRANT, Grant, Role, ScopeKind
from lmp.core.errors import NotAllowed, RuleBroken
from lmp.core.messages import N_, Message

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 120
SESSION_LENGTH = timedelta(hours=12)
INVITATION_DAYS = 14
REGISTRATION_LINK = timedelta(days=1)
RESET_LINK = timedelta(hours=1)
ADDRESS_LINK = timedelta(days=1)
#: Days for which an approver may hand over a step at a time: longer than any yearly leave.
LONGEST_DELEGATION = 90

_ADDRESS = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]{2,}")


def address(text: str) -> str:
    """An e-mail address in invariant lower case (never Turkish casing: `I` becomes `i`). Raises RuleBroken."""
    tidy = text.strip().replace("İ", "i").replace("ı", "i").lower()
    if len(tidy) > 254 or not _ADDRESS.fullmatch(tidy):
        raise RuleBroken(Message(N_("Write the e-mail address in full, like name@school.example.")), "email")
    return tidy


def check_password(text: str) -> None:
    """Length is what counts. Raises RuleBroken."""
    if len(text) < SHORTEST_PASSWORD:
        raise RuleBroken(
            Message(N_("Choose a password of at least %(n)s characters."), n=SHORTEST_PASSWORD), "password"
        )
    if len(text) > LONGEST_PASSWORD:
        raise RuleBroken(Message(N_("Choose a password of at most %(n)s characters."), n=LONGEST_PASSWORD), "password")


def check_name(text: str) -> str:
    """A name as it is typed: one letter is enough, 120 are the most. Raises RuleBroken."""
    if not text:
        raise RuleBroken(Message(N_("Write the name and surname.")), "name")
    if len(text) > LONGEST_NAME:
        raise RuleBroken(Message(N_("Shorten the name to %(n)s characters."), n=LONGEST_NAME), "name")
    return text


#: What a role can reach.
REACHES: dict[Role, frozenset[ScopeKind]] = {
    Role.TEACHER: frozenset({ScopeKind.OWN}),
    Role.TRAINER: frozenset({ScopeKind.CENTRE}),
    Role.ASSESSOR: frozenset({ScopeKind.CENTRE}),
    Role.CENTRE_ADMINISTRATOR: frozenset({ScopeKind.CENTRE}),
    Role.APPROVER: frozenset({ScopeKind.SCHOOL, ScopeKind.DISTRICT, ScopeKind.PROVINCE}),
    Role.NETWORK_ADMINISTRATOR: frozenset({ScopeKind.NETWORK}),
}


def check_grant(
    holder: Iterable[Grant],
    role: Role,
    scope_kind: ScopeKind,
    scope: str,
    *,
    to_self: bool,
    until_on: date | None = None,
    period_matters: bool = False,
) -> None:
    """Nobody gives a role their own roles do not cover, in a wider scope, for longer, or to themselves. Raises NotAllowed."""
    if to_self:
        raise NotAllowed(Message(N_("Nobody can give a role to themselves. Ask another administrator.")))
    if scope_kind not in REACHES[role]:
        raise NotAllowed(Message(N_("This role cannot reach that far.")))
    covering = [grant for grant in holder if _covers(grant, role, scope_kind, scope)]
    if not covering:
        raise NotAllowed(Message(N_("Your role does not cover giving this role.")))
    if period_matters and not any(_lasts(grant.until, until_on) for grant in covering):
        raise NotAllowed(
            Message(N_("Your own role ends earlier. Write a last day that is not after the end of your role."))
        )


def _covers(grant: Grant, role: Role, scope_kind: ScopeKind, scope: str) -> bool:
    reaches = grant.scope_kind is ScopeKind.NETWORK or (grant.scope_kind, grant.scope) == (scope_kind, scope)
    return grant.for_id is None and role in MAY_GRANT.get(grant.role, frozenset()) and reaches


def _lasts(own: date | None, given: date | None) -> bool:
    """Whether one's own role lasts at least as long as the given one."""
    return own is None or (given is not None and given <= own)


def check_days(from_on: date, until_on: date | None, today: date) -> None:
    """A role begins today or later and ends after it begins. Raises RuleBroken."""
    if from_on < today:
        raise RuleBroken(Message(N_("A role begins today or later. Write today's date or a later one.")), "from_on")
    if until_on is not None and until_on < from_on:
        raise RuleBroken(Message(N_("The last day comes before the first. Write a later last day.")), "until_on")


def check_delegation_days(from_on: date | None, until_on: date | None, today: date) -> tuple[date, date]:
    """A step is handed over from a day until a day, for three months at most. Raises RuleBroken at the day to repair."""
    if from_on is None:
        raise RuleBroken(Message(N_("Write the first day.")), "from_on")
    if until_on is None:
        raise RuleBroken(Message(N_("Write the last day; a step is handed over for a time only.")), "until_on")
    if from_on < today:
        raise RuleBroken(Message(N_("Write today's date or a later one.")), "from_on")
    if until_on < from_on:
        raise RuleBroken(Message(N_("The last day comes before the first. Write a later last day.")), "until_on")
    if (until_on - from_on).days >= LONGEST_DELEGATION:
        raise RuleBroken(
            Message(N_("A step is handed over for at most %(n)s days at a time."), n=LONGEST_DELEGATION), "until_on"
        )
    return from_on, until_on


@dataclass(frozen=True)
class Limit:
    """At most `count` attempts in a window of `window`."""

    count: int
    window: timedelta


#: Ten wrong passwords for one address from one place, a hundred from one place in a quarter of an hour, and three
#: hundred an hour for one address from wherever they come.
PER_ADDRESS = Limit(10, timedelta(minutes=15))
PER_PLACE = Limit(100, timedelta(minutes=15))
PER_ADDRESS_ANYWHERE = Limit(300, timedelta(hours=1))
#: Links that are asked for by e-mail: for one address, and from one place, where a whole school may sit.
LINKS_PER_ADDRESS = Limit(5, timedelta(hours=1))
LINKS_PER_PLACE = Limit(60, timedelta(hours=1))
VERIFY_PER_PLACE = Limit(60, timedelta(minutes=10))
#: Delegations that one approver offers in a day: each sends a mail to an address they typed.
DELEGATIONS = Limit(5, timedelta(days=1))
LINK_PER_PLACE = Limit(60, timedelta(minutes=10))


def window_start(moment: datetime, limit: Limit) -> datetime:
    """The beginning of the window a moment lies in."""
    seconds = int(limit.window.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, moment.tzinfo)


def minutes_left(moment: datetime, limit: Limit) -> int:
    """Whole minutes until the window of a moment ends, at least one."""
    left = window_start(moment, limit) + limit.window - moment
    return max(1, -(-int(left.total_seconds()) // 60))


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> Message:
    """A user agent in words: “Chrome, Android”. What nobody knows is called so."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), None)
    system = next((name for mark, name in _SYSTEMS if mark in agent), None)
    if browser and system:
        return Message(N_("%(browser)s on %(system)s"), browser=browser, system=system)
    if browser or system:
        return Message(N_("A browser: %(name)s"), name=browser or system)
    return Message(N_("A browser we do not know"))


def is_current(from_on: date, until_on: date | None, today: date) -> bool:
    """Whether a grant counts today; its last day is included."""
    return from_on <= today and (until_on is None or today <= until_on)
