"""Pictures any task can have: every method beside the others, and the product beside one of them in each group."""

from collections.abc import Iterator

from evals.charts import Bar, bars
from evals.task import Extras, Figure, Picture, TaskResult

PRODUCT = "assistant"
WHOLE = "全部"
# More groups than these make no picture anybody reads.
MOST = 24


def told(result: TaskResult, metric: str, beside: str, views: tuple[str, ...]) -> Extras:
    """The methods over everything, and each view's groups with `beside` as a hollow mark."""
    found = [
        *_methods(result, metric),
        *(one for view in views for one in _groups(result, metric, beside, view)),
    ]
    return Extras(pictures=tuple(found))


def _methods(result: TaskResult, metric: str) -> Iterator[Picture]:
    task, labels = result.task, _labels(result)
    shown: dict[str, Figure] = {}
    for figure in result.figures:
        if (figure.metric, figure.group) == (metric, WHOLE) and figure.interval:
            shown.setdefault(figure.solver, figure)
    rows = [
        Bar(labels[name], figure.interval, strong=name == PRODUCT)
        for name, figure in shown.items()
        if figure.interval
    ]
    if len(rows) > 1:
        caption = f"各种方法：{shown[PRODUCT].label}"
        yield Picture(
            f"{task.name}-methods",
            caption,
            task.views[0].key,
            bars(f"{task.label}：{caption}", _note(result), rows),
        )


def _groups(result: TaskResult, metric: str, beside: str, view: str) -> Iterator[Picture]:
    task = result.task
    cells: dict[str, dict[str, Figure]] = {}
    for figure in result.figures:
        if (figure.view, figure.metric) == (view, metric):
            cells.setdefault(figure.group, {})[figure.solver] = figure
    rows = [
        Bar(group, ours.interval, by[beside].interval if beside in by else None)
        for group, by in cells.items()
        if (ours := by.get(PRODUCT)) and ours.interval
    ]
    if 1 < len(rows) <= MOST:
        label = next(one.label for one in task.views if one.key == view)
        caption = f"{label}：{next(iter(cells.values()))[PRODUCT].label}"
        svg = bars(f"{task.label}：{caption}", _note(result), rows, _labels(result).get(beside, ""))
        yield Picture(f"{task.name}-{view}", caption, view, svg)


def _labels(result: TaskResult) -> dict[str, str]:
    return {solver.name: solver.label for solver in result.task.solvers}


def _note(result: TaskResult) -> str:
    return f"n={len(result.task.dataset)}，同一情景的成组抽样，95% 区间"
