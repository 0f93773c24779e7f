"""Typed settings, read from the environment (and `LMP_DATA/lmp.env` below it) once; refuses to start when half set.

`SETTINGS` documents every one.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lmp import envfile

PACKAGE = Path(__file__).resolve().parent
#: Migrations, catalogues and courses: beside the package in a checkout, inside it in an installed wheel.
ROOT = PACKAGE.parent if (PACKAGE.parent / "migrations").is_dir() else PACKAGE / "_data"


class BadSetting(Exception):
    """A setting that is missing or cannot be right; the text says which and what to write."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: what it is for and what it is unless set."""

    name: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = (
    Setting("HOST", "127.0.0.1", "address `lmp serve` listens on"),
    Setting("PORT", "8000", "port `lmp serve` listens on"),
    Setting("LMP_DATA", "instance", "folder of all data: SQLite database, files, secret key"),
    Setting("DATABASE_URL", "SQLite in LMP_DATA", "`postgresql://user:password@host/name` for PostgreSQL", secret=True),
    Setting("LMP_URL", "http://HOST:PORT", "public address, used in mails and QR codes"),
    Setting("LMP_SECRET_KEY", "made once in LMP_DATA", "signs cookies; at least 32 characters", secret=True),
    Setting("LMP_SITE_NAME", "SMM Eğitimleri|SMM Training", "product name, Turkish and English separated by `|`"),
    Setting("LMP_HELP_PHONE", "0 000 000 00 00", "phone shown in the footer of every page"),
    Setting(
        "LMP_SMTP_URL",
        "none",
        "`smtp://user:password@host:587` or `smtps://…`; without it mail stays in the outbox",
        secret=True,
    ),
    Setting("LMP_MAIL_FROM", "bilgi@ the host of LMP_URL", "sender address of all mail"),
    Setting("LMP_ZONE", "Europe/Istanbul", "time zone of days and deadlines"),
    Setting(
        "LMP_REGISTRATION", "open", "`open`: anybody registers with an e-mail address; `invited`: only invited people"
    ),
    Setting("LMP_DEMO", "0", "`1` loads the demo network and opens /dev/outbox and /components"),
    Setting("LMP_DEMO_PASSWORD", "lmp-demo-2026", "password of the demo people", secret=True),
    Setting(
        "LMP_SECOND_FACTOR",
        "required (optional with LMP_DEMO=1)",
        "`required`: roles that see others' data sign in with a second factor; `optional`: whoever wants to",
    ),
    Setting("LMP_TRUSTED_PROXIES", "0", "number of reverse proxies in front whose X-Forwarded-* headers are believed"),
    Setting(
        "LMP_PUBLIC_SECONDS",
        "5",
        "how many seconds old a catalogue page may be for visitors without an account; `0` makes each one anew",
    ),
    Setting("LMP_METRICS_PORT", "none", "port on 127.0.0.1 where `lmp serve` answers Prometheus; off unless set"),
    Setting("LMP_LOG_ADDRESSES", "0", "`1` writes the visitor's network address into the log line of each request"),
)


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one installation."""

    host: str
    port: int
    data: Path
    database_url: str
    url: str
    secret_key: str
    site_name_tr: str
    site_name_en: str
    help_phone: str
    smtp_url: str | None
    mail_from: str
    zone: str
    registration_open: bool
    demo: bool
    demo_password: str
    trusted_proxies: int
    second_factor: str
    public_seconds: int = 5
    metrics_port: int | None = None
    log_addresses: bool = False
    testing: bool = False
    translations: Path = ROOT / "translations"
    courses: Path = ROOT / "courses"
    migrations: Path = ROOT / "migrations"
    assets: Path = PACKAGE / "web" / "static" / "build"

    @property
    def secure(self) -> bool:
        """Whether people reach the platform over HTTPS."""
        return self.url.startswith("https://")


def gather(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment over the settings file of its data folder. Raises BadSetting for a file that cannot be read."""
    try:
        kept = envfile.read(settings_file(environ))
    except (envfile.Unreadable, OSError) as bad:
        raise BadSetting(str(bad)) from None
    return {**kept, **environ}


def settings_file(environ: Mapping[str, str]) -> Path:
    """Where the settings file of an installation lies."""
    return Path(environ.get("LMP_DATA", "instance")).resolve() / envfile.NAME


def read_config(environ: Mapping[str, str]) -> Config:
    """Read every setting. Raises BadSetting with a sentence that says what to write."""
    host, port = environ.get("HOST", "127.0.0.1"), _port("PORT", environ.get("PORT", "8000"))
    metrics = environ.get("LMP_METRICS_PORT", "")
    data = Path(environ.get("LMP_DATA", "instance")).resolve()
    url = _address(environ.get("LMP_URL") or f"http://{_reachable(host)}:{port}")
    name_tr, _, name_en = environ.get("LMP_SITE_NAME", "SMM Eğitimleri|SMM Training").partition("|")
    return Config(
        host=host,
        port=port,
        data=data,
        database_url=_database(environ.get("DATABASE_URL", ""), data),
        url=url,
        secret_key=_secret(environ.get("LMP_SECRET_KEY", ""), data),
        site_name_tr=name_tr,
        site_name_en=name_en or name_tr,
        help_phone=environ.get("LMP_HELP_PHONE", "0 000 000 00 00"),
        smtp_url=_smtp(environ.get("LMP_SMTP_URL", "")),
        mail_from=environ.get("LMP_MAIL_FROM") or f"bilgi@{urlsplit(url).hostname}",
        zone=environ.get("LMP_ZONE", "Europe/Istanbul"),
        registration_open=_choice("LMP_REGISTRATION", environ.get("LMP_REGISTRATION", "open"), "open", "invited")
        == "open",
        demo=environ.get("LMP_DEMO", "0") == "1",
        demo_password=environ.get("LMP_DEMO_PASSWORD", "lmp-demo-2026"),
        second_factor=_second_factor(environ.get("LMP_SECOND_FACTOR", ""), demo=environ.get("LMP_DEMO", "0") == "1"),
        trusted_proxies=_count("LMP_TRUSTED_PROXIES", environ.get("LMP_TRUSTED_PROXIES", "0")),
        public_seconds=_count("LMP_PUBLIC_SECONDS", environ.get("LMP_PUBLIC_SECONDS", "5")),
        metrics_port=_port("LMP_METRICS_PORT", metrics) if metrics else None,
        log_addresses=environ.get("LMP_LOG_ADDRESSES", "0") == "1",
    )


def _reachable(host: str) -> str:
    """An address a browser on this machine can open."""
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound


def _port(name: str, text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise BadSetting(f"{name} is {text!r}; write a number between 1 and 65535.")
    return int(text)


def _count(name: str, text: str) -> int:
    if not text.isdigit():
        raise BadSetting(f"{name} is {text!r}; write a whole number.")
    return int(text)


def _second_factor(text: str, *, demo: bool) -> str:
    if text not in ("", "required", "optional"):
        raise BadSetting(f"LMP_SECOND_FACTOR is {text!r}; write required or optional.")
    return text or ("optional" if demo else "required")


def _choice(name: str, text: str, *allowed: str) -> str:
    if text not in allowed:
        raise BadSetting(f"{name} is {text!r}; write {' or '.join(allowed)}.")
    return text


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(f"LMP_URL is {text!r}; write an address such as https://egitim.example.org.")
    return text.rstrip("/")


def _database(text: str, data: Path) -> str:
    """SQLAlchemy's form of the address; psycopg 3 drives PostgreSQL."""
    if not text:
        return f"sqlite:///{data / 'lmp.sqlite3'}"
    for prefix in ("postgresql://", "postgres://"):
        if text.startswith(prefix):
            return "postgresql+psycopg://" + text.removeprefix(prefix)
    if text.startswith(("sqlite:///", "postgresql+psycopg://")):
        return text
    raise BadSetting("DATABASE_URL must begin with postgresql:// or sqlite:///.")


def _smtp(text: str) -> str | None:
    if text and not text.startswith(("smtp://", "smtps://")):
        raise BadSetting("LMP_SMTP_URL must begin with smtp:// or smtps://.")
    return text or None


def _secret(text: str, data: Path) -> str:
    """The given key, or one made once and kept in the data folder, readable by its owner only."""
    if text:
        if len(text) < 32:
            raise BadSetting("LMP_SECRET_KEY is shorter than 32 characters.")
        return text
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
