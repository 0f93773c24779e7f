"""What somebody typed while their session ended: kept for the person until they are back, a day at most."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from lmp.access import Action, Actor, Facts, require
from lmp.accounts.models import KeptForm, Person
from lmp.core import clock, db
from lmp.core.errors import NotFound

KEPT = timedelta(days=1)


def keep(who: Person, path: str, fields: Sequence[Sequence[str]]) -> KeptForm:
    """Keep the fields of a form for a person who has just proven who they are."""
    made = KeptForm(person_id=who.id, path=path, fields=[list(pair) for pair in fields], kept_at=clock.now())
    db.session().add(made)
    db.session().flush()
    return made


def kept_form(form_id: UUID, *, by: Actor) -> KeptForm:
    """What was kept, for its owner. Raises NotFound."""
    found = db.session().get(KeptForm, form_id)
    if found is None:
        raise NotFound
    require(by, Action.KEEP_PROFILE, Facts(owner=found.person_id))
    return found


def sweep() -> None:
    """Forget what was kept longer than a day ago."""
    db.session().execute(delete(KeptForm).where(KeptForm.kept_at < clock.now() - KEPT))
