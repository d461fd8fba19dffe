"""The gate: what got worse by more than is allowed fails, and a broken rule is such a thing."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.settings import ROOT
from evals.gate import Tolerance, gate, read_baseline, read_tolerances, verdict
from evals.run import Wanted, evaluate
from evals.task import TaskResult
from evals.tasks import TASKS
from tests.evals.test_task import result as sums

PLACE = ("sums", "all", "全部", "right")


def baseline(folder: Path, value: float, n: int = 2) -> Path:
    """A kept result in which the product has this figure."""
    path = folder / "baseline.json"
    row = dict(zip(("task", "view", "group", "metric"), PLACE, strict=True))
    figure = {**row, "label": "正确", "solver": "assistant", "value": value, "n": n}
    path.write_text(json.dumps({"figures": [figure]}), encoding="utf-8")
    return path


def whole() -> TaskResult:
    """The toy task with nothing unscored."""
    found = sums()
    return replace(found, figures=tuple(replace(figure, unscored=0) for figure in found.figures))


@pytest.mark.parametrize(
    ("value", "n", "better", "by", "fault"),
    [
        (1.0, 2, 1, 0.0, ""),
        (0.9, 2, -1, 0.05, "变差"),
        (0.9, 2, -1, 0.1, ""),
        (0.5, 2, 1, 0.0, ""),
        (1.0, 3, 1, 0.0, "件数由 3 变为 2"),
    ],
)
def test_a_figure_may_be_so_much_worse(
    value: float, n: int, better: int, by: float, fault: str, tmp_path: Path
) -> None:
    """Up or down as the figure is meant; figures over other items are no comparison."""
    (held,) = gate(
        [whole()], read_baseline(baseline(tmp_path, value, n)), [Tolerance(PLACE, better, by, "为什么")]
    )
    assert (fault in held.fault) if fault else held.fault == ""
    assert "守住" == verdict([held])[1][-1] or fault


def test_an_item_that_stayed_unscored_fails(tmp_path: Path) -> None:
    """A failure is no way to hold a figure."""
    (held,) = gate([sums()], read_baseline(baseline(tmp_path, 1.0)), [Tolerance(PLACE, 1, 0.5, "为什么")])
    assert "1 件没有评成" == held.fault


def test_a_figure_that_is_missing_fails(tmp_path: Path) -> None:
    """In the run or in the baseline; a task that did not run is not asked for."""
    known = read_baseline(baseline(tmp_path, 1.0))
    other = Tolerance((*PLACE[:3], "left"), 1, 0.5, "为什么")
    absent = Tolerance(("retrieval", *PLACE[1:]), 1, 0.5, "为什么")
    (held,) = gate([whole()], known, [other, absent])
    assert "本次没有这个数" == held.fault


def test_every_task_has_a_tolerance_and_each_names_a_figure_there_is() -> None:
    """The shipped file, held against the shipped record."""
    rows = read_tolerances()
    known = read_baseline(ROOT / "evals" / "results" / "latest.json")
    assert set(TASKS) == {row.place[0] for row in rows}
    assert [] == [row.place for row in rows if row.place not in known]


def test_continuous_integration_holds_figures_of_tasks_there_are() -> None:
    """The days of the law among them."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    held = re.findall(r'make gate TASKS="(.+)"', script)[0].split()
    assert "deadlines" in held
    assert set() == set(held) - set(TASKS)


@pytest.mark.parametrize("text", ["", "{}", '{"figures": 3}', "[]"])
def test_what_is_no_baseline_is_named(text: str, tmp_path: Path) -> None:
    """Rather than taken for one in which nothing is known."""
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="不是评测结果"):
        read_baseline(tmp_path / "x.json")


@pytest.mark.parametrize(
    ("file", "old", "new", "fails"),
    [
        ("deadlines.yaml", "name: 答复期限, length: 20,", "name: 答复期限, length: 30,", True),
        ("fees.yaml", "{up_to: 10, rate: 0}", "{up_to: 20, rate: 0}", True),
        ("deadlines.yaml", "evidence: 登记回执和申请人签名", "evidence: 登记回执", False),
    ],
)
def test_a_broken_rule_fails_the_gate(
    file: str, old: str, new: str, fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty days for twenty, another free band: exit status 1; words that change no day or sum: 0."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    assert 0 == evaluate(Wanted(["deadlines"], tmp_path / "good"))
    rules = tmp_path / "corpus" / "rules"
    shutil.copytree(ROOT / "corpus" / "rules", rules)
    text = (rules / file).read_text(encoding="utf-8")
    assert old in text
    (rules / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(tmp_path / "corpus"))
    status = evaluate(Wanted(["deadlines"], tmp_path / "now", tmp_path / "good" / "latest.json"))
    assert int(fails) == status
