"""Tables as lines: one row a line, cells set apart by ` | `, whatever kind of file they came out of.

A merged cell's words stand once, at its first place; its other places are empty, so that a row keeps its
width. A table that only arranges a page (prose or other tables in its cells) flows as what it holds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

# A span wider than this is no table's: the widest table of a report, reviews and suits, has 15 columns.
SPAN_LIMIT = 64
# Lines a cell needs before its sentences count as prose and its row as arrangement: cells of the
# statutory tables are printed in three lines at most, and only a label in brackets is ever longer.
PROSE_LINES = 4

INVISIBLE = re.compile("[\ufeff\u200b\u200c\u200d\u2060\u00ad]")
# Places of all tables of one file; the statutory tables have some four hundred.
PLACES_LIMIT = 500_000

WIDE = r"\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’—…·"

_WIDE_CHAR = re.compile(f"[{WIDE}]")
_TITLE = re.compile(r"报告$|^[一二三四五六]\s*、.{2,20}(?:情况|事项|问题)$")
_STANDS_ALONE = re.compile(r"^[一二三四五六]\s*、|。")

CellWords = str | None


@dataclass(frozen=True)
class Words:
    """A line of prose; `linked` where every word of it is a link, `place` where it stands in the file."""

    text: str
    linked: bool = False
    place: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: words, "" for an empty cell, None for a place that a merged cell covers.

    `table` is the same object for all rows of one table; `number` counts its rows from 1.
    """

    cells: tuple[CellWords, ...]
    table: object
    number: int


Item = Words | Row


@dataclass
class Box:
    """A cell as it is read: what stands in it, and how many columns and rows it covers.

    `covered` is a place that a cell above takes up.
    """

    items: list[Item] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    covered: bool = False


class TooManyPlaces(ValueError):
    """The tables of a file span more places than any report has."""


@dataclass
class Places:
    """What the tables of one file may still span."""

    left: int = PLACES_LIMIT

    def take(self, places: int) -> None:
        """Use some up. Raises TooManyPlaces where nothing is left."""
        self.left -= places
        if self.left < 0:
            raise TooManyPlaces("tables span too many places")


@dataclass(frozen=True)
class PlacedLine:
    """A line of text and where it stood in the source, "" where the line itself is the place."""

    text: str
    place: str = ""


def tidy(words: str) -> str:
    """One space between words, none around them, nothing invisible."""
    return " ".join(INVISIBLE.sub("", words).split())


def joined(lines: Iterable[str]) -> str:
    """The words of a cell in one line; a Chinese word broken at a line's end is whole again."""
    words = ""
    for line in lines:
        if not (line := tidy(line)):
            continue
        close = not words or (_WIDE_CHAR.match(words[-1]) and _WIDE_CHAR.match(line[0]))
        words += line if close else f" {line}"
    return words.replace("|", "｜")


def row_text(cells: Sequence[CellWords]) -> str:
    """A row as a line; a title, or a heading or sentence with the whole row to itself, stands bare."""
    own = [words for words in cells if words is not None]
    filled = [words for words in own if words]
    if len(filled) == 1 and (_TITLE.search(filled[0]) or (len(own) == 1 and _STANDS_ALONE.search(filled[0]))):
        return filled[0]
    return " | ".join(words or "" for words in cells).strip()


def flattened(table: Sequence[Sequence[Box]], places: Places) -> list[Item]:
    """The rows of a table as items; rows that only arrange the page give what stands in their cells.

    Raises TooManyPlaces where the file's tables together span more than `places`.
    """
    table = [_spliced(row) for row in table]
    arranges = [any(_holds_prose(box) for box in row) for row in table]
    key, items = object(), list[Item]()
    grid = _laid_out(table, places)
    for number, (row, cells, flows) in enumerate(zip(table, grid, arranges, strict=True), start=1):
        if flows or (any(arranges) and len(row) == 1):
            items += (item for box in row for item in box.items)
        elif any(cells) or (not any(arranges) and sum(words is not None for words in cells) > 1):
            items.append(Row(tuple(cells), key, number))
    return items


def placed(items: Iterable[Item]) -> Iterator[PlacedLine]:
    """Items as lines; a row is placed by the number of its table in the file and its own in the table."""
    numbers: dict[object, int] = {}
    for item in items:
        if isinstance(item, Words):
            yield PlacedLine(item.text, item.place)
        else:
            number = numbers.setdefault(item.table, len(numbers) + 1)
            yield PlacedLine(row_text(item.cells), f"表{number}第{item.number}行")


def _spliced(row: Sequence[Box]) -> list[Box]:
    """A cell that holds nothing but one row of a table gives its place to that row's cells."""
    cells: list[Box] = []
    for box in row:
        inner = box.items[0] if len(row) > 1 and len(box.items) == 1 else None
        if isinstance(inner, Row):
            cells += (Box([Words(words or "")]) for words in inner.cells)
        else:
            cells.append(box)
    return cells


def _holds_prose(box: Box) -> bool:
    """Whether a cell holds a table, or paragraphs rather than an entry."""
    if any(isinstance(item, Row) for item in box.items):
        return True
    return len(box.items) >= PROSE_LINES and any("。" in line.text for line in _lines(box))


def _entry(box: Box) -> str:
    """The words of a cell in one line; most cells hold one tidy line or none."""
    if len(box.items) > 1:
        return joined(item.text for item in _lines(box))
    return "".join(item.text for item in _lines(box)).replace("|", "｜")


def _lines(box: Box) -> Iterator[Words]:
    return (item for item in box.items if isinstance(item, Words))


def _laid_out(table: Sequence[Sequence[Box]], places: Places) -> list[list[CellWords]]:
    """Every place of the table's grid, covered places as None; rows too short are filled up."""
    grid: list[list[CellWords]] = []
    hanging: dict[int, int] = {}
    for row in table:
        above, hanging = hanging, {at: rows - 1 for at, rows in hanging.items() if rows > 1}
        line: list[CellWords] = []
        for box in row:
            line += _covered_from(len(line), above)
            columns = max(1, min(box.columns, SPAN_LIMIT))
            if box.rows > 1:
                hanging |= dict.fromkeys(range(len(line), len(line) + columns), box.rows - 1)
            words = None if box.covered else _entry(box)
            line += [words, *[None] * (columns - 1)]
        line += _covered_from(len(line), above)
        places.take(len(line))
        grid.append(line)
    width = max(map(len, grid), default=0)
    places.take(width * len(grid))
    return [line + [None] * (width - len(line)) for line in grid]


def _covered_from(start: int, above: dict[int, int]) -> list[None]:
    """The places from `start` on that cells of earlier rows reach down to."""
    at = start
    while at in above:
        at += 1
    return [None] * (at - start)
