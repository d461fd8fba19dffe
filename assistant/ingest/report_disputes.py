"""Table three of a report: fifteen figures under their heads, in one row, in groups, or one to a line.

Basis: 国办公开办函〔2021〕30号.
"""

from collections.abc import Sequence

from assistant.ingest.report_cells import Cell, Table, read_cell
from assistant.ingest.report_form import TableForm
from assistant.ingest.report_places import Layout, Placed, place
from assistant.ingest.report_text import han
from assistant.ingest.report_tokens import Run

_LAYOUT = Layout({}, spread=False, fused=False)


def read_disputes(found: Sequence[Run], table: TableForm) -> Table:
    """Every cell of the table; None where the source does not show its row."""
    read: dict[tuple[str, str], Cell] = {}
    doubled: set[tuple[str, str]] = set()
    for run in found:
        for key, cell in _of_run(run, table).items():
            before = read.setdefault(key, cell)
            if before.raw != cell.raw:
                doubled.add(key)
    for key in doubled:
        read[key] = Cell(None, read[key].line, read[key].raw, "repeated")
    return {
        row: {column: read.get((row, column)) for column in form.columns} for row, form in table.rows.items()
    }


def _of_run(run: Run, table: TableForm) -> dict[tuple[str, str], Cell]:
    words = han("".join(token.text for token in run.words[-40:]))
    order = _columns(words, table)
    if not run.filled or not order:
        return {}
    groups = _groups(words, len(run.filled), table)
    keys = [(row, column) for row in groups for column in order]
    if not keys:
        return {}
    placed = _placed(run, len(keys))
    if not placed.values:
        raw = " ".join(token.text for token in run.filled)
        why = placed.why or "ambiguous"
        return {key: Cell(None, run.filled[0].line, raw, why) for key in keys}
    return {
        key: read_cell(token.text, token.line, "件") for key, token in zip(keys, placed.values, strict=True)
    }


def _columns(words: str, table: TableForm) -> list[str]:
    """The five results in printed order; that of the form where some of their heads are damaged."""
    at = {code: words.find(han(column.label)) for code, column in table.columns.items()}
    seen = sorted((code for code in at if at[code] >= 0), key=lambda code: at[code])
    if len(seen) < 2 and not any(han(row.label) in words for row in table.rows.values()):
        return []
    standard = list(table.columns)
    if len(seen) == len(standard):
        return seen
    return standard if seen == [code for code in standard if code in seen] else []


def _groups(words: str, count: int, table: TableForm) -> list[str]:
    """The rows whose figures follow: all three, or those that the words before the figures name."""
    named = {code: words.find(han(row.label)) for code, row in table.rows.items()}
    order = sorted((code for code, at in named.items() if at >= 0), key=lambda code: named[code])
    width = len(table.columns)
    if count == len(order) * width:
        return order
    if len(order) < len(named) and count == width * len(named):
        return list(table.rows) if order == [code for code in table.rows if code in order] else []
    suits = [code for code in order if code != "review"]
    if len(order) > 1 and count == len(suits) * width:
        return suits
    return order if len(order) == len(named) else []


def _placed(run: Run, width: int) -> Placed:
    """The figures in order; an empty cell keeps its place where the row has as many cells as heads."""
    lines = {cell.line for cell in run.filled}
    cells = [cell for cell in run.cells if cell.line in lines] if len(lines) == 1 else run.cells
    if len(cells) == width + 1 and not cells[0].text:
        cells = cells[1:]
    if len(cells) == width:
        return Placed(tuple(cells))
    return place(run, 1, width, _LAYOUT)
