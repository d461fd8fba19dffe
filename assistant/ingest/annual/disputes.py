"""Table three of a report: fifteen figures under their heads, in one row, in groups, or one to a line.

Basis: 国办公开办函〔2021〕30号.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.ingest.annual.cells import Cell, Table, Why, read_cell
from assistant.ingest.annual.form import TableForm
from assistant.ingest.annual.places import split_digits
from assistant.ingest.annual.text import han
from assistant.ingest.annual.tokens import Run, Token

_NO_PLACE = ("ambiguous", "fused")


def read_disputes(found: Sequence[Run], table: TableForm) -> Table:
    """Every cell of the table; None where the source does not show its row."""
    read: dict[tuple[str, str], Cell] = {}
    order: list[str] = []
    for run in found:
        words = han("".join(token.text for token in run.words[-60:]))
        order = _columns(words, table) or (order if any(_at(words, table)) else [])
        if run.filled and order:
            for key, cell in _of_run(run, words, order, table).items():
                read[key] = _agreed(read.get(key), cell)
    return {
        row: {column: read.get((row, column)) for column in form.columns} for row, form in table.rows.items()
    }


def _agreed(before: Cell | None, now: Cell) -> Cell:
    """A figure that stands twice: one that has a place goes before one that has none; of two, none."""
    if before is None or before.why in _NO_PLACE or before.raw == now.raw:
        return now
    return before if now.why in _NO_PLACE else replace(before, value=None, why="repeated")


def _of_run(run: Run, words: str, order: list[str], table: TableForm) -> dict[tuple[str, str], Cell]:
    cells = _cells(run, len(order))
    keys = [(row, column) for row in _groups(words, len(cells), table) for column in order]
    if keys:
        return {key: read_cell(token.text, token.line, "件") for key, token in zip(keys, cells, strict=True)}
    raw = " ".join(token.text for token in run.filled)
    named = [row for row, at in zip(table.rows, _at(words, table), strict=True) if at]
    return {
        (row, column): Cell(None, run.filled[0].line, raw, _why(cells)) for row in named for column in order
    }


def _at(words: str, table: TableForm) -> list[int]:
    """Where each row is named among the words, counted from one; 0 where it is not."""
    return [words.find(row.label) + 1 for row in table.rows.values()]


def _cells(run: Run, width: int) -> list[Token]:
    """The cells in order: those of the one line that has values, else all from the first value to the last.

    An empty cell keeps its place on a line that is as wide as the table. At an end it may be padding that makes
    up for a cell that is gone, unless the line of heads is just as wide.
    """
    filled, whole = run.filled, 3 * width
    if len(filled) == 1 and (split := split_digits(filled[0], whole)):
        return list(split)
    if len(filled) == whole:
        return filled
    lines = {cell.line for cell in filled}
    cells = [cell for cell in run.cells if cell.line in lines]
    if len(cells) == whole + 1 and not cells[0].text:
        cells = cells[1:]
    at_ends = cells[0].text and cells[-1].text
    if len(lines) == 1 and len(cells) == whole and (at_ends or _breadth_of_heads(run) == whole):
        return cells
    at = [place for place, cell in enumerate(run.cells) if cell.text]
    return run.cells[at[0] : at[-1] + 1]


def _breadth_of_heads(run: Run) -> int:
    """How many cells the last line of heads has, its padding among them."""
    line = run.words[-1].line
    return sum(token.line == line for token in (*run.words, *run.cells))


def _why(cells: list[Token]) -> Why:
    fused = len(cells) == 1 and cells[0].text.isdecimal() and len(cells[0].text) > 1
    return "fused" if fused else "ambiguous"


def _columns(words: str, table: TableForm) -> list[str]:
    """The five results in printed order; that of the form where some of their heads are damaged."""
    at = {code: words.find(column.label) for code, column in table.columns.items()}
    seen = sorted((code for code in at if at[code] >= 0), key=lambda code: at[code])
    standard = list(table.columns)
    if len(seen) < 2 or seen == standard[-2:]:
        return []
    if len(seen) == len(standard):
        return seen
    return standard if seen == [code for code in standard if code in seen] else []


def _groups(words: str, count: int, table: TableForm) -> list[str]:
    """The rows whose figures follow: all three, or those that the words before the figures name."""
    named = dict(zip(table.rows, _at(words, table), strict=True))
    order = sorted((code for code, at in named.items() if at), key=lambda code: named[code])
    width = len(table.columns)
    if count == len(order) * width:
        return order
    whole = count == width * len(named) and order == [code for code in table.rows if code in order]
    return list(table.rows) if whole else []
