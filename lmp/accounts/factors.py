"""Second factors, purely: who needs one, when a code of an app counts, what a recovery code looks like."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from lmp.access import Grant, Role
from lmp.accounts.rules import Limit

#: Roles that see others' data; their holders prove with a second factor who they are.
SEES_OTHERS = frozenset(Role) - {Role.TEACHER}
#: Wrong second factors for one person in a quarter of an hour.
PER_PERSON = Limit(8, timedelta(minutes=15))
STEP_SECONDS = 30
CODES = 10
#: Digits and letters that nobody confuses; twelve of them are 59 bits.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 12


def must_have(grants: Iterable[Grant], *, required: bool) -> bool:
    """Whether somebody with these grants needs a second factor, where the installation requires it."""
    return required and any(grant.role in SEES_OTHERS for grant in grants)


@dataclass(frozen=True)
class Matched:
    """The time step a code belongs to, and whether it may count: each code counts once."""

    step: int
    fresh: bool


def match(secret: str, code: str, moment: datetime, last_step: int | None) -> Matched | None:
    """Find the step of a six-digit code around a moment, one step early or late; None when it fits none."""
    now = int(moment.timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if pyotp.utils.strings_equal(app.generate_otp(step), code):
            return Matched(step, last_step is None or step > last_step)
    return None


def tidy_code(text: str) -> str:
    """A code as it was meant: without spaces, dots and dashes, in lower case."""
    return "".join(sign for sign in text if sign.isalnum()).replace("İ", "i").replace("I", "i").lower()


def is_app_code(tidy: str) -> bool:
    """Whether a tidied code can come from an app: six digits."""
    return len(tidy) == 6 and tidy.isascii() and tidy.isdigit()


def new_recovery_codes() -> list[str]:
    """Ten codes in groups of four."""
    plain = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)) for code in plain]


def in_fours(secret: str) -> str:
    """A secret as people copy it from a screen."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
