"""Which column each value of a row belongs to, or that nobody can tell.

A row with as many values as columns is read in order. With fewer, only its empty cells can tell: where the
full rows of the table show that no padding stands before their values, or where the first and the last
value are as far apart as the columns. Nothing is placed by what would make the table add up: that would
hide the very faults a report is read for. Fused digits that would not add up are left alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.ingest.annual.cells import Why
from assistant.ingest.annual.tokens import Run, Token


@dataclass(frozen=True)
class Placed:
    """The values of a row, one for each column, an empty token for an empty cell; or why they have no place."""

    values: tuple[Token, ...] = ()
    why: Why | None = None


@dataclass(frozen=True)
class Layout:
    """What the full rows of a table show: how much padding stands before the values of rows like them.

    `leads`: by depth of the title and number of all cells of the line, None where rows differ. `spread`: whether padding stands between values.
    `fused`: whether some row's digits are certainly fused. `short`: whether a row has fewer digits than columns,
    so that fused rows lack cells, too.
    """

    leads: Mapping[tuple[int, int], int | None]
    spread: bool
    fused: bool
    short: bool = False


def own_cells(run: Run) -> list[Token]:
    """The cells of a row: those on the line of its title where values stand there, else all that follow."""
    line = run.words[-1].line if run.words else 0
    same = [cell for cell in run.cells if cell.line == line]
    return same if any(cell.text for cell in same) else run.cells


def _breadth(run: Run, cells: Sequence[Token]) -> int:
    """How many cells a row's line has, those of its titles among them."""
    return len(cells) + sum(word.line == run.words[-1].line for word in run.words)


def _heads(run: Run) -> set[int]:
    """How many cells the lines of heads over a row have: a line as wide as the row has no padding."""
    lines = Counter(word.line for word in run.words if word.line != run.words[-1].line)
    return set(lines.values())


def layout_of(rows: Iterable[tuple[Run, int, int]]) -> Layout:
    """The layout that full rows show; each run comes with the depth of its title and its columns."""
    leads: dict[tuple[int, int], set[int]] = defaultdict(set)
    spread = fused = short = False
    for run, depth, width in rows:
        cells = own_cells(run)
        at = [place for place, cell in enumerate(cells) if cell.text]
        if len(at) == width > 1:
            spread = spread or at[-1] - at[0] + 1 != width
        if at and at[-1] - at[0] + 1 == width > 1:
            leads[depth, _breadth(run, cells)].add(at[0])
        if len(at) == 1 < width and cells[at[0]].text.isdecimal():
            fused = fused or _surely_fused(cells[at[0]].text, width)
            short = short or len(cells[at[0]].text) < width
    return Layout(
        {key: min(found) if len(found) == 1 else None for key, found in leads.items()}, spread, fused, short
    )


def place(run: Run, depth: int, width: int, layout: Layout) -> Placed:
    """One value for each of `width` columns, or the reason why not."""
    cells = own_cells(run)
    at = [place for place, cell in enumerate(cells) if cell.text]
    if not at:
        return Placed(why="blank" if cells else "lost")
    if len(at) == width:
        return Placed(tuple(cells[place] for place in at))
    if len(at) == 1 and not layout.short and (split := split_digits(cells[at[0]], width, layout.fused)):
        return Placed(split)
    if len(at) < width and not layout.spread:
        lead = _lead(run, at, depth, width, layout)
        if lead is not None:
            return Placed(tuple(cells[lead : lead + width]))
    fused = len(at) == 1 and _looks_fused(cells[at[0]], width)
    return Placed(why="fused" if fused else "ambiguous")


def _lead(run: Run, at: Sequence[int], depth: int, width: int, layout: Layout) -> int | None:
    """Where the first column stands among the cells of a row with gaps.

    The last column must be filled: an empty end may be padding that makes up for a cell that is gone. Only cells on the line of the title can tell: of cells on lines of their own any may be lost. The titles
    of depth one span the most columns: where no padding follows them, none follows the others.
    """
    cells = own_cells(run)
    if at[-1] - at[0] + 1 == width:
        return at[0]
    if cells[0].line != run.words[-1].line:
        return None
    breadth = _breadth(run, cells)
    lead = layout.leads.get((depth, breadth))
    if (depth, breadth) not in layout.leads and layout.leads.get((1, breadth)) == 0:
        lead = 0
    if lead is None and breadth in _heads(run):
        lead = 0
    fits = lead is not None and lead <= at[0] and at[-1] == lead + width - 1
    return lead if fits else None


def split_digits(token: Token, width: int, fused: bool = False) -> tuple[Token, ...]:
    """One digit for each column, where exactly that many are fused and they can be nothing else.

    `fused`: other rows of the report are fused beyond doubt, so that 512 may be three cells.
    """
    text = token.text
    if width < 2 or not text.isdecimal() or len(text) != width:
        return ()
    if not (text[0] == "0" or width >= 5 or fused):
        return ()
    if not all(
        _closes(text[start : start + part]) for part in _parts(width) for start in range(0, width, part)
    ):
        return ()
    return tuple(Token(digit, token.line, True) for digit in text)


def _parts(width: int) -> tuple[int, ...]:
    """How many fused figures end in their own total: seven in table two, five in each group of table three."""
    return (7,) if width == 7 else (5,) if width % 5 == 0 else ()


def _closes(digits: str) -> bool:
    return sum(map(int, digits[:-1])) == int(digits[-1])


def _surely_fused(text: str, width: int) -> bool:
    return text.isdecimal() and len(text) == width > 1 and text[0] == "0"


def _looks_fused(token: Token, width: int) -> bool:
    text = token.text
    return text.isdecimal() and len(text) > 1 and (text[0] == "0" or token.glued or len(text) >= width > 3)
