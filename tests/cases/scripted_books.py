"""The books kept of scripted requests: what every cell of the yearly tables must show, by stock and flow.

What was open before, what came, what ended; what is left is what the next year begins with. Nothing of the register is
asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.cases.scripted_year import YEARS, Script

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Books:
    """What the tables of a year must show: cell → the places of the scripts it counts, as often as they count."""

    cells: Mapping[Key, list[int]]

    def figures(self) -> dict[Key, int]:
        """The cells that are not nought."""
        return {key: len(places) for key, places in self.cells.items()}


def keep_books(scripts: Sequence[Script]) -> dict[int, Books]:
    """Year by year: what was open before, what came, what ended; what is left is what the next year begins with."""
    books, open_before = {}, set[int]()
    for year in YEARS:
        cells: dict[Key, list[int]] = {}
        came = {place for place, one in enumerate(scripts) if one.new.received_on.year == year}
        ended = {place for place, one in enumerate(scripts) if one.closed and one.closed.year == year}
        left = (open_before | came) - ended
        rows = {"new": came, "carried_in": open_before, "total_handled": ended, "carried_out": left}
        for place in ended:
            rows.setdefault(scripts[place].row or "", set()).add(place)
        for row, places in rows.items():
            for place in sorted(places):
                for column in (scripts[place].kind, "total"):
                    cells.setdefault(("requests", row, column), []).append(place)
        _book_quarrels(scripts, year, cells)
        books[year], open_before = Books(cells), left
    return books


def _book_quarrels(scripts: Sequence[Script], year: int, cells: dict[Key, list[int]]) -> None:
    """A review or suit counts by its result in the year it was concluded, and as pending in each year before."""
    end = date(year, 12, 31)
    for place, script in enumerate(scripts):
        for one in script.quarrels:
            begun = one.filed <= end
            over = one.concluded is not None and one.concluded.year < year
            if not begun or over:
                continue
            now = one.concluded is not None and one.concluded.year == year
            for column in (one.result if now and one.result else "pending", "total"):
                cells.setdefault(("disputes", one.kind, column), []).append(place)
