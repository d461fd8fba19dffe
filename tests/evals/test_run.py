"""`assistant evaluate`: tasks by name, figures with n, a log under fixed names, and better than the baselines."""

import json
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.pipeline import Assistant
from evals.classification import classification
from evals.log import NAME, read_log
from evals.records import Shown
from evals.retrieval import retrieval
from evals.run import Wanted, evaluate, rescore
from evals.run_files import write
from evals.tables import tables
from evals.task import Figure, TaskResult, run_task
from evals.tasks import TASKS, chosen

BASELINES = ("bm25_spaces", "bm25_characters", "bm25_pairs", "nearest")


def test_all_tasks_run_where_none_is_named() -> None:
    """And the named ones in the order of the table."""
    assert list(TASKS) == chosen([])
    assert ["classification", "drafting"] == chosen(["drafting", "classification"])


def test_a_task_may_be_called_by_its_command() -> None:
    """What audits reports and what answers questions."""
    assert ["audit", "answers"] == chosen(["ask", "reports"])


def test_an_unknown_task_is_named() -> None:
    """With the ones there are."""
    with pytest.raises(InputError, match="“speed”.*classification、retrieval、drafting"):
        chosen(["classification", "speed"])


def test_a_run_leaves_figures_tables_and_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every figure has n; what is printed is in the Markdown, too; every answer is in the log."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    assert 0 == evaluate(Wanted(["drafting"], tmp_path))
    record = json.loads((tmp_path / "latest.json").read_text(encoding="utf-8"))
    assert {"digests", "versions", "settings", "machine"} == set(record["made_from"])
    assert {"data", "corpus", "prompts"} == set(record["made_from"]["digests"])
    assert all(row["n"] for row in record["figures"] if row["value"] is not None)
    assert "起草：各种文书" in capsys.readouterr().out
    assert "起草：各种文书" in (tmp_path / "latest.md").read_text(encoding="utf-8")
    assert {"assistant", "one_letter"} == set(read_log(tmp_path).tasks["drafting"].scores)


def test_two_runs_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeds are fixed and nothing depends on the hour or on where the data lies."""
    for name in ("first", "second"):
        monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / f"data-{name}"))
        evaluate(Wanted(["deadlines", "drafting"], tmp_path / name))
    pictures = sorted(path.name for path in (tmp_path / "first").glob("*.svg"))
    assert 3 == len(pictures)
    for file in ("latest.json", "latest.md", "latest.html", NAME, *pictures):
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes()


def test_a_log_judged_again_writes_the_same_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the same log."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    evaluate(Wanted(["deadlines"], tmp_path / "first"))
    assert 0 == rescore(tmp_path / "first", tmp_path / "again")
    for file in ("latest.json", NAME):
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "again" / file).read_bytes()


def test_the_pictures_of_requests_stand_in_both_pages(classified: TaskResult, tmp_path: Path) -> None:
    """By name in the one, whole in the other."""
    extras = classified.task.extras(classified)
    write([classified], tmp_path, Shown(tables(classified), {"classification": extras}), {})
    pictures = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert 6 == len(pictures)
    page = (tmp_path / "latest.md").read_text(encoding="utf-8")
    assert all(f"]({name})" in page for name in pictures)
    assert 6 == (tmp_path / "latest.html").read_text(encoding="utf-8").count("<svg ")


def figure(result: TaskResult, metric: str, solver: str) -> Figure:
    """A figure over the whole set."""
    return next(
        f for f in result.figures if (f.group, f.metric, f.solver) == ("全部", metric, solver) and f.interval
    )


@pytest.mark.parametrize("baseline", ["majority", "nearest"])
@pytest.mark.parametrize("metric", ["top1", "macro_f1"])
def test_classification_is_better_than_its_baselines(
    metric: str, baseline: str, classified: TaskResult
) -> None:
    """The lower bound of the product lies above the baseline's figure."""
    ours, theirs = (
        figure(classified, metric, "assistant").interval,
        figure(classified, metric, baseline).interval,
    )
    assert ours and theirs and ours.low > theirs.value


@pytest.mark.parametrize("baseline", BASELINES)
@pytest.mark.parametrize("metric", ["hit1", "hit5", "mrr"])
def test_retrieval_is_better_than_its_baselines(metric: str, baseline: str, retrieved: TaskResult) -> None:
    """The lower bound of the product lies above the baseline's figure."""
    ours, theirs = (
        figure(retrieved, metric, "assistant").interval,
        figure(retrieved, metric, baseline).interval,
    )
    assert ours and theirs and ours.low > theirs.value


def test_nothing_stays_unscored(classified: TaskResult, retrieved: TaskResult) -> None:
    """No solver fails on a test item."""
    assert (0, 0) == (classified.unscored, retrieved.unscored)


@pytest.fixture(scope="module")
def classified(assistant: Assistant) -> TaskResult:
    """The classification task, run once."""
    return run_task(classification(assistant), lambda *_: None)


@pytest.fixture(scope="module")
def retrieved(assistant: Assistant) -> TaskResult:
    """The retrieval task with the methods that need no library of others, run once."""
    return run_task(retrieval(assistant, methods=("assistant", *BASELINES)), lambda *_: None)
