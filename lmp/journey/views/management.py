"""The ways to all records that somebody may see: one page for everything that stands behind the courses."""

from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, admits
from lmp.core.messages import N_, Message
from lmp.journey.views.blueprint import bp
from lmp.web import pages


@dataclass(frozen=True)
class Way:
    """A way to a list of records, open to who could do its action."""

    action: Action
    endpoint: str
    icon: str
    title: Message
    text: Message

    @property
    def url(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint)


@dataclass(frozen=True)
class Part:
    """Ways that belong together."""

    title: Message
    ways: tuple[Way, ...]


PARTS = (
    Part(
        Message(N_("People")),
        (
            Way(
                Action.SEE_PERSON,
                "accounts.people",
                "people",
                Message(N_("People and roles")),
                Message(N_("Who holds which role where; give it, end it, suspend an account")),
            ),
            Way(
                Action.INVITE_MANY,
                "accounts.bulk",
                "upload",
                Message(N_("Invite many people")),
                Message(N_("From a file, rehearsed before anything is sent")),
            ),
        ),
    ),
    Part(
        Message(N_("Companies")),
        (
            Way(
                Action.SEE_PARTNER,
                "network.partners",
                "building",
                Message(N_("Companies and partners")),
                Message(N_("Workplaces, mentors, other institutions")),
            ),
            Way(
                Action.SEE_PROTOCOL,
                "network.protocols",
                "page-check",
                Message(N_("Protocols")),
                Message(N_("What was agreed with partners, and until when")),
            ),
        ),
    ),
    Part(
        Message(N_("Centres and fields")),
        (
            Way(
                Action.SEE_NETWORK,
                "network.centres",
                "pin",
                Message(N_("Centres")),
                Message(N_("Host school, contact, fields they serve")),
            ),
            Way(
                Action.SEE_NETWORK,
                "network.fields",
                "book",
                Message(N_("Fields and subjects")),
                Message(N_("Names in both languages, codes, other names")),
            ),
            Way(
                Action.SEE_NETWORK,
                "network.branches",
                "list-check",
                Message(N_("Branches")),
                Message(N_("Which branch can apply for the courses of which field")),
            ),
        ),
    ),
    Part(
        Message(N_("Personal data")),
        (
            Way(
                Action.ANSWER_DATA_REQUEST,
                "privacy.requests",
                "lock",
                Message(N_("Requests about personal data")),
                Message(N_("Correction and erasure, each with its deadline")),
            ),
            Way(
                Action.DESTROY_DATA,
                "privacy.retention",
                "clock",
                Message(N_("Retention")),
                Message(N_("How long things are kept, and the log of what was destroyed")),
            ),
        ),
    ),
    Part(
        Message(N_("Schools and days")),
        (
            Way(
                Action.SEE_NETWORK,
                "network.schools",
                "notebook",
                Message(N_("Schools and offices")),
                Message(N_("Institution code, district, office e-mail")),
            ),
            Way(
                Action.SEE_NETWORK,
                "network.provinces",
                "globe",
                Message(N_("Provinces and districts")),
                Message(N_("How many centres, schools and workplaces each has")),
            ),
            Way(
                Action.SEE_NETWORK,
                "network.calendar",
                "today",
                Message(N_("Calendar")),
                Message(N_("Public holidays, half days, leave, school breaks")),
            ),
        ),
    ),
    Part(
        Message(N_("The platform")),
        (
            Way(
                Action.SEE_OUTBOX,
                "notice.mails",
                "mail",
                Message(N_("Outbox")),
                Message(N_("Which mails left, which wait, which failed")),
            ),
        ),
    ),
)


@bp.get("/management")
@pages.needs(Action.SEE_NETWORK, Action.SEE_PARTNER)
def management() -> ResponseReturnValue:
    """Everything the reader keeps or sees."""
    parts = [Part(part.title, tuple(way for way in part.ways if admits(pages.actor(), [way.action]))) for part in PARTS]
    return pages.render("journey/management.html", parts=[part for part in parts if part.ways])
