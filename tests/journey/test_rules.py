"""What comes next for a teacher, most urgent first."""

from datetime import date

from lmp.journey.rules import Kind, LogFacts, Task, days_left, folded, greeting_hour, log_tasks

MON, TUE, WED, THU, FRI = (
    date(2026, 11, 30 - 0),
    date(2026, 12, 1),
    date(2026, 12, 2),
    date(2026, 12, 3),
    date(2026, 12, 4),
)
WEEK = [MON, TUE, WED, THU, FRI]


def kinds(tasks: list[Task]) -> list[Kind]:
    return [task.kind for task in tasks]


def test_a_returned_day_comes_before_everything() -> None:
    facts = LogFacts(planned=WEEK, written=[MON, TUE], returned=[MON], unsent=[TUE])
    assert kinds(log_tasks(facts, WED))[:2] == [Kind.CORRECT_DAY, Kind.WRITE_TODAY]


def test_today_comes_before_a_forgotten_day() -> None:
    facts = LogFacts(planned=WEEK, written=[MON], returned=[], unsent=[MON])
    assert log_tasks(facts, WED) == [Task(Kind.WRITE_TODAY, WED, 3), Task(Kind.WRITE_DAY, TUE, 2)]


def test_a_day_older_than_three_days_is_not_asked_for() -> None:
    facts = LogFacts(planned=WEEK, written=[TUE, WED, THU, FRI], returned=[], unsent=[])
    assert log_tasks(facts, FRI) == []


def test_a_complete_week_is_sent() -> None:
    facts = LogFacts(planned=WEEK, written=WEEK, returned=[], unsent=[THU, FRI])
    assert log_tasks(facts, FRI) == [Task(Kind.SEND_WEEK, FRI)]


def test_a_week_with_a_missing_day_is_not_sent_yet() -> None:
    facts = LogFacts(planned=WEEK, written=[MON, TUE, WED, FRI], returned=[], unsent=[MON, TUE])
    assert Kind.SEND_WEEK not in kinds(log_tasks(facts, FRI))


def test_without_a_log_there_is_nothing_to_write() -> None:
    assert log_tasks(LogFacts(planned=[], written=[], returned=[], unsent=[]), WED) == []


def test_the_greeting_follows_the_clock() -> None:
    assert [greeting_hour(hour) for hour in (6, 10, 11, 17, 18, 23)] == [
        "morning",
        "morning",
        "day",
        "day",
        "evening",
        "evening",
    ]


def test_seven_things_stand_and_the_others_are_folded_away_until_somebody_asks() -> None:
    assert folded(range(7), everything=False) == (range(7), 0)
    assert folded(range(9), everything=False) == (range(7), 2)
    assert folded(range(9), everything=True) == (range(9), 0)


def test_the_last_day_of_a_deadline_is_no_delay() -> None:
    assert [days_left(WED, today) for today in (TUE, WED, THU)] == [1, 0, -1]
