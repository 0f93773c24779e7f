"""What roles, scopes and the states of an account are called."""

from lmp.access import Role
from lmp.accounts.models import Person, PersonState
from lmp.core.messages import N_, Message

ROLES: dict[Role, Message] = {
    Role.TEACHER: Message(N_("teacher")),
    Role.TRAINER: Message(N_("trainer")),
    Role.ASSESSOR: Message(N_("assessor")),
    Role.CENTRE_ADMINISTRATOR: Message(N_("centre coordinator")),
    Role.APPROVER: Message(N_("school principal")),
    Role.NETWORK_ADMINISTRATOR: Message(N_("Ministry official (MTEGM)")),
}
STATES: dict[PersonState, Message] = {
    PersonState.ACTIVE: Message(N_("active")),
    PersonState.SUSPENDED: Message(N_("suspended")),
}
#: An account whose owner has not come yet; not a state of its own.
INVITED = Message(N_("invited"))
WHOLE_NETWORK = Message(N_("whole network"))
OWN_DATA = Message(N_("own data"))


def state_of(who: Person) -> Message:
    """Whether somebody may sign in, in one word."""
    return INVITED if who.invited_at is not None and who.state is PersonState.ACTIVE else STATES[who.state]
