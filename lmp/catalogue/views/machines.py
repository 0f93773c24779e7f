"""What search engines read: the map of the public pages in both languages, and where not to go."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from flask import Response
from flask.typing import ResponseReturnValue

from lmp.catalogue import service
from lmp.catalogue.views.blueprint import neutral
from lmp.core import addresses
from lmp.core.messages import LANGUAGES
from lmp.web import pages

_PAGES = (
    "catalogue.home",
    "catalogue.courses",
    "catalogue.calendar",
    "catalogue.centres",
    "certificate.verify",
    "web.help_page",
    "web.accessibility",
    "web.privacy",
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
#: Pages of signed-in people and one-time links; they are closed anyway, this only saves both sides the walk.
_PRIVATE = ("/m/", "/dev/", "/*/today", "/*/training", "/*/log", "/*/run/", "/*/sign-in")


@neutral.get("/sitemap.xml")
@pages.public
def sitemap() -> ResponseReturnValue:
    """Every public page once a language, each naming the other."""
    body = "".join(_entry(endpoint, slug) for endpoint, slug in _public_pages())
    return Response(f"{_HEAD}{body}</urlset>\n", mimetype="application/xml", headers={"Cache-Control": "max-age=3600"})


def _public_pages() -> Iterator[tuple[str, str | None]]:
    """(endpoint, slug) of everything that can be found."""
    yield from ((endpoint, None) for endpoint in _PAGES)
    known = service.public_slugs()
    for endpoint, slugs in known.items():
        yield from ((endpoint, slug) for slug in slugs)


def _entry(endpoint: str, slug: str | None) -> str:
    """A page in each language, with its alternates."""
    values = {"slug": slug} if slug else {}
    found = {lang: addresses.to(endpoint, lang=lang, **values) for lang in LANGUAGES}
    links = "".join(_link(lang, url) for lang, url in [*found.items(), ("x-default", found["tr"])])
    return "".join(f"<url><loc>{url}</loc>{links}</url>\n" for url in _each(found.values()))


def _each(urls: Iterable[str]) -> list[str]:
    return [quoteattr(url)[1:-1] for url in urls]


def _link(lang: str, url: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(url)}/>'


@neutral.get("/robots.txt")
@pages.public
def robots() -> ResponseReturnValue:
    """Where to look and where not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _PRIVATE), f"Sitemap: {addresses.base()}/sitemap.xml"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
