"""Passkeys: registered and used under the configured address, never under what a request calls itself.

A challenge travels sealed in the page's form and is spent in the transaction that believes its answer, so that nothing is
written before and nothing counts twice.
"""

import hashlib
import ipaddress
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from lmp.access import Action, Actor, Facts, require
from lmp.accounts import rules
from lmp.accounts.models import Passkey, Person, PersonState, SpentChallenge
from lmp.accounts.service.limits import check_limit, count_attempt
from lmp.accounts.service.people import person
from lmp.accounts.service.second_factor import check_not_last, factor_added, factor_removed, finish
from lmp.accounts.service.sessions import open_session
from lmp.audit import service as audit
from lmp.core import clock, db, vault
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line

LONGEST_NAME = 60
MOST_PASSKEYS = 10
#: How long a page with a challenge may stay open.
CHALLENGE_SECONDS = 3600
_SPENT_KEPT = timedelta(seconds=2 * CHALLENGE_SECONDS)
_LONGEST_ANSWER = 20_000


@dataclass(frozen=True)
class _Site:
    """Who asks for a passkey: the host of the configured address, the address itself, the product's name."""

    host: str
    origin: str
    name: str


_site = _Site("", "", "")


def configure(url: str, name: str) -> None:
    """Set the address passkeys belong to (`LMP_URL`) and the name people see beside them."""
    global _site
    parts = urlsplit(url)
    _site = _Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}", name)


def possible() -> bool:
    """Whether browsers offer passkeys at the configured address: a name reached over HTTPS, or this very machine by name."""
    if _site.host == "localhost":
        return True
    try:
        ipaddress.ip_address(_site.host)
    except ValueError:
        return _site.origin.startswith("https://")
    return False


@dataclass(frozen=True)
class Challenge:
    """What a page asks the browser: the options as JSON, and the challenge sealed for the form."""

    options: str
    sealed: str


def _sealed(options: str) -> Challenge:
    challenge: str = json.loads(options)["challenge"]
    return Challenge(options, vault.seal("passkey challenge", challenge))


def _unsealed(sealed: str) -> str:
    """The challenge behind a form's field. Raises RuleBroken for one that is too old."""
    try:
        return vault.unseal("passkey challenge", sealed, seconds=CHALLENGE_SECONDS)
    except vault.Unreadable:
        raise _too_late() from None


def _too_late() -> RuleBroken:
    return RuleBroken(Message(N_("The page was open too long for the passkey. Try it once more.")))


def _spend(challenge: str) -> None:
    """Let a challenge that was answered well count this once. Raises RuleBroken for the second time.

    The first write of its request: what fails before is counted in a transaction of its own.
    """
    session = db.session()
    session.execute(delete(SpentChallenge).where(SpentChallenge.spent_at < clock.now() - _SPENT_KEPT))
    try:
        with session.begin_nested():
            session.add(SpentChallenge(sha256=hashlib.sha256(challenge.encode()).hexdigest(), spent_at=clock.now()))
    except IntegrityError:
        raise _too_late() from None


def _answer(text: str) -> dict[str, Any]:
    """What the browser sent, as far as it can be one. Raises RuleBroken."""
    try:
        found = json.loads(text[:_LONGEST_ANSWER])
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise refused()
    return found


def refused() -> RuleBroken:
    """The sentence for every answer that does not prove anything."""
    return RuleBroken(Message(N_("The passkey was not accepted. Try it once more, or sign in another way.")))


def _held(person_id: UUID) -> list[Passkey]:
    return list(db.session().scalars(select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)))


def _descriptors(keys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_id)) for key in keys]


# --- adding and removing


def ask_to_register(who: Person) -> Challenge:
    """What the page for a new passkey asks the browser."""
    options = generate_registration_options(
        rp_id=_site.host,
        rp_name=_site.name,
        user_id=who.id.bytes,
        user_name=who.email,
        user_display_name=who.name,
        exclude_credentials=_descriptors(_held(who.id)),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return _sealed(options_to_json(options))


def add_passkey(who: Person, answer: str, sealed: str, name: str, *, session_id: UUID, by: Actor) -> list[str]:
    """Keep a passkey; answers fresh recovery codes where the person has none yet.

    Raises RuleBroken for an answer that proves nothing, for a key that is kept already, and for too many.
    """
    require(by, Action.SECURE_SIGN_IN, Facts(owner=who.id))
    called = one_line(name, LONGEST_NAME)
    if not called:
        raise RuleBroken(Message(N_("Give the passkey a name, for example the device it is on.")), "name")
    if len(_held(who.id)) >= MOST_PASSKEYS:
        raise RuleBroken(Message(N_("You have %(n)s passkeys, the most possible. Remove one first."), n=MOST_PASSKEYS))
    found, challenge = _answer(answer), _unsealed(sealed)
    try:
        good = verify_registration_response(
            credential=found,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_site.host,
            expected_origin=_site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise refused() from None
    _spend(challenge)
    made = Passkey(
        person_id=who.id,
        name=called,
        credential_id=bytes_to_base64url(good.credential_id),
        public_key=good.credential_public_key,
        sign_count=good.sign_count,
        transports=[],
        added_at=clock.now(),
    )
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise RuleBroken(Message(N_("This passkey is in your list already."))) from None
    audit.record(by, "accounts.passkey_added", who, name=called)
    return factor_added(who, Message(N_("The passkey “%(name)s” was added to your sign-in."), name=called), session_id)


def own_passkey(passkey_id: UUID, *, by: Actor) -> Passkey:
    """A passkey of the person who acts. Raises NotFound."""
    found = db.session().get(Passkey, passkey_id)
    if found is None or found.person_id != by.id:
        raise NotFound
    return found


def rename_passkey(key: Passkey, name: str, *, by: Actor) -> None:
    """Call a passkey something else. Raises RuleBroken without a name."""
    require(by, Action.SECURE_SIGN_IN, Facts(owner=key.person_id))
    called = one_line(name, LONGEST_NAME)
    if not called:
        raise RuleBroken(Message(N_("Give the passkey a name, for example the device it is on.")), "name")
    key.name = called
    audit.record(by, "accounts.passkey_renamed", person(key.person_id), name=called)


def remove_passkey(key: Passkey, *, by: Actor) -> None:
    """End a passkey. Raises RuleBroken where it is the last factor of somebody who must have one."""
    require(by, Action.SECURE_SIGN_IN, Facts(owner=key.person_id))
    who = person(key.person_id)
    check_not_last(who)
    db.session().delete(key)
    db.session().flush()
    audit.record(by, "accounts.passkey_removed", who, name=key.name)
    factor_removed(who, Message(N_("The passkey “%(name)s” was removed from your sign-in."), name=key.name))


# --- signing in


def ask_to_sign_in() -> Challenge:
    """What the sign-in page asks the browser: any passkey of this site, with its holder verified."""
    options = generate_authentication_options(rp_id=_site.host, user_verification=UserVerificationRequirement.REQUIRED)
    return _sealed(options_to_json(options))


def ask_after_password(by: Actor) -> Challenge | None:
    """What the second step asks the browser: one of this person's passkeys; None when there is none."""
    keys = _held(by.id) if by.id is not None and possible() else []
    if not keys:
        return None
    options = generate_authentication_options(rp_id=_site.host, allow_credentials=_descriptors(keys))
    return _sealed(options_to_json(options))


def sign_in_with_passkey(answer: str, sealed: str, *, place: str, agent: str) -> tuple[str, Person]:
    """Open a session by a passkey alone; answers its token. Raises RuleBroken, TooMany after several failures."""
    key = _proven(answer, sealed, ("passkey place", place, rules.PER_PLACE))
    who = person(key.person_id)
    if who.state is not PersonState.ACTIVE:
        raise refused()
    return open_session(who, agent=agent, factor_given=True), who


def give_passkey(answer: str, sealed: str, *, session_id: UUID, by: Actor) -> str:
    """Finish signing in with a passkey; answers the session's new token. Raises RuleBroken, TooMany."""
    require(by, Action.GIVE_FACTOR, Facts())
    key = _proven(answer, sealed, ("passkey person", str(by.id), rules.PER_ADDRESS), of=by.id)
    audit.record(by, "accounts.second_factor_given", person(key.person_id), how="passkey")
    return finish(session_id)


def _proven(answer: str, sealed: str, limited: tuple[str, str, rules.Limit], of: UUID | None = None) -> Passkey:
    """The passkey that answered the challenge, which counts once; `of` somebody, else of anybody.

    Raises RuleBroken for an answer that proves nothing, which is counted, and TooMany after several.
    """
    check_limit(*limited)
    try:
        found, challenge = _answer(answer), _unsealed(sealed)
        key = db.session().scalar(select(Passkey).where(Passkey.credential_id == found["id"]))
        if key is None or of not in (None, key.person_id):
            raise refused()
        sign_count = _verify(found, challenge, key, alone=of is None)
    except RuleBroken:
        count_attempt(*limited)
        raise
    _spend(challenge)
    key.sign_count, key.used_at = sign_count, clock.now()
    return key


def _verify(found: dict[str, Any], challenge: str, key: Passkey, *, alone: bool) -> int:
    """The key's new count of uses. Alone it also proves that its holder was verified. Raises RuleBroken."""
    try:
        return verify_authentication_response(
            credential=found,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_site.host,
            expected_origin=_site.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=alone,
        ).new_sign_count
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise refused() from None
