"""`assistant evaluate`: the tasks by name, their tables, and a log that can be judged again."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.settings import load_settings
from evals.classification import classification
from evals.drafting import drafting
from evals.progress import progress_bars
from evals.records import RESULTS, made_from, write_page, write_record
from evals.reports import reports
from evals.retrieval import retrieval
from evals.tables import plain, tables, terminal
from evals.task import Task, TaskResult, run_task

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

TASKS: dict[str, Callable[["Assistant"], Task[Any, Any]]] = {
    "classification": classification,
    "retrieval": retrieval,
    "drafting": drafting,
    "reports": reports,
}


def evaluate(tasks: list[str], output: Path | None = None) -> int:
    """Run tasks (all where none is named), print their tables, write the log. 1: an item stayed unscored.

    Raises InputError for an unknown task.
    """
    results = run(chosen(tasks))
    for result in results:
        print(terminal(tables(result)), end="\n\n")
    folder = output or RESULTS
    write(results, folder)
    print(f"已写入 {folder / 'latest.json'}、latest.md、latest.answers.jsonl。", file=sys.stderr)
    return int(any(result.unscored for result in results))


def chosen(tasks: list[str]) -> list[str]:
    """The tasks to run, in the order of the table. Raises InputError naming a stranger."""
    for name in tasks:
        if name not in TASKS:
            raise InputError(f"没有名为“{name}”的评测任务，可用：{'、'.join(TASKS)}。")
    return [name for name in TASKS if not tasks or name in tasks]


def run(names: Iterable[str]) -> list[TaskResult]:
    """The named tasks, solved by the production pipeline under this process's settings."""
    from assistant.pipeline import open_assistant

    progress = progress_bars()
    assistant = open_assistant(load_settings(), progress)
    return [run_task(TASKS[name](assistant), progress) for name in names]


def write(results: list[TaskResult], folder: Path) -> None:
    """latest.json (figures), latest.md (tables), latest.answers.jsonl (every answer, judged)."""
    figures = [plain(figure) for result in results for figure in result.figures]
    write_record(folder, "latest", {"made_from": made_from(), "figures": figures})
    write_page(folder, "latest", "评测结果", {k: v for result in results for k, v in tables(result).items()})
    lines = [json.dumps(row, ensure_ascii=False) for result in results for row in _answers(result)]
    (folder / "latest.answers.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _answers(result: TaskResult) -> Iterable[dict[str, Any]]:
    for solver, scores in result.scores.items():
        for score in scores:
            yield {
                "task": result.task.name,
                "solver": solver,
                "id": score.id,
                "target": score.target,
                "answer": score.answer,
                "values": score.values,
                "explanation": score.explanation,
            }
