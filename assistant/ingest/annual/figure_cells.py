"""A figure taken from its cell, or added up from several, with words that name table, row and column."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.ingest.annual.figure_questions import Asked
from assistant.ingest.annual.form import Column, ReportForm, Row, TableForm
from assistant.ingest.annual.report import Report
from assistant.ingest.annual.tables import Number

_ORDINALS = "一二三四五六"


@dataclass(frozen=True)
class FigureCell:
    """A figure with its address. Labels are as printed; `key` is table, row and column by code.

    `place` says where in a file with pages or sheets its line stands; empty where the line itself is the place.
    """

    agency: str
    year: int
    table: str
    row: str
    column: str
    value: Number
    unit: str
    source: str
    line: int
    key: tuple[str, str, str]
    place: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure in words. `value` is None where the report does not show every cell it needs."""

    name: str
    value: Number | None
    unit: str
    cells: tuple[FigureCell, ...]

    @property
    def said(self) -> str:
        """The figure with its unit; a sum names the rows that are not zero."""
        if self.value is None:
            return "未能从报告中读出"
        total = f"{self.value}{self.unit}"
        if len(self.cells) == 1:
            return f"为{total}"
        parts = [f"“{_part(cell, self)}”{cell.value}{self.unit}" for cell in self.cells if cell.value]
        return f"合计{total}（{'、'.join(parts)}，其余为0）" if parts else f"合计{total}（各项均为0）"


def take_figure(report: Report, one: Asked, form: ReportForm) -> Figure:
    """The figure asked for, added up where it is a group of rows or columns."""
    table = form.tables[one.table]
    row, column = table.row(one.row), table.column(one.column)
    wanted = [(r, c) for r in row.of or (row.code,) for c in column.of or (column.code,)]
    cells = [_cell(report, table, r, c) for r, c in wanted]
    shown = tuple(cell for cell in cells if cell)
    value = sum((cell.value for cell in shown), 0) if len(shown) == len(cells) else None
    return Figure(_name(table, row, column), value, row.unit, shown)


def table_name(table: TableForm) -> str:
    """The table by the section it stands in: “三、收到和处理政府信息公开申请情况”表."""
    return f"“{_ORDINALS[table.section - 1]}、{table.title}”表"


def percent(part: Number, whole: Number) -> str:
    """A share to one decimal: 12 of 18 is 66.7%."""
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.1'))}%"


def _cell(report: Report, table: TableForm, row: str, column: str) -> FigureCell | None:
    cell = report.cell(table.code, row, column)
    if cell is None or cell.value is None or report.agency is None or report.year is None:
        return None
    return FigureCell(
        agency=report.agency,
        year=report.year,
        table=f"{_ORDINALS[table.section - 1]}、{table.title}",
        row=table.rows[row].printed,
        column=table.columns[column].label,
        value=cell.value,
        unit=table.rows[row].unit,
        source=report.source,
        line=cell.line,
        key=(table.code, row, column),
        place=report.places.get(cell.line, ""),
    )


def _name(table: TableForm, row: Row, column: Column) -> str:
    rows = f"“{row.printed}”{'各行' if row.of else '行'}"
    return f"{rows}“{column.label}”{'各列' if column.of else '列'}"


def _part(cell: FigureCell, figure: Figure) -> str:
    """What tells one cell of a sum from the others: its row, its column, or both."""
    rows, columns = {c.row for c in figure.cells}, {c.column for c in figure.cells}
    words = ([cell.row] if len(rows) > 1 else []) + ([cell.column] if len(columns) > 1 else [])
    return " ".join(words)
