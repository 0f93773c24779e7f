"""Nothing is lost between a document and its files, whatever the texts are."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from lmp.access import Actor
from lmp.content import service
from lmp.content.document import BLOCK_KINDS, QUESTION_KINDS, CourseDocument, canonical
from lmp.content.files import canonical_files, write_course
from lmp.content.files.emit import yaml_text
from lmp.content.files.reader import read
from lmp.content.files.yamltext import read_yaml, scalar
from lmp.core import db
from lmp.core.text import normalise
from tests.content.generated import documents, sound_documents
from tests.content.samples import media_in

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@given(documents())
@settings(max_examples=60, deadline=None, suppress_health_check=_SLOW)
def test_a_document_written_to_files_is_read_back_as_it_was(document: CourseDocument) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / document.slug
        write_course(document, {}, folder)
        reading = read(folder)
        assert reading.is_whole, [each for each in reading.problems if each.rule in ("type", "missing-key")]
        assert reading.document == document
        assert canonical(reading.document) == canonical(document)
        assert write_course(reading.document, {}, folder) == []


@given(documents())
@settings(max_examples=20, deadline=None, suppress_health_check=_SLOW)
def test_canonical_files_are_utf8_and_end_with_one_newline(document: CourseDocument) -> None:
    for name, content in canonical_files(document).items():
        text = content.decode()
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert "\r" not in text, name


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@given(document=sound_documents())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[*_SLOW, HealthCheck.function_scoped_fixture],
)
def test_a_course_is_exported_byte_for_byte_as_it_was_imported(
    database: db.Scope, by: Actor, document: CourseDocument
) -> None:
    with tempfile.TemporaryDirectory() as base:
        media = {name: path for name, path in media_in(Path(base) / "m").items() if name in document.media_names()}
        given_to_us, exported = Path(base) / document.slug, Path(base) / "exported" / document.slug
        write_course(document, media, given_to_us)
        service.import_course(given_to_us, author=None, by=by)
        assert not service.import_course(given_to_us, author=None, by=by).changed
        service.export_course(document.slug, exported)
        assert _files(exported) == _files(given_to_us)
        assert not service.import_course(exported, author=None, by=by).changed
        assert service.draft_document(service.draft(document.slug)) == document


@pytest.mark.parametrize("kind", sorted({*BLOCK_KINDS, *QUESTION_KINDS}))
def test_generated_courses_hold_every_kind_of_block_and_question(kind: str) -> None:
    def holds(document: CourseDocument) -> bool:
        parts = [part for unit in document.units for part in (*unit.blocks, *unit.questions)]
        return any(part.kind == kind for part in parts)

    found = find(sound_documents(), holds, settings=settings(phases=[Phase.generate], suppress_health_check=_SLOW))
    assert found.units


@given(st.text(min_size=1).map(normalise))
def test_any_text_survives_yaml(text: str) -> None:
    found = read_yaml(yaml_text({"a": text, "b": [text], "c": {"d": text}}))
    assert found.mistakes == []
    assert isinstance(found.value, dict)
    assert [normalise(value) for value in (found.value["a"], found.value["b"][0], found.value["c"]["d"])] == [text] * 3


@given(st.from_regex(r"[-+0-9.:eExX_,~a-f]{1,8}", fullmatch=True))
def test_a_text_that_looks_like_a_number_is_never_written_plain(text: str) -> None:
    written = yaml_text({"a": text}).removeprefix("a: ").rstrip("\n")
    assert written.startswith('"') or scalar(text) == text
