"""People with an authenticator app, as they hold it in their hand."""

from dataclasses import dataclass
from uuid import UUID

import pyotp
from sqlalchemy import select

from lmp.access import Actor
from lmp.accounts import service
from lmp.accounts.models import AuthenticatorApp, Person
from lmp.accounts.service import passkeys, second_factor
from lmp.core import clock, db, vault
from tests.builders.accounts import acting
from tests.builders.authenticator import Authenticator


@dataclass(frozen=True)
class App:
    """The secret inside an app, and the recovery codes that came with it."""

    secret: str
    codes: list[str]


def opened(who: Person) -> UUID:
    """A session of somebody who is signed in."""
    found = service.resume(service.open_session(who, agent="tests"))
    assert found is not None
    return found.id


def an_app(who: Person, *, session_id: UUID | None = None, by: Actor | None = None) -> App:
    """An app that was set up a moment ago."""
    offer = second_factor.offer_app(who, "SMM")
    secret = offer.grouped.replace(" ", "")
    code = pyotp.TOTP(secret).at(clock.now())
    codes = second_factor.set_up_app(
        who, offer.sealed, code, session_id=session_id or opened(who), by=by or acting(who)
    )
    return App(secret, codes)


def code_of(who: Person) -> str:
    """What the app of a person shows now."""
    kept = db.session().scalars(select(AuthenticatorApp).where(AuthenticatorApp.person_id == who.id)).one()
    return pyotp.TOTP(vault.unseal("app", kept.sealed_secret)).at(clock.now())


def a_passkey(who: Person, device: Authenticator, name: str = "İş telefonu") -> list[str]:
    """A passkey on a device; answers the recovery codes that came with it."""
    asked = passkeys.ask_to_register(who)
    return passkeys.add_passkey(
        who, device.register(asked.options), asked.sealed, name, session_id=opened(who), by=acting(who)
    )
