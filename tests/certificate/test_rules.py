"""What is missing, and what the outcome is: pure, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from lmp.certificate.rules import Evidence, Outcome, PracticalEvidence, evidence_hash, missing, outcome
from lmp.content.policy import CompletionPolicy, StrandMinutes
from lmp.core import messages
from lmp.core.db import Bilingual

POLICY = CompletionPolicy(
    strands=StrandMinutes(online=540, meeting=0, workplace=3600, practical=120),
    absence_share=0.2,
    pass_mark=70,
    practical=True,
    document="completion",
    lesson_minutes=40,
    grace_days=14,
)
COMPLETE = Evidence(
    earned={"online": 540, "workplace": 3600, "practical": 120},
    has_placement=True,
    days_confirmed=10,
    practical=PracticalEvidence(score=85, passed=True),
    ids=("a", "b"),
)
ENDS = date(2026, 12, 11)


def test_with_every_link_of_the_chain_nothing_is_missing() -> None:
    assert missing(COMPLETE, POLICY) == []


@pytest.mark.parametrize(
    ("evidence", "strand", "words"),
    [
        (
            replace(
                COMPLETE, earned={**COMPLETE.earned, "online": 360}, open_units=(Bilingual("Koruma", "Protection"),)
            ),
            "online",
            "Protection",
        ),
        (replace(COMPLETE, earned={**COMPLETE.earned, "workplace": 2520}, days_waiting=3), "workplace", "3 days wait"),
        (replace(COMPLETE, earned={**COMPLETE.earned, "workplace": 0}, has_placement=False), "workplace", "no company"),
        (replace(COMPLETE, practical=None), "practical", "not taken"),
        (
            replace(COMPLETE, practical=PracticalEvidence(score=62, passed=False)),
            "practical",
            "62 points, pass mark 70",
        ),
        (
            replace(COMPLETE, practical=PracticalEvidence(score=90, passed=False, failed_steps=1)),
            "practical",
            "critical step",
        ),
    ],
)
def test_removing_one_link_names_it(evidence: Evidence, strand: str, words: str) -> None:
    left = missing(evidence, POLICY)
    assert {one.strand for one in left} == {strand}
    assert any(words in messages.text(one.message, "en") for one in left)


def test_absence_up_to_a_fifth_is_allowed_at_the_company() -> None:
    assert missing(replace(COMPLETE, earned={**COMPLETE.earned, "workplace": 2880}), POLICY) == []
    assert missing(replace(COMPLETE, earned={**COMPLETE.earned, "workplace": 2879}), POLICY) != []


def test_absence_is_not_allowed_online() -> None:
    assert missing(replace(COMPLETE, earned={**COMPLETE.earned, "online": 539}), POLICY) != []


@pytest.mark.parametrize(
    ("evidence", "today", "expected"),
    [
        (COMPLETE, ENDS, Outcome.COMPLETED),
        (replace(COMPLETE, practical=None), date(2026, 12, 25), Outcome.IN_PROGRESS),
        (replace(COMPLETE, practical=None), date(2026, 12, 26), Outcome.FAILED),
        (replace(COMPLETE, earned={"online": 540}), date(2026, 12, 26), Outcome.ABSENT),
        (replace(COMPLETE, earned={}), date(2026, 12, 26), Outcome.NOT_ATTENDED),
    ],
)
def test_the_outcome_is_decided_when_the_grace_period_is_over(
    evidence: Evidence, today: date, expected: Outcome
) -> None:
    assert outcome(evidence, POLICY, ends_on=ENDS, today=today) is expected


def test_the_evidence_hash_changes_with_any_record_or_minute() -> None:
    hashes = {
        evidence_hash(COMPLETE),
        evidence_hash(replace(COMPLETE, ids=("a",))),
        evidence_hash(replace(COMPLETE, earned={**COMPLETE.earned, "online": 541})),
    }
    assert len(hashes) == 3
    assert evidence_hash(replace(COMPLETE, ids=("b", "a"))) == evidence_hash(COMPLETE)
