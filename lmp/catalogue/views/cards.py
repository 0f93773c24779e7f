"""The picture of a page that people send to each other, drawn here and never fetched from elsewhere."""

from pathlib import Path

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from lmp.catalogue import card, service
from lmp.catalogue.views.asked import known_slug
from lmp.catalogue.views.blueprint import neutral
from lmp.core import messages, written
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.language import current_language


def _fonts() -> Path:
    folder: Path = current_app.extensions["fonts"]
    return folder


def _answer(made: bytes) -> Response:
    return Response(made, mimetype="image/png", headers={"Cache-Control": "public, max-age=86400"})


@neutral.get("/card/<any(tr, en):lang>.png")
@pages.public
def site_card() -> ResponseReturnValue:
    """The platform's own card."""
    lang = current_language()
    said = Message(N_("Training of vocational teachers at Sectoral Excellence Centres"))
    return _answer(card.draw(pages.edge().site_names[lang], messages.text(said, lang), "", _fonts()))


@neutral.get("/card/<any(tr, en):lang>/<slug>.png")
@pages.public
def course_card(slug: str) -> ResponseReturnValue:
    """The card of a course: its title, its centre and its hours."""
    lang = current_language()
    page = service.course_page(known_slug(slug))
    centre = page.course.centre
    planned = sum(part.planned for part in page.seen.parts)
    under = f"{centre.province.name}, {centre.short_name}"
    foot = f"{written.hours(planned, lang)} · {pages.edge().site_names[lang]}"
    return _answer(card.draw(page.course.title.in_language(lang), under, foot, _fonts()))
