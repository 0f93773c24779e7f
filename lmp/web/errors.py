"""The pages of what went wrong: what happened, whether work is safe, what to do now."""

from flask import Flask, Response, g, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from lmp.core import messages
from lmp.core.errors import LmpError
from lmp.core.messages import N_, Message
from lmp.web import pages, tally, typed
from lmp.web.language import current_language

_SENTENCES: dict[int, Message] = {
    400: Message(N_("The browser sent something we could not read. Go back, check the form and send it again.")),
    403: Message(N_("Your role does not allow this.")),
    404: Message(N_("There is no page at this address. It may have been copied only in part, or the page has moved.")),
    405: Message(N_("This address does not take that kind of request. Go back and use the buttons on the page.")),
    413: Message(N_("This is more than we can take at once. Choose smaller files or a shorter text.")),
    415: Message(N_("This kind of file cannot be used here.")),
    429: Message(N_("There have been too many attempts. Try again a little later.")),
    500: Message(
        N_("Something went wrong on our side. What was saved before is safe; what you sent just now was not saved.")
    ),
    503: Message(N_("The database does not answer at the moment. Your work up to now is safe. Try again in a minute.")),
}


def install(app: Flask) -> None:
    """What went wrong, whether work is safe, and what to do now; JSON for machines."""
    app.register_error_handler(LmpError, lambda error: _error_page(error.status, error.message))
    app.register_error_handler(CSRFError, lambda _error: _form_too_old())
    app.register_error_handler(HTTPException, lambda error: _error_page(error.code or 500, None, error))
    app.register_error_handler(OperationalError, lambda _error: _broken(503))
    app.register_error_handler(Exception, lambda error: _broken(500, error))


def _form_too_old() -> ResponseReturnValue:
    """The form belongs to an earlier session: show it again with what was typed, or say what to do."""
    fields = typed.fields()
    if not fields:
        return _error_page(
            400, Message(N_("The form is older than your session. Go back, reload the page and send it again."))
        )
    return pages.render(
        "errors/typed.html", path=request.full_path.rstrip("?"), fields=fields, files=typed.had_files()
    ), 400


def _broken(status: int, error: Exception | None = None) -> ResponseReturnValue:
    """Something of ours failed: log it, forget flashes that would lie, and say that nothing was saved."""
    if error is not None:
        tally.log.error("request failed", id=g.get("request_id"), route=tally.route(), exc_info=error)
    session.pop("_flashes", None)
    return _error_page(status, None)


def _error_page(status: int, message: Message | None, error: HTTPException | None = None) -> ResponseReturnValue:
    if error is not None and status < 400:
        return error.get_response()
    said = message or _SENTENCES.get(status) or _SENTENCES[400 if status < 500 else 500]
    if request.accept_mimetypes.best == "application/json":
        return {"error": messages.text(said, current_language())}, status
    if status == 503:
        return _page_without_database(said), status
    return _error_html(status, said), status


#: What to do now, where the sentence does not say it.
_NOW: dict[int, Message] = {
    403: Message(N_("If you have several roles, change your role in the account menu.")),
    409: Message(N_("Go back, reload the page and look at what changed; what others saved is safe.")),
}
_TITLES: dict[int, Message] = {
    403: Message(N_("Not open to you")),
    404: Message(N_("Page not found")),
    409: Message(N_("Somebody was faster")),
    410: Message(N_("This link is over")),
    413: Message(N_("Too large")),
    429: Message(N_("Too many attempts")),
    503: Message(N_("Not reachable at the moment")),
}
_TITLE_BELOW_500 = Message(N_("That did not work"))
_TITLE_FROM_500 = Message(N_("Something went wrong"))


def _error_html(status: int, said: Message) -> str:
    """Title, what happened, and one way on."""
    lang = current_language()
    title = _TITLES.get(status) or (_TITLE_BELOW_500 if status < 500 else _TITLE_FROM_500)
    way = Message(N_("Go to the first page"))
    return pages.render(
        "errors/error.html",
        status=status,
        title=messages.text(title, lang),
        sentences=[messages.text(one, lang) for one in (said, _NOW.get(status)) if one is not None],
        actions=[{"label": messages.text(way, lang), "url": f"/{lang}/"}],
    )


def _page_without_database(said: Message) -> Response:
    """A page that asks the database nothing."""
    pages.forget_viewer()
    return Response(_error_html(503, said), headers={"Retry-After": "60"})
