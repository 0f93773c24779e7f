"""Archives that wait for a decision: one that brings a new course, one that changes a draft, one with mistakes."""

import io
from collections.abc import Iterable, Mapping

from lmp.accounts import service as accounts
from lmp.content import service as content
from lmp.content.document import CourseDocument
from lmp.content.files import canonical_files
from lmp.content.service import archives
from lmp.core import archive
from lmp.demo.course import SLUG
from lmp.demo.people import address_of

#: A centre that no installation of ours knows.
ELSEWHERE = "smm-van-uzak"


def of_archives() -> Iterable[tuple[str, str, str]]:
    """The page about each, for whoever sent it; in a unit of work that may write."""
    document = content.draft_document(content.draft(SLUG))
    sent: Mapping[str, dict[str, bytes]] = {
        "egitimgorevlisi": _files(_new(document)),
        "inceleyen": _files(content.document(content.current_version(SLUG))),
        "koordinator": _with_mistakes(document),
    }
    for who, files in sent.items():
        yield ("content.looked_at", f"/draft/take-in/{_received(who, files)}", who)


def _files(document: CourseDocument) -> dict[str, bytes]:
    """The files of a course, its pictures and films those of the demo's first course."""
    draft = content.draft(SLUG)
    media = {name: content.read_medium(content.medium_of(draft, name)) for name in document.media_names()}
    return canonical_files(document) | {f"media/{name}": data for name, data in media.items()}


def _new(document: CourseDocument) -> CourseDocument:
    """A course of another installation that is not finished: its minutes do not add up."""
    minutes = document.minutes.model_copy(update={"online": document.minutes.online + 15})
    return document.model_copy(update={"slug": "uzaktan-gelen-kurs", "centre": ELSEWHERE, "minutes": minutes})


def _with_mistakes(document: CourseDocument) -> dict[str, bytes]:
    """A course in which a number is a word, and a picture is missing."""
    files = _files(document)
    files["practical.yaml"] = files["practical.yaml"].replace(b"minutes: ", b"minutes: about ", 1)
    return {name: data for name, data in files.items() if name != min(one for one in files if "media/" in one)}


def _received(who: str, files: Mapping[str, bytes]) -> object:
    """An archive as somebody sent it; answers its id."""
    person = accounts.find_person(address_of(who))
    if person is None:
        raise LookupError(who)
    data = b"".join(archive.pack((f"kurs/{name}", files[name]) for name in sorted(files)))
    return archives.receive(io.BytesIO(data), "kurs.zip", by=accounts.actor_of(person)).id
