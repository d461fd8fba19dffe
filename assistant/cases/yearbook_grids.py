"""The three tables of the yearly report as Word tables, laid out as the form prints them.

Lengths are centimetres of the page's 15.6. Basis: 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from assistant.cases.yearbook_text import ReportText
from assistant.ingest.annual.form import Row, TableForm
from assistant.ingest.annual.report import Report

CELL, HEAD_CELL = "表格文字", "表格标题"

_LABELS = 3
_FIGURES = 7
_PUBLICATION = (4.8, 3.6, 3.6, 3.6)
_REQUESTS = (1.3, 1.9, 4.72, *[1.097] * _FIGURES)
_DISPUTES = (1.04,) * 15
_MONEY = "万元"

Place = tuple[int, int]


def publication_grid(document: Any, report: Report, table: TableForm, text: ReportText) -> None:
    """Table one: each item of 条例第二十条 over its rows; a cell that nobody has filled is marked."""
    grid = _Grid(document, _publication_height(text), _PUBLICATION)
    place = 0
    for block in text.blocks:
        grid.span((place, 0), (place, 3), block.title, HEAD_CELL)
        place = _heads(grid, place + 1, [table.rows[code] for code in block.rows], table, text)
        for code in block.rows:
            row = table.rows[code]
            grid.put((place, 0), row.label, left=True)
            for column, (first, last) in zip(row.columns, _thirds(len(row.columns)), strict=True):
                value = report.value("publication", code, column)
                words = text.print["open_cell"] if value is None else str(value)
                grid.span((place, first), (place, last), words)
            place += 1
    grid.finish(heads=0, height=0.7)


def requests_grid(document: Any, report: Report, table: TableForm, text: ReportText) -> None:
    """Table two with its three lines of heads and its three columns of titles."""
    columns = list(table.columns)
    grid = _Grid(document, len(table.rows) + 3, _REQUESTS)
    grid.span((0, 0), (2, _LABELS - 1), text.print["corner"], CELL)
    grid.span((0, _LABELS), (0, _LABELS + len(columns) - 1), text.print["applicants"], HEAD_CELL)
    inside = {code for group in table.column_groups.values() for code in group.of}
    for place, code in enumerate(columns, start=_LABELS):
        top = 2 if code in inside else 1
        grid.span((top, place), (2, place), table.columns[code].label, HEAD_CELL)
    for group in table.column_groups.values():
        ends = [_LABELS + columns.index(code) for code in group.of]
        grid.span((1, min(ends)), (1, max(ends)), group.label, HEAD_CELL)
    for place, (code, row) in enumerate(table.rows.items(), start=3):
        for at, column in enumerate(columns, start=_LABELS):
            grid.put((place, at), str(report.value(table.code, code, column)))
        _titles(grid, place, row, text)
    _merge_down(grid, list(table.rows.values()))
    grid.finish(heads=3, height=0.56)


def disputes_grid(document: Any, report: Report, table: TableForm, text: ReportText) -> None:
    """Table three: one line of figures; the two kinds of suits under one head."""
    columns = list(table.columns)
    width = len(columns)
    grid = _Grid(document, 4, _DISPUTES)
    suits = [place for place, row in enumerate(table.rows.values()) if row.under]
    if suits:
        grid.span((0, suits[0] * width), (0, (suits[-1] + 1) * width - 1), text.print["lawsuits"], HEAD_CELL)
    for group, (code, row) in enumerate(table.rows.items()):
        first = group * width
        grid.span((1 if row.under else 0, first), (1, first + width - 1), row.label, HEAD_CELL)
        for place, column in enumerate(columns, start=first):
            grid.put((2, place), table.columns[column].label, HEAD_CELL)
            grid.put((3, place), str(report.value(table.code, code, column)))
    grid.finish(heads=3, height=0.7)


def _publication_height(text: ReportText) -> int:
    return sum(2 + len(block.rows) for block in text.blocks)


def _thirds(number: int) -> Iterator[tuple[int, int]]:
    """The three columns of figures dealt out to one column or to three."""
    wide = 3 // number
    return ((1 + place * wide, (place + 1) * wide) for place in range(number))


def _heads(grid: "_Grid", place: int, rows: Sequence[Row], table: TableForm, text: ReportText) -> int:
    """The line of heads of a block; the place below it."""
    columns = rows[0].columns
    unit = text.print["unit"].format(unit=_MONEY) if rows[0].unit == _MONEY else ""
    grid.put((place, 0), text.print["heads"], HEAD_CELL)
    for code, (first, last) in zip(columns, _thirds(len(columns)), strict=True):
        grid.span((place, first), (place, last), f"{table.columns[code].label}{unit}", HEAD_CELL)
    return place + 1


def _titles(grid: "_Grid", place: int, row: Row, text: ReportText) -> None:
    """A row's own title beside the head it stands under."""
    title = f"{row.mark}{text.printed.get(row.code, row.label)}"
    first, last = (0, 2) if not row.under else (2, 2) if "." in row.code else (1, 2)
    grid.span((place, first), (place, last), title, left=True)


def _merge_down(grid: "_Grid", rows: Sequence[Row]) -> None:
    """The heads in the first two columns, each over all of its rows."""
    results = [place for place, row in enumerate(rows, start=3) if row.under]
    head = next(row.under for row in rows if row.under and "." not in row.code)
    grid.span((results[0], 0), (results[-1], 0), head)
    for under, group in groupby(enumerate(rows, start=3), key=lambda one: one[1].under):
        places = [place for place, row in group if "." in row.code]
        if places:
            grid.span((places[0], 1), (places[-1], 1), under)


class _Grid:
    """A Word table of fixed widths under construction."""

    def __init__(self, document: Any, rows: int, widths: Sequence[float]) -> None:
        self.table = document.add_table(rows=rows, cols=len(widths))
        self.table.style = "Table Grid"
        self.widths = widths
        self.cells = [list(row.cells) for row in self.table.rows]

    def put(self, at: Place, words: str, style: str = CELL, left: bool = False) -> None:
        """Words in one cell."""
        _write(self.cells[at[0]][at[1]], words, style, left)

    def span(self, first: Place, last: Place, words: str, style: str = CELL, left: bool = False) -> None:
        """Words in one cell over several."""
        cell = self.cells[first[0]][first[1]]
        if first != last:
            cell = cell.merge(self.cells[last[0]][last[1]])
        _write(cell, words, style, left)

    def finish(self, heads: int, height: float) -> None:
        """Widths, rows at least so high that stay whole, and the heads repeated on the next page."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Cm

        self.table.autofit = False
        self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(self.table.columns, self.widths, strict=True):
            column.width = Cm(width)
        _narrow_margins(self.table)
        for number, row in enumerate(self.table.rows):
            _keep_whole(row, repeated=number < heads)
            row.height = Cm(height)
            place = 0
            for cell in row._tr.tc_lst:
                cell.width = Cm(sum(self.widths[place : place + cell.grid_span]))
                place += cell.grid_span


def _write(cell: Any, words: str, style: str, left: bool) -> None:
    """One paragraph in the middle of the cell's height; titles of rows at the left."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for further in cell.paragraphs[1:]:
        further._p.getparent().remove(further._p)
    paragraph = cell.paragraphs[0]
    paragraph.text = words
    paragraph.style = style
    if left:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _narrow_margins(table: Any) -> None:
    """A millimetre beside the words, so that three characters fit a narrow column."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _keep_whole(row: Any, repeated: bool) -> None:
    from docx.oxml import OxmlElement

    held = row._tr.get_or_add_trPr()
    held.append(OxmlElement("w:cantSplit"))
    if repeated:
        held.append(OxmlElement("w:tblHeader"))
