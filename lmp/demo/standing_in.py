"""The principal okulmuduru has named who decides in their place while they are away."""

from datetime import timedelta

from lmp.accounts import service as accounts
from lmp.core import clock
from lmp.demo.days import Calendar, on
from lmp.demo.people import Cast

#: How long the principal is away, counted from today.
_AWAY = timedelta(days=9)


def name_somebody(cast: Cast, calendar: Calendar) -> None:
    """Another principal was asked yesterday and accepted; it is in force from today on."""
    principal = cast.person("okulmuduru")
    other = next(one for name, one in cast.people.items() if name.startswith("principal ") and one.id != principal.id)
    today = clock.today()
    with on(calendar.back(1), 16):
        [step] = accounts.delegations.own_steps(principal)
        asked = accounts.delegations.delegate(
            principal,
            step.id,
            email=other.email,
            from_on=today,
            until_on=today + _AWAY,
            by=accounts.actor_of(principal),
        )
    with on(calendar.back(1), 17):
        accounts.delegations.accept(asked, other, by=accounts.actor_of(other))
