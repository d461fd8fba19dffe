"""`assistant evaluate`: tasks run, judged again, held against a baseline; tables, pages and a log that can be replayed."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError
from assistant.law import china_time
from assistant.settings import load_settings
from evals.chat import MOST_CALLS, Chat, open_chat
from evals.gains import RANKS, beside_others, lists, read_record, record_of, since_last
from evals.gate import TOLERANCES, gate, read_baseline, read_tolerances, verdict
from evals.log import read_log, replayed
from evals.own_questions import not_held, read_questions
from evals.plain_values import from_plain
from evals.progress import progress_bars
from evals.records import RESULTS, Shown, made_from, scratch_folder, write_record
from evals.retrieval import own_questions
from evals.run_files import write
from evals.tables import Rows, tables, terminal
from evals.task import Progress, TaskResult, run_task
from evals.tasks import TASKS, chosen

if TYPE_CHECKING:
    from assistant.pipeline import Assistant


@dataclass(frozen=True)
class Wanted:
    """What a run is asked for: the tasks (all where none is named), the folder of its results, the baseline it is
    held against with its tolerances, and the most items a chat model may be asked.
    """

    tasks: Sequence[str] = ()
    output: Path | None = None
    gate: Path | None = None
    tolerances: Path | None = None
    most: int = MOST_CALLS


def evaluate(wanted: Wanted) -> int:
    """Run tasks, print their tables, write the log. 1: an item stayed unscored, or a figure fell back.

    Raises InputError for an unknown task or a baseline that is none.
    """
    names = chosen(wanted.tasks)
    held = (
        (read_baseline(wanted.gate), read_tolerances(wanted.tolerances or TOLERANCES))
        if wanted.gate
        else None
    )
    assistant, progress = _office()
    rests_on = made_from(assistant.settings)
    chat = open_chat(assistant, rests_on, wanted.most)
    results = [run_task(TASKS[name](assistant, None, chat), progress) for name in names]
    status = _tell(results, wanted.output or RESULTS, rests_on, chat)
    if held is None:
        return status
    found = gate(results, *held)
    failed = [one for one in found if one.fault]
    print(terminal({"门槛": verdict(found)}), end="\n\n")
    print(f"门槛：{len(found)} 项，{len(failed)} 项没有守住。", file=sys.stderr)
    return int(bool(failed) or status)


def rescore(log: Path, output: Path | None) -> int:
    """Judge a log's answers again, under the scorers of today, without asking anybody. 1: one stayed unscored.

    Raises InputError where the log cannot be read or knows a task that is no more.
    """
    kept = read_log(log)
    strange = [name for name in kept.tasks if name not in TASKS]
    if strange:
        raise InputError(f"评测记录里的任务“{'、'.join(strange)}”现在没有，不能重新评分。")
    assistant, progress = _office()
    results = []
    for name, logged in kept.tasks.items():
        task = TASKS[name](assistant, tuple(map(from_plain, logged.samples)), None)
        known = {solver.name: solver for solver in task.solvers}
        results.append(run_task(replace(task, solvers=replayed(logged, known)), progress))
    if output:
        return _tell(results, output, kept.made_from, None)
    print(terminal({title: rows for result in results for title, rows in tables(result).items()}))
    return _status(results)


def evaluate_own(file: Path, output: Path | None = None) -> int:
    """Score questions of somebody's own; nothing is written unless a folder is named. 1: one stayed unscored.

    Raises InputError naming the line that cannot be read.
    """
    assistant, progress = _office()
    questions = read_questions(file, assistant.statutes)
    strange = not_held(questions, assistant.statutes)
    if strange:
        print(f"语料库里没有的条文，不可能查到：{'、'.join(map(str, strange))}。", file=sys.stderr)
    result = run_task(own_questions(assistant, questions, scratch_folder(), china_time.today()), progress)
    print(terminal(tables(result)))
    if output:
        write([result], output, Shown(tables(result)), made_from(assistant.settings))
    return _status([result])


def _office() -> tuple["Assistant", Progress]:
    """The office of this process's settings, and bars for what takes long."""
    from assistant.pipeline import open_assistant

    progress = progress_bars()
    return open_assistant(load_settings(), progress), progress


def _tell(results: list[TaskResult], folder: Path, rests_on: Mapping[str, Any], chat: Chat | None) -> int:
    """Tables to the terminal, everything into the folder. 1: an item stayed unscored."""
    last = read_record((folder, RESULTS))
    extras = {result.task.name: result.task.extras(result) for result in results}
    shown: dict[str, Rows] = {}
    for result in results:
        for found in (
            tables(result),
            extras[result.task.name].tables,
            beside_others(result),
            since_last(result, last, rests_on),
        ):
            shown |= found
    if chat and chat.told:
        shown["对话模型：询问"] = [["怎样", "件"], *([how, str(n)] for how, n in sorted(chat.told.items()))]
    shown |= _faults(results)
    print(terminal(shown), end="\n\n")
    listed = {title: rows for result in results for title, rows in lists(result, last).items()}
    write(results, folder, Shown(shown, extras, listed), rests_on)
    kept = record_of(results, rests_on)
    if kept["tasks"]:
        write_record(folder, Path(RANKS).stem, _kept_with(kept, folder))
    print(f"已写入 {folder}：latest.html、latest.md、latest.json 和评测记录。", file=sys.stderr)
    return _status(results)


def _kept_with(kept: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The record of this run; of tasks that did not run, what the folder knew before stays."""
    before = read_record((folder,))
    earlier = {name: vars(one) for name, one in before.tasks.items()} if before else {}
    return {**kept, "tasks": {**earlier, **kept["tasks"]}}


def _faults(results: Iterable[TaskResult]) -> dict[str, Rows]:
    """Why items stayed unscored, with how many each time."""
    found: dict[str, Rows] = {}
    for result in results:
        for solver in result.task.solvers:
            reasons: dict[str, int] = {}
            for score in result.scores[solver.name]:
                if score.values is None:
                    reasons[score.explanation] = reasons.get(score.explanation, 0) + 1
            if reasons:
                rows = [[solver.label, reason, str(n)] for reason, n in reasons.items()]
                found.setdefault(f"{result.task.label}：没有评成的", [["方法", "原因", "件"]]).extend(rows)
    return found


def _status(results: Iterable[TaskResult]) -> int:
    return int(any(result.unscored for result in results))
