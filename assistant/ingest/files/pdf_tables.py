"""A published report as PDF: prose in paragraphs, ruled tables a row a line, page after page."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from assistant.errors import UnreadableFile
from assistant.ingest.files.pdf_text import (
    PrintedLine,
    edges,
    paragraphs,
    picture_page,
    printed_lines,
    read_pdf,
    refuse_without_text,
)
from assistant.ingest.files.table_rows import CellWords, PlacedLine, joined, row_text, tidy

# A county's yearbook runs to some dozen pages; reading takes about a tenth of a second a page.
PAGE_LIMIT = 300
# Rules on a page: the statutory table draws some 300. A page with more than this is a map or a chart,
# on which looking for tables takes minutes.
RULES_LIMIT = 5_000
# The same line at the edge of this many pages is a running head.
_RUNNING_HEAD = 3
# Rules this near to each other, in points, are one rule.
_SAME_RULE = 3.0


@dataclass(frozen=True)
class _PrintedRow:
    """A row of a ruled table: words by the left edge of their cell, in points, and the table's two edges.

    `table` and `number` count on the page; `last` says that the table ends with this row on its page.
    """

    words: Mapping[float, str]
    sides: tuple[float, float]
    page: int
    top: float
    table: int
    number: int
    last: bool
    cells: tuple[CellWords, ...] = ()


_Piece = PrintedLine | _PrintedRow


def pdf_lines(name: str, data: bytes) -> list[PlacedLine]:
    """Lines of a published PDF with the page each stands on; a last line names pages that are pictures.

    A table that goes on over the page does so here, and a row cut by the page's end is one row. Raises
    UnreadableFile where the file is encrypted, damaged, too long, or a scan without any text.
    """
    pieces, width, pictures = read_pdf(name, data, lambda pdf: _pieces(name, pdf))
    pieces = _whole_tables(_without_running_heads(pieces))
    edge = edges([piece for piece in pieces if isinstance(piece, PrintedLine)], width)
    lines = [*_placed(pieces, edge)]
    refuse_without_text(name, "".join(line.text for line in lines))
    return [*lines, *(PlacedLine(picture_page(page), f"第{page}页") for page in pictures)]


def _pieces(name: str, pdf: Any) -> tuple[list[_Piece], float, list[int]]:
    """Lines and rows in reading order, the width of the widest page, and the pages that are pictures."""
    if len(pdf.pages) > PAGE_LIMIT:
        raise UnreadableFile(
            f"文件“{name}”有 {len(pdf.pages)} 页（上限 {PAGE_LIMIT} 页），不像年度报告；请只保留报告的那几页。"
        )
    pieces: list[_Piece] = []
    pictures: list[int] = []
    width = 0.0
    for number, page in enumerate(pdf.pages, start=1):
        found = list(_page_pieces(page, number))
        pieces += found
        width = max(width, float(page.width))
        if not found and page.images:
            pictures.append(number)
        page.close()
    return pieces, width, pictures


def _page_pieces(page: Any, number: int) -> Iterator[_Piece]:
    found = page.find_tables() if len(page.edges) <= RULES_LIMIT else []
    tables = [table for table in found if len(table.cells) > 1]
    boxes = [table.bbox for table in tables]
    text = page.filter(lambda thing: not _inside(thing, boxes)) if boxes else page
    pieces: list[_Piece] = list(printed_lines(text, number))
    for at, table in enumerate(tables, start=1):
        pieces += _rows(table, number, at)
    yield from sorted(pieces, key=lambda piece: piece.top)


def _inside(thing: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    """Whether a character stands in a table; rules and pictures count for none."""
    if thing.get("object_type") != "char":
        return False
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _rows(table: Any, page: int, at: int) -> Iterator[_PrintedRow]:
    """Rows with words in them; a place that a merged cell covers has no cell of its own."""
    grid = list(zip(table.rows, table.extract(), strict=True))
    sides = (float(table.bbox[0]), float(table.bbox[2]))
    for number, (row, texts) in enumerate(grid, start=1):
        words = {
            float(cell[0]): joined((text or "").split("\n"))
            for cell, text in zip(row.cells, texts, strict=True)
            if cell is not None
        }
        if any(words.values()):
            yield _PrintedRow(words, sides, page, float(row.bbox[1]), at, number, number == len(grid))


def _without_running_heads(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces without the first or last line that many pages have alike, its first time excepted."""
    pages = [list(page) for _, page in groupby(pieces, lambda piece: piece.page)]
    outer = [piece for page in pages for piece in {id(page[0]): page[0], id(page[-1]): page[-1]}.values()]
    heads = Counter((line.text, round(line.top)) for line in outer if isinstance(line, PrintedLine))
    repeated = {head for head, times in heads.items() if times >= _RUNNING_HEAD}
    dropped: set[int] = set()
    seen: set[tuple[str, int]] = set()
    for piece in outer:
        head = (piece.text, round(piece.top)) if isinstance(piece, PrintedLine) else None
        if head in repeated:
            dropped |= {id(piece)} if head in seen else set()
            seen.add(head)
    return [piece for piece in pieces if id(piece) not in dropped]


def _whole_tables(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Every table on one grid, also where it goes on over pages that each rule only the columns they need."""
    whole: list[_Piece] = []
    table: list[_PrintedRow] = []
    for piece in pieces:
        goes_on = bool(table) and isinstance(piece, _PrintedRow) and _continues(table[-1], piece)
        if table and not goes_on:
            whole += _whole_rows(_on_one_grid(table))
            table = []
        if isinstance(piece, _PrintedRow):
            table.append(piece)
        else:
            whole.append(piece)
    return whole + list(_whole_rows(_on_one_grid(table)))


def _continues(before: _PrintedRow, row: _PrintedRow) -> bool:
    if before.page == row.page:
        return before.table == row.table
    same_sides = all(
        abs(one - other) <= _SAME_RULE for one, other in zip(before.sides, row.sides, strict=True)
    )
    return before.last and row.page == before.page + 1 and same_sides


def _on_one_grid(table: Sequence[_PrintedRow]) -> list[_PrintedRow]:
    columns: list[float] = []
    for x in sorted({x for row in table for x in row.words}):
        if not columns or x - columns[-1] > _SAME_RULE:
            columns.append(x)
    placed = []
    for row in table:
        cells: list[CellWords] = [None] * len(columns)
        for x, words in row.words.items():
            cells[bisect_right(columns, x) - 1] = words
        placed.append(replace(row, cells=tuple(cells)))
    return placed


def _whole_rows(table: Sequence[_PrintedRow]) -> list[_PrintedRow]:
    """Rows cut by the end of a page made whole: the rest of a label, with other cells of it empty."""
    whole: list[_PrintedRow] = []
    for row in table:
        if whole and row.page > whole[-1].page and _is_rest(whole[-1], row):
            before = whole[-1]
            cells = (
                words if not more else joined((words or "", more))
                for words, more in zip(before.cells, row.cells, strict=True)
            )
            whole[-1] = replace(before, cells=tuple(cells))
        else:
            whole.append(row)
    return whole


def _is_rest(before: _PrintedRow, row: _PrintedRow) -> bool:
    filled = [at for at, words in enumerate(row.cells) if words]
    return len(filled) == 1 and "" in row.cells and bool(before.cells[filled[0]])


def _placed(pieces: Sequence[_Piece], edge: tuple[float, float]) -> Iterator[PlacedLine]:
    for is_line, group in groupby(pieces, lambda piece: isinstance(piece, PrintedLine)):
        if is_line:
            lines = [piece for piece in group if isinstance(piece, PrintedLine)]
            yield from (PlacedLine(tidy(words), f"第{page}页") for words, page in paragraphs(lines, edge))
            continue
        for row in group:
            if isinstance(row, _PrintedRow):
                yield PlacedLine(row_text(row.cells), f"第{row.page}页表{row.table}第{row.number}行")
