"""Which column each value of a row belongs to, or that nobody can tell.

A row with as many values as columns is read in order. With fewer, only its empty cells can tell: where the
full rows of the table show that no padding stands before their values, or where the first and the last
value are as far apart as the columns. Nothing is placed by what would make the table add up: that would
hide the very faults a report is read for. Fused digits that would not add up are left alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.ingest.report_cells import Why
from assistant.ingest.report_tokens import Run, Token


@dataclass(frozen=True)
class Placed:
    """The values of a row, one for each column, an empty token for an empty cell; or why they have no place."""

    values: tuple[Token, ...] = ()
    why: Why | None = None


@dataclass(frozen=True)
class Layout:
    """What the full rows of a table show: how much padding stands before the values of rows like them.

    `leads`: by depth of the title and number of cells. `spread`: whether padding stands between values.
    `fused`: whether some row's digits are certainly fused.
    """

    leads: Mapping[tuple[int, int], int | None]
    spread: bool
    fused: bool


def own_cells(run: Run) -> list[Token]:
    """The cells of a row: those on the line of its title where values stand there, else all that follow."""
    line = run.words[-1].line if run.words else 0
    same = [cell for cell in run.cells if cell.line == line]
    return same if any(cell.text for cell in same) else run.cells


def layout_of(rows: Iterable[tuple[Run, int, int]]) -> Layout:
    """The layout that full rows show; each run comes with the depth of its title and its columns."""
    leads: dict[tuple[int, int], set[int]] = defaultdict(set)
    spread = fused = False
    for run, depth, width in rows:
        cells = own_cells(run)
        at = [place for place, cell in enumerate(cells) if cell.text]
        if len(at) == width > 1:
            leads[depth, len(cells)].add(at[0])
            spread = spread or at[-1] - at[0] + 1 != width
        fused = fused or (len(at) == 1 and _surely_fused(cells[at[0]].text, width))
    return Layout(
        {key: min(found) if len(found) == 1 else None for key, found in leads.items()}, spread, fused
    )


def place(run: Run, depth: int, width: int, layout: Layout) -> Placed:
    """One value for each of `width` columns, or the reason why not."""
    cells = own_cells(run)
    at = [place for place, cell in enumerate(cells) if cell.text]
    if not at:
        return Placed(why="blank" if cells else "lost")
    if len(at) == width:
        return Placed(tuple(cells[place] for place in at))
    if len(at) == 1 and (split := _split(cells[at[0]], width, layout)):
        return Placed(split)
    if len(at) < width and not layout.spread:
        lead = _lead(cells, at, depth, width, layout)
        if lead is not None:
            return Placed(tuple(cells[lead : lead + width]))
    fused = len(at) == 1 and _looks_fused(cells[at[0]], width)
    return Placed(why="fused" if fused else "ambiguous")


def _lead(cells: Sequence[Token], at: Sequence[int], depth: int, width: int, layout: Layout) -> int | None:
    """Where the first column stands among the cells of a row with gaps."""
    if at[-1] - at[0] + 1 == width:
        return at[0]
    known = {lead for (deep, count), lead in layout.leads.items() if deep == depth and count == len(cells)}
    lead = known.pop() if len(known) == 1 else None
    fits = lead is not None and lead <= at[0] and at[-1] < lead + width <= len(cells)
    return lead if fits else None


def _split(token: Token, width: int, layout: Layout) -> tuple[Token, ...]:
    """One digit for each column, where exactly that many are fused and they can be nothing else."""
    text = token.text
    if width < 2 or not text.isdecimal() or len(text) != width:
        return ()
    if not (text[0] == "0" or width >= 5 or layout.fused):
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
