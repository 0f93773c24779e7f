"""Ending mails with one press and without signing in (RFC 8058): the link's token names what it ends and is sealed."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from lmp.access import Action, Actor, ActorKind, Facts, require
from lmp.accounts import service as accounts
from lmp.audit import service as audit
from lmp.core import addresses
from lmp.core.errors import NotFound
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.notice import rules
from lmp.notice.rules import Delivery
from lmp.notice.service import choosing
from lmp.notice.service.wiring import Stoppable, wiring

PERSON = "person"
PURPOSE = "stop"
_SEAL = 32


@dataclass(frozen=True)
class Stop:
    """What a link ends: mails of a kind to a person, or everything to somebody without an account."""

    what: str
    id: UUID
    key: str


def _seal(payload: bytes) -> bytes:
    return hmac.new(wiring().secret, b"stop mails\n" + payload, hashlib.sha256).digest()


def address(what: str, subject_id: UUID, key: str, lang: str) -> str:
    """The link that ends mails of this kind; the same every time, because mails are kept and pressed late."""
    payload = f"{what}:{subject_id}:{key}".encode()
    token = base64.urlsafe_b64encode(_seal(payload) + payload).decode().rstrip("=")
    return addresses.to("notice_neutral.stop", token=token) + f"?lang={lang}"


def read(token: str) -> Stop:
    """What a token ends. Raises NotFound for a token nobody made."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    seal, payload = raw[:_SEAL], raw[_SEAL:]
    what, _, rest = payload.decode(errors="replace").partition(":")
    subject, _, key = rest.partition(":")
    subject_id = parse_id(subject)
    if not hmac.compare_digest(seal, _seal(payload)) or subject_id is None:
        raise NotFound(Message(N_("This link is not complete. Copy the whole address from the message.")))
    return Stop(what, subject_id, key)


def bearer(stop: Stop) -> Actor:
    """Whoever follows the link, for this one matter only."""
    return Actor(ActorKind.LINK, name="", purpose=PURPOSE, subject=stop.id)


def words(stop: Stop) -> Message:
    """What the link ends, in words."""
    if stop.what != PERSON:
        return _other(stop).words(stop.id)
    if stop.key == rules.DIGEST:
        return Message(N_("The daily mail"))
    return _kind(stop).words


def is_ended(stop: Stop) -> bool:
    """Whether a person gets no such mail any more; always False for others, who press once."""
    if stop.what != PERSON:
        return False
    now = choosing.settings_of(stop.id)
    return not now.digest if stop.key == rules.DIGEST else rules.delivery(_kind(stop), now) is Delivery.HERE


def end(stop: Stop) -> None:
    """No more mails of this kind; ending twice changes nothing."""
    _change(stop, wanted=False)


def resume(stop: Stop) -> None:
    """Mails of this kind again, as everybody gets them."""
    _change(stop, wanted=True)


def _change(stop: Stop, *, wanted: bool) -> None:
    by = bearer(stop)
    require(by, Action.STOP_MAILS, Facts(subject=stop.id))
    if stop.what != PERSON:
        other = _other(stop)
        (other.resume if wanted else other.end)(stop.id, by)
        return
    who = accounts.person(stop.id)
    if stop.key == rules.DIGEST:
        choosing.write(who.id, digest=wanted)
    else:
        kind = _kind(stop)
        choosing.write(who.id, choices={kind.key: kind.usual if wanted else Delivery.HERE})
    audit.record(by, "notice.mails_resumed" if wanted else "notice.mails_ended", who, kind=stop.key)


def _kind(stop: Stop) -> rules.Kind:
    kind = rules.KINDS.get(stop.key)
    if kind is None or not kind.is_optional:
        raise NotFound
    return kind


def _other(stop: Stop) -> Stoppable:
    found = wiring().stops.get(stop.what)
    if found is None:
        raise NotFound
    return found
