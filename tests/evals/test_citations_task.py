"""The citations task: right letters and letters with one fault."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from assistant.pipeline import Assistant
from evals.citations import KINDS, NAMED_BY, WHOLE, Checked, LetterCase, citations, judge, letter_cases
from evals.letters import other_letters
from evals.task import Task, run_task

CASE = LetterCase("x", "not_held_absent", "unable.not_held", "word", "没→有", "", date(2026, 11, 23))
REFUSED = Checked(False, frozenset({"quote_verbatim"}))
PASSED = Checked(True, frozenset())


@pytest.fixture(scope="module")
def cases(assistant: Assistant) -> list[LetterCase]:
    """Every letter of the task."""
    return list(letter_cases(assistant))


def test_there_are_enough_letters_of_every_kind(cases: list[LetterCase]) -> None:
    """Two hundred right ones, four hundred with one fault, none kind of fault rare."""
    kinds = Counter(case.kind for case in cases)
    assert 200 <= kinds[WHOLE] and 400 <= len(cases) - kinds[WHOLE]
    assert set(KINDS) == set(kinds)
    assert 20 <= min(kinds.values())


def test_other_offices_letters_are_among_them(cases: list[LetterCase]) -> None:
    """Right letters in words that are not this project's, broken like the drafts."""
    foreign = [case for case in cases if not case.facts]
    assert {letter.name for letter in other_letters()} == {case.family for case in foreign}
    assert 200 <= sum(case.kind != WHOLE for case in foreign)


def test_ids_are_unique(cases: list[LetterCase]) -> None:
    """A log line leads to one letter."""
    assert len(cases) == len({case.id for case in cases})


def test_a_sample_meets_the_target(assistant: Assistant) -> None:
    """Of every letter's first cases none is judged wrong but articles of statutes whose number is not known."""
    task = citations(assistant)
    few: Task[LetterCase, Checked] = replace(task, dataset=task.dataset[::29])
    result = run_task(few, lambda *_: None)
    kinds = {case.id: case.kind for case in few.dataset}
    wrong = [s.id for s in result.scores["assistant"] if s.values and s.values["right"] != 1]
    assert {"article"} >= {kinds[one] for one in wrong}


def test_a_whole_letter_must_pass_and_a_faulty_one_be_refused() -> None:
    """Both ways of being wrong count."""
    whole = replace(CASE, kind=WHOLE)
    said = [judge(case, checked).values["right"] for case in (whole, CASE) for checked in (PASSED, REFUSED)]
    assert [1.0, 0.0, 0.0, 1.0] == said


def test_a_fault_must_be_named_by_its_own_check() -> None:
    """Refused for another reason is refused by luck."""
    assert 1.0 == judge(CASE, REFUSED).values["named"]
    assert 0.0 == judge(replace(CASE, kind="data"), REFUSED).values["named"]
    assert "named" not in judge(replace(CASE, kind=WHOLE), REFUSED).values
    assert set(KINDS) - {WHOLE} == set(NAMED_BY)
