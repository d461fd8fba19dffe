"""The whole register as a workbook: a sheet for reading, then every table as it is, so that it can come back.

Words that a spreadsheet could take for a formula, and empty words (an empty cell is nothing), stand behind an
apostrophe. Words a cell cannot hold as they are (too long, a carriage return) stand in the sheet 续文.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.cases.copying import CopyHead
from assistant.cases.ledger_table import FORMULA
from assistant.cases.schema import METADATA
from assistant.errors import RegisterFault
from assistant.ingest.files.readers import file_bytes
from assistant.ingest.files.sheet_cells import Sheet, sheets
from assistant.triage.workbook import HEAD, NOTE, Line, Page

ABOUT, LONG = "导出说明", "续文"
FILE_LIMIT = 1024 * 1024 * 1024
CELL, PART = 20_000, 20_000

_FORMULA = (*FORMULA, "\t", "\r", "'")
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEE = "……（全文见“续文”表）"
_NOTES = (
    "这份文件是登记簿的全部内容，可以用 assistant case import 读回一个空的登记簿；附件的原文不在其中。",
    "“台账”供阅读，其余各表逐栏照登记簿的表写出；改动任何一格，读回时都会被审计记录发现。",
)


@dataclass
class Sheets:
    """The tables as sheets while they are written; `long` are the words that stand apart."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    long: list[Line] = field(default_factory=list)

    def add(self, name: str, row: dict[str, Any]) -> None:
        """One row of a table."""
        columns = list(METADATA.tables[name].c.keys())
        lines = self.lines.setdefault(name, [Line(tuple(columns), HEAD)])
        at = len(lines) + 1
        lines.append(Line(tuple(self._cell(name, at, column, row[column]) for column in columns)))

    def pages(self, head: CopyHead) -> list[Page]:
        """The sheet that says what this is, each table that holds rows, and the long words."""
        about = [Line((words,), NOTE) for words in _NOTES] + [Line((head.line(),), NOTE)]
        found = [Page(ABOUT, (120.0,), about, head=False)]
        for name, lines in self.lines.items():
            found.append(Page(name, tuple(20.0 for _ in lines[0].cells), lines))
        if self.long:
            found.append(
                Page(LONG, (16.0, 8.0, 16.0, 80.0), [Line(("表", "行", "栏", "文字"), HEAD), *self.long])
            )
        return found

    def _cell(self, name: str, at: int, column: str, value: str | int | None) -> str:
        if value is None:
            return ""
        words = safe(str(value))
        if len(words) <= CELL and not _UNFIT.search(words):
            return words
        said = json.dumps(str(value))
        for start in range(0, len(said), PART):
            self.long.append(Line((name, str(at), column, f"'{said[start : start + PART]}")))
        return safe(_UNFIT.sub("", str(value)[:200])) + _SEE


def safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula or for nothing."""
    return f"'{words}" if not words or words.startswith(_FORMULA) else words


def unsafe(words: str) -> str:
    """Words as they were."""
    return words[1:] if words.startswith("'") else words


def read_sheets(path: Path) -> Iterator[str]:
    """A workbook as the lines of a copy, the head first. Raises RegisterFault where it is no such workbook."""
    found = {sheet.name: sheet for sheet in sheets(path.name, file_bytes(path, FILE_LIMIT, "请改用 .jsonl"))}
    if ABOUT not in found:
        raise RegisterFault(f"“{path.name}”里没有“{ABOUT}”，不是登记簿的导出文件。")
    yield found[ABOUT].rows.get(len(_NOTES) + 1, {}).get(1, "")
    long = _long(found[LONG]) if LONG in found else {}
    for name in (table.name for table in METADATA.sorted_tables):
        if name in found:
            yield from _rows(found[name], long)


def _long(sheet: Sheet) -> dict[tuple[str, int, str], str]:
    whole: dict[tuple[str, int, str], str] = {}
    for at in sorted(sheet.rows)[1:]:
        name, row, column, words = (sheet.rows[at].get(place, "") for place in (1, 2, 3, 4))
        key = (name, int(row) if row.isdigit() else 0, column)
        whole[key] = whole.get(key, "") + unsafe(words)
    return whole


def _rows(sheet: Sheet, long: dict[tuple[str, int, str], str]) -> Iterator[str]:
    top = min(sheet.rows)
    columns = sheet.rows[top]
    table = METADATA.tables[sheet.name]
    numbers = {column.name for column in table.c if column.type.python_type is int}
    for at in sorted(at for at in sheet.rows if at > top):
        cells = ((column, sheet.rows[at].get(place, "")) for place, column in columns.items())
        row = {
            column: long.get((sheet.name, at, column)) or _value(words, column in numbers)
            for column, words in cells
        }
        yield f"[{json.dumps(sheet.name)}, {{{', '.join(_pairs(row))}}}]"


def _value(words: str, number: bool) -> str:
    """A cell as JSON."""
    if not words:
        return "null"
    return words if number else json.dumps(unsafe(words))


def _pairs(row: dict[str, str]) -> Iterable[str]:
    return (f"{json.dumps(column)}: {value}" for column, value in row.items())
