"""The pictures of the classification task: methods, recall, borders, confusions, calibration, risk."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.law.outcomes import Outcomes
from evals.charts import Bar, Bin, Curve, Heat, bars, heat, reliability, risk
from evals.classification_views import ANSWERS, SURE, outcome_names
from evals.intervals import Interval, bootstrap
from evals.metrics import risks
from evals.pictures import BLUE, GREY, ORANGE
from evals.task import Figure, Picture, Score, TaskResult
from evals.train_weighing import RISK

PRODUCT, COPYING = "assistant", "nearest"
# Guessing the commonest outcome is wrong nine times in ten whatever is left out: a curve of it would hide the others.
COLOURS = dict(zip(SURE[:3], (BLUE, ORANGE, GREY), strict=True))
# Where the curve of risk begins: the share wrong among a handful says nothing.
FEWEST = 0.1
BAND = np.linspace(0.2, 1.0, 17)


def pictures(result: TaskResult, outcomes: Outcomes) -> tuple[Picture, ...]:
    """Every picture the figures allow; few items leave some of them out."""
    return tuple(_pictures(result, outcomes))


def _pictures(result: TaskResult, outcomes: Outcomes) -> Iterator[Picture]:
    task, label, n = result.task.name, result.task.label, len(result.task.dataset)
    base = f"{n} 件申请，按情景成组计算 95% 区间"
    for view, caption, other in (
        ("outcome", "各处理结果判对的", COPYING),
        ("border", "各处难分界线判对的", COPYING),
    ):
        rows = _rows(result, view, other)
        if len(rows) > 1:
            svg = bars(f"{label}：{caption}", base, rows, ANSWERS[other])
            yield Picture(f"{task}-{view}", caption, view, svg)
    rows = _methods(result)
    if rows:
        yield Picture(f"{task}-methods", "各种方法", "all", bars(f"{label}：各种方法首位判对的", base, rows))
    scores = result.scores[PRODUCT]
    yield Picture(
        f"{task}-confusion",
        "混淆矩阵：判成了什么",
        "precision",
        heat(
            f"{label}：混淆矩阵",
            f"{n} 件申请；每行是标注的结果，每列是本程序判的结果",
            _heat(scores, outcomes),
        ),
    )
    bins = _bins(result)
    if bins:
        error = _figure(result, "all", "全部", "probability")
        told = f"，ECE {error.value:.3f} [{error.low:.3f}, {error.high:.3f}]" if error else ""
        svg = reliability(f"{label}：所称的概率与实际", f"{n} 件申请{told}", bins)
        yield Picture(f"{task}-reliability", "所称的概率与实际", "reliability", svg)
    curves = _curves(result)
    if curves:
        note = f"{n} 件申请；阴影是本程序的 95% 区间；圆点是按本程序的弃权规则"
        yield Picture(
            f"{task}-risk",
            "答得越多，错得越多",
            "risk",
            risk(f"{label}：只答有把握的，会错多少", note, curves, RISK),
        )


def _rows(result: TaskResult, view: str, other: str) -> list[Bar]:
    """The product's share right in each group, with another method's beside it."""
    groups = dict.fromkeys(figure.group for figure in result.figures if figure.view == view)
    found = ((g, _figure(result, view, g, "top1"), _figure(result, view, g, "top1", other)) for g in groups)
    return [Bar(_bare(group), ours, theirs) for group, ours, theirs in found if ours]


def _methods(result: TaskResult) -> list[Bar]:
    """Every method's share right."""
    found = ((name, _figure(result, "all", "全部", "top1", name)) for name in ANSWERS)
    return [Bar(ANSWERS[name], figure, strong=name == PRODUCT) for name, figure in found if figure]


def _heat(scores: tuple[Score, ...], outcomes: Outcomes) -> Heat:
    """Outcomes that were neither labelled nor said have no place in it."""
    seen = {code for score in scores if score.values for code in (score.target, score.answer)}
    codes = [code for code in outcomes if code in seen]
    groups = [outcomes[code].group for code in codes]
    rules = [at for at in range(1, len(groups)) if groups[at] != groups[at - 1]]
    names = outcome_names(outcomes)
    return Heat([_bare(names[code]) for code in codes], matrix(scores, codes), rules)


def matrix(scores: Sequence[Score], codes: Sequence[str]) -> list[list[int]]:
    """How often each outcome (rows: the label) was taken for each (columns: what was said)."""
    counts = Counter((score.target, score.answer) for score in scores if score.values)
    return [[counts[label, said] for said in codes] for label in codes]


def _bins(result: TaskResult) -> list[Bin]:
    groups = dict.fromkeys(figure.group for figure in result.figures if figure.view == "reliability")
    found = (
        (_figure(result, "reliability", g, "probability"), _figure(result, "reliability", g, "top1"))
        for g in groups
    )
    return [Bin(claimed.value, right) for claimed, right in found if claimed and right]


def _curves(result: TaskResult) -> list[Curve]:
    curves = []
    for name in COLOURS:
        said = [score for score in result.scores.get(name, ()) if "probability" in (score.values or {})]
        if len(said) * FEWEST >= 1:
            ours = name == PRODUCT
            curves.append(
                Curve(
                    ANSWERS[name],
                    COLOURS[name],
                    _risk_points(said),
                    _band(said) if ours else (),
                    _operating(result) if ours else None,
                )
            )
    return curves


def _risk_points(said: list[Score]) -> list[tuple[float, float]]:
    found = risks(*_sure_and_wrong(said))
    first = max(0, round(FEWEST * len(said)) - 1)
    return [((at + 1) / len(said), float(found[at])) for at in range(first, len(said))]


def _band(said: list[Score]) -> list[tuple[float, float, float]]:
    """Bounds of the risk at some coverages, with whole families drawn."""
    sure, wrong = _sure_and_wrong(said)
    found: list[tuple[float, float, float]] = []
    for share in BAND:

        def at_share(rows: np.ndarray, share: float = float(share)) -> float:
            return float(risks(sure[rows], wrong[rows])[max(1, round(share * len(rows))) - 1])

        interval = bootstrap([score.family for score in said], at_share, rounds=500)
        if interval:
            found.append((float(share), interval.low, interval.high))
    return found


def _sure_and_wrong(said: list[Score]) -> tuple[np.ndarray, np.ndarray]:
    values = [score.values or {} for score in said]
    return np.array([v["probability"] for v in values]), np.array([1 - v["top1"] for v in values])


def _operating(result: TaskResult) -> tuple[float, float] | None:
    answered = _figure(result, "all", "全部", "answered")
    right = _figure(result, "all", "全部", "right_when_answered")
    return (answered.value, 1 - right.value) if answered and right else None


def _figure(result: TaskResult, view: str, group: str, metric: str, solver: str = PRODUCT) -> Interval | None:
    wanted = (view, group, metric, solver)
    return next((f.interval for f in result.figures if _place(f) == wanted), None)


def _place(figure: Figure) -> tuple[str, str, str, str]:
    return figure.view, figure.group, figure.metric, figure.solver


def _bare(name: str) -> str:
    """A group's name without the code before it: a picture is for people."""
    code, _, label = name.partition(" ")
    return label if label and not code.isdigit() else name
