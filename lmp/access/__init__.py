"""Who may do what, on one page: every action and the people it is open to.

A *grant* gives a person a role in a scope for a time. A *predicate* answers two questions: could this kind of actor ever do
it (asked at the route), and may this actor do it with this thing (asked by the service, from the thing's facts).
"""

from collections.abc import Iterable
from enum import StrEnum

from lmp.access.actors import (
    NOBODY,
    Actor,
    ActorKind,
    Duty,
    Facts,
    Grant,
    Guarded,
    Role,
    ScopeKind,
    system,
)
from lmp.access.predicates import (
    Predicate,
    any_centre_administrator,
    anyone,
    approver,
    assessor,
    by_link,
    centre_administrator,
    centre_trainer,
    half_signed_in,
    headmaster,
    network,
    noting_administrator,
    noting_trainer,
    oneself,
    owns,
    reviewer,
    signatory,
    signed_in,
    some_centre_administrator,
    the_system,
    their_centre_administrator,
    trainer,
)
from lmp.core.errors import NotAllowed, NotFound

__all__ = [
    "MAY",
    "MAY_GRANT",
    "NOBODY",
    "SEEN_BY",
    "Action",
    "Actor",
    "ActorKind",
    "Duty",
    "Facts",
    "Grant",
    "Guarded",
    "Predicate",
    "Role",
    "ScopeKind",
    "admits",
    "allows",
    "anyone",
    "require",
    "require_role",
    "system",
]


class Action(StrEnum):
    """Everything that needs permission, as feature:verb."""

    # what every signed-in person has
    SEE_TODAY = "journey:today"
    SIGN_OUT = "accounts:sign_out"
    SWITCH_ROLE = "accounts:switch_role"
    SECURE_SIGN_IN = "accounts:secure_sign_in"
    GIVE_FACTOR = "accounts:give_factor"
    KEEP_PROFILE = "accounts:keep_profile"
    HAND_OVER = "accounts:hand_over"

    # getting in: anybody asks for a link, the link acts
    ASK_FOR_LINK = "accounts:ask_for_link"
    REGISTER = "accounts:register"
    ACCEPT_INVITATION = "accounts:accept_invitation"
    RESET = "accounts:reset"
    CONFIRM_ADDRESS = "accounts:confirm_address"

    # notices
    KEEP_NOTICES = "notice:keep"
    STOP_MAILS = "notice:stop_mails"
    SEE_OUTBOX = "notice:see_outbox"
    SEND_AGAIN = "notice:send_again"

    # content
    SEE_DRAFT = "content:see_draft"
    WRITE_DRAFT = "content:write_draft"
    ASK_REVIEW = "content:ask_review"
    COMMENT_DRAFT = "content:comment"
    SEND_BACK_DRAFT = "content:send_back"
    PUBLISH_COURSE = "content:publish"
    SEE_BANK = "content:see_bank"
    KEEP_BANK = "content:keep_bank"

    # runs and applications
    OPEN_RUN = "enrolment:open_run"
    SEE_RUN = "enrolment:see_run"
    APPLY = "enrolment:apply"
    WITHDRAW = "enrolment:withdraw"
    ANSWER_OFFER = "enrolment:answer_offer"
    KEEP_OFFERS = "enrolment:keep_offers"
    END_ENROLMENT = "enrolment:end"
    SEE_ENROLMENT = "enrolment:see"
    SEE_APPLICATION = "enrolment:see_application"
    DECIDE_APPLICATION = "enrolment:decide"
    ASK_OFFICE_AGAIN = "enrolment:ask_office_again"
    KEEP_INTEREST = "enrolment:keep_interest"
    WRITE_TO_RUN = "enrolment:write_to_run"
    KEEP_NOTES = "enrolment:keep_notes"

    # learning
    STUDY = "learning:study"
    EXTEND_QUIZ = "learning:extend"

    # meetings face to face
    SEE_ROSTER = "meeting:see_roster"
    MARK_ROSTER = "meeting:mark"
    KEEP_TIMETABLE = "meeting:keep"
    SEE_MEETINGS = "meeting:see_own"

    # workplace
    PLACE = "workplace:place"
    SEE_LOG = "workplace:see_log"
    WRITE_LOG = "workplace:write_log"
    CONFIRM_WEEK = "workplace:confirm"
    ASK_MENTOR_AGAIN = "workplace:ask_again"

    # practical test
    SEE_TEST = "practical:see"
    ASSESS = "practical:assess"

    # certificates
    SEE_BATCH = "certificate:see_batch"
    ISSUE = "certificate:issue"
    SIGN_BATCH = "certificate:sign"
    REVOKE = "certificate:revoke"
    SEE_CERTIFICATE = "certificate:see"

    # the network
    SEE_NETWORK = "network:see"
    KEEP_NETWORK = "network:keep"
    KEEP_CENTRE = "network:keep_centre"
    SEE_PARTNER = "network:see_partner"
    SEE_CONTACT = "network:see_contact"
    SEE_PROTOCOL = "network:see_protocol"
    KEEP_PARTNER = "network:keep_partner"
    GRANT_ROLE = "accounts:grant_role"
    SEE_PERSON = "accounts:see_person"
    SUSPEND = "accounts:suspend"
    RESET_FACTOR = "accounts:reset_factor"
    ACT_AS = "accounts:act_as"
    INVITE_MANY = "accounts:invite_many"
    INVITE = "accounts:invite"
    CONFIRM_DECLARED = "accounts:confirm_declared"
    # personal data
    OWN_DATA = "privacy:own"
    ANSWER_DATA_REQUEST = "privacy:answer"
    DESTROY_DATA = "privacy:destroy"

    SEAL_AUDIT = "audit:seal"

    # figures
    SEE_CENTRE_REPORT = "reports:see_centre"
    SEE_NETWORK_REPORT = "reports:see_network"


#: An action is allowed when any one of its predicates says yes.
MAY: dict[Action, tuple[Predicate, ...]] = {
    Action.SEE_TODAY: (signed_in,),
    Action.SIGN_OUT: (signed_in, half_signed_in("")),
    Action.SWITCH_ROLE: (signed_in,),
    Action.SECURE_SIGN_IN: (oneself, half_signed_in("set up")),
    Action.GIVE_FACTOR: (half_signed_in("give"),),
    Action.KEEP_NOTICES: (oneself,),
    Action.STOP_MAILS: (oneself, by_link("stop")),
    Action.SEE_OUTBOX: (network,),
    Action.SEND_AGAIN: (network,),
    Action.KEEP_PROFILE: (oneself,),
    Action.HAND_OVER: (oneself,),  # what may be handed over is MAY_GRANT's question
    Action.ASK_FOR_LINK: (anyone,),
    Action.REGISTER: (by_link("registration"),),
    Action.ACCEPT_INVITATION: (by_link("invitation"),),
    Action.RESET: (by_link("reset"),),
    Action.CONFIRM_ADDRESS: (by_link("address"),),
    Action.SEE_DRAFT: (centre_trainer, centre_administrator, network),
    Action.WRITE_DRAFT: (centre_trainer, centre_administrator, the_system),
    Action.ASK_REVIEW: (centre_trainer, centre_administrator),
    Action.COMMENT_DRAFT: (centre_trainer, centre_administrator),
    Action.SEND_BACK_DRAFT: (reviewer,),
    Action.PUBLISH_COURSE: (reviewer,),
    Action.SEE_BANK: (centre_trainer, centre_administrator, network),
    Action.KEEP_BANK: (centre_trainer, centre_administrator, the_system),
    Action.OPEN_RUN: (centre_administrator,),
    Action.SEE_RUN: (centre_administrator, trainer, network),
    Action.APPLY: (owns,),
    Action.WITHDRAW: (owns,),
    Action.ANSWER_OFFER: (owns,),  # a place is accepted by its teacher only, never for them
    Action.KEEP_OFFERS: (centre_administrator,),
    Action.END_ENROLMENT: (centre_administrator,),
    Action.SEE_ENROLMENT: (owns, centre_administrator, trainer, network),
    Action.SEE_APPLICATION: (approver, by_link("office")),
    Action.DECIDE_APPLICATION: (approver, by_link("office")),
    Action.ASK_OFFICE_AGAIN: (owns, centre_administrator, trainer, network),  # whoever sees what the step waits for
    Action.KEEP_INTEREST: (oneself, by_link("interest")),
    Action.WRITE_TO_RUN: (centre_administrator, trainer),
    Action.KEEP_NOTES: (noting_administrator, noting_trainer),
    Action.STUDY: (owns,),
    Action.SEE_ROSTER: (centre_administrator, trainer, network),
    Action.MARK_ROSTER: (centre_administrator, trainer),
    Action.KEEP_TIMETABLE: (centre_administrator, trainer),
    Action.SEE_MEETINGS: (owns,),
    Action.EXTEND_QUIZ: (centre_administrator, trainer),
    Action.PLACE: (centre_administrator,),
    Action.SEE_LOG: (owns, centre_administrator, trainer, network),
    Action.WRITE_LOG: (owns,),
    Action.ASK_MENTOR_AGAIN: (owns, centre_administrator),
    Action.CONFIRM_WEEK: (by_link("mentor"),),  # never the teacher, not even an administrator
    Action.SEE_TEST: (assessor, owns, centre_administrator, network),
    Action.ASSESS: (assessor,),
    Action.SEE_BATCH: (centre_administrator, signatory, network),
    Action.ISSUE: (centre_administrator,),
    Action.SIGN_BATCH: (signatory,),
    Action.REVOKE: (centre_administrator, network),
    Action.SEE_CERTIFICATE: (owns, centre_administrator, network),
    Action.SEE_NETWORK: (network, any_centre_administrator),
    Action.KEEP_NETWORK: (network, the_system),
    Action.KEEP_CENTRE: (centre_administrator, network),
    Action.SEE_PARTNER: (any_centre_administrator, centre_trainer, network),
    Action.SEE_CONTACT: (centre_administrator, centre_trainer, network),
    Action.SEE_PROTOCOL: (centre_administrator, network),
    Action.KEEP_PARTNER: (centre_administrator, network),
    Action.GRANT_ROLE: (network, centre_administrator, the_system),
    Action.SEE_PERSON: (network, their_centre_administrator),
    Action.SUSPEND: (network, the_system),
    Action.RESET_FACTOR: (network,),
    Action.ACT_AS: (network,),
    Action.INVITE_MANY: (network, centre_administrator),
    Action.INVITE: (network, some_centre_administrator, the_system),  # which role is MAY_GRANT's question
    Action.CONFIRM_DECLARED: (headmaster, network, the_system, by_link("office")),
    Action.OWN_DATA: (oneself,),
    Action.ANSWER_DATA_REQUEST: (network,),
    Action.DESTROY_DATA: (network,),
    Action.SEAL_AUDIT: (the_system,),
    Action.SEE_CENTRE_REPORT: (centre_administrator, network),
    Action.SEE_NETWORK_REPORT: (network,),
}

#: Who may give which role, and within which scope kinds; nobody gives a wider scope, a longer period, or to themselves.
MAY_GRANT: dict[Role, frozenset[Role]] = {
    Role.NETWORK_ADMINISTRATOR: frozenset(Role),
    Role.CENTRE_ADMINISTRATOR: frozenset({Role.TRAINER, Role.ASSESSOR}),
    Role.APPROVER: frozenset({Role.APPROVER}),  # a dated delegation of their own step, never one handed to them
}

#: Where a refused act still admits that the thing exists (403): when the actor may at least see it.
SEEN_BY: dict[Action, Action] = {
    Action.PUBLISH_COURSE: Action.SEE_DRAFT,
    Action.WRITE_DRAFT: Action.SEE_DRAFT,
    Action.ASK_REVIEW: Action.SEE_DRAFT,
    Action.COMMENT_DRAFT: Action.SEE_DRAFT,
    Action.SEND_BACK_DRAFT: Action.SEE_DRAFT,
    Action.KEEP_BANK: Action.SEE_BANK,
    Action.WITHDRAW: Action.SEE_ENROLMENT,
    Action.ANSWER_OFFER: Action.SEE_ENROLMENT,
    Action.KEEP_OFFERS: Action.SEE_ENROLMENT,
    Action.END_ENROLMENT: Action.SEE_ENROLMENT,
    Action.WRITE_TO_RUN: Action.SEE_RUN,
    Action.STUDY: Action.SEE_ENROLMENT,
    Action.MARK_ROSTER: Action.SEE_ROSTER,
    Action.KEEP_TIMETABLE: Action.SEE_ROSTER,
    Action.SEE_MEETINGS: Action.SEE_ENROLMENT,
    Action.EXTEND_QUIZ: Action.SEE_ENROLMENT,
    Action.WRITE_LOG: Action.SEE_LOG,
    Action.ASK_MENTOR_AGAIN: Action.SEE_LOG,
    Action.PLACE: Action.SEE_ENROLMENT,
    Action.ASSESS: Action.SEE_TEST,
    Action.ISSUE: Action.SEE_BATCH,
    Action.SIGN_BATCH: Action.SEE_BATCH,
    Action.REVOKE: Action.SEE_CERTIFICATE,
}


def admits(actor: Actor, actions: Iterable[Action]) -> bool:
    """Whether this kind of actor could ever do one of the actions; asked at the route."""
    return any(predicate.could(actor) for action in actions for predicate in MAY[action])


def allows(actor: Actor, action: Action, thing: Guarded | Facts) -> bool:
    """Whether the actor may do this with this thing."""
    facts = thing if isinstance(thing, Facts) else thing.access_facts()
    return any(predicate.does(actor, facts) for predicate in MAY[action])


def require(actor: Actor, action: Action, thing: Guarded | Facts) -> None:
    """The first line of every command. Raises NotAllowed where the actor may see the thing, else NotFound."""
    facts = thing if isinstance(thing, Facts) else thing.access_facts()
    if allows(actor, action, facts):
        return
    seeing = SEEN_BY.get(action)
    if seeing is not None and allows(actor, seeing, facts):
        raise NotAllowed
    raise NotFound


def require_role(actor: Actor, action: Action) -> None:
    """For acts without a thing yet. Raises NotAllowed."""
    if not admits(actor, (action,)):
        raise NotAllowed
