"""A copy in the demo: the centre took over another centre's course and made it its own, and the origin went on."""

from datetime import timedelta

from lmp.access import Actor
from lmp.content import service as content
from lmp.content.editing import Place, Raw, block_in, blocks
from lmp.content.service import Act, Verb
from lmp.core.db import Bilingual
from lmp.demo.days import Calendar, on
from lmp.demo.people import Cast
from lmp.network.models import Centre

ORIGIN = "metal"
TITLE = Bilingual("Robotla kaynağa giriş", "Introduction to robotic welding")
_NOTE = Bilingual("İki paragraf açıklandı", "Two paragraphs explained")
_UNIT = "wps-isi-girdisi"
_COPIED, _PUBLISHED_AGAIN = 12, 2
#: Block → what the origin added to it since; the second of them the copy has changed too.
_THERE = {
    "akim-nereden": (
        "Ölçtüğünüz mesafeyi dikiş kaydına yazın; bir sonraki vardiya aynı yerden başlasın.",
        "Write the distance you measured into the weld record, so that the next shift starts from the same place.",
    ),
    "nereden-gelir": (
        "Kâğıdın hangi baskı olduğuna da bakın; hücrede eski baskı asılı kalmış olabilir.",
        "Look at the issue of the sheet as well; an old one may still hang in the cell.",
    ),
}
_HERE = {
    "nereden-gelir": (
        "Kendi merkezimizin şartnamesi öğretmen odasında durur; ders öncesinde oradan alın.",
        "The specification of our own centre lies in the staff room; fetch it before the lesson.",
    )
}


def tell(centre: Centre, cast: Cast, writer: Actor, reviewer: Actor, calendar: Calendar) -> None:
    """Copy the course, change a paragraph, and let the origin publish a version that changes this one and another."""
    by = cast.actor("egitimgorevlisi")
    with on(calendar.today - timedelta(days=_COPIED), 15):
        made = content.copy_course(ORIGIN, title=TITLE, centre=centre.slug, by=by)
        _add(made.course.slug, _HERE, by)
    with on(calendar.today - timedelta(days=_PUBLISHED_AGAIN), 15):
        _add(ORIGIN, _THERE, writer)
        content.publish(content.draft(ORIGIN), by=reviewer, note=_NOTE)


def _add(slug: str, paragraphs: dict[str, tuple[str, str]], by: Actor) -> None:
    """A paragraph at the end of each block, in both languages."""

    def change(document: Raw) -> None:
        for block, said in paragraphs.items():
            body = block_in(document, _UNIT, block)["body"]
            values = {
                f"body.{lang}": f"{body[lang]}\n\n{words}" for lang, words in zip(("tr", "en"), said, strict=True)
            }
            blocks.write(document, _UNIT, block, values, {})

    content.edit(slug, change, Act(Verb.WRITE, Place("unit", _UNIT), ("tr", "en")), by=by)
