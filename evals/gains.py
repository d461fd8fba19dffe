"""What was gained and lost: the product beside each other method, and beside the last recorded run.

    results/ranks.json    task → item → rank of its answer (1 right, 0 wrong where nothing is ranked), and what was asked

The record is compared item by item: one that was reworded or relabelled since is another item.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from evals.paired import Paired, families_of, paired, ranks_of
from evals.tables import Rows
from evals.task import Score, TaskResult

RANKS = "ranks.json"
RANKED = {1: "首条命中", 5: "前五条命中"}
JUDGED = {1: "答对"}
LISTED = 20
HEADING = ["n", "新增", "失去", "净增", "占比之差", "McNemar p"]


@dataclass(frozen=True)
class Answered:
    """Rank of the answer to each item, 0 where it was not found or wrong, and a mark of what was asked."""

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
    """What this run leaves for the next, of every task whose answers can be told right from wrong."""
    tasks = {result.task.name: answered(result) for result in results}
    return {
        "made_from": dict(made_from),
        "tasks": {name: asdict(one) for name, one in tasks.items() if one.ranks},
    }


def depths(result: TaskResult) -> Mapping[int, str]:
    """How deep an answer may stand to count, and what that is called."""
    ranked = any("rank" in (score.values or {}) for score in _product(result))
    return RANKED if ranked else JUDGED


def answered(result: TaskResult) -> Answered:
    """The product's ranks, and a few digits an item that change with its words or labels."""
    scores = _product(result)
    ranks, words = ranks_of(scores, result.task.right), _words(result)
    digests = {one.id: f"{words[one.id]}\n{one.target}" for one in scores if one.id in ranks}
    return Answered(
        ranks, {name: hashlib.sha256(told.encode()).hexdigest()[:8] for name, told in digests.items()}
    )


def beside_others(result: TaskResult) -> dict[str, Rows]:
    """The product beside each other method: items it alone gets right, items only the other gets right."""
    right = result.task.right
    ours, families = ranks_of(_product(result), right), families_of(_product(result))
    if not ours or len(result.task.solvers) < 2:
        return {}
    rows = [
        [
            solver.label,
            label,
            *cells(paired(ranks_of(result.scores[solver.name], right), ours, families, depth)),
        ]
        for solver in result.task.solvers[1:]
        for depth, label in depths(result).items()
    ]
    return {f"{result.task.label}：比各法多对和少对的": [["比", "指标", *HEADING], *rows]}


def since_last(result: TaskResult, last: Record | None, made_from: Mapping[str, Any]) -> dict[str, Rows]:
    """Counts of items gained and lost since the last recorded run; a first run says that it is one."""
    title = f"{result.task.label}：与上次记录的评测比"
    if not answered(result).ranks:
        return {}
    if last is None or result.task.name not in last.tasks:
        return {title: [["说明"], ["还没有记录可比，本次结果已记下，下次评测与它比。"]]}
    found = changes(result, last)
    rows = [[label, *cells(found[depth])] for depth, label in depths(result).items()]
    return {title: [["指标", *HEADING, "其间变动"], *([*row, _differing(last, made_from)] for row in rows)]}


def lists(result: TaskResult, last: Record | None) -> dict[str, Rows]:
    """The first of the items gained and lost, with their words, for the page."""
    if last is None or result.task.name not in last.tasks:
        return {}
    found = changes(result, last)[1]
    theirs, scores = last.tasks[result.task.name].ranks, {one.id: one for one in _product(result)}
    ours, words = answered(result).ranks, _words(result)
    ranked, called = "rank" in _any_values(result), depths(result)[1]
    listed = {}
    for change, names in (("新增", found.gained), ("失去", found.lost)):
        rows = [
            [name, words[name], scores[name].target, _place(theirs[name], ranked), _place(ours[name], ranked)]
            for name in names[:LISTED]
        ]
        if rows:
            title = f"{result.task.label}：{called}{change}的（{len(rows)}/{len(names)}）"
            listed[title] = [["编号", "内容", "应为", "上次", "本次"], *rows]
    return listed


def changes(result: TaskResult, last: Record) -> dict[int, Paired]:
    """For each depth, what changed on the items that are still asked in the same words."""
    then, now = last.tasks[result.task.name], answered(result)
    same = {name: rank for name, rank in then.ranks.items() if now.marks.get(name) == then.marks[name]}
    families = families_of(_product(result))
    return {depth: paired(same, now.ranks, families, depth) for depth in depths(result)}


def cells(found: Paired) -> list[str]:
    """A comparison in the columns of HEADING."""
    apart = found.difference
    shown = f"{apart.value:+.3f} [{apart.low:+.3f}, {apart.high:+.3f}]" if apart else "–"
    p = f"{found.p:.3f}" if found.p >= 0.001 else "<0.001"
    return [str(found.n), str(len(found.gained)), str(len(found.lost)), f"{found.net:+d}", shown, p]


def _product(result: TaskResult) -> tuple[Score, ...]:
    """The product stands first among the solvers."""
    return result.scores[result.task.solvers[0].name]


def _words(result: TaskResult) -> dict[str, str]:
    return {item.id: result.task.words(item) for item in result.task.dataset}


def _any_values(result: TaskResult) -> Mapping[str, float]:
    return next((one.values for one in _product(result) if one.values and "rank" in one.values), {})


def _place(rank: int, ranked: bool) -> str:
    if not ranked:
        return "对" if rank else "错"
    return str(rank) if rank else "十名以外"


def _differing(last: Record, made_from: Mapping[str, Any]) -> str:
    """Which of the things the figures rest on are not what they were."""
    words = {"data": "标注集", "corpus": "语料或模型", "prompts": "提示词"}
    now, then = made_from["digests"], last.made_from.get("digests", {})
    return "、".join(word for key, word in words.items() if now.get(key) != then.get(key)) or "只有程序"
