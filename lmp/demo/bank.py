"""The bank of the demo's centre: questions of its course in categories, one of them reworded since."""

from datetime import timedelta

from lmp.content import service as content
from lmp.content.models import BankCategory, BankQuestion
from lmp.core.db import Bilingual
from lmp.demo.course import SLUG
from lmp.demo.days import Calendar, on
from lmp.demo.people import Cast
from lmp.network import service as network
from lmp.network.models import Centre

_AUTHOR = "egitimgorevlisi"
_KEPT, _REWORDED = 30, 2
#: A category's name with the questions that stand in it, and those of the categories below it.
_CATEGORIES = (
    (Bilingual("Panolar", "Switchboards"), ("u1-es-zamanlilik", "u1-sorumluluk", "u1-form", "u1-bicimler")),
    (Bilingual("Elektrikli araç şarjı", "Electric vehicle charging"), ("u3-cp-durumlari", "u3-gorev-orani")),
    (Bilingual("Devre hesapları", "Circuit calculations"), ("u2-tasarim-akimi", "u2-kosul", "u2-iz-etkenleri")),
    (Bilingual("İş güvenliği", "Safety at work"), ("u3-bes-kural", "u3-gerilim-yoklugu", "u3-yalitim-hazirligi")),
)
#: Stands below the first category.
_BELOW = (Bilingual("Deney ve doğrulama", "Tests and verification"), ("u1-dielektrik-sirasi", "u1-sureklilik"))
_CHANGED = "u3-bes-kural"
_PROMPT = {
    "tr": "Alçak gerilimde çalışmaya başlamadan önce uygulanacak beş kuralı sıraya koyun.",
    "en": "Put the five rules to be followed before starting work at low voltage in order.",
}


def tell(cast: Cast, calendar: Calendar) -> None:
    """The trainer fills the bank; later one question is worded better there, which the course is told."""
    with on(calendar.today - timedelta(days=_KEPT), 11):
        centre = network.centre(content.draft(SLUG).course.centre.slug)
        tops = [_category(cast, centre, name) for name, _keys in _CATEGORIES]
        below = _category(cast, centre, _BELOW[0], tops[0])
        kept: dict[str, BankQuestion] = {}
        for category, keys in [*zip(tops, (keys for _name, keys in _CATEGORIES), strict=True), (below, _BELOW[1])]:
            kept |= {key: _keep(cast, category, key) for key in keys}
    with on(calendar.today - timedelta(days=_REWORDED), 16):
        _reword(cast, kept[_CHANGED])


def _category(cast: Cast, centre: Centre, name: Bilingual, parent: BankCategory | None = None) -> BankCategory:
    return content.add_category(centre, name, parent=parent, by=cast.actor(_AUTHOR))


def _keep(cast: Cast, category: BankCategory, key: str) -> BankQuestion:
    """A question of the course's draft, kept in the bank with the course's field."""
    draft = content.draft(SLUG)
    question = next(one for one in content.held_questions(draft) if one["key"] == key)
    return content.keep_question(
        draft, question, category=category, field=draft.course.fields[0], by=cast.actor(_AUTHOR)
    )


def _reword(cast: Cast, question: BankQuestion) -> None:
    content.change_question(
        question,
        seen=question.version,
        category=question.category,
        field=question.field,
        difficulty=question.difficulty,
        texts={("prompt", "tr"): _PROMPT["tr"], ("prompt", "en"): _PROMPT["en"]},
        by=cast.actor(_AUTHOR),
    )
