"""The one place where everything meets: configuration, features, identity, error pages, jobs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, g, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import Environment, FileSystemLoader
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from lmp import migrate
from lmp.access import Action, Actor, admits
from lmp.accounts import service as accounts
from lmp.accounts import views as accounts_views
from lmp.accounts.models import OneTimeLink
from lmp.accounts.service import bulk, passkeys, second_factor
from lmp.audit import service as audit
from lmp.catalogue import views as catalogue_views
from lmp.certificate import service as certificate
from lmp.certificate import views as certificate_views
from lmp.certificate.service import printing
from lmp.config import Config
from lmp.content import views as content_views
from lmp.core import addresses, clock, db, files, jobs, logs, mail, messages, once, vault
from lmp.core.messages import N_, Message
from lmp.enrolment import desk
from lmp.enrolment import service as enrolment
from lmp.enrolment import views as enrolment_views
from lmp.hours import service as hours
from lmp.journey import places, watch
from lmp.journey import views as journey_views
from lmp.learning import service as learning
from lmp.learning import views as learning_views
from lmp.meeting import service as meeting
from lmp.meeting import views as meeting_views
from lmp.network import views as network_views
from lmp.network.service import contacts
from lmp.notice import service as notice
from lmp.notice import views as notice_views
from lmp.practical import service as practical
from lmp.practical import views as practical_views
from lmp.privacy import service as privacy
from lmp.privacy import views as privacy_views
from lmp.reports import service as reports
from lmp.reports import views as reports_views
from lmp.web import errors, kept, pages, signin, tally, templating
from lmp.web import views as web_views
from lmp.web.edge import Edge, Viewer
from lmp.web.language import current_language
from lmp.web.routing import PatientRule
from lmp.workplace import service as workplace
from lmp.workplace import views as workplace_views

FEATURES = (
    web_views,
    network_views,
    accounts_views,
    notice_views,
    catalogue_views,
    content_views,
    enrolment_views,
    learning_views,
    meeting_views,
    workplace_views,
    practical_views,
    certificate_views,
    privacy_views,
    journey_views,
    reports_views,
)
PACKAGE = Path(__file__).resolve().parent


def create_app(config: Config) -> Flask:
    """The application for one installation. Raises RuntimeError when a route declares no permission."""
    app = Flask("lmp", static_folder=None)
    app.url_rule_class = PatientRule
    app.config.update(_flask_settings(config))
    app.extensions["lmp_config"] = config
    _configure_core(config)
    Babel(
        app,
        default_locale="tr",
        locale_selector=current_language,
        default_translation_directories=str(config.translations),
    )
    environments = make_environments(config.assets)
    tally.install(app, addresses=config.log_addresses)
    pages.install(app, _edge(config, environments))  # first, so that every refusal has its unit of work
    kept.install(app, config.public_seconds)
    CSRFProtect(app).exempt(notice_views.stop)  # mail readers press the button of RFC 8058 without our page
    signin.install(app, accounts.resume)
    for feature in FEATURES:
        for blueprint in (getattr(feature, name, None) for name in ("bp", "neutral")):
            if isinstance(blueprint, Blueprint):
                app.register_blueprint(blueprint)
    app.extensions["fonts"] = config.assets / "fonts-print"
    _configure_outside(app, config, environments)
    _own_routes(app, config)
    errors.install(app)
    pages.check_declarations(app)
    return _serve_assets(app, config)


def _flask_settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "TESTING": config.testing,
        "PROPAGATE_EXCEPTIONS": False,
        "SESSION_COOKIE_NAME": "lmp",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure,
        "MAX_CONTENT_LENGTH": 60 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _configure_core(config: Config) -> None:
    logs.configure()
    config.data.mkdir(parents=True, exist_ok=True)
    clock.configure(config.zone)
    messages.configure(config.translations)
    db.configure(config.database_url, durable=not config.testing)
    files.configure(files.Folder(config.data / "files"))
    vault.configure(config.secret_key)
    second_factor.configure(required=config.second_factor == "required")
    passkeys.configure(config.url, config.site_name_tr)
    printing.configure(config.assets / "fonts-print")
    desk.configure(hours.sums_of, watch.Watch())
    contacts.configure(workplace.ask_at_new_address)
    accounts.registration.configure(is_open=config.registration_open)
    enrolment.configure(meeting.plan_run)
    enrolment.ending.configure(workplace.let_go, certificate.let_go)
    enrolment.moving.configure(workplace.check_moved, practical.check_moved, meeting.replan_run)


@cache
def make_environments(built: Path) -> dict[str, Environment]:
    """One Jinja environment per language over the templates of every feature; compiled once in a process."""
    folders = [PACKAGE / "web" / "templates", *sorted(PACKAGE.glob("*/templates"))]
    loader = FileSystemLoader([str(folder) for folder in dict.fromkeys(folders)])
    assets = templating.asset_addresses(built)
    return {lang: templating.environment(lang, loader, assets) for lang in messages.LANGUAGES}


def _configure_outside(app: Flask, config: Config, environments: Mapping[str, Environment]) -> None:
    """Mail and absolute addresses: built from the configured address, never from a request."""
    adapter = app.url_map.bind("lmp.invalid")

    def build(endpoint: str, lang: str | None, values: dict[str, object]) -> str:
        return adapter.build(endpoint, {**values, **({"lang": lang} if lang else {})})

    def render(template: str, lang: str, values: Mapping[str, object]) -> tuple[str, str, str]:
        feature, _, name = template.partition("/")
        shared: dict[str, object] = {
            "stop_url": None,
            **values,
            "site_name": _site_names(config)[lang],
            "site_url": config.url,
            "help_phone": config.help_phone,
        }
        subject, text, html = (
            environments[lang].get_template(f"{feature}/mail/{name}.{kind}.jinja").render(shared)
            for kind in ("subject", "txt", "html")
        )
        foot = environments[lang].get_template("layout/mail_foot.txt.jinja").render(shared)
        return " ".join(subject.split()), f"{text.strip()}\n\n-- \n{foot.strip()}\n", html

    def title(template: str, lang: str, values: Mapping[str, object]) -> str:
        feature, _, name = template.partition("/")
        made = environments[lang].get_template(f"{feature}/mail/{name}.subject.jinja")
        return " ".join(made.render({**values, "site_name": _site_names(config)[lang]}).split())

    addresses.configure(config.url, build)
    jobs.tell_failures(mail.JOB, mail.note_failure)
    notice.configure(notice.Wiring(config.secret_key.encode(), reminders(), stops()))
    mail.configure(
        mail.Post(
            smtp_url=config.smtp_url,
            sender_name=config.site_name_tr,
            sender_address=config.mail_from,
            keep_bodies=config.demo,
            render=render,
            title=title,
        )
    )


def _site_names(config: Config) -> dict[str, str]:
    return {"tr": config.site_name_tr, "en": config.site_name_en}


def _edge(config: Config, environments: dict[str, Environment]) -> Edge:
    return Edge(
        identity=_identity,
        places=places.places,
        role_label=places.role_label,
        environments=environments,
        site_names=_site_names(config),
        help_phone=config.help_phone,
        demo=config.demo,
        link_actor=_link_actor,
        half_actor=_half_actor,
        wall=accounts_views.wall,
        change_role=_change_role,
    )


def _identity() -> Viewer | None:
    """The signed-in person, acting in one of their roles and with its grants only."""
    found: accounts.Session | None = signin.current()
    if found is None or found.half:
        return None
    roles = tuple(dict.fromkeys(grant.role.value for grant in found.actor.grants))
    chosen = session.get("role")
    role = chosen if chosen in roles else (roles[0] if roles else "")
    return Viewer(
        actor=_acting(found.actor, role),
        person_id=found.person.id,
        name=found.person.name,
        lang=found.person.lang,
        role=role,
        roles=roles,
        scheme=found.person.scheme or "",
        seen_by=found.seen_by.name if found.seen_by else "",
        seen_until=found.seen_until,
        unread=found.person.unread_notices,
    )


def _half_actor() -> Actor | None:
    """Whoever gave the password and no second factor yet."""
    found: accounts.Session | None = signin.current()
    return found.actor if found is not None and found.half else None


def _acting(who: Actor, role: str) -> Actor:
    """A person in one of their roles: the grants of the others rest."""
    return replace(who, grants=tuple(grant for grant in who.grants if grant.role.value == role))


def _change_role(actions: tuple[Action, ...]) -> bool:
    """A page of another of one's roles, opened by a link in a mail or a bookmark: act in that role and say so."""
    found: accounts.Session | None = signin.current()
    if found is None:
        return False
    for role in dict.fromkeys(grant.role.value for grant in found.actor.grants):
        if admits(_acting(found.actor, role), actions):
            session["role"] = role
            pages.see_anew()
            label = messages.text(places.role_label(role), current_language())
            pages.notify("info", Message(N_("You act in another of your roles now: %(role)s."), role=label))
            return True
    return False


def _link_actor() -> Actor | None:
    """The bearer of the one-time link in the address, if the address holds one that was made."""
    token = (request.view_args or {}).get("token")
    link = _link_in_address(token) if token else None
    return accounts.link_actor(link) if link is not None else None


def _link_in_address(token: str) -> OneTimeLink | None:
    """The link behind the token of the address; asked once per request."""
    if "one_time_link" not in g:
        g.one_time_link = accounts.find_link(token)
    found: OneTimeLink | None = g.one_time_link
    return found


def _own_routes(app: Flask, config: Config) -> None:
    """One-time links, readiness, and the pages that only the demo has."""
    link_pages: dict[str, Callable[..., ResponseReturnValue]] = {
        **accounts_views.link_pages,
        **workplace_views.link_pages,
        **enrolment_views.link_pages,
    }

    @pages.public
    def one_time_link(token: str) -> ResponseReturnValue:
        found = _link_in_address(token)
        if found is None:
            accounts.open_link(token)
            raise AssertionError("open_link refuses an unknown token")
        return link_pages[found.purpose](found, token)

    app.add_url_rule("/m/<token>", "links.follow", one_time_link, methods=["GET", "POST"])
    checks = {"database": _database_answers, "schema": lambda: migrate.behind(config.migrations), "jobs": _jobs_move}
    app.add_url_rule("/ready", "web_neutral.ready", web_views.readiness(checks))
    if config.demo or config.testing:
        app.add_url_rule("/dev/outbox", "web.outbox", web_views.outbox)
        app.add_url_rule("/<any(tr, en):lang>/components", "web.components", web_views.components)


def _database_answers() -> str | None:
    try:
        db.session().connection()
    except DBAPIError as broken:
        return f"the database does not answer ({type(broken).__name__})"
    return None


def _jobs_move() -> str | None:
    try:
        number = jobs.stuck()
    except DBAPIError:
        return "unknown"
    return f"{number} jobs are stuck" if number else None


def job_handlers() -> dict[str, jobs.Handler]:
    """Job name → service function."""
    return {
        mail.JOB: mail.send,
        bulk.JOB: bulk.send_some,
        **notice.JOBS,
        **enrolment.JOBS,
        **certificate.JOBS,
        **learning.JOBS,
        **privacy.JOBS,
    }


def recurring() -> list[tuple[float, Callable[[], object]]]:
    """What the worker does again and again: (seconds between, act), each in a transaction of its own."""
    return [
        (1.0, audit.seal_some),
        (60.0, enrolment.offers.end_overdue),
        (60.0, notice.begin_digest),
        (60.0, notice.begin_reminders),
        (3600.0, jobs.sweep),
        (3600.0, once.sweep),
        (3600.0, files.sweep),
        (3600.0, accounts.kept_forms.sweep),
        (3600.0, reports.refresh),
        (3600.0, privacy.downloads.sweep),
    ]


def reminders() -> list[notice.Reminder]:
    """What the features want people reminded of, once a day; a feature adds its own list here."""
    return [
        *enrolment.REMINDERS,
        *workplace.REMINDERS,
        *learning.REMINDERS,
        *meeting.REMINDERS,
        *practical.REMINDERS,
    ]


def stops() -> dict[str, notice.Stoppable]:
    """Mails to people without an account that one press ends, by what they are."""
    return {enrolment.interest.PURPOSE: enrolment.interest.STOPPABLE}


def _serve_assets(app: Flask, config: Config) -> Flask:
    """WhiteNoise for built assets; proxies are believed as far as configured."""
    static = WhiteNoise(
        app.wsgi_app,
        root=str(config.assets) if config.assets.exists() else None,
        prefix="/static/build/",
        immutable_file_test=lambda _path, url: True,
        autorefresh=False,
    )
    app.wsgi_app = static  # type: ignore[method-assign]  # Flask's documented way to wrap
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(static, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as above
    return app
