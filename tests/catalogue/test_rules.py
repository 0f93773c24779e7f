"""What a list says of a course, and why a search has found it."""

import pytest

from lmp.catalogue.rules import Named, glance, reason
from lmp.content.files import read_course
from lmp.core.db import Bilingual
from lmp.core.messages import Message
from tests.builders.content import SAMPLE

FIELD = Named(
    Bilingual("Yenilenebilir Enerji Teknolojileri", "Renewable Energy"), ("Yenilenebilir Enerji Teknolojileri",)
)
CENTRE = Named("Cezeri Lisesi", ("Cezeri Lisesi", "Etimesgut", "Ankara"))
TITLES = ("Atölyede güvenli ölçüm", "Safe measurement in the workshop")


@pytest.mark.parametrize("query", ["ölçüm", "OLCUM", "güv ölç", "safe", ""])
def test_a_title_that_says_it_needs_no_reason(query: str) -> None:
    assert reason(query, TITLES, [FIELD], CENTRE) is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("enerji", Message("Field: %(name)s", name=FIELD.name)),
        ("ankara", Message("Centre: %(name)s", name="Cezeri Lisesi")),
        ("ölçüm ankara", Message("Centre: %(name)s", name="Cezeri Lisesi")),
        ("multimetre", Message("Found in what the course teaches")),
    ],
)
def test_anything_else_is_found_for_a_reason(query: str, said: Message) -> None:
    assert reason(query, TITLES, [FIELD], CENTRE) == said


def test_a_glance_names_only_the_strands_that_a_course_has() -> None:
    document, _problems, _paths = read_course(SAMPLE)
    assert document is not None
    seen = glance(document)
    assert [(part.key, part.planned) for part in seen.parts] == [("online", 90), ("workplace", 1080), ("practical", 60)]
    assert (seen.languages.source, seen.languages.translation, seen.languages.reviewed) == ("tr", "en", 1.0)


def test_a_share_is_never_rounded_up_to_all() -> None:
    document, _problems, _paths = read_course(SAMPLE)
    assert document is not None
    first = document.units[0]
    assert first.translation is not None
    drafted = first.model_copy(update={"translation": first.translation.model_copy(update={"state": "draft"})})
    seen = glance(document.model_copy(update={"units": (drafted, *document.units[1:])}))
    assert (seen.languages.counts.draft, seen.languages.counts.missing) == (1, 0)
    assert 0.8 < seen.languages.reviewed < 1
