"""The deadlines task: the cases are sound, the wall calendar is what it says, late is told apart from early."""

from datetime import date

import pytest

from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import read_rules
from assistant.pipeline import Assistant
from evals.deadlines import (
    CASES,
    KINDS,
    DeadlineCase,
    Reckoned,
    deadline_cases,
    deadlines,
    judge,
    on_the_wall,
)
from evals.task import TaskResult, run_task

CASE = DeadlineCase("x", "answer", "f", "", {}, date(2026, 10, 14), None, False, {})


@pytest.fixture(scope="module")
def done(assistant: Assistant) -> TaskResult:
    """The task, run once."""
    return run_task(deadlines(assistant), lambda *_: None)


def test_every_kind_of_limit_has_cases_and_no_id_stands_twice() -> None:
    """At least a hundred, of each kind two or more."""
    cases = list(deadline_cases())
    kinds = [case.kind for case in cases]
    assert len(cases) >= 100
    assert set(KINDS) == set(kinds)
    assert min(map(kinds.count, KINDS)) >= 2
    assert len(cases) == len({case.id for case in cases})


def test_every_case_rests_on_a_provision_of_the_corpus(statutes: StatuteBook) -> None:
    """Its words are there on the day the labels were made."""
    named = {words for row in read_rules(CASES)["cases"] for words in row["basis"]}
    assert [] == [
        words for words in named if not statutes.text(ProvisionRef.parse(words), date(2026, 11, 23))
    ]


def test_the_program_tells_every_day_and_every_sum(done: TaskResult) -> None:
    """A wrong one is a missed term."""
    assert [] == [(score.id, score.explanation) for score in done.scores["assistant"] if score.explanation]


def test_a_wall_calendar_is_wrong_mostly(done: TaskResult) -> None:
    """Holidays, working weekends and consultations are what makes it hard."""
    right = [score.values["right"] for score in done.scores["wall_calendar"] if score.values]
    assert sum(right) / len(right) < 0.3


@pytest.mark.parametrize(
    ("said", "right", "late", "early"),
    [
        (date(2026, 10, 14), 1, 0, 0),
        (date(2026, 10, 15), 0, 1, 0),
        (date(2026, 10, 13), 0, 0, 1),
        (None, 0, 0, 1),
    ],
)
def test_late_is_told_apart_from_early(said: date | None, right: int, late: int, early: int) -> None:
    """A day told too late is a term missed; none told is on the safe side."""
    assert {"right": right, "late": late, "early": early} == judge(CASE, Reckoned(said)).values


def test_a_day_told_where_there_is_none_is_late() -> None:
    """While the clock stands still no day is right."""
    none = DeadlineCase("x", "corrected", "f", "", {}, None, None, False, {})
    assert (1, 0) == tuple(judge(none, Reckoned(date(2026, 1, 1))).values[key] for key in ("late", "right"))
    assert 1 == judge(none, Reckoned(None)).values["right"]


def test_weekends_are_skipped_on_the_wall_and_nothing_else() -> None:
    """Friday and one working day is Monday, Friday and one calendar day Saturday; a fee has one rate."""
    friday = date(2026, 9, 25)
    plain = {"from": friday, "count": 1, "unit": "workday"}
    assert (
        date(2026, 9, 28)
        == on_the_wall(DeadlineCase("x", "answer", "f", "", {}, None, None, False, plain)).due
    )
    plain = {**plain, "unit": "day"}
    assert (
        date(2026, 9, 26) == on_the_wall(DeadlineCase("x", "suit", "f", "", {}, None, None, False, plain)).due
    )
    fee = {"rate": 10, "count": 31}
    assert 310 == on_the_wall(DeadlineCase("x", "by_page", "f", "", {}, None, 10, False, fee)).yuan
