"""Questions and categories of the bank of a centre, made through the real services."""

from lmp.content import service
from lmp.content.editing import Raw
from lmp.content.models import BankCategory, BankQuestion
from lmp.core.db import Bilingual
from lmp.network.models import Centre
from tests.builders.accounts import a_centre, a_trainer, acting

#: The unit of the sample that holds the question.
UNIT_OF = {"kategori": "hazirlik", "kesme-sirasi": "hazirlik", "akim-hesabi": "kayit", "direnc-birimi": "kayit"}


def a_category(centre: Centre | None = None, name: str = "Ölçme", parent: BankCategory | None = None) -> BankCategory:
    """A category of a centre's bank."""
    centre = centre or a_centre()
    return service.add_category(centre, Bilingual(name, f"{name} (en)"), parent=parent, by=acting(a_trainer(centre)))


def held(question: str, slug: str = "demo-kurs") -> Raw:
    """A question of the sample as its draft holds it."""
    return service.question_of(service.draft(slug), UNIT_OF[question], question)


def a_bank_question(
    question: str = "kategori", *, slug: str = "demo-kurs", category: BankCategory | None = None
) -> BankQuestion:
    """A question of the sample course, whose draft is there, copied into the bank of its centre."""
    draft = service.draft(slug)
    by = acting(a_trainer(draft.course.centre))
    return service.keep_question(draft, held(question, slug), category=category, field=None, by=by)


def reworded(of: BankQuestion, words: str = "Pano önünde en az hangi kategori gerekir?") -> None:
    """The question of the bank with another Turkish prompt."""
    service.change_question(
        of,
        seen=of.version,
        category=of.category,
        field=of.field,
        difficulty=of.difficulty,
        texts={("prompt", "tr"): words},
        by=acting(a_trainer(of.centre)),
    )
