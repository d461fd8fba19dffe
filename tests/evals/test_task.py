"""A task run: every solver on every item, failures counted, groups counted apart."""

from dataclasses import dataclass, replace

from assistant.errors import InputError
from evals.metrics import share
from evals.tables import aligned_table, markdown_table, plain, tables, terminal
from evals.task import Judged, Solver, Task, TaskResult, View, run_task


@dataclass(frozen=True)
class Sum:
    """A toy item."""

    id: str
    family: str
    left: int
    right: int


def careful(item: Sum) -> int:
    """Adds, but refuses negative numbers."""
    if item.left < 0:
        raise InputError("负数不会算。")
    return item.left + item.right


def judge(item: Sum, said: int) -> Judged:
    """Right or wrong."""
    target = item.left + item.right
    return Judged(str(target), str(said), {"right": float(said == target)})


def result() -> TaskResult:
    """Three sums, a solver that fails on one and a baseline that always says two."""
    task = Task(
        name="sums",
        label="加法",
        dataset=(Sum("a", "f", 1, 1), Sum("b", "f", 2, 3), Sum("c", "g", -1, 3)),
        solvers=(Solver("assistant", "本程序", careful), Solver("two", "总说二", lambda _: 2)),
        scorer=judge,
        views=(
            View("all", "全部", lambda _: "全部", (share("right", "正确"),)),
            View("size", "大小", lambda item: "小" if item.right < 3 else None, (share("right", "正确"),)),
        ),
    )
    return run_task(task, lambda *_: None)


def test_a_failed_solver_leaves_the_item_unscored() -> None:
    """It is counted as unscored, not as wrong, and keeps its reason."""
    done = result()
    assert 1 == done.unscored
    assert "负数不会算。" == done.scores["assistant"][2].explanation
    whole = done.figures[0]
    assert whole.interval is not None
    assert (1.0, 2, 1) == (whole.interval.value, whole.interval.n, whole.unscored)


def test_every_solver_answers_the_same_items() -> None:
    """The baseline stands in the same view with its own figure."""
    found = {f.solver: f.interval for f in result().figures if f.view == "all"}
    assert found["two"] is not None
    assert (2 / 3, 3) == (found["two"].value, found["two"].n)


def test_items_outside_every_group_are_left_out() -> None:
    """A view may count a part of the items."""
    (figure, _) = [f for f in result().figures if f.view == "size"]
    assert figure.interval is not None
    assert ("小", 1) == (figure.group, figure.interval.n)


def test_groups_stand_in_the_order_given() -> None:
    """Named groups first, others as they come; a group without items has no row."""
    view = View("order", "", lambda item: item.id, (share("right", ""),), ("c", "x", "b"))
    task = replace(result().task, views=(view,))
    done = run_task(task, lambda *_: None)
    assert ["c", "b", "a"] == [f.group for f in done.figures if f.solver == "two"]


def test_tables_show_value_interval_n_and_what_was_not_scored() -> None:
    """The same figures for a terminal and for a page."""
    shown = tables(result())
    for table in (terminal(shown), *map(markdown_table, shown.values())):
        assert "本程序" in table and "总说二" in table
    assert "1.000 [0.342, 1.000]（1 件未评）" in markdown_table(shown["加法：全部"])
    assert "0.667 [0.208, 0.939]" in terminal(shown)


def test_chinese_characters_take_two_columns() -> None:
    """Columns stay under each other."""
    assert "甲    1\nabcd  2" == aligned_table([["甲", "1"], ["abcd", "2"]])


def test_a_figure_is_plain_json() -> None:
    """Value, bounds and n beside task, view, group, metric and solver."""
    expected = {
        "task": "sums",
        "view": "all",
        "group": "全部",
        "metric": "right",
        "label": "正确",
        "solver": "two",
        "unscored": 0,
        "value": 0.6667,
        "low": 0.2077,
        "high": 0.9385,
        "n": 3,
    }
    assert expected == plain(result().figures[1])
