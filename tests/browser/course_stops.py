"""Pages on which a course is written and reviewed, as endpoint, path and who opens it."""

from collections.abc import Iterable

from lmp.content import service as content
from lmp.demo import meeting
from lmp.demo.course import SLUG

Place = tuple[str, str, str]


def of_questions() -> Iterable[Place]:
    """The editor of questions: choosing a kind, a new one, and one of each kind."""
    document, who = content.draft_document(content.draft(SLUG)), "egitimgorevlisi"
    new = f"/draft/{SLUG}/unit/{document.units[0].key}/question/new"
    yield ("content.new_question", new, who)
    yield ("content.new_question", f"{new}?kind=matching", who)
    kinds = {one.kind: (unit.key, one.key) for unit in document.units for one in unit.questions}
    for unit, question in kinds.values():
        yield ("content.edit_question", f"/draft/{SLUG}/unit/{unit}/question/{question}", who)


def of_reviews() -> Iterable[Place]:
    """A draft in review with comments, one that was sent back, its history, and the whole course in print."""
    unit, course = content.draft_document(content.draft(SLUG)).units[0].key, f"/draft/{SLUG}"
    for who in ("egitimgorevlisi", "inceleyen"):
        yield ("content.review", f"{course}/review", who)
        yield ("content.review_unit", f"{course}/review/unit/{unit}", who)
    yield ("content.review_course", f"{course}/review/course", "inceleyen")
    other = f"/draft/{meeting.SLUG}"
    places = [("draft", other), ("review", f"{other}/review"), ("revision", f"{other}/history/2")]
    places += [(one, f"{course}/{path}") for one, path in (("history", "history"), ("revision", "history/1"))]
    places += [("version", f"{course}/version/1"), ("new_course", "/draft/new"), ("take_in", "/draft/take-in")]
    places += [("copy_course", f"{course}/copy"), ("origin", "/draft/robotla-kaynaga-giris/origin")]
    yield from ((f"content.{one}", path, "egitimgorevlisi") for one, path in places)
    yield ("content.print_course", f"{course}/print", "inceleyen")
    yield ("content.unit", f"{course}/unit/{unit}?as=phone", "inceleyen")
