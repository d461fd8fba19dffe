"""`assistant evaluate`: the tasks by name, their tables, and a log that can be judged again."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.settings import load_settings
from evals.citations import citations
from evals.classification import classification, own_requests
from evals.confusion import missed
from evals.drafting import drafting
from evals.gains import RANKS, beside_others, lists, read_record, record_of, since_last
from evals.own_questions import not_held, read_questions
from evals.own_requests import read_requests
from evals.progress import progress_bars
from evals.records import RESULTS, Shown, made_from, scratch_folder, write_page, write_pictures, write_record
from evals.reports import reports
from evals.retrieval import own_questions, retrieval
from evals.tables import plain, tables, terminal, title_of
from evals.task import Task, TaskResult, run_task

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

TASKS: dict[str, Callable[["Assistant"], Task[Any, Any]]] = {
    "classification": classification,
    "retrieval": retrieval,
    "drafting": drafting,
    "citations": citations,
    "reports": reports,
}


def evaluate(tasks: list[str], output: Path | None = None) -> int:
    """Run tasks (all where none is named), print their tables, write the log. 1: an item stayed unscored.

    Raises InputError for an unknown task.
    """
    folder = output or RESULTS
    names, last = chosen(tasks), read_record((folder, RESULTS))
    results, rests_on = run(names), made_from()
    extras = {result.task.name: result.task.extras(result) for result in results}
    shown = {
        title: rows
        for result in results
        for found in (
            tables(result),
            extras[result.task.name].tables,
            beside_others(result),
            since_last(result, last, rests_on),
        )
        for title, rows in found.items()
    }
    print(terminal(shown), end="\n\n")
    listed = {title: rows for result in results for title, rows in lists(result, last).items()}
    write(results, folder, Shown(shown | listed, extras), rests_on)
    kept = record_of(results, rests_on)
    if kept["tasks"]:
        write_record(folder, Path(RANKS).stem, kept)
    print(f"已写入 {folder / 'latest.json'}、latest.md、latest.answers.jsonl。", file=sys.stderr)
    return _status(results)


def evaluate_own(file: Path, output: Path | None = None) -> int:
    """Score questions of somebody's own; nothing is written unless a folder is named. 1: one stayed unscored.

    Raises InputError naming the line that cannot be read.
    """
    from assistant.pipeline import open_assistant

    progress = progress_bars()
    assistant = open_assistant(load_settings(), progress)
    questions = read_questions(file, assistant.statutes)
    strange = not_held(questions, assistant.statutes)
    if strange:
        print(f"语料库里没有的条文，不可能查到：{'、'.join(map(str, strange))}。", file=sys.stderr)
    result = run_task(own_questions(assistant, questions, scratch_folder(), date.today()), progress)
    print(terminal(tables(result)))
    if output:
        write([result], output, Shown(tables(result)), made_from())
    return _status([result])


def evaluate_requests(file: Path, output: Path | None = None) -> int:
    """Score labelled requests of somebody's own and name those missed; written only where a folder is named.

    1: one stayed unscored. Raises InputError naming the line that cannot be read.
    """
    from assistant.pipeline import open_assistant

    progress = progress_bars()
    assistant = open_assistant(load_settings(), progress)
    task = own_requests(assistant, read_requests(file, assistant.outcomes))
    result = run_task(task, progress)
    extras = task.extras(result)
    shown = {**tables(result), **extras.tables, f"{task.label}：首位与标注不同的": missed(result)}
    print(terminal(shown))
    if output:
        write([result], output, Shown(shown, {task.name: extras}), made_from())
        print(f"已写入 {output}。", file=sys.stderr)
    return _status([result])


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


def write(results: list[TaskResult], folder: Path, shown: Shown, rests_on: Mapping[str, Any]) -> None:
    """latest.json (figures), latest.md (tables), pictures, latest.answers.jsonl (every answer, judged)."""
    figures = [plain(figure) for result in results for figure in result.figures]
    records = {name: dict(extras.record) for name, extras in shown.extras.items() if extras.record}
    write_record(folder, "latest", {"made_from": rests_on, "figures": figures, "records": records})
    pictures = {
        title_of(result.task, view): [one for one in extras.pictures if one.view == view.key]
        for result in results
        if (extras := shown.extras.get(result.task.name))
        for view in result.task.views
    }
    write_pictures(folder, [one for found in pictures.values() for one in found])
    write_page(folder, "latest", "评测结果", shown.tables, pictures)
    lines = [json.dumps(row, ensure_ascii=False) for result in results for row in _answers(result)]
    (folder / "latest.answers.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _status(results: list[TaskResult]) -> int:
    return int(any(result.unscored for result in results))


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
