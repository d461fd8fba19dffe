"""Two runs beside each other, out of their logs: what the later one gained and lost, item by item, in words."""

from collections.abc import Mapping
from pathlib import Path

from assistant.errors import InputError
from evals.gains import HEADING, cells
from evals.log import Log, Logged, read_log
from evals.paired import families_of, paired, ranks_of
from evals.tables import Rows
from evals.task import Score

LISTED = 50
LENGTH = 160


def compare(earlier: Path, later: Path) -> dict[str, Rows]:
    """The product of two runs on the items both put to it in the same words, with McNemar's exact p.

    Raises InputError where a log cannot be read or the two share no task.
    """
    before, after = read_log(earlier), read_log(later)
    shared = [name for name in after.tasks if name in before.tasks]
    if not shared:
        raise InputError("两次评测没有相同的任务，没有可比的。请各写一次评测的结果目录。")
    counted: Rows = [["任务", *HEADING]]
    listed: dict[str, Rows] = {}
    for name in shared:
        row, lists = _task(before.tasks[name], after.tasks[name])
        counted.append([after.tasks[name].label, *row])
        listed |= lists
    return {"两次评测的差别": [*counted], "两次评测的依据": _grounds(before, after), **listed}


def _task(before: Logged, after: Logged) -> tuple[list[str], dict[str, Rows]]:
    then, now = _product(before), _product(after)
    same = {
        name
        for name in then.keys() & now.keys()
        if before.words[name] == after.words[name] and then[name].target == now[name].target
    }
    first, second = (
        ranks_of([one for one in side.values() if one.id in same], after.right) for side in (then, now)
    )
    found = paired(first, second, families_of(list(now.values())), depth=1)
    lists = {}
    for change, names in (("新增", found.gained), ("失去", found.lost)):
        rows = [
            [
                name,
                _short(after.words[name]),
                now[name].target,
                _short(then[name].answer),
                _short(now[name].answer),
            ]
            for name in names[:LISTED]
        ]
        if rows:
            title = f"{after.label}：{change}的（{len(rows)}/{len(names)}）"
            lists[title] = [["编号", "内容", "应为", "前一次", "后一次"], *rows]
    return cells(found), lists


def _product(task: Logged) -> Mapping[str, Score]:
    """The product stands first among the methods."""
    scores = next(iter(task.scores.values()), [])
    return {score.id: score for score in scores}


def _grounds(before: Log, after: Log) -> Rows:
    """What the two rest on: digests, versions, settings, the machine; only what differs."""
    rows = [
        [f"{part}.{key}", str(first.get(key, "–")), str(second.get(key, "–"))]
        for part in sorted({*before.made_from, *after.made_from})
        for first, second in [(before.made_from.get(part, {}), after.made_from.get(part, {}))]
        for key in sorted({*first, *second})
        if first.get(key) != second.get(key)
    ]
    return [["依据", "前一次", "后一次"], *(rows or [["（全部相同）", "", ""]])]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LENGTH else f"{line[:LENGTH]}…"
