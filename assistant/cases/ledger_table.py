"""A ledger as a file: CSV or XLSX, its sheets, its row of headings, and the rows below it as they stand.

Sheets of one workbook (often one for each year) are read one after the other; a sheet without the headings of a
ledger is named and left out. A heading over two rows (复议 over 受理日期 and 结果) is read as one.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.cases.ledger_headings import BY_KEY, NEEDED, Columns, columns_of, understood
from assistant.errors import InputError
from assistant.ingest.files.decoding import decode
from assistant.ingest.files.readers import file_bytes
from assistant.ingest.files.sheet_cells import Sheet, sheets
from assistant.triage.columns import HEADINGS_WITHIN

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
KINDS = (".csv", ".xlsx")
FILE_LIMIT = 100 * 1024 * 1024

Told = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Line:
    """A row under the headings: its number in the file, its words by column; `unread`: columns a cell of which
    is merged with another row's or is a formula without a result."""

    number: int
    cells: Mapping[int, str]
    unread: frozenset[int] = frozenset()


@dataclass(frozen=True)
class LedgerSheet:
    """One table of the ledger: its name ("" in a CSV file), its columns, its rows."""

    name: str
    columns: Columns
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Ledger:
    """The whole file. `digest` is that of its bytes; `passed_over` names sheets that are no ledger."""

    name: str
    digest: str
    sheets: tuple[LedgerSheet, ...]
    passed_over: tuple[str, ...]


def read_ledger(path: Path, told: Told) -> Ledger:
    """The ledger of a file. Raises InputError for another kind of file, or where no row of headings is found."""
    if path.suffix.lower() not in KINDS:
        raise InputError(
            f"“{path.name}”不能作为台账导入，可用：{'、'.join(KINDS)}；请在 Excel 或 WPS 中另存为 .xlsx。"
        )
    data = file_bytes(path, FILE_LIMIT, "请分成几份")
    if not data.strip():
        raise InputError(f"文件“{path.name}”是空的；请检查是否选对了文件。")
    read = _sheets_of(path.name, data, told)
    found = tuple(sheet for sheet in read if isinstance(sheet, LedgerSheet))
    if not found:
        raise InputError(next(str(sheet) for sheet in read))
    passed = tuple(str(sheet) for sheet in read if isinstance(sheet, InputError))
    return Ledger(path.name, sha256(data).hexdigest(), found, passed)


def _sheets_of(name: str, data: bytes, told: Told) -> list[LedgerSheet | InputError]:
    """Every sheet that holds anything: as a ledger, or as what it lacks to be one."""
    if Path(name).suffix.lower() == ".csv":
        return [_sheet("", _csv_rows(name, data), told, f"“{name}”")]
    return [
        _sheet(one.name, one.rows, told, f"“{name}”的工作表“{one.name}”", one)
        for one in sheets(name, data)
        if one.rows
    ] or [InputError(f"“{name}”里没有内容；请检查是否选对了文件。")]


def _csv_rows(name: str, data: bytes) -> dict[int, dict[int, str]]:
    text = decode(name, data)
    csv.field_size_limit(FILE_LIMIT)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=first.count), strict=True)
    try:
        return {at: dict(enumerate(cells, 1)) for at, cells in enumerate(reader, start=1)}
    except csv.Error as fault:
        raise InputError(
            f"“{name}”第 {reader.line_num} 行附近的引号不成对，读不下去；请改正，或者另存为 .xlsx 后再试。"
        ) from fault


def _sheet(
    name: str, rows: Mapping[int, Mapping[int, str]], told: Told, where: str, sheet: Sheet | None = None
) -> LedgerSheet | InputError:
    tops = sorted(rows)[:HEADINGS_WITHIN]
    heads = [head for top in tops for head in _heads(rows, top, sheet)]
    words, last = max(heads, key=lambda head: understood(head[0], told), default=({}, 0))
    if understood(words, told) < len(NEEDED) - 1:
        return _no_headings(where, rows, tops)
    columns = columns_of(words, where, told)
    lacking = [BY_KEY[key].name for key in NEEDED if key not in columns.places]
    if lacking:
        seen = "、".join(f"“{heading}”" for heading in columns.headings.values() if heading)
        return InputError(
            f"{where}缺少{'、'.join(lacking)}一栏（表头是{seen}）；请补上，或者用对照文件（--mapping）写明是哪一栏。"
        )
    return LedgerSheet(name, columns, tuple(_lines(rows, last, columns, sheet)))


def _heads(
    rows: Mapping[int, Mapping[int, str]], top: int, sheet: Sheet | None
) -> Iterator[tuple[dict[int, str], int]]:
    """A row as headings; where it has heads over several columns, with the row below them as well."""
    yield dict(rows[top]), top
    wide = (
        [area for area in sheet.merged if area.top == area.bottom == top and area.right > area.left]
        if sheet
        else []
    )
    below = rows.get(top + 1)
    if wide and below:
        joined = dict(rows[top])
        for area in wide:
            for at in range(area.left, area.right + 1):
                joined[at] = _joined(rows[top].get(area.left, ""), below.get(at, ""))
        yield joined, top + 1


def _joined(head: str, below: str) -> str:
    """复议 over 受理日期 is 复议受理日期; 申请人 over 联系电话 is 联系电话, which is known by itself."""
    joined = f"{head.strip()}{below.strip()}"
    return below if understood({1: below}, {}) and not understood({1: joined}, {}) else joined


def _no_headings(where: str, rows: Mapping[int, Mapping[int, str]], tops: Sequence[int]) -> InputError:
    first = (
        "、".join(f"“{words.strip()[:20]}”" for words in rows[tops[0]].values() if words.strip())
        if tops
        else ""
    )
    wanted = "、".join(BY_KEY[key].name for key in NEEDED)
    return InputError(
        f"{where}没有认出表头（第一行是{first or '空的'}）；表头里至少要有{wanted}。叫法不同的，用对照文件（--mapping）写明。"
    )


def _lines(
    rows: Mapping[int, Mapping[int, str]], last: int, columns: Columns, sheet: Sheet | None
) -> Iterator[Line]:
    used = {at for places in columns.places.values() for at in places}
    for number in sorted(at for at in rows if at > last):
        cells = {at: _plain(words.strip()) for at, words in rows[number].items()}
        unread = frozenset(
            at for at in used if sheet and (sheet.hidden(number, at) or (number, at) in sheet.unsolved)
        )
        if any(cells.get(at) for at in used) or unread:
            yield Line(number, cells, unread)


def _plain(words: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking words for a formula."""
    return words[1:] if words.startswith("'") and words[1:2] in FORMULA else words
