"""Nothing is lost between a document and its files, whatever the texts are."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lmp.content.document import CourseDocument, canonical
from lmp.content.files import canonical_files, write_course
from lmp.content.files.emit import yaml_text
from lmp.content.files.reader import read
from lmp.content.files.yamltext import read_yaml, scalar
from lmp.core.text import normalise
from tests.content.generated import documents


@given(documents())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
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
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_canonical_files_are_utf8_and_end_with_one_newline(document: CourseDocument) -> None:
    for name, content in canonical_files(document).items():
        text = content.decode()
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert "\r" not in text, name


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
