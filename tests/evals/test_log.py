"""The log of a run: written once, judged again without asking anybody, compared with another."""

import gzip
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef
from assistant.pipeline import Assistant
from evals.compare import compare
from evals.deadlines import Reckoned, deadline_cases, deadlines
from evals.found import Found
from evals.log import NAME, read_log, replayed, write_log
from evals.plain_values import from_plain, to_plain
from evals.task import Solver, TaskResult, run_task

GROUNDS = {"digests": {"data": "a", "corpus": "b"}}
CASES = tuple(deadline_cases())[:12]
REF = ProvisionRef("政府信息公开条例", 36, item=5)


def run(assistant: Assistant, *wrong: str) -> TaskResult:
    """The deadlines of a few cases; `wrong` are told a day that is none, "" fails outright."""
    task = deadlines(assistant, CASES)
    good = task.solvers[0].solve

    def solve(case: object) -> Reckoned:
        if getattr(case, "id", "") in wrong:
            return Reckoned(date(1999, 1, 1))
        if "" in wrong and case == CASES[-1]:
            raise InputError("算不出来。")
        return good(case)

    return run_task(
        replace(task, solvers=(Solver("assistant", "本程序", solve), task.solvers[1])), lambda *_: None
    )


@pytest.mark.parametrize(
    "value",
    [
        Found((REF, "reports/x.md#1-"), (REF, None), True, (frozenset({REF}),), (10, 20)),
        CASES[0],
        {"a": [1, (2, "三")], "b": date(2026, 11, 27)},
        {("requests", "new", "total"): Decimal("1.5")},
    ],
)
def test_items_and_answers_come_back_as_they_were(value: object) -> None:
    """Tuples as tuples, lists as lists, provisions, days, decimals, mappings with keys of any kind."""
    assert value == from_plain(to_plain(value))


def test_a_kind_no_log_knows_is_refused() -> None:
    """Neither written nor made from a file."""
    with pytest.raises(TypeError, match="pathlib"):
        to_plain(Path("x"))
    with pytest.raises(InputError, match="不认识的内容“Popen”"):
        from_plain({"$": "Popen", "args": "x"})


def test_a_log_judged_again_gives_the_same_figures(tmp_path: Path, assistant: Assistant) -> None:
    """And what failed then has failed, with its reason."""
    before = run(assistant, CASES[0].id, "")
    write_log(tmp_path, [before], GROUNDS)
    logged = read_log(tmp_path).tasks["deadlines"]
    task = deadlines(assistant, tuple(map(from_plain, logged.samples)))
    known = {solver.name: solver for solver in task.solvers}
    again = run_task(replace(task, solvers=replayed(logged, known)), lambda *_: None)
    assert (before.figures, before.scores) == (again.figures, again.scores)
    assert "算不出来。" == again.scores["assistant"][-1].explanation


def test_another_scorer_needs_no_other_run(tmp_path: Path, assistant: Assistant) -> None:
    """The answers are there whole, not only their judgement."""
    write_log(tmp_path, [run(assistant)], GROUNDS)
    logged = read_log(tmp_path).tasks["deadlines"]
    said = [from_plain(row["answer"]) for row in logged.answers["assistant"].values()]
    assert [case.due for case in CASES] == [one.due for one in said]


def test_the_same_run_writes_the_same_bytes(tmp_path: Path, assistant: Assistant) -> None:
    """No hour and no name of a file stand in it."""
    for name in ("first", "second"):
        write_log(tmp_path / name, [run(assistant)], GROUNDS)
    assert (tmp_path / "first" / NAME).read_bytes() == (tmp_path / "second" / NAME).read_bytes()


@pytest.mark.parametrize(
    "data",
    [b"", b"no gzip", gzip.compress(b"{}\n"), gzip.compress(b"[1]\n")],
    ids=["empty", "no gzip", "no list", "no run"],
)
def test_what_is_no_log_is_named(data: bytes, tmp_path: Path) -> None:
    """Rather than read in part."""
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(InputError, match="评测记录损坏或者不是评测记录"):
        read_log(tmp_path)


def test_two_runs_are_compared_item_by_item(tmp_path: Path, assistant: Assistant) -> None:
    """What the later one gained and lost, with the words, and what changed between them."""
    write_log(tmp_path / "one", [run(assistant, CASES[0].id)], GROUNDS)
    write_log(
        tmp_path / "two",
        [run(assistant, CASES[1].id, CASES[2].id)],
        {"digests": {"data": "a", "corpus": "c"}},
    )
    shown = compare(tmp_path / "one", tmp_path / "two")
    assert ["期限和费用", "12", "1", "2", "-1"] == shown["两次评测的差别"][1][:5]
    assert [["digests.corpus", "b", "c"]] == shown["两次评测的依据"][1:]
    assert [CASES[0].words] == [row[1] for row in shown["期限和费用：新增的（1/1）"][1:]]
    assert "1999-01-01" in shown["期限和费用：失去的（2/2）"][1]


def test_runs_without_a_common_task_are_not_compared(tmp_path: Path, assistant: Assistant) -> None:
    """It is said, not shown as an empty table."""
    result = run(assistant)
    write_log(tmp_path / "one", [result], GROUNDS)
    write_log(tmp_path / "two", [replace(result, task=replace(result.task, name="other"))], GROUNDS)
    with pytest.raises(InputError, match="没有相同的任务"):
        compare(tmp_path / "one", tmp_path / "two")
