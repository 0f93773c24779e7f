"""The values of the edge: places, the viewer, and what the application hands in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from flask.typing import ResponseReturnValue
from jinja2 import Environment

from lmp.access import Action, Actor
from lmp.core.messages import Message


@dataclass(frozen=True)
class Place:
    """A place in the header or the bottom bar."""

    label: Message
    endpoint: str
    icon: str
    #: Endpoints (or their prefixes) that count as being there.
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Viewer:
    """Who is signed in, as the page's header shows them."""

    actor: Actor
    person_id: UUID
    name: str
    lang: str | None
    role: str
    roles: tuple[str, ...]
    scheme: str = ""
    #: The administrator who looks with this person's eyes, and until when; such a viewer changes nothing.
    seen_by: str = ""
    seen_until: datetime | None = None
    #: Notices that wait to be read.
    unread: int = 0


class Identity(Protocol):
    """Loads the signed-in person of a request, or None; handed in by the application."""

    def __call__(self) -> Viewer | None:
        """Look at the session cookie and its row."""


@dataclass(frozen=True)
class Edge:
    """What the application hands to the edge."""

    identity: Identity
    places: Callable[[Viewer | None], Sequence[Place]]
    role_label: Callable[[str], Message]
    environments: dict[str, Environment]
    site_names: dict[str, str]
    help_phone: str
    demo: bool
    link_actor: Callable[[], Actor | None]
    #: Somebody who gave the password and no second factor yet: nobody for every page but those of the second step.
    half_actor: Callable[[], Actor | None]
    #: What somebody without a session meets: the way in, holding what they typed.
    wall: Callable[[], ResponseReturnValue]
    #: Chooses another of the person's roles, if that one is admitted here; answers whether it did.
    change_role: Callable[[tuple[Action, ...]], bool]
