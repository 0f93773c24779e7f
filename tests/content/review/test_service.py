"""Asking for a review, commenting, deciding, and returning to a version, on both databases."""

import pytest
from sqlalchemy import select

from lmp.accounts.models import Person
from lmp.audit import service as audit
from lmp.content import service
from lmp.content.editing import Place
from lmp.content.models import CourseVersion, Draft, PublishedForGood, Review, VersionUnit
from lmp.content.rules import ReviewState
from lmp.content.service.comparing import CourseState
from lmp.core import db
from lmp.core.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lmp.core.messages import text as text_of
from tests.builders.accounts import a_centre, a_network_administrator, a_teacher, a_trainer, acting
from tests.builders.content import FIRST_NOTE, a_draft, course_files
from tests.builders.mails import mails, readers
from tests.builders.review import AT_BLOCK, BLOCK, UNIT, asked, commented, written

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def author(database: db.Scope) -> Person:
    trainer = a_trainer(a_centre(), "Yazar Demo")
    a_draft(trainer)
    return trainer


@pytest.fixture
def reviewer(author: Person) -> Person:
    return a_trainer(a_centre(), "İnceleyen Demo")


def _draft() -> Draft:
    return service.draft("demo-kurs")


def _publish(by: Person, review: Review | None = None) -> CourseVersion:
    draft = _draft()
    return service.publish(
        draft, by=acting(by), note=FIRST_NOTE, seen=draft.hash, review_id=review.id if review else None
    )


def _state(review: Review) -> ReviewState | None:
    return db.session().scalar(select(Review.state).where(Review.id == review.id))


def test_whoever_may_decide_is_told_by_mail_in_their_language(author: Person, reviewer: Person) -> None:
    reviewer.lang = "en"
    asked(_draft(), author, note="İkinci üniteye bakın.")
    (mail,) = mails("content/review_asked")
    assert (mail.to_address, mail.lang) == (reviewer.email, "en")
    assert "Yazar Demo" in mail.text
    assert "İkinci üniteye bakın." in mail.text
    assert "/en/draft/demo-kurs/review" in mail.text


def test_a_named_reviewer_is_told_alone(author: Person, reviewer: Person) -> None:
    a_trainer(a_centre(), "Üçüncü Demo")
    asked(_draft(), author, reviewer)
    assert readers("content/review_asked") == [reviewer.email]


def test_nobody_is_asked_who_may_not_decide(author: Person, reviewer: Person) -> None:
    stranger = a_trainer(a_centre("smm-bur-tophane"))
    for person in (stranger, author, a_teacher()):
        with pytest.raises(RuleBroken) as refused:
            asked(_draft(), author, person)
        assert refused.value.field == "reviewer"
    assert service.reviews(_draft().course_id) == []


def test_findings_that_stop_publication_do_not_stop_the_question(author: Person, reviewer: Person) -> None:
    with course_files() as folder:
        (folder / "units/02-kayit/en.md").unlink()
        service.import_course(folder, author=author, by=acting(author))
    assert asked(_draft(), author).state is ReviewState.OPEN


def test_a_draft_that_is_published_as_it_is_needs_no_review(author: Person, reviewer: Person) -> None:
    _publish(reviewer)
    with pytest.raises(RuleBroken, match="published already"):
        asked(_draft(), author)


def test_asking_again_overtakes_the_earlier_question(author: Person, reviewer: Person) -> None:
    first = asked(_draft(), author)
    written("demo-kurs", "Yeni sözler.", author)
    second = asked(_draft(), author)
    assert (_state(first), _state(second)) == (ReviewState.OVERTAKEN, ReviewState.OPEN)
    assert [row.number for row in service.reviews(_draft().course_id)] == [2, 1]


def test_strangers_do_not_learn_of_a_review_and_the_network_only_looks(author: Person, reviewer: Person) -> None:
    review = asked(_draft(), author)
    stranger, official = acting(a_trainer(a_centre("smm-bur-tophane"))), acting(a_network_administrator())
    for actor, refusal in ((stranger, NotFound), (official, NotAllowed)):
        with pytest.raises(refusal):
            service.ask_review(_draft(), note="", reviewer_id=None, by=actor)
        with pytest.raises(refusal):
            service.comment(_draft(), AT_BLOCK, text="x", by=actor)
        with pytest.raises(refusal):
            service.send_back(_draft(), review.id, words="x", seen=_draft().hash, by=actor)
        with pytest.raises(refusal):
            service.withdraw_review(_draft(), review.id, by=actor)


def test_the_last_author_neither_sends_back_nor_publishes(author: Person, reviewer: Person) -> None:
    review = asked(_draft(), author)
    written("demo-kurs", "Yeni sözler.", reviewer)
    with pytest.raises(NotAllowed):
        service.send_back(_draft(), review.id, words="x", seen=_draft().hash, by=acting(reviewer))
    with pytest.raises(NotAllowed):
        _publish(reviewer, review)
    assert [person.name for person in service.reviewers(_draft())] == ["Yazar Demo"]


def test_everybody_who_wrote_since_the_last_version_is_named(author: Person, reviewer: Person) -> None:
    assert service.writers(_draft()) == ["Yazar Demo"]
    _publish(reviewer)
    assert service.writers(_draft()) == []
    written("demo-kurs", "Yeni sözler.", reviewer)
    assert service.writers(_draft()) == ["İnceleyen Demo"]


def test_a_draft_goes_back_with_a_reason_and_its_author_hears_it(author: Person, reviewer: Person) -> None:
    review = asked(_draft(), author)
    draft = _draft()
    with pytest.raises(RuleBroken) as silent:
        service.send_back(draft, review.id, words=" ", seen=draft.hash, by=acting(reviewer))
    assert silent.value.field == "words"
    service.send_back(draft, review.id, words="Kaynak eksik.", seen=draft.hash, by=acting(reviewer))
    (row,) = service.reviews(draft.course_id)
    assert (row.state, row.words, row.decided_by) == (ReviewState.SENT_BACK, "Kaynak eksik.", "İnceleyen Demo")
    (mail,) = mails("content/review_sent_back")
    assert (mail.to_address, "Kaynak eksik." in mail.text) == (author.email, True)


def test_publishing_approves_what_was_asked_and_says_the_number(author: Person, reviewer: Person) -> None:
    review = asked(_draft(), author)
    version = _publish(reviewer, review)
    (row,) = service.reviews(_draft().course_id)
    assert (row.state, row.published) == (ReviewState.APPROVED, version.number)
    assert readers("content/review_approved") == [author.email]
    acts = [entry.act for entry in audit.history(_draft().course)]
    assert acts[-2:] == ["content.review_asked", "content.published"]


def test_whoever_decides_decides_about_the_newest_text_only(author: Person, reviewer: Person) -> None:
    review = asked(_draft(), author)
    seen = _draft().hash
    written("demo-kurs", "Sonradan yazıldı.", author)
    with pytest.raises(Conflict, match="has changed"):
        service.send_back(_draft(), review.id, words="x", seen=seen, by=acting(reviewer))
    with pytest.raises(Conflict, match="has changed"):
        service.publish(_draft(), by=acting(reviewer), note=FIRST_NOTE, seen=seen, review_id=review.id)
    assert _state(review) is ReviewState.OPEN


def test_of_two_reviewers_one_decides_and_the_other_reads_who(author: Person, reviewer: Person) -> None:
    other = a_trainer(a_centre(), "Öteki Demo")
    review = asked(_draft(), author)
    draft = _draft()
    service.send_back(draft, review.id, words="Kaynak eksik.", seen=draft.hash, by=acting(reviewer))
    with pytest.raises(Conflict) as late:
        service.publish(draft, by=acting(other), note=FIRST_NOTE, seen=draft.hash, review_id=review.id)
    assert "İnceleyen Demo" in text_of(late.value.message, "tr")
    assert service.find_current(draft.course_id) is None


def test_a_question_can_be_taken_back_until_it_is_decided(author: Person, reviewer: Person) -> None:
    review = asked(_draft(), author)
    service.withdraw_review(_draft(), review.id, by=acting(author))
    assert _state(review) is ReviewState.WITHDRAWN
    with pytest.raises(Conflict):
        service.send_back(_draft(), review.id, words="x", seen=_draft().hash, by=acting(reviewer))


def test_comments_stand_at_their_block_with_their_answers_until_they_are_settled(
    author: Person, reviewer: Person
) -> None:
    asked(_draft(), author)
    made = commented(_draft(), reviewer, "Kaynak yazın.\n\n<b>Lütfen</b>")
    service.answer(_draft(), made.id, text="Yazdım.", by=acting(author))
    service.resolve(_draft(), made.id, by=acting(author))
    (thread,) = service.threads(_draft().course_id)
    assert thread.place == Place("block", UNIT, BLOCK)
    assert (thread.first.author, thread.first.text) == ("İnceleyen Demo", "Kaynak yazın.\n\n<b>Lütfen</b>")
    assert [said.text for said in thread.answers] == ["Yazdım."]
    assert (thread.is_open, thread.resolved_by) == (False, "Yazar Demo")
    service.resolve(_draft(), made.id, by=acting(reviewer), done=False)
    assert service.threads(_draft().course_id)[0].is_open


def test_comments_need_a_review_and_a_place_that_is_there(author: Person, reviewer: Person) -> None:
    with pytest.raises(RuleBroken, match="asked for a review"):
        commented(_draft(), reviewer)
    asked(_draft(), author)
    for place in (Place("block", UNIT, "yok"), Place("question", UNIT, "yok"), Place("unit", "yok")):
        with pytest.raises(NotFound):
            commented(_draft(), reviewer, place=place)
    with pytest.raises(RuleBroken):
        commented(_draft(), reviewer, " ")
    assert service.threads(_draft().course_id) == []


def test_a_comment_is_answered_on_its_own_course_only(author: Person, reviewer: Person) -> None:
    asked(_draft(), author)
    made = commented(_draft(), reviewer)
    a_draft(author, slug="baska-kurs")
    with pytest.raises(NotFound):
        service.answer(service.draft("baska-kurs"), made.id, text="x", by=acting(author))
    with pytest.raises(NotFound):
        service.resolve(service.draft("baska-kurs"), made.id, by=acting(author))


def test_comments_stay_while_a_draft_is_sent_back_and_asked_again_and_end_with_the_version(
    author: Person, reviewer: Person
) -> None:
    review = asked(_draft(), author)
    commented(_draft(), reviewer)
    service.send_back(_draft(), review.id, words="x", seen=_draft().hash, by=acting(reviewer))
    again = asked(_draft(), author)
    assert len(service.threads(_draft().course_id)) == 1
    _publish(reviewer, again)
    assert service.threads(_draft().course_id) == []


def test_returning_to_a_version_makes_the_next_version_with_the_old_content(author: Person, reviewer: Person) -> None:
    first = _publish(reviewer)
    written("demo-kurs", "İkinci sürümün sözleri.", author)
    second = _publish(reviewer)
    edited = service.roll_back("demo-kurs", 1, by=acting(author))
    assert (edited.changed, _draft().hash, _draft().media) == (True, first.hash, first.media)
    with pytest.raises(NotAllowed):
        _publish(author)
    third = _publish(reviewer)
    assert [version.number for version in (first, second, third)] == [1, 2, 3]
    assert (third.hash, third.document) == (first.hash, first.document)
    assert service.current_version("demo-kurs").id == third.id
    shown = service.unit_blocks(third, UNIT, "tr")
    assert shown == service.unit_blocks(first, UNIT, "tr") != service.unit_blocks(second, UNIT, "tr")
    stored = select(VersionUnit.unit_key).where(VersionUnit.version_id == third.id, VersionUnit.lang == "tr")
    assert len(list(db.session().scalars(stored))) == 2
    name = next(iter(third.media))
    assert service.public_medium(third.hash[:16], name) == service.public_medium(first.hash[:16], name)


def test_content_is_never_published_twice_in_a_row(author: Person, reviewer: Person) -> None:
    _publish(reviewer)
    with pytest.raises(RuleBroken, match="published already"):
        _publish(reviewer)
    assert service.roll_back("demo-kurs", 1, by=acting(author)).changed is False


def test_only_who_may_write_returns_to_a_version(author: Person, reviewer: Person) -> None:
    _publish(reviewer)
    for actor, refusal in (
        (acting(a_trainer(a_centre("smm-bur-tophane"))), NotFound),
        (acting(a_network_administrator()), NotAllowed),
    ):
        with pytest.raises(refusal):
            service.roll_back("demo-kurs", 1, by=actor)
    with pytest.raises(NotFound):
        service.roll_back("demo-kurs", 9, by=acting(author))


def test_a_version_cannot_be_changed_by_anybody_nor_by_the_new_acts(author: Person, reviewer: Person) -> None:
    first = _publish(reviewer)
    before = (first.hash, first.number, dict(first.document), first.published_at)
    written("demo-kurs", "Başka sözler.", author)
    review = asked(_draft(), author)
    commented(_draft(), reviewer)
    service.send_back(_draft(), review.id, words="x", seen=_draft().hash, by=acting(reviewer))
    service.roll_back("demo-kurs", 1, by=acting(author))
    service.restore("demo-kurs", 2, by=acting(author))
    db.session().expire_all()
    kept = service.numbered_version(_draft().course_id, 1)
    assert (kept.hash, kept.number, dict(kept.document), kept.published_at) == before
    kept.note = kept.note.__class__("x", "x")
    with pytest.raises(PublishedForGood):
        db.session().flush()


def test_any_two_states_are_compared_word_by_word(author: Person, reviewer: Person) -> None:
    first = _publish(reviewer)
    written("demo-kurs", "Bambaşka sözler.", author)
    (found,) = service.differences_since(_draft(), first)
    assert (found.change.thing.name, found.change.langs) == (BLOCK, ("tr",))
    course = _draft().course_id
    states: list[CourseState] = [service.revision_state(course, number) for number in (1, 2)]
    assert service.compare(*states) == [found]
    assert service.compare(states[1], service.draft_state(_draft())) == []
    assert service.compare(service.version_state(first), states[0]) == []
