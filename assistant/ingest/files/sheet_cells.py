"""A workbook as a grid of cells, for tables that people keep: words with their line breaks, row by row.

Unlike a published report (see sheet_text), nothing hidden is left out: a row somebody filtered away is still
a row of the table. Which places a merged cell covers, and which formulas have no result, can be asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.errors import InputError, UnreadableFile
from assistant.ingest.files.office_package import Package, opened_package, refuse_entities
from assistant.ingest.files.sheet_numbers import shown
from assistant.ingest.files.sheet_text import column_number, number_formats, part_of_sheet

PART_LIMIT = 400 * 1024 * 1024

_S = "{*}"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_AREA = re.compile(rf"{_CELL.pattern}:{_CELL.pattern}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Area:
    """A merged cell: the rows and columns it covers, both ends counted."""

    top: int
    left: int
    bottom: int
    right: int

    def hides(self, row: int, column: int) -> bool:
        """Whether a place lies under the merged cell without being the place its words stand in."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


@dataclass(frozen=True)
class Sheet:
    """Rows that hold words, by number; cells by column (1 is A). `unsolved`: formulas without a result."""

    name: str
    rows: Mapping[int, Mapping[int, str]]
    unsolved: frozenset[tuple[int, int]]
    merged: tuple[Area, ...]

    def hidden(self, row: int, column: int) -> bool:
        """Whether a merged cell covers the place."""
        return any(area.hides(row, column) for area in self._merged_by_row.get(row, ()))

    @cached_property
    def _merged_by_row(self) -> Mapping[int, Sequence[Area]]:
        by_row: dict[int, list[Area]] = {}
        last = max(self.rows, default=0)
        for area in self.merged:
            for row in range(area.top, min(area.bottom, last) + 1):
                by_row.setdefault(row, []).append(area)
        return by_row


def sheets(name: str, data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook.

    Raises InputError for an empty file, and UnreadableFile for one that is damaged, locked by a password,
    of the old kind or too large.
    """
    if not data.strip():
        raise InputError(f"文件“{name}”是空的；请检查是否选对了文件。")
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(_old_or_locked(name, data))
    with opened_package(name, data, ".xlsx", "Excel") as package:
        main = package.main_part("xl/workbook.xml")
        targets = package.targets(main)
        kinds = dict(targets.values())
        words, formats = _shared_words(package, kinds), number_formats(package, kinds)
        book = package.tree(main, PART_LIMIT)
        setting = book.find(f"{_S}workbookPr")
        reader = _Reader(words, formats, setting is not None and setting.get("date1904") in ("1", "true"))
        return [
            _sheet(package, part, str(sheet.get("name", "")), reader)
            for sheet in book.iter(f"{_S}sheet")
            if (part := part_of_sheet(sheet, targets))
        ]


def _old_or_locked(name: str, data: bytes) -> str:
    if _ENCRYPTED in data:
        return f"文件“{name}”加了密码，打不开；请在 Excel 或 WPS 中去掉密码后另存为 .xlsx。"
    return f"文件“{name}”其实是旧版工作簿（.xls）；请在 Excel 或 WPS 中打开后另存为 .xlsx。"


def _shared_words(package: Package, kinds: Mapping[str, str]) -> list[str]:
    part = kinds.get("sharedStrings")
    if part is None:
        return []
    return [_words(entry) for entry in package.tree(part, PART_LIMIT).iter(f"{_S}si")]


def _words(entry: Any) -> str:
    """The text of an entry with its line breaks, without the pinyin that stands over it."""
    texts = (text for text in entry.iter(f"{_S}t") if not text.getparent().tag.endswith("}rPh"))
    return _unescaped("".join(text.text or "" for text in texts))


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words) if "_x" in words else words


@dataclass(frozen=True)
class _Reader:
    """What the cells of every sheet refer to."""

    words: Sequence[str]
    formats: Sequence[str]
    from_1904: bool

    def cell(self, cell: Any) -> str | None:
        """What a cell shows; None for a formula that has no result, or an error for one."""
        kind, raw = cell.get("t", "n"), cell.findtext(f"{_S}v")
        if kind == "inlineStr":
            return _words(cell)
        if kind == "e" or (not raw and kind != "str" and cell.find(f"{_S}f") is not None):
            return None
        if not raw:
            return ""
        if kind == "s":
            return self.words[int(raw)]
        if kind == "n":
            style = int(cell.get("s") or 0)
            return shown(raw, self.formats[style] if style < len(self.formats) else "General", self.from_1904)
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        return _unescaped(raw)


def _sheet(package: Package, part: str, name: str, reader: _Reader) -> Sheet:
    from lxml import etree

    rows: dict[int, dict[int, str]] = {}
    unsolved, merged, at = set[tuple[int, int]](), list[Area](), 0
    with package.stream(part, PART_LIMIT) as stream:
        reading = etree.iterparse(
            stream, tag=(f"{_S}row", f"{_S}mergeCell"), resolve_entities=False, no_network=True
        )
        for _, element in reading:
            if element.tag.endswith("}mergeCell"):
                merged += _areas(element.get("ref", ""))
                continue
            at = int(element.get("r") or at + 1)
            cells = dict(_cells(element, reader))
            unsolved |= {(at, column) for column, words in cells.items() if words is None}
            if any(cells.values()) or any(words is None for words in cells.values()):
                rows[at] = {column: words or "" for column, words in cells.items()}
            element.clear()
    refuse_entities(reading.root)
    return Sheet(name, rows, frozenset(unsolved), tuple(merged))


def _cells(row: Any, reader: _Reader) -> Iterator[tuple[int, str | None]]:
    at = 0
    for cell in row:
        found = _CELL.fullmatch(cell.get("r") or "")
        at = column_number(found[1]) if found else at + 1
        yield at, reader.cell(cell)


def _areas(ref: str) -> Iterator[Area]:
    found = _AREA.fullmatch(ref)
    if found:
        left, top, right, bottom = found.groups()
        yield Area(int(top), column_number(left), int(bottom), column_number(right))
