"""The gate against falling back: each figure that matters beside that of a kept run, with a stated tolerance.

It is for whoever changes a rule, a prompt, a set or the program: what got worse by more than is said in
tolerances.yaml fails, with the figure, the tolerance and the reason.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.law.rules import read_rules, require_keys
from assistant.settings import ROOT
from evals.tables import Rows, plain
from evals.task import TaskResult

TOLERANCES = ROOT / "evals" / "tolerances.yaml"
PRODUCT = "assistant"
BETTER = {"higher": 1, "lower": -1}
_ROW = {
    "task": (str,),
    "view": (str,),
    "group": (str,),
    "metric": (str,),
    "better": (str,),
    "by": (int, float),
    "why": (str,),
}
# Figures are kept to four places: a difference below half of the last one is none.
_ROUNDING = 0.00005
# Figures over what the product itself chose to answer: their n moves with it.
COUNTS_ITSELF = ("right_when_answered", "grounded", "cited", "basis")

Place = tuple[str, str, str, str]


@dataclass(frozen=True)
class Tolerance:
    """How much worse (`by`) one figure of the product may get, and why no more; `better` is +1 or −1."""

    place: Place
    better: int
    by: float
    why: str


@dataclass(frozen=True)
class Held:
    """A figure held against the baseline: both values with their n, and what is wrong (nothing: it holds)."""

    tolerance: Tolerance
    label: str
    before: tuple[float, int] | None
    now: tuple[float, int] | None
    fault: str


def read_tolerances(path: Path = TOLERANCES) -> tuple[Tolerance, ...]:
    """The rows of the file. Raises CorpusError or InputError naming the row that cannot be used."""
    found = []
    for number, row in enumerate(read_rules(path).get("tolerances") or (), start=1):
        require_keys(row, _ROW, f"{path.name} 第{number}条")
        if row["better"] not in BETTER or row["by"] < 0:
            raise InputError(f"{path.name} 第{number}条：better 应为 higher 或 lower，by 不能小于零。")
        place = row["task"], row["view"], row["group"], row["metric"]
        found.append(Tolerance(place, BETTER[row["better"]], float(row["by"]), row["why"]))
    if not found:
        raise InputError(f"{path.name} 里没有 tolerances，门槛无从比起。请恢复这个文件。")
    return tuple(found)


def read_baseline(path: Path) -> dict[Place, Mapping[str, Any]]:
    """The product's figures of a kept latest.json by their place. Raises InputError where it is none."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["figures"]
        return {_place(row): row for row in rows if row["solver"] == PRODUCT}
    except FileNotFoundError:
        raise InputError(f"找不到基线：{path}。请写以前评测留下的 latest.json。") from None
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise InputError(f"基线 {path} 不是评测结果（latest.json）。请换一份。") from fault


def gate(
    results: Sequence[TaskResult],
    baseline: Mapping[Place, Mapping[str, Any]],
    tolerances: Iterable[Tolerance],
) -> tuple[Held, ...]:
    """Each tolerance of a task that ran, held against the baseline."""
    figures = (plain(figure) for result in results for figure in result.figures)
    now = {_place(row): row for row in figures if row["solver"] == PRODUCT}
    ran = {result.task.name for result in results}
    return tuple(
        _held(one, baseline.get(one.place), now.get(one.place)) for one in tolerances if one.place[0] in ran
    )


def verdict(held: Sequence[Held]) -> Rows:
    """The gate as a table, what fails first."""
    rows = [
        [
            "·".join(part for part in (one.tolerance.place[0], one.tolerance.place[2]) if part != "全部"),
            one.label,
            _shown(one.before),
            _shown(one.now),
            f"{one.now[0] - one.before[0]:+.4f}" if one.before and one.now else "–",
            f"{one.tolerance.by:g}",
            one.fault or "守住",
        ]
        for one in sorted(held, key=lambda one: not one.fault)
    ]
    return [["任务", "指标", "基线", "本次", "变化", "容许变差", "结论"], *rows]


def _held(tolerance: Tolerance, before: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Held:
    label = str((now or before or {}).get("label", tolerance.place[3]))
    pair = _value(before), _value(now)
    return Held(tolerance, label, *pair, _fault(tolerance, *pair, int((now or {}).get("unscored", 0))))


def _fault(
    tolerance: Tolerance, before: tuple[float, int] | None, now: tuple[float, int] | None, unscored: int
) -> str:
    if now is None:
        return "本次没有这个数"
    if before is None:
        return "基线里没有这个数，请重定基线"
    if unscored:
        return f"{unscored} 件没有评成"
    if before[1] != now[1] and tolerance.place[3] not in COUNTS_ITSELF:
        return f"件数由 {before[1]} 变为 {now[1]}，不能相比，请重定基线"
    worse = tolerance.better * (before[0] - now[0])
    return f"变差：{tolerance.why}" if worse > tolerance.by + _ROUNDING else ""


def _value(row: Mapping[str, Any] | None) -> tuple[float, int] | None:
    return None if row is None or row["value"] is None else (float(row["value"]), int(row["n"]))


def _place(row: Mapping[str, Any]) -> Place:
    return row["task"], row["view"], row["group"], row["metric"]


def _shown(found: tuple[float, int] | None) -> str:
    return f"{found[0]:.4f}（n={found[1]}）" if found else "–"
