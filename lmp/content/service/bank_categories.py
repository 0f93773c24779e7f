"""The categories of a centre's bank: added, named, put in order, taken away."""

from uuid import UUID

from sqlalchemy import func, select

from lmp.access import Action, Actor, require
from lmp.audit import service as audit
from lmp.content.models import BankCategory, BankQuestion
from lmp.core import db
from lmp.core.db import Bilingual
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, P_, Message
from lmp.core.text import one_line
from lmp.network.models import Centre

LONGEST_NAME = 120


def category(category_id: UUID) -> BankCategory:
    """A category by id, for commands that ask for permission themselves. Raises NotFound."""
    found = db.session().get(BankCategory, category_id)
    if found is None:
        raise NotFound
    return found


def categories(centre_ids: list[UUID]) -> list[BankCategory]:
    """The categories of centres in their order, each followed by those below it."""
    rows = list(
        db.session().scalars(
            select(BankCategory)
            .where(BankCategory.centre_id.in_(centre_ids))
            .order_by(BankCategory.centre_id, BankCategory.position, BankCategory.id)
        )
    )
    below: dict[UUID | None, list[BankCategory]] = {}
    for one in rows:
        below.setdefault(one.parent_id, []).append(one)
    return [each for top in below.get(None, []) for each in (top, *below.get(top.id, []))]


def counted(centre_ids: list[UUID]) -> dict[UUID, int]:
    """How many questions stand in each category itself."""
    rows = db.session().execute(
        select(BankQuestion.category_id, func.count())
        .where(BankQuestion.centre_id.in_(centre_ids), BankQuestion.category_id.is_not(None))
        .group_by(BankQuestion.category_id)
    )
    return {category_id: number for category_id, number in rows if category_id is not None}


def add_category(centre: Centre, name: Bilingual, *, parent: BankCategory | None = None, by: Actor) -> BankCategory:
    """Add a category at the end. Raises RuleBroken for a missing or taken name, or one below a category that is below another."""
    require(by, Action.KEEP_BANK, centre)
    if parent is not None and (parent.parent_id is not None or parent.centre_id != centre.id):
        raise RuleBroken(Message(N_("Choose a category that stands at the top.")), "parent")
    made = BankCategory(
        centre_id=centre.id,
        name=_checked(centre.id, name),
        parent_id=parent.id if parent else None,
        position=_last(centre.id) + 1,
    )
    db.session().add(made)
    db.session().flush()
    audit.record(by, "content.bank_category_added", made, name=made.name.as_dict())
    return made


def rename_category(of: BankCategory, name: Bilingual, *, by: Actor) -> None:
    """Give a category another name. Raises RuleBroken for a missing or taken one."""
    require(by, Action.KEEP_BANK, of)
    before, of.name = of.name, _checked(of.centre_id, name, besides=of.id)
    db.session().flush()
    audit.record(by, "content.bank_category_renamed", of, before=before.as_dict(), name=of.name.as_dict())


def move_category(of: BankCategory, step: int, *, by: Actor) -> None:
    """Change places with the neighbour above (−1) or below (+1); at either end nothing happens."""
    require(by, Action.KEEP_BANK, of)
    beside = [one for one in categories([of.centre_id]) if one.parent_id == of.parent_id]
    place = beside.index(of)
    wanted = place + step
    if not 0 <= wanted < len(beside):
        return
    beside[place], beside[wanted] = beside[wanted], beside[place]
    for number, one in zip(sorted(one.position for one in beside), beside, strict=True):
        one.position = number
    db.session().flush()
    audit.record(by, "content.bank_category_moved", of, step=step)


def remove_category(of: BankCategory, *, by: Actor) -> None:
    """Take an empty category away. Raises RuleBroken while a question or another category stands in it."""
    require(by, Action.KEEP_BANK, of)
    session = db.session()
    inside = session.scalar(select(func.count()).where(BankQuestion.category_id == of.id)) or 0
    if inside:
        raise RuleBroken(
            Message(
                *P_(
                    "%(n)s question stands in this category. Give it another category first.",
                    "%(n)s questions stand in this category. Give them another category first.",
                ),
                n=inside,
            )
        )
    if session.scalar(select(BankCategory.id).where(BankCategory.parent_id == of.id).limit(1)) is not None:
        raise RuleBroken(Message(N_("Another category stands below this one. Take that one away first.")))
    audit.record(by, "content.bank_category_removed", of, name=of.name.as_dict())
    session.delete(of)
    session.flush()


def _last(centre_id: UUID) -> int:
    """The last position that is taken."""
    return db.session().scalar(select(func.max(BankCategory.position)).where(BankCategory.centre_id == centre_id)) or 0


def _checked(centre_id: UUID, name: Bilingual, besides: UUID | None = None) -> Bilingual:
    """The name in one line each. Raises RuleBroken where one is missing or stands in this bank already."""
    tidy = Bilingual(one_line(name.tr, LONGEST_NAME), one_line(name.en, LONGEST_NAME))
    for lang, sentence in (("tr", N_("Write the name in Turkish.")), ("en", N_("Write the name in English."))):
        if not getattr(tidy, lang):
            raise RuleBroken(Message(sentence), f"name_{lang}")
    for one in categories([centre_id]):
        if one.id != besides and one.name.tr == tidy.tr:
            raise RuleBroken(Message(N_("There is a category with this name already.")), "name_tr")
    return tidy
