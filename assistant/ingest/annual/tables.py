"""Figures out of a report's tables, however the page was flattened.

The tables are never cut by counting cells. Each row is found by its printed title, and the values up to
the next title are its own. A row whose values cannot be told apart stays unavailable; a lost figure is
never taken for zero. A row that no line names has no cell at all.
Basis: 政府信息公开条例第五十条; 国办公开办函〔2021〕30号、〔2019〕60号.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.ingest.annual.cells import Cell, Number, Table, Why, read_cell, read_number
from assistant.ingest.annual.disputes import read_disputes
from assistant.ingest.annual.form import ReportForm, TableForm
from assistant.ingest.annual.heads import (
    Columns,
    Head,
    head_after,
    opens_block,
    publication_columns,
    request_columns,
)
from assistant.ingest.annual.labels import Labels, row_of
from assistant.ingest.annual.places import Layout, Placed, layout_of, own_cells, place
from assistant.ingest.annual.text import han
from assistant.ingest.annual.tokens import Line, Run, runs

__all__ = ["Cell", "Line", "Number", "Table", "has_rows", "read_number", "read_tables"]

_TELLING = {"publication": 4, "requests": 8}


@dataclass(frozen=True)
class _Found:
    """A run that belongs to a row, and the columns it may have, the likeliest first."""

    row: str
    run: Run
    columns: tuple[Columns, ...]
    depth: int


def read_tables(zones: Mapping[str, Sequence[Line]], form: ReportForm, kind: str) -> dict[str, Table]:
    """The three tables by code, each from its own lines; `kind` is the form that the labels tell.

    Every row of the form is there, its cells None where the source has no such row. A group such as
    （六）其他处理 has a row of its own only where figures stand in it. A report on the form of 2019 has that
    form's rows and columns in table one.
    """
    found = {
        "publication": _publication_rows(runs(zones["publication"]), form, kind),
        "requests": _request_rows(runs(zones["requests"]), form),
    }
    if _torn([row for rows in found.values() for row in rows]):
        found = {code: [_emptied(row) for row in rows] for code, rows in found.items()}
    layouts = {code: layout_of(_widths(rows)) for code, rows in found.items()}
    fused = any(layout.fused for layout in layouts.values())
    short = any(layout.short for layout in layouts.values())
    tables = {
        code: _table(rows, replace(layouts[code], fused=fused, short=short), _table_form(form, code, kind))
        for code, rows in found.items()
    }
    return {**tables, "disputes": read_disputes(runs(zones["disputes"]), form.tables["disputes"])}


def _torn(rows: Sequence[_Found]) -> bool:
    """Whether the page lost every line that stood on it before: no figure comes twice, and rows lack some.

    Titles may be lost with the figures then, so that a row may hold those of the next.
    """
    apart = [row for row in rows if row.run.filled and own_cells(row.run)[0].line != row.run.words[-1].line]
    texts = [cell.text for row in apart for cell in row.run.filled]
    short = sum(all(len(row.run.filled) < len(one.codes) for one in row.columns) for row in apart)
    return short > 1 and len(set(texts)) == len(texts)


def _emptied(row: _Found) -> _Found:
    """A row without the figures that do not stand on the line of its title."""
    line = row.run.words[-1].line
    return replace(row, run=Run(row.run.words, [cell for cell in row.run.cells if cell.line == line]))


def has_rows(words: str, form: ReportForm, table: str) -> bool:
    """Whether Chinese characters alone, as `han` leaves them, hold titles of a table's rows or heads."""
    if table == "disputes":
        columns = form.tables[table].columns.values()
        return any(column.label in words for column in columns if column.code != "total")
    titles = [title for title in form.labels[table].longest if len(title) >= _TELLING[table]]
    return any(title in words for title in titles)


def _table_form(form: ReportForm, code: str, kind: str) -> TableForm:
    return form.former[code] if kind == form.former_form and code in form.former else form.tables[code]


def _widths(rows: Sequence[_Found]) -> Iterator[tuple[Run, int, int]]:
    return ((found.run, found.depth, len(found.columns[0].codes)) for found in rows if found.columns)


def _request_rows(found: Sequence[Run], form: ReportForm) -> list[_Found]:
    table, labels = form.tables["requests"], form.labels["requests"]
    columns = tuple(table.columns)
    rows: list[_Found] = []
    before: str | None = None
    head: tuple[Columns, ...] = ()
    for run in found:
        code = row_of(run.words, labels, before) if run.words and run.filled else None
        _note_bare(run, labels, rows, (Columns(columns),), full=code is None)
        if code:
            if before is None:
                head = request_columns(run, labels, columns)
            rows.append(_Found(code, run, head, _depth(code)))
            before = code
    return _two_columns(rows, columns)


def _two_columns(rows: list[_Found], columns: tuple[str, ...]) -> list[_Found]:
    """Rows of two equal figures under seven heads: natural persons and the total, the rest left out.

    Believed only where some such row shows 0 and 0, so that it is not zeros that were left out, and where
    no row has two figures that differ.
    """
    two = {id(row): _pair(row) for row in rows}
    pairs = {pair for pair in two.values() if pair}
    if ("0", "0") not in pairs or any(one != other for one, other in pairs):
        return rows
    few = (Columns((columns[0], columns[-1]), inferred=True),)
    return [replace(row, columns=few) if two[id(row)] else row for row in rows]


def _pair(row: _Found) -> tuple[str, str] | None:
    texts = [cell.text for cell in own_cells(row.run)]
    return (texts[0], texts[1]) if len(texts) == 2 and all(text.isdecimal() for text in texts) else None


def _depth(code: str) -> int:
    """How many label cells stand before a row's figures."""
    return {"new": 1, "carried_in": 1, "carried_out": 1, "grant": 2, "partial": 2, "total_handled": 2}.get(
        code, 3
    )


def _publication_rows(found: Sequence[Run], form: ReportForm, kind: str) -> list[_Found]:
    """Rows under the statutory heads: a table of the office's own that stands before them is left out."""
    labels = form.labels["publication"]
    words = [han("".join(token.text for token in run.words)) for run in found]
    begins = next((at for at, one in enumerate(words) if opens_block(one, labels)), 0)
    rows: list[_Found] = []
    head = Head()
    for at in range(begins, len(found)):
        run = found[at]
        head = head_after(head, words[at], labels)
        code = row_of(run.words, labels, None) if run.words and run.filled else None
        _note_bare(run, labels, rows, (), full=code is None)
        if code:
            rows.append(_Found(code, run, publication_columns(code, head, form, kind), 1))
    return rows


def _note_bare(
    run: Run, labels: Labels, rows: list[_Found], columns: tuple[Columns, ...], full: bool
) -> None:
    """Rows whose title stands among the words without any value after it."""
    ends = len(run.words) if full and not run.filled else len(run.words) - 1
    for at, token in enumerate(run.words[:ends]):
        code = labels.exact.get(token.text)
        if code:
            ended = at == len(run.words) - 1 and run.cells
            blank = [token._replace(text="")] if at in run.blank_after or ended else []
            rows.append(_Found(code, Run([token], blank), columns, 0))


def _table(rows: Sequence[_Found], layout: Layout, table: TableForm) -> Table:
    read: dict[str, dict[str, Cell]] = {}
    for found in rows:
        unit = table.rows[found.row].unit if found.row in table.rows else "件"
        cells = _cells(found, layout, unit, table)
        if cells:
            read[found.row] = _joined(read.get(found.row), cells)
    whole: dict[str, dict[str, Cell | None]] = {
        code: {column: read.get(code, {}).get(column) for column in (*row.columns, *read.get(code, {}))}
        for code, row in table.rows.items()
    }
    groups = {code: dict(cells) for code, cells in read.items() if code not in whole and _shows(cells)}
    return {**whole, **groups}


def _shows(cells: Mapping[str, Cell]) -> bool:
    return any(cell.value is not None or cell.why not in ("lost", "blank") for cell in cells.values())


def _cells(found: _Found, layout: Layout, unit: str, table: TableForm) -> dict[str, Cell]:
    """The cells of one run: placed in the first set of columns that they fit."""
    tried = [
        (columns, place(found.run, found.depth, len(columns.codes), layout)) for columns in found.columns
    ]
    for columns, placed in tried:
        if placed.values:
            pairs = zip(columns.codes, placed.values, strict=True)
            cells = {c: read_cell(t.text, t.line, _unit(unit, c), columns.unit) for c, t in pairs}
            return (
                {c: replace(cell, inferred=True) for c, cell in cells.items()} if columns.inferred else cells
            )
    return _unplaced(found, tried[0] if tried else None, table)


def _unit(unit: str, column: str) -> str:
    return "" if column == "purchase_amount" else unit


def _unplaced(found: _Found, tried: tuple[Columns, Placed] | None, table: TableForm) -> dict[str, Cell]:
    row = table.rows.get(found.row)
    codes = tried[0].codes if tried else row.columns if row else tuple(table.columns)
    bare: Why = "ambiguous" if found.run.filled else "blank" if found.run.cells else "lost"
    why = (tried[1].why if tried else None) or bare
    raw = " ".join(token.text for token in own_cells(found.run) if token.text)
    line = found.run.words[-1].line
    return {code: Cell(None, line, raw, why) for code in codes}


def _joined(before: dict[str, Cell] | None, now: dict[str, Cell]) -> dict[str, Cell]:
    """A row that stands twice: the one with figures, or none where their figures differ."""
    if before is None:
        return now
    first, second = _printed(before.values()), _printed(now.values())
    if not second or (first and set(second) <= set(first) and len(second) <= len(first)):
        return before
    if not first or (set(first) <= set(second) and len(first) < len(second)):
        return now
    return {code: replace(cell, value=None, why="repeated") for code, cell in {**now, **before}.items()}


def _printed(cells: Iterable[Cell]) -> list[str]:
    """What stands in a row, cell by cell; the words of an unplaced row once."""
    shown = [cell.raw for cell in cells if cell.why not in ("lost", "blank")]
    unplaced = [cell.raw for cell in cells if cell.why in ("ambiguous", "fused", "repeated")]
    return unplaced[0].split() if unplaced else shown
