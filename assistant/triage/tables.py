"""Batches as files: JSON Lines, CSV or XLSX in and out, columns found by name, Chinese headings too."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.decoding import decode
from assistant.ingest.files.readers import file_bytes, read_lines

Row = dict[str, str]

KINDS = (".jsonl", ".csv", ".xlsx")
HEADINGS = {
    "id": ("id", "编号", "序号", "申请编号", "登记号"),
    "request": ("request", "申请内容", "请求", "申请事项", "申请书", "申请公开的内容"),
    "findings": ("findings", "查明情况", "查明的事实", "认定事实", "事实"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_rows(path: Path) -> list[Row]:
    """Rows with id, request and findings, each as words. Raises InputError naming file and heading."""
    kind = kind_of(path)
    if kind == ".jsonl":
        return [_named(row, number) for number, row in enumerate(read_lines(path, ("request",)), start=1)]
    table = _xlsx(path) if kind == ".xlsx" else _csv(path)
    places = _places(table[0] if table else [], path)
    return [
        {key: line[at].strip() if at < len(line) else "" for key, at in places.items()}
        | ({} if "id" in places else {"id": str(number)})
        for number, line in enumerate(table[1:], start=1)
        if any(cell.strip() for cell in line)
    ]


def write_rows(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table as CSV (with a mark that Excel knows as UTF-8) or XLSX; no cell is ever a formula."""
    safe = [[plain_cell(cell) for cell in row] for row in rows]
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(path, headings, safe)
        return
    text = io.StringIO()
    csv.writer(text).writerows([headings, *safe])
    path.write_text(text.getvalue(), encoding="utf-8-sig")


def plain_cell(words: str) -> str:
    """Words a spreadsheet takes for words: what would begin a formula gets an apostrophe before it."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def kind_of(path: Path) -> str:
    """The suffix of a batch file. Raises InputError for another kind."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise InputError(f"“{path.name}”的类型不能用于批量研判，可用：{'、'.join(KINDS)}。")
    return kind


def _named(row: dict[str, Any], number: int) -> Row:
    found = {key: str(row.get(key) or "") for key in HEADINGS}
    return found | ({} if found["id"] else {"id": str(number)})


def _places(headings: Sequence[str], path: Path) -> dict[str, int]:
    """Where each column stands; the request must be there."""
    plain = [heading.strip().lower() for heading in headings]
    places = {
        key: next(at for at, name in enumerate(plain) if name in names)
        for key, names in HEADINGS.items()
        if any(name in names for name in plain)
    }
    if "request" not in places:
        wanted = "、".join(HEADINGS["request"])
        raise InputError(f"“{path.name}”第一行没有申请内容一栏，列名应为其中之一：{wanted}。")
    return places


def _csv(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(decode(path.name, file_bytes(path)))))
    except csv.Error as fault:
        raise InputError(f"“{path.name}”不是有效的 CSV：{fault}。请另存为 CSV UTF-8 后再试。") from fault


def _xlsx(path: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(file_bytes(path)), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as fault:
        raise UnreadableFile(
            f"“{path.name}”不是可以打开的 XLSX；请在 Excel 或 WPS 中另存为 .xlsx 后再试。"
        ) from fault
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _write_xlsx(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "研判结果"
    for row in (headings, *rows):
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFGHI", (10, 60, 28, 24, 10, 44, 8, 44, 50), strict=True):
        sheet.column_dimensions[column].width = width
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    book.save(path)


def write_json_lines(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
