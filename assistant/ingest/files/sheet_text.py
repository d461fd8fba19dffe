"""A published report as a spreadsheet: every sheet one below the other, a row a line, cells as shown.

Read from the parts of the file itself, row after row: merged places, hidden rows and the difference
between an empty cell and no cell at all are in them, and a million empty rows cost nothing to keep.
"""

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import UnreadableFile
from assistant.ingest.files.office_package import Package, opened_package, refuse_entities
from assistant.ingest.files.sheet_numbers import BUILT_IN, GENERAL, shown
from assistant.ingest.files.table_rows import SPAN_LIMIT, CellWords, PlacedLine, joined, row_text

# A sheet of a million rows with nothing in them has some 60 MB of mark-up and is read in seconds.
PART_LIMIT = 100 * 1024 * 1024
# A report fills some hundred rows; a whole province's figures some ten thousand.
ROWS_LIMIT = 50_000
# Places covered by merged cells; the tables of a report have about a hundred.
PLACES_LIMIT = 1_000_000

# Two editions of the format differ in their namespaces only.
_S = "{*}"
_RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
# Rows that hold no words, formatted ones too: sheets with a million of them are common, and are the one
# thing that would make reading slow. They are passed over before anything is parsed.
_EMPTY_ROW = re.compile(rb'<row\b[^<>]*\br="\d+"[^<>]*(?:/>|>(?:\s*<c\b[^<>]*/>)*\s*</row>)')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


_SheetRow = tuple[int, dict[int, CellWords]]


@dataclass(frozen=True)
class _Book:
    """What the cells of every sheet refer to: shared words, number formats, and the calendar."""

    words: Sequence[str]
    formats: Sequence[str]
    from_1904: bool


@dataclass
class _Sheet:
    """Rows with words in them by number, cells by column; places covered by merged cells; hidden columns."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    covered: dict[int, set[int]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def sheet_lines(name: str, data: bytes) -> list[PlacedLine]:
    """Lines of a workbook, each placed by sheet and row; what is hidden in it is left out.

    Raises UnreadableFile where the file is damaged, encrypted or too large.
    """
    with opened_package(name, data, ".xlsx", "Excel") as package:
        main = package.main_part("xl/workbook.xml")
        workbook = package.tree(main, PART_LIMIT)
        targets = package.targets(main)
        setting = workbook.find(f"{_S}workbookPr")
        from_1904 = setting is not None and setting.get("date1904") in ("1", "true")
        kinds = dict(targets.values())
        book = _Book(_shared_words(package, kinds), number_formats(package, kinds), from_1904)
        lines: list[PlacedLine] = []
        for sheet in workbook.iter(f"{_S}sheet"):
            part = part_of_sheet(sheet, targets)
            if part:
                lines += _lines(_sheet(package, part, book), str(sheet.get("name", "")))
        return lines


def part_of_sheet(sheet: Any, targets: Mapping[str, tuple[str, str]]) -> str | None:
    """Where a sheet of the workbook stands; None for one that is hidden or holds no cells."""
    relation = next((sheet.get(name) for name in _RELATION if sheet.get(name)), "")
    kind, part = targets.get(relation, ("", ""))
    visible = kind == "worksheet" and sheet.get("state", "visible") == "visible"
    return part if visible else None


def _shared_words(package: Package, kinds: Mapping[str, str]) -> list[str]:
    part = kinds.get("sharedStrings")
    if part is None:
        return []
    return [_words(entry) for entry in package.tree(part, PART_LIMIT).iter(f"{_S}si")]


def _words(entry: Any) -> str:
    """The text of an entry, without the pinyin that stands over it."""
    texts = (text for text in entry.iter(f"{_S}t") if not text.getparent().tag.endswith("}rPh"))
    return joined("".join(text.text or "" for text in texts).split("\n"))


def number_formats(package: Package, kinds: Mapping[str, str]) -> list[str]:
    """The number format of each style a cell may have. `kinds`: last word of a relation's type → part."""
    part = kinds.get("styles")
    if part is None:
        return []
    styles = package.tree(part, PART_LIMIT)
    own = {int(entry.get("numFmtId")): entry.get("formatCode", "") for entry in styles.iter(f"{_S}numFmt")}
    used = (int(style.get("numFmtId", 0)) for style in styles.iterfind(f"{_S}cellXfs/{_S}xf"))
    return [own.get(number) or BUILT_IN.get(number, GENERAL) for number in used]


def _sheet(package: Package, part: str, book: _Book) -> _Sheet:
    from lxml import etree

    sheet, areas, at = _Sheet(), list[str](), 0
    tags = (f"{_S}row", f"{_S}mergeCell", f"{_S}col")
    with package.stream(part, PART_LIMIT) as stream:
        marked = io.BytesIO(_EMPTY_ROW.sub(b"", stream.read()))
        reading = etree.iterparse(marked, tag=tags, resolve_entities=False, no_network=True)
        for _, element in reading:
            tag = etree.QName(element).localname
            if tag == "row":
                at = int(element.get("r") or at + 1)
                cells = {} if element.get("hidden") in ("1", "true") else _cells(element, book)
                if any(cells.values()):
                    sheet.rows[at] = cells
            elif tag == "col":
                _hide(sheet, element)
            else:
                areas.append(element.get("ref", ""))
            _let_go(element)
            if len(sheet.rows) > ROWS_LIMIT:
                raise UnreadableFile(
                    f"文件“{package.name}”的行太多（超过 {ROWS_LIMIT} 行有内容），不像年度报告；请只保留报告所在的工作表。"
                )
    refuse_entities(reading.root)
    _cover(package.name, sheet, areas)
    return sheet


def _let_go(element: Any) -> None:
    """Free an element that was read, and its elder siblings."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _cells(row: Any, book: _Book) -> dict[int, str]:
    cells: dict[int, str] = {}
    at = 0
    for cell in row:
        found = _CELL.fullmatch(cell.get("r") or "")
        at = column_number(found[1]) if found else at + 1
        cells[at] = _cell(cell, book)
    return cells


def _cell(cell: Any, book: _Book) -> str:
    """What a cell shows; a formula that was never worked out stands as it is written, never as zero."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _words(cell)
    raw = cell.findtext(f"{_S}v")
    if raw is None:
        formula = cell.findtext(f"{_S}f")
        return f"={formula}" if formula else ""
    if kind == "s":
        return book.words[int(raw)]
    if kind == "n":
        style = int(cell.get("s") or 0)
        return shown(raw, book.formats[style] if style < len(book.formats) else GENERAL, book.from_1904)
    if kind == "b":
        return "TRUE" if raw == "1" else "FALSE"
    return joined(raw.split("\n"))


def column_number(letters: str) -> int:
    """A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _hide(sheet: _Sheet, columns: Any) -> None:
    if columns.get("hidden") in ("1", "true"):
        first, last = int(columns.get("min", 1)), int(columns.get("max", 1))
        sheet.hidden |= set(range(first, min(last, 16_384) + 1))


def _cover(name: str, sheet: _Sheet, areas: Sequence[str]) -> None:
    """Remember the places of merged areas but their first, in the rows that hold words."""
    numbers = sorted(sheet.rows)
    left_over = PLACES_LIMIT
    for area in areas:
        ends = [_CELL.fullmatch(end) for end in area.split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        left, right, top = column_number(ends[0][1]), column_number(ends[1][1]), int(ends[0][2])
        places = set(range(left, min(right, left + SPAN_LIMIT) + 1))
        for row in numbers[bisect_left(numbers, top) : bisect_right(numbers, int(ends[1][2]))]:
            sheet.covered.setdefault(row, set()).update(places - {left} if row == top else places)
            left_over -= len(places)
            if left_over < 0:
                raise UnreadableFile(f"文件“{name}”里合并的单元格太多，没有读取；请只保留报告所在的工作表。")


def _lines(sheet: _Sheet, name: str) -> Iterator[PlacedLine]:
    for region in _regions(sheet):
        used = {c for number, cells in region for c in (*_filled(cells), *sheet.covered.get(number, ()))}
        columns = [c for c in range(min(used), max(used) + 1) if c not in sheet.hidden]
        for number, cells in region:
            words = row_text([cells.get(column) for column in columns])
            if words:
                yield PlacedLine(words, f"工作表“{name}”第{number}行")


def _regions(sheet: _Sheet) -> Iterator[list[_SheetRow]]:
    """Rows of one table, or one row of prose: words in a single place, with no row of a table beside it."""
    rows = [
        (number, _places(cells, sheet.covered.get(number, set()))) for number, cells in sheet.rows.items()
    ]
    wide = {number for number, cells in rows if len(_filled(cells)) > 1}
    region: list[_SheetRow] = []
    for number, cells in rows:
        in_table = not wide.isdisjoint((number - 1, number, number + 1)) and not _stands_alone(cells)
        if region and not (in_table and number == region[-1][0] + 1):
            yield region
            region = []
        if in_table:
            region.append((number, cells))
        else:
            yield [(number, {c: words for c, words in cells.items() if words})]
    if region:
        yield region


def _stands_alone(cells: dict[int, CellWords]) -> bool:
    """Whether a row is a title, heading or sentence that would stand bare in a table too."""
    words = list(cells.values())
    return "|" not in row_text([*words, None]) and len(_filled(cells)) == 1


def _filled(cells: dict[int, CellWords]) -> list[int]:
    return [column for column, words in cells.items() if words]


def _places(cells: dict[int, str], covered: set[int]) -> dict[int, CellWords]:
    """Cells by column; a place under a merged cell is None, whatever the file still keeps there."""
    return {column: None if column in covered else words for column, words in cells.items()}
