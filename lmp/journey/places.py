"""The places in the header and the bottom bar, by role; never more than four."""

from collections.abc import Sequence

from lmp.access import Role
from lmp.core.messages import N_, Message
from lmp.web.edge import Place, Viewer

_TODAY = Place(Message(N_("Today")), "journey.today", "today")
_ABOUT_A_RUN = (
    "run",
    "open",
    "show",
    "messages",
    "write_message",
    "check_message",
    "participant_notes",
    "note",
    "take_back_offer",
)
_RUNS = Place(
    Message(N_("Runs")),
    "enrolment.runs",
    "list-check",
    (
        *(f"enrolment.{page}" for page in _ABOUT_A_RUN),
        *(f"learning.{page}" for page in ("extend", "run_gain")),
        "meeting.",
        "workplace.place",
        "workplace.staff",
        "reports.",
    ),
)

_PEOPLE = (
    "people",
    "person",
    "bulk",
    "choose_role",
    "give_role",
    "end_grant",
    "suspend",
    "lift",
    "reset_f",
    "begin_act",
)
_MANAGEMENT = Place(
    Message(N_("Management")),
    "journey.management",
    "settings",
    (
        "journey.management",
        "network.",
        *(f"accounts.{page}" for page in _PEOPLE),
        "privacy.requests",
        "privacy.answer",
        "privacy.retention",
        "notice.mails",
    ),
)

PUBLIC = (
    Place(
        Message(N_("Courses")),
        "catalogue.courses",
        "book",
        ("catalogue.course", "catalogue.field", "catalogue.calendar"),
    ),
    Place(Message(N_("Centres")), "catalogue.centres", "pin", ("catalogue.centre",)),
    Place(
        Message(N_("Verify a certificate")),
        "certificate.verify",
        "page-check",
        ("certificate.verify", "certificate_neutral."),
    ),
)

BY_ROLE: dict[Role, tuple[Place, ...]] = {
    Role.TEACHER: (
        _TODAY,
        Place(
            Message(N_("My training")),
            "journey.training",
            "book",
            (
                "journey.training",
                "journey.statement",
                "journey.run",
                "learning.",
                "enrolment.apply",
                "enrolment.messages_to_me",
                "enrolment.offer",
                "enrolment.withdraw",
            ),
        ),
        Place(Message(N_("My log")), "workplace.log", "notebook", ("workplace.",)),
        Place(Message(N_("My certificates")), "certificate.mine", "page-check", ("certificate.mine",)),
    ),
    Role.TRAINER: (
        _TODAY,
        Place(Message(N_("Courses")), "content.drafts", "book", ("content.", "learning.question")),
        _RUNS,
        Place(Message(N_("Companies")), "network.partners", "building", ("network.", "journey.management")),
    ),
    Role.ASSESSOR: (_TODAY, Place(Message(N_("Tests")), "practical.tests", "list-check", ("practical.",))),
    Role.CENTRE_ADMINISTRATOR: (
        _TODAY,
        _RUNS,
        Place(Message(N_("Certification")), "certificate.batches", "page-check", ("certificate.",)),
        _MANAGEMENT,
    ),
    Role.APPROVER: (_TODAY, Place(Message(N_("Applications")), "enrolment.applications", "mail", ("enrolment.",))),
    Role.NETWORK_ADMINISTRATOR: (
        _TODAY,
        _RUNS,
        Place(Message(N_("Certification")), "certificate.batches", "page-check", ("certificate.",)),
        _MANAGEMENT,
    ),
}

ROLE_WORDS: dict[str, Message] = {
    "": Message(N_("no role yet")),
    Role.TEACHER: Message(N_("teacher")),
    Role.TRAINER: Message(N_("trainer")),
    Role.ASSESSOR: Message(N_("assessor")),
    Role.CENTRE_ADMINISTRATOR: Message(N_("centre coordinator")),
    Role.APPROVER: Message(N_("school principal")),
    Role.NETWORK_ADMINISTRATOR: Message(N_("Ministry official (MTEGM)")),
}


def places(viewer: Viewer | None) -> Sequence[Place]:
    """Where the viewer can go from every page."""
    return BY_ROLE[Role(viewer.role)] if viewer is not None and viewer.role else PUBLIC


def role_label(role: str) -> Message:
    """A role in words."""
    return ROLE_WORDS[role]
