"""Figures as tables: aligned for a terminal, Markdown for a page, plain objects for a machine."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.intervals import Interval
from evals.task import Figure, TaskResult

Rows = list[list[str]]


def tables(result: TaskResult) -> dict[str, Rows]:
    """Every view of a task: title → rows, the first of them the heading."""
    found = {}
    for view in result.task.views:
        names = {solver.name: solver.label for solver in result.task.solvers if view.shows(solver.name)}
        figures = [figure for figure in result.figures if figure.view == view.key]
        found[f"{result.task.label}：{view.label}"] = _rows(figures, names)
    return found


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
        [group, label, _count(cells), *(_cell(cells[name]) for name in names)]
        for (group, label), cells in by_row.items()
        if any(cell.interval for cell in cells.values())
    ]
    return [heading, *body]


def _count(cells: dict[str, Figure]) -> str:
    return str(next(cell.interval.n for cell in cells.values() if cell.interval))


def _cell(figure: Figure) -> str:
    failed = f"（{figure.unscored} 件未评）" if figure.unscored else ""
    return _shown(figure.interval) + failed


def _shown(interval: Interval | None) -> str:
    return f"{interval.value:.3f} [{interval.low:.3f}, {interval.high:.3f}]" if interval else "–"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
