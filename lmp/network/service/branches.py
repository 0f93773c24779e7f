"""Branches and the fields whose courses their teachers may attend: eligibility depends on it."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lmp.access import Action, Actor, Facts, require
from lmp.audit import service as audit
from lmp.core import db, search, turkish
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.network import rules
from lmp.network.models import Branch, BranchField, Field
from lmp.network.service import changes


def branches() -> list[Branch]:
    """The teaching branches in use, in Turkish order."""
    return list(db.session().scalars(select(Branch).where(Branch.closed_on.is_(None)).order_by(Branch.sort_key)))


def branch(name: str) -> Branch:
    """A branch by name. Raises NotFound."""
    found = db.session().scalar(select(Branch).where(Branch.name == name))
    if found is None:
        raise NotFound
    return found


def branch_by_id(branch_id: UUID) -> Branch:
    """A branch by id. Raises NotFound."""
    found = db.session().get(Branch, branch_id)
    if found is None:
        raise NotFound
    return found


def fields_of_branch(branch_id: UUID | None) -> frozenset[UUID]:
    """The fields whose courses teachers of a branch may attend."""
    return frozenset(db.session().scalars(select(BranchField.field_id).where(BranchField.branch_id == branch_id)))


def fields_by_branch(branch_ids: Iterable[UUID]) -> dict[UUID, list[Field]]:
    """The fields of several branches in one query, each list in Turkish order."""
    joined = (
        select(BranchField.branch_id, Field)
        .join(Field, Field.id == BranchField.field_id)
        .where(BranchField.branch_id.in_(list(branch_ids)))
        .order_by(Field.kind, Field.sort_key_tr)
    )
    found: dict[UUID, list[Field]] = {}
    for branch_id, one in db.session().execute(joined):
        found.setdefault(branch_id, []).append(one)
    return found


def branches_of_fields(field_ids: Iterable[UUID]) -> list[Branch]:
    """The branches that may attend courses of any of these fields."""
    joined = select(Branch).join(BranchField, BranchField.branch_id == Branch.id)
    return list(
        db.session().scalars(
            joined.where(BranchField.field_id.in_(list(field_ids))).distinct().order_by(Branch.sort_key)
        )
    )


def index_branch(of: Branch) -> None:
    """Make a branch findable by its name."""
    search.index("branch", of.id, [("tr", of.name)])


def add_branch(*, name: str, fields: Collection[Field], by: Actor) -> Branch:
    """Keep a branch. Raises RuleBroken for a missing name or one that is there already."""
    require(by, Action.KEEP_NETWORK, Facts())
    tidy = _checked_name(name)
    made = Branch(name=tidy, sort_key=turkish.sort_key(tidy))
    try:
        with db.session().begin_nested():
            db.session().add(made)
    except IntegrityError:
        raise _taken() from None
    changes.set_links(BranchField, "branch_id", made.id, "field_id", [one.id for one in fields])
    index_branch(made)
    audit.record(by, "network.added", made)
    return made


def change_branch(of: Branch, *, seen: int, name: str, fields: Collection[Field], by: Actor) -> None:
    """Change a branch's name and the fields it belongs to. Raises RuleBroken as adding does, Stale."""
    require(by, Action.KEEP_NETWORK, Facts())
    tidy = _checked_name(name)
    before = fields_by_branch([of.id]).get(of.id, [])
    told = {"fields": (_names(before), _names(fields))}
    try:
        with db.session().begin_nested():
            changed = changes.change(
                of, {"name": tidy, "sort_key": turkish.sort_key(tidy)}, seen=seen, by=by, told=told
            )
    except IntegrityError:
        raise _taken() from None
    if changed:
        changes.set_links(BranchField, "branch_id", of.id, "field_id", [one.id for one in fields])
        index_branch(of)


def _checked_name(name: str) -> str:
    return rules.check_filled(one_line(name, rules.LONGEST_NAME), "name", Message(N_("Write the name of the branch.")))


def _taken() -> RuleBroken:
    return RuleBroken(Message(N_("There is a branch with this name already.")), "name")


def _names(fields: Collection[Field]) -> list[str]:
    return sorted((one.name.tr for one in fields), key=turkish.sort_key)


def close_branch(of: Branch, *, by: Actor) -> None:
    """Nobody is appointed to the branch any more; who belongs to it keeps it."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.close(of, by=by)


def reopen_branch(of: Branch, *, by: Actor) -> None:
    """Use a closed branch again."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.reopen(of, by=by)


def remove_branch(of: Branch, *, by: Actor) -> None:
    """Delete a branch nobody belongs to. Raises RuleBroken."""
    require(by, Action.KEEP_NETWORK, Facts())
    changes.remove(of, by=by, own=("branch_field",))
    search.index("branch", of.id, ())
