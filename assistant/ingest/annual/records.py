"""The figures of many reports kept in one file beside the index, so that a question does not read them all again.

Only what a figure is answered from is kept: whose report it is, and every cell with its place. The prose stays
in the reports themselves. The file is told by a digest of what it was made from and is never read for another.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.ingest.annual.cells import Cell, Number, Table
from assistant.ingest.annual.report import Report

_PLAIN = ("agency", "short_name", "upper", "year", "index_number", "form", "source", "origin", "first_line")
_TABLES = ("publication", "requests", "disputes")


def kept_figures(path: Path, read: Callable[[], Sequence[Report]]) -> tuple[Report, ...]:
    """The reports as kept in a file, or as read now and then kept there."""
    found = _load(path)
    if found is None:
        found = tuple(read())
        _keep(path, found)
    return found


def _load(path: Path) -> tuple[Report, ...] | None:
    """Nothing where nothing was kept, or the file is damaged."""
    try:
        return tuple(_report(row) for row in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, reports: Sequence[Report]) -> None:
    """Written whole or not at all; figures kept for other files leave."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    rows = [_row(report) for report in reports]
    draft.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    draft.replace(path)
    for other in path.parent.glob(f"*{path.suffix}"):
        if other != path:
            other.unlink(missing_ok=True)


def _row(report: Report) -> dict[str, Any]:
    row: dict[str, Any] = {key: getattr(report, key) for key in _PLAIN}
    row["published_on"] = report.published_on.isoformat() if report.published_on else None
    row["places"] = dict(report.places)
    row["tables"] = {name: _cells(report.tables[name]) for name in _TABLES}
    return row


def _cells(table: Table) -> dict[str, dict[str, list[Any] | None]]:
    return {
        row: {
            column: [_number(cell.value), cell.line, cell.raw, cell.why, cell.unit] if cell else None
            for column, cell in cells.items()
        }
        for row, cells in table.items()
    }


def _number(value: Number | None) -> int | str | None:
    """A decimal is kept as it was printed."""
    return str(value) if isinstance(value, Decimal) else value


def _report(row: dict[str, Any]) -> Report:
    day = row["published_on"]
    found: dict[str, Any] = {key: row[key] for key in _PLAIN}
    found |= {name: _table(row["tables"][name]) for name in _TABLES}
    found["published_on"] = date.fromisoformat(day) if day else None
    found["places"] = {int(line): words for line, words in row["places"].items()}
    return Report(**found, sections=())


def _table(found: dict[str, dict[str, list[Any] | None]]) -> Table:
    return {
        row: {column: _cell(cell) if cell else None for column, cell in cells.items()}
        for row, cells in found.items()
    }


def _cell(found: list[Any]) -> Cell:
    value, line, raw, why, unit = found
    return Cell(Decimal(value) if isinstance(value, str) else value, line, raw, why, unit)
