"""Figures as tables: aligned for a terminal, Markdown for a page, plain objects for a machine."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.intervals import Interval
from evals.task import Figure, Task, TaskResult, View

Rows = list[list[str]]


def tables(result: TaskResult) -> dict[str, Rows]:
    """Every view of a task: title → rows, the first of them the heading."""
    found = {}
    for view in result.task.views:
        names = {solver.name: solver.label for solver in result.task.solvers if view.shows(solver.name)}
        figures = [figure for figure in result.figures if figure.view == view.key]
        found[title_of(result.task, view)] = _rows(figures, names)
    return {title: rows for title, rows in found.items() if len(rows) > 1}


def title_of(task: Task[Any, Any], view: View[Any]) -> str:
    """The title of a view's table."""
    return f"{task.label}：{view.label}"


def terminal(shown: Mapping[str, Rows]) -> str:
    """Tables under their titles, in aligned columns."""
    return "\n\n".join(f"{title}\n{aligned_table(rows)}" for title, rows in shown.items())


def plain(figure: Figure) -> dict[str, Any]:
    """One figure for JSON; value, low, high and n are null where nothing applied."""
    row = asdict(figure)
    interval = row.pop("interval") or dict.fromkeys(("value", "low", "high", "n"))
    return row | {
        key: round(value, 4) if isinstance(value, float) else value for key, value in interval.items()
    }


def aligned_table(rows: Rows) -> str:
    """Rows (the first is the heading) in columns of equal width; Chinese characters count as two."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def markdown_table(rows: Rows) -> str:
    """Rows (the first is the heading) as a Markdown table."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _rows(figures: Sequence[Figure], names: dict[str, str]) -> Rows:
    """One row a group and metric, one column a solver; n is that of the first solver the metric applies to."""
    by_row: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in figures:
        by_row.setdefault((figure.group, figure.label), {})[figure.solver] = figure
    heading = ["分组", "指标", "n", *names.values()]
    body = [
        [group, label, str(_count(cells)), *(_cell(cells[name], _count(cells)) for name in names)]
        for (group, label), cells in by_row.items()
        if any(cell.interval for cell in cells.values())
    ]
    return [heading, *body]


def _count(cells: dict[str, Figure]) -> int:
    return next(cell.interval.n for cell in cells.values() if cell.interval)


def _cell(figure: Figure, n: int) -> str:
    """A figure with its interval; its own n where that is not the row's."""
    own = f"（n={figure.interval.n}）" if figure.interval and figure.interval.n != n else ""
    failed = f"（{figure.unscored} 件未评）" if figure.unscored else ""
    return _shown(figure.interval) + own + failed


def _shown(interval: Interval | None) -> str:
    return f"{interval.value:.3f} [{interval.low:.3f}, {interval.high:.3f}]" if interval else "–"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
