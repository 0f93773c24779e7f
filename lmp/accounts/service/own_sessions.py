"""The browsers in which a person is signed in: seeing them, ending one, ending all."""

from uuid import UUID

from sqlalchemy import select, update

from lmp.access import Action, Actor, require
from lmp.accounts.models import Person, SignIn
from lmp.accounts.service.sessions import end_sessions
from lmp.audit import service as audit
from lmp.core import clock, db
from lmp.core.errors import NotFound

MOST_SHOWN = 50


def own_sessions(who: Person, *, by: Actor) -> list[SignIn]:
    """The open sessions of a person, the newest first; at most 50."""
    require(by, Action.KEEP_PROFILE, who)
    still_open = (
        SignIn.person_id == who.id,
        SignIn.ended_at.is_(None),
        SignIn.expires_at > clock.now(),
        SignIn.epoch == who.session_epoch,
    )
    newest = select(SignIn).where(*still_open).order_by(SignIn.started_at.desc(), SignIn.id.desc()).limit(MOST_SHOWN)
    return list(db.session().scalars(newest))


def end_session(who: Person, session_id: UUID, *, by: Actor) -> None:
    """End one of one's sessions at once; ending it twice changes nothing. Raises NotFound for another person's."""
    require(by, Action.KEEP_PROFILE, who)
    found = db.session().get(SignIn, session_id)
    if found is None or found.person_id != who.id:
        raise NotFound
    ended = update(SignIn).where(SignIn.id == session_id, SignIn.ended_at.is_(None)).values(ended_at=clock.now())
    db.session().execute(ended)
    audit.record(by, "accounts.session_ended", found)


def end_everywhere(who: Person, *, by: Actor) -> None:
    """Sign out everywhere, here too."""
    require(by, Action.KEEP_PROFILE, who)
    end_sessions(who, by=by)
