"""The completion policy as pure arithmetic."""

import pytest
from pydantic import ValidationError

from lmp.content import policy
from lmp.content.policy import CompletionPolicy, StrandMinutes
from tests.content.samples import Raw, raw_course


def made(**changes: object) -> CompletionPolicy:
    """The sample course's policy with other values."""
    values: Raw = raw_course()["policy"]
    return CompletionPolicy.model_validate({**values, **changes})


PLANNED = StrandMinutes(online=90, meeting=0, workplace=3600, practical=120)


@pytest.mark.parametrize(
    "changes",
    [
        {"absence_share": 1.1},
        {"absence_share": -0.1},
        {"pass_mark": 101},
        {"pass_mark": "70"},
        {"lesson_minutes": 42},
        {"document": "diploma"},
        {"grace_days": -1},
        {"practical": "yes"},
        {"weights": {}},
        {"strands": {"online": 90}},
    ],
)
def test_a_policy_of_the_wrong_form_is_refused(changes: Raw) -> None:
    with pytest.raises(ValidationError):
        made(**changes)


def test_a_policy_is_an_example_until_someone_says_otherwise() -> None:
    values = {key: value for key, value in raw_course()["policy"].items() if key != "example"}
    assert CompletionPolicy.model_validate(values).example is True


def test_a_policy_that_asks_for_more_than_is_planned_is_unreachable() -> None:
    assert policy.unreachable(made(), PLANNED) == {}
    wanted = made(strands={"online": 91, "meeting": 60, "workplace": 0, "practical": 120})
    assert list(policy.unreachable(wanted, PLANNED)) == ["online", "meeting"]


def test_missing_minutes_are_named_by_strand() -> None:
    assert policy.missing_minutes(made(), {"online": 90, "workplace": 3000}) == {"workplace": 600, "practical": 120}
    assert policy.missing_minutes(made(), {"online": 100, "workplace": 3600, "practical": 120}) == {}


@pytest.mark.parametrize(("share", "planned", "allowed"), [(0.2, 3600, 720), (0.2, 1, 0), (0.3, 10, 3), (0, 99, 0)])
def test_absence_is_allowed_up_to_its_share_rounded_down(share: float, planned: int, allowed: int) -> None:
    mild = made(absence_share=share)
    assert policy.allowed_absence(mild, planned) == allowed
    assert not policy.is_absent_too_long(mild, absent=allowed, planned=planned)
    assert policy.is_absent_too_long(mild, absent=allowed + 1, planned=planned)


def test_a_score_just_below_the_pass_mark_does_not_pass() -> None:
    assert policy.is_pass(made(), 70)
    assert not policy.is_pass(made(), 69.99)


def test_only_kurs_and_seminer_belgesi_need_an_activity_number() -> None:
    assert not policy.needs_activity_number(made())
    assert policy.needs_activity_number(made(document="course"))
    assert policy.needs_activity_number(made(document="seminar"))
