"""Since the last recorded run: what is kept of a run, what is compared with it, what a page lists."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.law.provisions import ProvisionRef
from evals.found import Found, judge
from evals.gains import RANKS, Record, beside_others, changes, lists, read_record, record_of, since_last
from evals.labelled import LabelledQuestion
from evals.task import Solver, Task, TaskResult, run_task

LAW = "政府信息公开条例"
QUESTIONS = tuple(
    LabelledQuestion(f"q{number}", f"第{number}个问题|怎么办", (ProvisionRef(LAW, number),), "terse", "test")
    for number in range(1, 8)
)
THEN = {"digests": {"data": "a", "corpus": "b", "prompts": "c"}}
NOW = {"digests": {"data": "a", "corpus": "x", "prompts": "c"}}


def run(known: set[int], questions: tuple[LabelledQuestion, ...] = QUESTIONS) -> TaskResult:
    """A run of a search that knows some articles only, beside one that knows none."""

    def solve(item: LabelledQuestion) -> Found:
        at = item.relevant[0].article if item.relevant else 0
        refs = (ProvisionRef(LAW, at if at in known else 50),)
        return Found(refs, refs)

    nothing: Solver[LabelledQuestion, Found] = Solver("nothing", "一无所知", lambda _: Found((), ()))
    solvers = (Solver("assistant", "本程序", solve), nothing)
    return run_task(
        Task("retrieval", "检索", questions, solvers, judge, (), right="hit1", words=lambda item: item.query),
        lambda *_: None,
    )


def recorded(result: TaskResult, folder: Path) -> Record:
    """What a run leaves, written and read again."""
    (folder / RANKS).write_text(json.dumps(record_of([result], THEN), ensure_ascii=False), encoding="utf-8")
    last = read_record((folder,))
    assert last is not None
    return last


def test_gained_and_lost_since_the_last_run(tmp_path: Path) -> None:
    """Two gained, one lost, and the two lists hold their words, their labels and both places."""
    last, result = recorded(run({1, 2, 3}), tmp_path), run({2, 3, 4, 5})
    found = changes(result, last)[1]
    assert (("q4", "q5"), ("q1",), 1, 7) == (found.gained, found.lost, found.net, found.n)
    (gained, lost) = lists(result, last).items()
    assert "检索：首条命中新增的（2/2）" == gained[0]
    expected = ["q4", "第4个问题|怎么办", "《政府信息公开条例》第四条", "十名以外", "1"]
    assert expected == gained[1][1]
    assert ["q1", "第1个问题|怎么办", "《政府信息公开条例》第一条", "1", "十名以外"] == lost[1][1]


def test_the_counts_are_shown_with_what_changed_between(tmp_path: Path) -> None:
    """The corpus differs, the questions do not."""
    table = since_last(run({2, 3, 4, 5}), recorded(run({1, 2, 3}), tmp_path), NOW)
    (rows,) = table.values()
    assert ["首条命中", "7", "2", "1", "+1"] == rows[1][:5]
    assert ["1.000", "语料或模型"] == rows[1][-2:]


def test_a_reworded_or_relabelled_question_is_another(tmp_path: Path) -> None:
    """It is not counted as gained or lost."""
    last = recorded(run({1, 2, 3}), tmp_path)
    reworded, relabelled = replace(QUESTIONS[0], query="换了说法"), replace(QUESTIONS[1], relevant=())
    relabelled = replace(relabelled, relevant=(ProvisionRef(LAW, 9),))
    found = changes(run(set(), (reworded, relabelled, *QUESTIONS[2:])), last)[1]
    assert (("q3",), 5) == (found.lost, found.n)


def test_at_most_twenty_of_each_are_listed(tmp_path: Path) -> None:
    """With the number there are."""
    many = tuple(replace(QUESTIONS[0], id=f"m{number}") for number in range(25))
    (title, rows) = next(iter(lists(run({1}, many), recorded(run(set(), many), tmp_path)).items()))
    assert ("检索：首条命中新增的（20/25）", 21) == (title, len(rows))


def test_a_first_run_says_so(tmp_path: Path) -> None:
    """There is nothing to compare with, and nothing to list."""
    assert read_record((tmp_path,)) is None
    (rows,) = since_last(run({1}), None, NOW).values()
    assert "还没有记录可比" in rows[1][0]
    assert {} == lists(run({1}), None)


def test_the_folder_of_the_run_comes_before_the_shipped_record(tmp_path: Path) -> None:
    """Whoever keeps results of his own is compared with them."""
    for name, known in (("own", {1}), ("shipped", {1, 2})):
        (tmp_path / name).mkdir()
        recorded(run(known), tmp_path / name)
    last = read_record((tmp_path / "own", tmp_path / "shipped"))
    assert last is not None
    assert 1 == sum(rank == 1 for rank in last.tasks["retrieval"].ranks.values())


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"made_from": {}, "tasks": {"retrieval": {"ranks": {"q1": 1}, "marks": {}}}}']
)
def test_a_damaged_record_is_named(text: str, tmp_path: Path) -> None:
    """Rather than compared with."""
    (tmp_path / RANKS).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="上次评测的记录损坏：.*ranks.json"):
        read_record((tmp_path,))


def test_the_product_stands_beside_each_other_method() -> None:
    """Four found that the other does not find, none the other way."""
    (rows,) = beside_others(run({1, 2, 3, 4})).values()
    assert ["一无所知", "首条命中", "7", "4", "0", "+4"] == rows[1][:6]
    assert "0.125" == rows[1][-1]


def test_a_task_without_ranks_leaves_no_record() -> None:
    """Nothing to compare, nothing to print."""
    result = run(set(), tuple(replace(item, relevant=()) for item in QUESTIONS))
    assert {} == record_of([result], THEN)["tasks"]
    assert {} == since_last(result, None, NOW) | beside_others(result)
