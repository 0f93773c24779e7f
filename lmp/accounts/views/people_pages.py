"""Finding people, and one person's page."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action, Role, allows
from lmp.accounts import words
from lmp.accounts.models import Person, PersonState
from lmp.accounts.service import directory, grants, second_factor
from lmp.accounts.service.directory import Held, Listed, Wanted
from lmp.accounts.views.blueprint import bp
from lmp.audit.history import history
from lmp.core import clock, messages
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.core.tables import Column
from lmp.network import service as network
from lmp.web import listing, pages
from lmp.web.language import current_language


def centre_name(centre: object) -> str:
    """A centre with its province, for choices."""
    return f"{getattr(centre, 'short_name', '')} ({getattr(getattr(centre, 'province', None), 'name', '')})"


def _filters() -> list[listing.Filter]:
    """What the list can be narrowed by; a centre's administrator chooses among their own."""
    by = pages.actor()
    everywhere = by.has(Role.NETWORK_ADMINISTRATOR)
    centres = network.centres() if everywhere else network.centres_of(by.scopes(Role.CENTRE_ADMINISTRATOR))
    return [
        listing.Filter("role", Message(N_("Role")), [listing.Choice(one.value, words.ROLES[one]) for one in Role]),
        listing.Filter(
            "centre", Message(N_("Centre")), [listing.Choice(str(one.id), centre_name(one)) for one in centres]
        ),
        listing.Filter(
            "state",
            Message(N_("Account")),
            [
                *(listing.Choice(one.value, words.STATES[one]) for one in PersonState),
                listing.Choice(directory.INVITED, words.INVITED),
            ],
        ),
    ]


def role_line(held: Held) -> str:
    """A role and where it reaches, in the language of the request."""
    lang = current_language()
    return f"{messages.text(words.ROLES[held.role], lang)}, {messages.spoken(held.reach, lang)}"


def _columns() -> list[Column[Listed]]:
    return [
        Column(Message(N_("Name")), lambda row: row.person.name, 30),
        Column(Message(N_("E-mail")), lambda row: row.person.email, 34),
        Column(Message(N_("School")), lambda row: row.person.school.name if row.person.school else "", 40),
        Column(Message(N_("Branch")), lambda row: row.person.branch.name if row.person.branch else "", 30),
        Column(Message(N_("Roles")), lambda row: "; ".join(role_line(one) for one in row.grants), 50),
        Column(Message(N_("Account")), lambda row: words.state_of(row.person), 14),
    ]


@bp.get("/people")
@pages.needs(Action.SEE_PERSON)
def people() -> ResponseReturnValue:
    """The people one may see, searched, narrowed and paged; or the file of exactly that."""
    filters, by = _filters(), pages.actor()
    asked = listing.asked(filters)
    wanted = Wanted(asked.query, asked.get("role") or "", asked.get("centre") or "", asked.get("state") or "")
    if asked.format:
        return listing.file(asked.format, Message(N_("people")), _columns(), directory.all_people(wanted, by=by))
    found = directory.people(wanted, asked.at, by=by)
    return pages.render(
        "accounts/people.html",
        listing=listing.listing(asked, found, filters),
        rows=found.rows,
        state_of=words.state_of,
        role_line=role_line,
    )


@bp.get("/people/<uuid:person_id>")
@pages.needs(Action.SEE_PERSON)
def person(person_id: UUID) -> ResponseReturnValue:
    """Who somebody is, which roles they hold, and what was done with them."""
    return person_page(directory.seen_person(person_id, by=pages.actor()))


def person_page(who: Person) -> ResponseReturnValue:
    """A person's page, with the acts that the viewer may do."""
    by, today = pages.actor(), clock.today()
    facts = directory.facts_of(who)
    held = directory.grants_held([who.id]).get(who.id, [])
    return pages.render(
        "accounts/person.html",
        person=who,
        now=[one for one in held if not one.is_over(today)],
        before=[one for one in held if one.is_over(today)],
        today=today,
        role_line=role_line,
        roles=words.ROLES,
        state_of=words.state_of,
        sessions=directory.open_sessions(who.id),
        factors=second_factor.factors_of(who.id),
        gives=bool(grants.roles_to_give(by)) and who.id != by.id,
        may_end=lambda one: grants.may_end(one, who.id, by),
        may_suspend=allows(by, Action.SUSPEND, facts) and who.id != by.id,
        may_reset=allows(by, Action.RESET_FACTOR, facts) and who.id != by.id,
        may_act_as=allows(by, Action.ACT_AS, facts)
        and who.id != by.id
        and who.state is PersonState.ACTIVE
        and not any(one.role is Role.NETWORK_ADMINISTRATOR and one.counts(today) for one in held),
        history=history(who, before=parse_id(request.args.get("before"))),
        local=clock.local,
        url=url_for("accounts.person", person_id=who.id),
    )
