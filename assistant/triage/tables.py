"""Batches as files: JSON Lines, CSV or XLSX, columns found by name; a row that cannot be used says why."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.ingest.files.decoding import decode
from assistant.ingest.files.readers import file_bytes
from assistant.ingest.files.sheet_cells import Sheet, sheets
from assistant.triage.columns import HEADINGS_WITHIN, MEANT, Columns, columns_of, no_request
from assistant.triage.signals import WITHIN

KINDS = (".jsonl", ".csv", ".xlsx")
FILE_LIMIT = 100 * 1024 * 1024
_OTHER_TABLES = (".xls", ".xlsm", ".xlsb", ".et", ".ods")

Id = str | int | float


@dataclass(frozen=True)
class Row:
    """One request of a batch; `number` is its line or row in the file, `fault` why it cannot be judged.

    `others` are the columns that are carried through, by heading.
    """

    number: int
    id: Id
    request: str
    findings: str
    others: Mapping[str, Any]
    fault: str | None = None


@dataclass(frozen=True)
class Table:
    """A batch as read: its rows, and the headings of the columns that are carried through."""

    rows: tuple[Row, ...]
    others: tuple[str, ...]


def read_table(name: str, data: bytes) -> Table:
    """The requests of a file. Raises InputError where it has none that could be found."""
    if not data.strip():
        raise InputError(f"文件“{name}”是空的；请检查是否选对了文件。")
    rows = tuple(_READERS[Path(name).suffix.lower()](name, data))
    if not rows:
        raise InputError(f"“{name}”里没有申请：表头下面没有内容。请检查是否选对了文件。")
    others = dict.fromkeys(heading for row in rows for heading in row.others)
    return Table(tuple(_checked(_numbered(rows))), tuple(others))


def table_bytes(path: Path) -> bytes:
    """The bytes of a batch file. Raises InputError for another kind of file, a missing or a huge one."""
    kind_of(path)
    return file_bytes(path, FILE_LIMIT, "请分成几份")


def kind_of(path: Path) -> str:
    """The suffix of a batch file. Raises InputError for another kind."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        advice = "；请在 Excel 或 WPS 中另存为 .xlsx 后再试" if kind in _OTHER_TABLES else ""
        raise InputError(f"“{path.name}”的类型不能用于批量研判，可用：{'、'.join(KINDS)}{advice}。")
    return kind


def _json_lines(name: str, data: bytes) -> Iterator[Row]:
    """A line that is no object is a row that cannot be used; a file with none that is one is no batch."""
    lines = [
        (number, line) for number, line in enumerate(decode(name, data).split("\n"), start=1) if line.strip()
    ]
    found = [(number, _object(line)) for number, line in lines]
    if not any(found for _, found in found):
        raise InputError(
            f"“{name}”第 {lines[0][0]} 行不是有效的 JSON；每行应当是一个对象，含 id、request、findings。"
        )
    for number, row in found:
        yield _of_object(number, row) if row else Row(number, "", "", "", {}, "这一行不是有效的 JSON 对象")


def _object(line: str) -> dict[str, Any] | None:
    """The object of a line; None where it is none, or holds halves of characters that no file can keep."""
    try:
        found = json.loads(line, parse_constant=_refuse)
        if "\\u" in line:
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refuse(constant: str) -> None:
    """NaN and Infinity are no JSON, and no number."""
    raise ValueError(constant)


def _of_object(number: int, row: dict[str, Any]) -> Row:
    headings = dict(enumerate(row))
    try:
        columns = columns_of(headings, "这一行")
    except InputError as fault:
        return Row(number, "", "", "", {}, str(fault).rstrip("。"))
    held = {key: row[headings[at]] for key, at in columns.places.items()}
    others = {heading: row[headings[at]] for at, heading in columns.others.items()}
    id_ = held.get("id", "")
    id_ = id_ if isinstance(id_, str | int | float) and not isinstance(id_, bool) else ""
    if not columns.usable:
        return Row(number, id_, "", "", others, "这一行没有 request（申请内容）")
    for key in ("request", "findings"):
        if not isinstance(held.get(key), str | None):
            return Row(number, id_, "", "", others, f"{MEANT[key]}不是文字")
    return Row(number, id_, held["request"] or "", held.get("findings") or "", others)


def _csv(name: str, data: bytes) -> Iterator[Row]:
    text = decode(name, data)
    csv.field_size_limit(FILE_LIMIT)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=first.count), strict=True)
    try:
        rows = dict(enumerate(reader, start=1))
    except csv.Error as fault:
        raise InputError(
            f"“{name}”第 {reader.line_num} 行附近的引号不成对，读不下去；请改正，或者另存为 .xlsx 后再试。"
        ) from fault
    return _of_lines(f"“{name}”", {at: dict(enumerate(cells, 1)) for at, cells in rows.items()})


def _xlsx(name: str, data: bytes) -> Iterator[Row]:
    """The one sheet that has requests."""
    found = sheets(name, data)
    usable = [sheet for sheet in found if any(_head(f"“{name}”", sheet.rows))]
    if len(usable) > 1:
        named = "、".join(f"“{sheet.name}”" for sheet in usable)
        raise InputError(f"“{name}”有几张工作表都有申请内容：{named}；请只留一张，或者分别另存。")
    if not usable:
        first = next((list(sheet.rows.values())[0] for sheet in found if sheet.rows), {})
        raise no_request(f"“{name}”", list(first.values()))
    (sheet,) = usable
    return _of_lines(f"“{name}”", sheet.rows, sheet)


_READERS = {".jsonl": _json_lines, ".csv": _csv, ".xlsx": _xlsx}


def _head(where: str, lines: Mapping[int, Mapping[int, str]]) -> tuple[int, Columns] | tuple[()]:
    """The row of headings, among the first few, and what it names."""
    for at in sorted(lines)[:HEADINGS_WITHIN]:
        columns = columns_of(lines[at], where)
        if columns.usable:
            return at, columns
    return ()


def _of_lines(
    where: str, lines: Mapping[int, Mapping[int, str]], sheet: Sheet | None = None
) -> Iterator[Row]:
    head = _head(where, lines)
    if not head:
        first = next((cells for _, cells in sorted(lines.items()) if any(cells.values())), {})
        raise no_request(where, list(first.values()))
    top, columns = head
    for at in sorted(at for at in lines if at > top):
        solved = sheet is None or not any((at, place) in sheet.unsolved for place in columns.places.values())
        if not solved or any(words.strip() for words in lines[at].values()):
            yield _of_cells(at, lines[at], columns, sheet)


def _of_cells(at: int, cells: Mapping[int, str], columns: Columns, sheet: Sheet | None) -> Row:
    held = {key: cells.get(place, "").strip() for key, place in columns.places.items()}
    others = {heading: cells.get(place, "") for place, heading in columns.others.items()}
    known = {*columns.places.values(), *columns.others}
    fault = _fault_of_sheet(at, columns, sheet) if sheet else None
    beyond = [words for place, words in cells.items() if place not in known and words.strip()]
    if beyond and not sheet:
        fault = f"比表头多出 {len(beyond)} 格，多半是文字里的逗号没有加引号"
    elif beyond:
        others |= {f"第{place}列": words for place, words in cells.items() if place not in known}
    return Row(at, held.get("id", ""), held["request"], held.get("findings", ""), others, fault)


def _fault_of_sheet(at: int, columns: Columns, sheet: Sheet) -> str | None:
    """What a merged cell or a formula hides of a row that is needed to judge it."""
    for key, place in columns.places.items():
        if sheet.hidden(at, place):
            return f"{MEANT[key]}与别的格合并了，分不清属于哪一行；请取消合并后各行分别填写"
        if (at, place) in sheet.unsolved:
            return f"{MEANT[key]}是公式，没有算出结果；请改成文字"
    return None


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without an id are called by their number, or by their place where another row has that id."""
    rows = tuple(rows)
    taken = {str(row.id).strip() for row in rows}
    for count, row in enumerate(rows, start=1):
        if str(row.id).strip():
            yield row
        else:
            yield replace(row, id=str(count) if str(count) not in taken else f"第{row.number}行")


def _checked(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with what speaks against judging them: an id twice, no words, more than a letter's."""
    first: dict[str, int] = {}
    for row in rows:
        earlier = first.setdefault(str(row.id), row.number)
        fault = row.fault
        if earlier != row.number:
            fault = fault or f"编号与第 {earlier} 行重复；请改用不重复的编号"
        if not row.request.strip():
            fault = fault or "申请内容是空的；请填写申请书的正文"
        for key in ("request", "findings"):
            length = len(getattr(row, key))
            if length > WITHIN:
                fault = fault or f"{MEANT[key]}有 {length} 字，超过 {WITHIN} 字，不像一件申请；请只保留正文"
        yield replace(row, fault=fault)
