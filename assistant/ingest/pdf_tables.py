"""A published report as PDF: prose in paragraphs, ruled tables a row a line, page after page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assistant.errors import UnreadableFile
from assistant.ingest.pdf_text import (
    PrintedLine,
    edges,
    paragraphs,
    picture_page,
    printed_lines,
    read_pdf,
    refuse_without_text,
)
from assistant.ingest.table_rows import CellWords, PlacedLine, joined, row_text, tidy

# A county's yearbook runs to some dozen pages; reading takes about a tenth of a second a page.
PAGE_LIMIT = 300
# Rules on a page: the statutory table draws some 300. A page with more than this is a map or a chart,
# on which looking for tables takes minutes.
RULES_LIMIT = 5_000
# The same line at the edge of this many pages is a running head.
_RUNNING_HEAD = 3


@dataclass(frozen=True)
class _PrintedRow:
    """A row of a ruled table; `last` and `first` tell whether its table ends or begins with it on the page."""

    cells: tuple[CellWords, ...]
    page: int
    top: float
    table: int
    number: int
    first: bool
    last: bool


_Piece = PrintedLine | _PrintedRow


def pdf_lines(name: str, data: bytes) -> list[PlacedLine]:
    """Lines of a published PDF with the page each stands on; a last line names pages that are pictures.

    A table that goes on over the page does so here, and a row cut by the page's end is one row. Raises
    UnreadableFile where the file is encrypted, damaged, too long, or a scan without any text.
    """
    pieces, width, pictures = read_pdf(name, data, lambda pdf: _pieces(name, pdf))
    pieces = _whole_rows(_without_running_heads(pieces))
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
    """Rows with words in them; a place that a merged cell covers is None."""
    grid = list(zip(table.rows, table.extract(), strict=True))
    for number, (row, texts) in enumerate(grid, start=1):
        cells = tuple(None if text is None else joined(text.split("\n")) for text in texts)
        if any(cells):
            last = number == len(grid)
            yield _PrintedRow(cells, page, float(row.bbox[1]), at, number, number == 1, last)


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


def _whole_rows(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Rows cut by the end of a page made whole: the rest of a label, with every other cell of it empty."""
    whole: list[_Piece] = []
    for piece in pieces:
        before = whole[-1] if whole else None
        if isinstance(before, _PrintedRow) and isinstance(piece, _PrintedRow) and _is_rest(before, piece):
            cells = tuple(
                words if not more else joined((words or "", more))
                for words, more in zip(before.cells, piece.cells, strict=True)
            )
            whole[-1] = _PrintedRow(
                cells, before.page, before.top, before.table, before.number, before.first, piece.last
            )
        else:
            whole.append(piece)
    return whole


def _is_rest(before: _PrintedRow, row: _PrintedRow) -> bool:
    over_the_page = before.last and row.first and row.page == before.page + 1
    if not over_the_page or len(before.cells) != len(row.cells):
        return False
    filled = [at for at, words in enumerate(row.cells) if words]
    empty = sum(words == "" for words in row.cells)
    return len(filled) == 1 and empty >= 1 and bool(before.cells[filled[0]])


def _placed(pieces: Sequence[_Piece], edge: tuple[float, float]) -> Iterator[PlacedLine]:
    for is_line, group in groupby(pieces, lambda piece: isinstance(piece, PrintedLine)):
        if is_line:
            lines = [piece for piece in group if isinstance(piece, PrintedLine)]
            yield from (PlacedLine(tidy(words), f"第{page}页") for words, page in paragraphs(lines, edge))
            continue
        for row in group:
            if isinstance(row, _PrintedRow):
                yield PlacedLine(row_text(row.cells), f"第{row.page}页表{row.table}第{row.number}行")
