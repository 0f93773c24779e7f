"""Inviting many people from one file: rehearsed first, confirmed once, then sent by the worker in small steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, select, update

from lmp.access import Action, Actor, Facts, Role, ScopeKind, allows, require_role, system
from lmp.accounts import bulk_file
from lmp.accounts.bulk_file import Known, Mistake, Sheet
from lmp.accounts.models import BulkInvitation, BulkState, Person, RoleGrant
from lmp.accounts.service.grants import longest_of, roles_to_give
from lmp.accounts.service.invitation import invite
from lmp.accounts.service.people import actor_of, find_person, grant, person
from lmp.audit import service as audit
from lmp.core import clock, db, jobs, messages
from lmp.core.errors import LmpError, NotFound, RuleBroken
from lmp.core.ids import parse_id
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import service as network
from lmp.network.models import School

JOB = "accounts.bulk_invite"
#: Lines a job sends before it lets others in; progress is seen after each.
STEP = 50
_BATCH = 500


class Outcome(StrEnum):
    """What would happen for a line."""

    NEW = "new"
    ROLE_ADDED = "role_added"
    EXISTS = "exists"


@dataclass(frozen=True)
class Planned:
    """A good line, and what would happen for it."""

    line: int
    name: str
    email: str
    role: Role
    outcome: Outcome


@dataclass(frozen=True)
class Rehearsal:
    """What a file would do. Where there are mistakes nothing is kept; else `kept` waits for its confirmation."""

    planned: list[Planned]
    mistakes: list[Mistake]
    kept: BulkInvitation | None


def rehearse(data: bytes, file_name: str, *, by: Actor) -> Rehearsal:
    """Read a file and say what it would do. Raises RuleBroken for a file that is none, is empty or too long."""
    require_role(by, Action.INVITE_MANY)
    sheet, mistakes = bulk_file.read(data)
    if mistakes:
        return Rehearsal([], mistakes, None)
    lines, mistakes = bulk_file.check(sheet, _known(sheet, by))
    planned = plan(lines)
    if mistakes:
        return Rehearsal(planned, mistakes, None)
    kept = BulkInvitation(
        sent_by_id=by.id,
        file_name=one_line(file_name, 120) or "csv",
        lines=lines,
        total=len(lines),
        failures=[],
        made_at=clock.now(),
    )
    db.session().add(kept)
    db.session().flush()
    audit.record(by, "accounts.bulk_rehearsed", kept, lines=len(lines))
    return Rehearsal(planned, [], kept)


def _known(sheet: Sheet, by: Actor) -> Known:
    """What the cells are compared with: the roles and centres of the sender, the schools the file names, all branches."""
    roles = roles_to_give(by)
    centres = network.centres_in_use(by)
    codes = {sheet.cell(row, "school") for _line, row in sheet.rows} - {""}
    words = {bulk_file.key(word): str(one.id) for one in centres for word in (one.code, one.slug, one.short_name)}
    return Known(
        today=clock.today(),
        roles=roles,
        centres=words,
        schools=_schools(sorted(codes)),
        branches={bulk_file.key(one.name): str(one.id) for one in network.branches()},
        longest={role: longest_of(by, role) for role in roles},
    )


def _schools(codes: Sequence[str]) -> dict[str, str]:
    """Institution code → id, for the codes that exist."""
    found: dict[str, str] = {}
    for some in _in_batches(codes):
        rows = db.session().execute(select(School.code, School.id).where(School.code.in_(some)))
        found.update({code: str(school_id) for code, school_id in rows if code})
    return found


def _in_batches(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[at : at + _BATCH] for at in range(0, len(values), _BATCH))


def plan(lines: Sequence[dict[str, Any]]) -> list[Planned]:
    """What would happen for each good line, by who has an account and which roles they hold today."""
    held: dict[str, set[tuple[str, str, str]]] = {}
    today = clock.today()
    for some in _in_batches([line["email"] for line in lines]):
        rows = db.session().execute(
            select(Person.email, RoleGrant)
            .outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & RoleGrant.ended_at.is_(None))
            .where(Person.email.in_(some))
        )
        for email, one in rows:
            counting = held.setdefault(email, set())
            if one is not None and (one.until_on is None or one.until_on >= today):
                counting.add((one.role.value, one.scope_kind.value, one.scope))
    return [_planned(line, held.get(line["email"])) for line in lines]


def _planned(line: dict[str, Any], held: set[tuple[str, str, str]] | None) -> Planned:
    outcome = Outcome.ROLE_ADDED
    if held is None:
        outcome = Outcome.NEW
    elif (line["role"], line["scope_kind"], line["scope"]) in held:
        outcome = Outcome.EXISTS
    return Planned(line["line"], line["name"], line["email"], Role(line["role"]), outcome)


# --- what is kept


def bulk(bulk_id: UUID, *, by: Actor) -> BulkInvitation:
    """An invitation of many of one's own. Raises NotFound."""
    found = db.session().get(BulkInvitation, bulk_id)
    if found is None or found.sent_by_id != by.id:
        raise NotFound
    require_role(by, Action.INVITE_MANY)
    return found


def bulks_of(by: Actor, most: int = 10) -> list[BulkInvitation]:
    """One's own last ones, the newest first."""
    mine = select(BulkInvitation).where(BulkInvitation.sent_by_id == by.id)
    return list(db.session().scalars(mine.order_by(BulkInvitation.id.desc()).limit(most)))


def confirm(found: BulkInvitation, *, by: Actor) -> None:
    """Send it, once. Raises RuleBroken when it was sent or stopped already."""
    bulk(found.id, by=by)
    _move(found, (BulkState.REHEARSED,), BulkState.RUNNING)
    audit.record(by, "accounts.bulk_sent", found, lines=found.total)
    _queue(found.id, 0)


def stop(found: BulkInvitation, *, by: Actor) -> None:
    """Send no more of it; what was sent stays sent. Raises RuleBroken when it is over."""
    bulk(found.id, by=by)
    _move(found, (BulkState.REHEARSED, BulkState.RUNNING), BulkState.STOPPED)
    found.ended_at, found.lines = clock.now(), []
    audit.record(by, "accounts.bulk_stopped", found, done=found.done)


def _move(found: BulkInvitation, sources: tuple[BulkState, ...], target: BulkState) -> None:
    """Change the state if it is still one of the sources. Raises RuleBroken."""
    moved = db.session().execute(
        update(BulkInvitation)
        .where(BulkInvitation.id == found.id, BulkInvitation.state.in_(sources))
        .values(state=target)
        .execution_options(synchronize_session=False)
    )
    if not isinstance(moved, CursorResult) or moved.rowcount != 1:
        raise RuleBroken(Message(N_("This was sent or stopped already. The page shows how far it is.")))
    db.session().refresh(found, ["state"])


# --- the worker's part


def _queue(bulk_id: UUID, start: int) -> None:
    jobs.queue(JOB, {"bulk": str(bulk_id), "from": start}, unique=f"bulk:{bulk_id}:{start}")


def send_some(payload: dict[str, Any]) -> None:
    """The worker's job: the next lines of one file, in one transaction with the count of what is done.

    Rights are asked anew: a sender whose role ended or who was suspended sends nothing more.
    """
    found = db.session().get_one(BulkInvitation, UUID(payload["bulk"]))
    if found.state is not BulkState.RUNNING or found.done != payload["from"]:
        return
    by = actor_of(person(found.sent_by_id))
    if not allows(by, Action.INVITE_MANY, Facts(centre=_some_centre(by))):
        _end(found, BulkState.STOPPED)
        audit.record(system("worker"), "accounts.bulk_stopped", found, done=found.done)
        return
    failures = []
    for line in found.lines[found.done : found.done + STEP]:
        said = _sent(line, by)
        if said is not None:
            failures.append({"line": line["line"], "email": line["email"], "say": said})
    found.failures = [*found.failures, *failures]
    found.done = min(found.done + STEP, found.total)
    if found.done >= found.total:
        _end(found, BulkState.DONE)
    else:
        _queue(found.id, found.done)


def _some_centre(by: Actor) -> UUID | None:
    """A centre the sender administers, if any."""
    return next((parse_id(scope) for scope in by.scopes(Role.CENTRE_ADMINISTRATOR)), None)


def _end(found: BulkInvitation, state: BulkState) -> None:
    """What was typed is needed no more once all of it is sent."""
    found.state, found.ended_at, found.lines = state, clock.now(), []


def _sent(line: dict[str, Any], by: Actor) -> str | None:
    """Send one line; answers why not, in the sender's language, and then leaves nothing of it behind."""
    try:
        with db.session().begin_nested():
            _send(line, by)
    except LmpError as refused:
        sender = person(by.id) if by.id is not None else None
        return messages.text(refused.message, sender.lang if sender else "tr")
    return None


def _send(line: dict[str, Any], by: Actor) -> None:
    role, kind, scope = Role(line["role"]), ScopeKind(line["scope_kind"]), line["scope"]
    until = date.fromisoformat(line["until"]) if line["until"] else None
    known = find_person(line["email"])
    if known is None:
        invite(
            email=line["email"], name=line["name"], lang=line["lang"], role=role, scope_kind=kind, scope=scope,
            until_on=until, school_id=parse_id(line["school"]), branch_id=parse_id(line["branch"]), by=by,
        )  # fmt: skip
    elif plan([line])[0].outcome is Outcome.ROLE_ADDED:
        grant(known, role, kind, scope, until_on=until, by=by)
