"""Reviews of the demo: one draft waits with two comments of its reader, another one was sent back to its author."""

from lmp.access import Actor
from lmp.accounts import service as accounts
from lmp.content import service as content
from lmp.content.document import TextBlock
from lmp.content.editing import Place, Raw, block_in
from lmp.demo import course, meeting
from lmp.demo.days import Calendar, on
from lmp.demo.people import Cast, address_of

_ASKED, _READ = 2, 1
_NOTE = "Yalnızca ısınma bölümüne bir paragraf eklendi. İngilizcesine de bakar mısınız?"
_COMMENTS = (
    ("tr", "“Baskı” yerine “sürüm” daha anlaşılır olmaz mı? İmalatçılar da öyle diyor."),
    ("en", "“Maker’s document” ile “manufacturer’s document” sözlükte birlikte geçmesin; birini seçelim."),
)
_ADDED = "Kendi atölyenizden bir örneği de yanınızda getirin."
_AT_SENTENCE = "Bu cümlenin İngilizcesi yok. Atölyeden bir örnek de olur mu?"
_REASON = (
    "Türkçe metne bir cümle eklenmiş, İngilizcesi eski kalmış. İngilizcesini de yazıp yeniden inceleme ister misiniz?"
)


def tell(cast: Cast, calendar: Calendar) -> None:
    """Ask, read and send back, in the days before today."""
    author, reader = cast.actor("egitimgorevlisi"), cast.actor("inceleyen")
    with on(calendar.back(_ASKED), 9):
        content.ask_review(content.draft(course.SLUG), note=_NOTE, reviewer_id=cast.person("inceleyen").id, by=author)
    with on(calendar.back(_READ), 11):
        _comment(reader)
        _send_back(accounts.actor_of(cast.person("egitimgorevlisi")), calendar)


def _comment(reader: Actor) -> None:
    """Two remarks at the paragraph that is new."""
    draft = content.draft(course.SLUG)
    unit = next(one for one in content.draft_document(draft).units if any(b.id == course.BLOCK for b in one.blocks))
    for lang, words in _COMMENTS:
        content.comment(draft, Place("block", unit.key, course.BLOCK), text=words, lang=lang, by=reader)


def _send_back(author: Actor, calendar: Calendar) -> None:
    """A sentence more in Turkish only, asked about and sent back; nothing where the course that meets is not there."""
    found = content.find_draft(meeting.SLUG)
    reader = accounts.find_person(address_of("inceleyen.basaksehir"))
    if found is None or reader is None:
        return
    unit = content.draft_document(found).units[0]
    block = next(one.id for one in unit.blocks if isinstance(one, TextBlock))

    def add(document: Raw) -> None:
        body = block_in(document, unit.key, block)["body"]
        body["tr"] = f"{body['tr']}\n\n{_ADDED}"

    act = content.Act(content.Verb.WRITE, Place("block", unit.key, block), ("tr",))
    content.edit(meeting.SLUG, add, act, by=author)
    draft = content.draft(meeting.SLUG)
    review = content.ask_review(draft, note="", reviewer_id=None, by=author)
    with on(calendar.back(_READ), 16):
        deciding = accounts.actor_of(reader)
        content.comment(draft, Place("block", unit.key, block), text=_AT_SENTENCE, lang="en", by=deciding)
        content.send_back(draft, review.id, words=_REASON, seen=draft.hash, by=deciding)
