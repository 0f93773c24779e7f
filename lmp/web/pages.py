"""The edge: who is it, which language, may this kind of actor come here; one transaction per request; headers."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

import structlog
from flask import Flask, Response, current_app, flash, g, get_flashed_messages, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from sqlalchemy.exc import IntegrityError

from lmp.access import NOBODY, Action, Actor, admits, allows
from lmp.core import addresses, clock, db, messages, once
from lmp.core.errors import NotAllowed, NotFound
from lmp.core.ids import parse_id
from lmp.core.messages import LANGUAGES, N_, Message
from lmp.web import headers, linking
from lmp.web.converters import Whole
from lmp.web.edge import Edge, Place, Viewer
from lmp.web.forms import SWITCH
from lmp.web.language import current_language, other_language, preferred_language

#: The cookie that keeps the colours a visitor without an account chose.
SCHEME = "scheme"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_TEXT_BYTES = 2 * 1024 * 1024
log = structlog.get_logger()
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass
class _Declared:
    """What a route declares about permission."""

    public: bool = False
    actions: tuple[Action, ...] = field(default=())


def public(view: View) -> View:
    """A route that is open to everybody."""
    view.__dict__["declared"] = _Declared(public=True)
    return view


def needs(*actions: Action) -> Callable[[View], View]:
    """A route for actors who could do one of these; the service asks again about the very thing."""

    def declare(view: View) -> View:
        view.__dict__["declared"] = _Declared(actions=actions)
        return view

    return declare


def declared(app: Flask, endpoint: str) -> _Declared | None:
    """What the view behind an endpoint declares."""
    found: _Declared | None = getattr(app.view_functions[endpoint], "declared", None)
    return found


def edge() -> Edge:
    """What the application handed in."""
    found: Edge = current_app.extensions["edge"]
    return found


def viewer() -> Viewer | None:
    """Who is signed in; asked once per request."""
    if "viewer" not in g:
        g.viewer = edge().identity()
    found: Viewer | None = g.viewer
    return found


def actor() -> Actor:
    """Who acts in this request: the bearer of the link in the address, else whoever is signed in."""
    if "link_actor" not in g:
        g.link_actor = edge().link_actor()
    by_link: Actor | None = g.link_actor
    if by_link is not None:
        return by_link
    found = viewer()
    return found.actor if found is not None else half_actor() or NOBODY


def half_actor() -> Actor | None:
    """Whoever gave the password and no second factor yet, or None; asked once per request."""
    if "half_actor" not in g:
        g.half_actor = edge().half_actor()
    found: Actor | None = g.half_actor
    return found


def install(app: Flask, made: Edge) -> None:
    """Put the edge around every request and refuse to start with a route that declares no permission."""
    app.extensions["edge"] = made
    app.url_map.converters["int"] = Whole
    app.before_request(_begin)
    app.before_request(_choose_language)
    app.before_request(_admit)
    app.before_request(_replay)
    app.after_request(_end)
    app.after_request(headers.add)
    app.teardown_request(_close)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)


def check_declarations(app: Flask) -> None:
    """Raises RuntimeError naming every route without declared permission."""
    bare = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and declared(app, rule.endpoint) is None
    )
    if bare:
        raise RuntimeError(f"routes without declared permission: {', '.join(bare)}")


def _begin() -> None:
    """Open the unit of work; a form without files may not be larger than any text of ours."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = MOST_TEXT_BYTES  # Werkzeug limits the parts of a multipart form, but not this
    g.stack = ExitStack()
    g.scope = g.stack.enter_context(db.work(readonly=request.method in SAFE_METHODS and current_app.testing))
    if "\0" in request.path:
        raise NotFound  # no address of ours holds one, and PostgreSQL refuses to compare text with it


def _close(_error: BaseException | None) -> None:
    """Let go of the unit of work, whatever happened."""
    stack = g.pop("stack", None)
    if stack is not None:
        stack.close()


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The language of the address, unless the form asks for the other one."""
    if values is not None and "lang" in values:
        g.lang = values.pop("lang")


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses of pages carry the language of the request unless they name one."""
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = current_language()


def _choose_language() -> ResponseReturnValue | None:
    """Neutral addresses and language-switching forms choose for themselves; unknown ones are tried with a prefix."""
    if request.method == "POST" and request.form.get(SWITCH) in LANGUAGES:
        g.lang = request.form[SWITCH]
    if "lang" in g:
        return None
    named = request.path.split("/")[1]
    if named in LANGUAGES:  # an address that leads nowhere says so in the language it names
        g.lang = named
        return None
    found = viewer()
    g.lang = preferred_language(found.lang if found else None)
    if request.routing_exception is not None and request.method in SAFE_METHODS:
        return _with_prefix(g.lang)
    return None


def _with_prefix(lang: str) -> ResponseReturnValue | None:
    """A page asked for without a language: lead to it."""
    target = f"/{lang}{request.path if request.path != '/' else '/'}"
    if not current_app.url_map.bind("").test(target, method="GET"):
        return None
    query = request.query_string.decode()
    return redirect(f"{target}?{query}" if query else target)


def _admit() -> ResponseReturnValue | None:
    """The sign-in wall: the declared action must admit this kind of actor."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    wanted = declared(current_app, request.endpoint)
    if wanted is None:
        return None
    _only_looks()
    if wanted.public or admits(actor(), wanted.actions):
        return None
    if half_actor() is not None:
        return redirect(url_for("accounts.second_step", next=_asked_for()))
    if viewer() is None:
        return edge().wall()
    if edge().change_role(wanted.actions):
        return None
    if any(isinstance(value, UUID) for value in (request.view_args or {}).values()):
        raise NotFound
    raise NotAllowed


def _asked_for() -> str | None:
    """The page that was asked for, to come back to it."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def looks_only(view: View) -> View:
    """An unsafe route that stays open to an administrator who looks with somebody's eyes."""
    view.__dict__["looks_only"] = True
    return view


def _only_looks() -> None:
    """Whoever looks with another person's eyes changes nothing, not even as the bearer of a link."""
    if request.method in SAFE_METHODS:
        return
    found = viewer()
    if found is None or not found.seen_by:
        return
    if not getattr(current_app.view_functions[request.endpoint or ""], "looks_only", False):
        raise NotAllowed(
            Message(
                N_("You look with the eyes of %(name)s and can only read. End it in the band on top to act yourself."),
                name=found.name,
            )
        )


def _replay() -> ResponseReturnValue | None:
    """A form that was done before gets the answer it got then."""
    key = request.form.get("_once") or request.headers.get("Idempotency-Key")
    if request.method in SAFE_METHODS or key is None or SWITCH in request.form or parse_id(key) is None:
        return None
    g.attempt = once.attempt(actor=_once_actor(), key=key, route=request.path, body=_body())
    found = once.earlier(g.attempt)
    return redirect(found.location, found.status) if found is not None else None


def _once_actor() -> str:
    """Whose key it is: the actor, and for nobody the browser session."""
    return actor().key() + (str(session.get("csrf_token", "")) if viewer() is None else "")


def _body() -> bytes:
    """The form's fields without the CSRF token, which changes between tabs."""
    fields = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    names = sorted((name, upload.filename or "") for name, upload in request.files.items(multi=True))
    return repr((fields, names)).encode()


def _end(response: Response) -> Response:
    """Commit what a good unsafe request changed; undo everything else."""
    scope: db.Scope | None = g.get("scope")
    if scope is None:
        return response
    if response.status_code >= 400:
        scope.session.rollback()
        return response
    if request.method in SAFE_METHODS:
        db.end_reading(scope)
        return response
    made: once.Attempt | None = g.get("attempt")
    try:
        if made is not None and scope.wrote and response.status_code in (302, 303):
            once.remember(made, status=response.status_code, location=response.location or "/")
        scope.session.commit()
    except IntegrityError:
        scope.session.rollback()
        earlier = once.earlier(made) if made is not None else None
        if earlier is None:
            raise
        return current_app.make_response(redirect(earlier.location, earlier.status))
    return response


def render(template: str, /, **values: Any) -> str:
    """A page in the language of the request."""
    lang = current_language()
    return edge().environments[lang].get_template(template).render(**_shared(lang), **values)


def _shared(lang: str) -> dict[str, Any]:
    """What the layout of every page needs."""
    found, made = viewer(), edge()
    return {
        "viewer": _shown(found) if found else None,
        "places": [_shown_place(place) for place in made.places(found)],
        "site_name": made.site_names[lang],
        "help_phone": made.help_phone,
        "other_lang": other_language(lang),
        "other_lang_url": _other_address(lang),
        "request_path": request.path,
        "alternates": _alternates(),
        "site_address": addresses.base(),
        "url_for": linking.link_to,
        "notices": get_flashed_messages(with_categories=True),
        "may": may,
        "demo": made.demo,
        "crumbs": (),
        "csrf_token": csrf_token,
        "scheme": found.scheme if found else request.cookies.get(SCHEME, ""),
    }


def csrf_token() -> str:
    """The token of this session, for forms written by hand."""
    token: str = generate_csrf()
    return token


def _shown(found: Viewer) -> dict[str, Any]:
    """The viewer for the header: name, role in words, other roles to switch to."""
    label = edge().role_label
    return {
        "name": found.name,
        "unread": found.unread,
        "role": found.role,
        "role_label": label(found.role),
        "roles": [{"key": role, "label": label(role), "current": role == found.role} for role in found.roles],
        "seen_by": found.seen_by,
        "seen_until": clock.local(found.seen_until) if found.seen_until else None,
    }


def _shown_place(place: Place) -> dict[str, Any]:
    """A place with its address and whether the page is in it."""
    endpoint = request.endpoint or ""
    return {
        "label": place.label,
        "url": linking.link_to(place.endpoint),
        "icon": place.icon,
        "current": endpoint == place.endpoint or endpoint.startswith(place.covers),
    }


def _other_address(lang: str) -> str:
    """The same page in the other language, with its query."""
    other = other_language(lang)
    first, rest = request.path.split("/")[1], request.path.split("/")[2:]
    query = request.query_string.decode(errors="replace")
    if first in LANGUAGES:
        return quote(f"/{other}/{'/'.join(rest)}") + (f"?{query}" if query else "")
    return f"{quote(request.path)}?lang={other}"


def _alternates() -> list[tuple[str, str]]:
    """(language, absolute address) of a public page in each language, for those who index or share it."""
    wanted = declared(current_app, request.endpoint) if request.endpoint else None
    first, _slash, rest = request.path[1:].partition("/")
    if wanted is None or not wanted.public or first not in LANGUAGES:
        return []
    return [(lang, f"{addresses.base()}{quote(f'/{lang}/{rest}')}") for lang in LANGUAGES]


def may(action: str, thing: Any) -> bool:
    """For templates: whether the viewer is offered an act."""
    return allows(actor(), Action(action), thing)


def said(message: Message) -> str:
    """A message in the language of the request."""
    return messages.text(message, current_language())


def site_name() -> str:
    """The product's name in the language of the request."""
    return edge().site_names[current_language()]


def notify(kind: str, message: Message) -> None:
    """Tell on the next page what was done; kind is ok, info, warn or bad."""
    flash(messages.text(message, current_language()), kind)


def forget_viewer() -> None:
    """For pages that must not ask the database, because it is gone."""
    g.viewer = None


def see_anew() -> None:
    """Ask again who is signed in and how, because it changed within this request."""
    g.pop("viewer", None)
    g.pop("link_actor", None)
