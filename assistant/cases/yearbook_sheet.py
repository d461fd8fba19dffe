"""The yearly tables as a workbook: laid out as the form prints them, the checks, and the cases behind each cell.

Basis: 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.cases.yearbook import Yearbook
from assistant.ingest.annual.form import ReportForm, TableForm

_STATUS = {"holds": "相符", "fails": "不符", "unavailable": "没有核对"}
_NAMES = {"requests": "申请情况", "disputes": "复议诉讼"}
_LABEL_WIDTH, _WIDTH = 52, 14


def write_workbook(yearbook: Yearbook, form: ReportForm, path: Path) -> None:
    """The file: one sheet a table, one of checks and notes, one of the cases of every cell that counts any."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, title in _NAMES.items():
        _fill(book.create_sheet(title), list(_table(yearbook, form.tables[name])))
    _fill(book.create_sheet("核对"), list(_checks(yearbook)))
    _fill(book.create_sheet("各格的案件"), list(_cases(yearbook, form)))
    book.save(path)


def _table(yearbook: Yearbook, table: TableForm) -> Iterator[list[object]]:
    heads = [column.label for column in table.columns.values()]
    yield [f"{yearbook.year}年 {table.title}", *heads]
    for code, row in table.rows.items():
        cells = [yearbook.report.value(table.code, code, column) for column in table.columns]
        yield [f"{row.under} {row.mark}{row.label}".strip(), *cells]


def _checks(yearbook: Yearbook) -> Iterator[list[object]]:
    yield ["说明", "规则", "范围", "结果"]
    for note in yearbook.notes:
        yield [note, "请留意", "", ""]
    for check in yearbook.audit.checks:
        yield [check.message, check.id, check.scope, _STATUS[check.status]]


def _cases(yearbook: Yearbook, form: ReportForm) -> Iterator[list[object]]:
    yield ["行", "表", "栏", "件数", "案件"]
    for (table, row, column), numbers in yearbook.cells.items():
        if numbers:
            head = form.tables[table]
            labels = [head.rows[row].printed, _NAMES[table], head.columns[column].label]
            yield [*labels, len(numbers), "、".join(numbers)]


def _fill(sheet: Any, lines: list[list[object]]) -> None:
    from openpyxl.styles import Alignment, Font

    for line in lines:
        sheet.append(line)
    sheet.freeze_panes = "B2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, column in enumerate(sheet.columns):
        sheet.column_dimensions[column[0].column_letter].width = _WIDTH if place else _LABEL_WIDTH
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"
