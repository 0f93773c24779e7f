"""The way back to what somebody typed while their session ended."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service
from lmp.accounts.models import Person
from lmp.accounts.views.blueprint import bp
from lmp.web import pages, typed


def keep(who: Person, sealed: str | None) -> str | None:
    """Keep for a person what waited at the wall; answers the page that gives it back. Another person's is dropped."""
    waited = typed.unseal(sealed)
    if waited is None:
        return None
    path, fields, owner = waited
    if owner not in ("", str(who.id)):
        return None
    return url_for("accounts.kept", form_id=service.kept_forms.keep(who, path, fields).id)


@bp.get("/kept/<uuid:form_id>")
@pages.needs(Action.KEEP_PROFILE)
def kept(form_id: UUID) -> ResponseReturnValue:
    """What was typed before the session ended; its button shows the form with it."""
    found = service.kept_forms.kept_form(form_id, by=pages.actor())
    return pages.render("accounts/kept.html", path=found.path, fields=found.fields)
