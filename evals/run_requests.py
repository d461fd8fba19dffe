"""`assistant evaluate --data FILE`: requests of somebody's own judged, with what should be looked at again."""

import sys
from dataclasses import dataclass
from pathlib import Path

from assistant.law.outcomes import Outcomes
from assistant.settings import load_settings
from evals.agreement import agreement
from evals.chat import MOST_CALLS, open_chat
from evals.classification import own_requests
from evals.confusion import missed, product
from evals.gains import beside_others
from evals.intervals import Interval
from evals.own_requests import OwnSet, read_requests
from evals.own_sheets import write_disagreements, write_template
from evals.progress import progress_bars
from evals.records import Shown, made_from
from evals.run_files import write
from evals.tables import Rows, tables, terminal
from evals.task import TaskResult, run_task


@dataclass(frozen=True)
class WantedOwn:
    """The file of requests, where results and disagreements go (nowhere where none is named), calls to a model."""

    file: Path
    output: Path | None = None
    disagreements: Path | None = None
    most: int = MOST_CALLS


def evaluate_requests(wanted: WantedOwn) -> int:
    """Score labelled requests and name those missed, by id. 1: a row could not be used, or one stayed unscored.

    Raises InputError where nothing of the file can be used.
    """
    from assistant.pipeline import open_assistant

    progress = progress_bars()
    assistant = open_assistant(load_settings(), progress)
    found = read_requests(wanted.file, assistant.outcomes)
    for fault in found.faults:
        print(fault, file=sys.stderr)
    rests_on = made_from(assistant.settings)
    task = own_requests(assistant, found.items, open_chat(assistant, rests_on, wanted.most))
    result = run_task(task, progress)
    extras = task.extras(result)
    shown = {
        **tables(result),
        **extras.tables,
        **beside_others(result),
        **two_readers(found),
        f"{task.label}：首位与标注不同的": missed(result),
    }
    print(terminal(shown))
    if wanted.disagreements:
        _write_doubtful(wanted.disagreements, found, result, assistant.outcomes)
    if wanted.output:
        write([result], wanted.output, Shown(shown, {task.name: extras}), rests_on)
        print(f"已写入 {wanted.output}。", file=sys.stderr)
    if found.faults:
        print(f"评了 {len(found.items)} 件，{len(found.faults)} 行不能用，原因见上。", file=sys.stderr)
    return int(bool(found.faults) or bool(result.unscored))


def _write_doubtful(path: Path, found: OwnSet, result: TaskResult, outcomes: Outcomes) -> None:
    scores = {score.id: score for score in product(result)}
    count = write_disagreements(path, found.items, scores, found.second, outcomes)
    print(f"已写入 {path}：{count} 件要复核。", file=sys.stderr)


def template(path: Path) -> int:
    """An empty workbook to fill in. Raises InputError where it cannot be written."""
    from assistant.pipeline import open_assistant

    write_template(path, open_assistant(load_settings()).outcomes)
    print(f"已写入 {path}。填好后用 assistant evaluate --data {path.name} 评测。", file=sys.stderr)
    return 0


def two_readers(found: OwnSet) -> dict[str, Rows]:
    """How far the two labels of a request agree, where there are two."""
    alike, kappa = agreement(found.items, found.second)
    if alike is None:
        return {}
    rows = [["两人标注一致的", str(alike.n), _shown(alike)], ["κ（Cohen）", str(alike.n), _shown(kappa)]]
    return {"自备申请：两人的标注": [["指标", "n", "值"], *rows]}


def _shown(found: Interval | None) -> str:
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]" if found else "（情景不足五个，不算）"
