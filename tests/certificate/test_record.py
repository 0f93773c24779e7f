"""The frozen record has one canonical form, refuses what no certificate may say, and names its kind by the rule."""

import json
import unicodedata

import pytest
from pydantic import ValidationError

from lmp.certificate.record import (
    CertificateRecord,
    Kind,
    canonical,
    document_kind,
    evidence_hash,
    parse,
    record_hash,
    standing,
)
from tests.certificate.specimens import EVIDENCE, LONGEST, ORDINARY, OUTCOMES, specimen

# The hash of a record printed years ago must be computable for ever: a change of this value breaks old certificates.
GOLDEN_HASH = "f62f83d0aa59b2073627469dbaffd8de10cdc5d6caca4b77242a02016089d7c9"
GOLDEN_HASH_WITH_EVIDENCE = "36ac6556cfd19076eccfdfb9f5af49e081fa52fbb7e6ab34b264e4ccde5592e8"


def test_the_hash_of_a_record_never_changes() -> None:
    assert record_hash(specimen()) == GOLDEN_HASH
    assert record_hash(specimen(evidence=EVIDENCE)) == GOLDEN_HASH_WITH_EVIDENCE


def test_the_canonical_form_sorts_keys_and_writes_no_spaces() -> None:
    content = canonical(specimen()).decode()
    again = json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert content == again
    assert content.startswith('{"centre":{"en":"Bursa Tophane Sectoral')
    assert "Öğretmen" in content
    assert "\\u" not in content


def test_the_order_in_which_keys_arrive_makes_no_difference() -> None:
    backwards = CertificateRecord.model_validate(dict(reversed(ORDINARY.items())))
    assert canonical(backwards) == canonical(specimen())


def test_decomposed_letters_are_brought_to_one_form() -> None:
    decomposed = specimen(person=unicodedata.normalize("NFD", "Demo Öğretmen"))
    assert decomposed.person == "Demo Öğretmen"
    assert record_hash(decomposed) == record_hash(specimen())


def test_an_absent_value_leaves_no_trace() -> None:
    assert b"activity_no" not in canonical(specimen())
    assert b"null" not in canonical(specimen(score=None))


@pytest.mark.parametrize("changes", [{}, LONGEST, {"evidence": EVIDENCE}, {"score": None, "funding": OUTCOMES[0]}])
def test_reading_back_what_was_written_loses_nothing(changes: dict[str, object]) -> None:
    record = specimen(**changes)
    assert parse(canonical(record)) == record


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"format":1}',
        canonical(specimen()) + b"\n",
        canonical(specimen()).replace(b'"format":1', b'"format":2'),
        canonical(specimen()).replace(b'{"centre"', b'{"bonus":1,"centre"'),
        canonical(specimen()).replace(b'"score":86', b'"score":86.0'),
    ],
)
def test_what_is_not_a_canonical_record_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(content)


def test_one_changed_letter_changes_the_hash() -> None:
    assert record_hash(specimen(person="Demo Öğretmem")) != record_hash(specimen())


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        specimen().person = "Başka Demo"  # type: ignore[misc]  # that it is refused is the test


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "  "},
        {"person": "Demo\nÖğretmen"},
        {"person": "Demo\x00"},
        {"kind": "course"},
        {"kind": "başarı"},
        {"ends_on": "2026-09-27"},
        {"score": 101},
        {"strands": [{"key": "online", "planned": 1, "earned": -1}]},
        {"signatories": ORDINARY["signatories"] * 2},
        {"course_hash": "AB" * 32},
        {"evidence": {"page": {"outcomes": [{"units": [1]}]}}},
    ],
)
def test_what_no_certificate_may_say_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        specimen(**changes)


def test_minutes_are_the_sum_of_the_earned_strands() -> None:
    assert specimen().minutes == 5720


@pytest.mark.parametrize(
    ("document", "activity_no", "kind"),
    [
        ("course", "2026000123", Kind.COURSE),
        ("seminar", "2026000123", Kind.SEMINAR),
        ("completion", "2026000123", Kind.COMPLETION),
        ("course", None, Kind.COMPLETION),
        ("seminar", "", Kind.COMPLETION),
    ],
)
def test_a_course_or_seminar_document_needs_an_activity_number(
    document: str, activity_no: str | None, kind: Kind
) -> None:
    assert document_kind(document, activity_no) is kind


def test_an_unknown_document_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="katılım"):
        document_kind("katılım", None)


def test_a_completion_document_says_that_it_does_not_replace_the_mebbis_record() -> None:
    sentence = standing(Kind.COMPLETION, None)
    assert "MEBBİS hizmet içi eğitim kaydının yerine geçmez" in sentence.tr
    assert "does not replace the in-service training record" in sentence.en


def test_an_official_document_names_its_activity_number() -> None:
    sentence = standing(Kind.COURSE, "2026000123")
    assert sentence.tr.endswith("MEBBİS faaliyet no: 2026000123")
    assert "yerine geçmez" not in sentence.tr


def test_an_evidence_id_is_kept_only_as_its_hash() -> None:
    assert evidence_hash("018f") == "8bef75e30cae3327fb0b268743f10f7c010094b34aba15ba07b7a5198c32cd3f"
