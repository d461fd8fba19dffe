"""What was gained and lost: the product beside each other method, and beside the last recorded run.

    results/ranks.json    task → question → rank of its answer and what was asked, by the product

The record is of this project's own questions, and is compared question by question: one that was reworded or
relabelled since is another question.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from evals.labelled import LabelledQuestion
from evals.paired import Paired, families_of, paired, ranks_of
from evals.tables import Rows
from evals.task import TaskResult

RANKS = "ranks.json"
DEPTHS = {1: "首条命中", 5: "前五条命中"}
LISTED = 20
HEADING = ["n", "新增", "失去", "净增", "占比之差", "McNemar p"]


@dataclass(frozen=True)
class Answered:
    """Rank of the answer to each question, 0 where it was not found, and a mark of what was asked."""

    ranks: Mapping[str, int]
    marks: Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """What the last run left: answers by task, and what its figures rest on."""

    tasks: Mapping[str, Answered]
    made_from: Mapping[str, Any]


def read_record(folders: Iterable[Path]) -> Record | None:
    """The record of the first folder that has one. Raises InputError where it cannot be read."""
    path = next((folder / RANKS for folder in folders if (folder / RANKS).is_file()), None)
    if path is None:
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        tasks = {task: Answered(**rows) for task, rows in kept["tasks"].items()}
        if any(one.ranks.keys() != one.marks.keys() for one in tasks.values()):
            raise KeyError(path.name)
        return Record(tasks, dict(kept["made_from"]))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise InputError(f"上次评测的记录损坏：{path}。请恢复这个文件，或删去后重新评测。") from fault


def record_of(results: Iterable[TaskResult], made_from: Mapping[str, Any]) -> dict[str, Any]:
    """What this run leaves for the next, of every task whose answers have a rank."""
    tasks = {result.task.name: answered(result) for result in results}
    return {
        "made_from": dict(made_from),
        "tasks": {name: asdict(one) for name, one in tasks.items() if one.ranks},
    }


def answered(result: TaskResult) -> Answered:
    """The product's ranks, and a few digits a question that change with its words or labels."""
    ranks, asked = ranks_of(_product(result)), _questions(result)
    digests = {name: f"{asked[name].query}\n{_target(asked[name])}" for name in ranks}
    return Answered(
        ranks, {name: hashlib.sha256(words.encode()).hexdigest()[:8] for name, words in digests.items()}
    )


def beside_others(result: TaskResult) -> dict[str, Rows]:
    """The product beside each other method: questions it alone finds, questions only the other finds."""
    ours, families = ranks_of(_product(result)), families_of(_product(result))
    if not ours:
        return {}
    rows = [
        [solver.label, label, *_cells(paired(ranks_of(result.scores[solver.name]), ours, families, depth))]
        for solver in result.task.solvers[1:]
        for depth, label in DEPTHS.items()
    ]
    return {f"{result.task.label}：本程序比各法多找到和少找到的": [["比", "指标", *HEADING], *rows]}


def since_last(result: TaskResult, last: Record | None, made_from: Mapping[str, Any]) -> dict[str, Rows]:
    """Counts of questions gained and lost since the last recorded run; a first run says that it is one."""
    title = f"{result.task.label}：与上次记录的评测比"
    if not ranks_of(_product(result)):
        return {}
    if last is None or result.task.name not in last.tasks:
        return {title: [["说明"], ["还没有记录可比，本次结果已记下，下次评测与它比。"]]}
    found = changes(result, last)
    rows = [[label, *_cells(found[depth])] for depth, label in DEPTHS.items()]
    return {title: [["指标", *HEADING, "其间变动"], *([*row, _differing(last, made_from)] for row in rows)]}


def lists(result: TaskResult, last: Record | None) -> dict[str, Rows]:
    """The first of the questions gained and lost at the first place, with their words, for the page."""
    if last is None or result.task.name not in last.tasks:
        return {}
    found, ours, theirs = (
        changes(result, last)[1],
        ranks_of(_product(result)),
        last.tasks[result.task.name].ranks,
    )
    asked = _questions(result)
    heading = ["编号", "问题", "应查到", "上次名次", "本次名次"]
    listed = {}
    for word, names in (("新增", found.gained), ("失去", found.lost)):
        rows = [
            [name, asked[name].query, _target(asked[name]), _place(theirs[name]), _place(ours[name])]
            for name in names[:LISTED]
        ]
        if rows:
            listed[f"{result.task.label}：首条命中{word}的问题（{len(rows)}/{len(names)}）"] = [
                heading,
                *rows,
            ]
    return listed


def changes(result: TaskResult, last: Record) -> dict[int, Paired]:
    """For each depth, what changed on the questions that are still asked in the same words."""
    then, now = last.tasks[result.task.name], answered(result)
    same = {name: rank for name, rank in then.ranks.items() if now.marks.get(name) == then.marks[name]}
    families = families_of(_product(result))
    return {depth: paired(same, now.ranks, families, depth) for depth in DEPTHS}


def _product(result: TaskResult) -> Any:
    """The product stands first among the solvers."""
    return result.scores[result.task.solvers[0].name]


def _questions(result: TaskResult) -> dict[str, LabelledQuestion]:
    return {item.id: item for item in result.task.dataset if isinstance(item, LabelledQuestion)}


def _target(item: LabelledQuestion) -> str:
    return "、".join(map(str, (*item.relevant, *(part.passage for part in item.reports))))


def _cells(found: Paired) -> list[str]:
    apart = found.difference
    shown = f"{apart.value:+.3f} [{apart.low:+.3f}, {apart.high:+.3f}]" if apart else "–"
    p = f"{found.p:.3f}" if found.p >= 0.001 else "<0.001"
    return [str(found.n), str(len(found.gained)), str(len(found.lost)), f"{found.net:+d}", shown, p]


def _place(rank: int) -> str:
    return str(rank) if rank else "十名以外"


def _differing(last: Record, made_from: Mapping[str, Any]) -> str:
    """Which of the things the figures rest on are not what they were."""
    words = {"data": "标注集", "corpus": "语料或模型", "prompts": "提示词"}
    now, then = made_from["digests"], last.made_from.get("digests", {})
    return "、".join(word for key, word in words.items() if now.get(key) != then.get(key)) or "只有程序"
