"""Which cases each cell of the yearly tables counts, and a cell found by its name.

Basis: corpus/rules/counting.yaml; 国办公开办函〔2021〕30号.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.cases.counting import Counted, CountedDispute
from assistant.errors import InputError
from assistant.ingest.annual.form import ReportForm, TableForm

REQUESTS, DISPUTES = "requests", "disputes"

_PUBLICATION, _TOTAL, _PENDING = "publication", "total", "pending"

Key = tuple[str, str, str]
Cells = Mapping[Key, tuple[str, ...]]


@dataclass(frozen=True)
class CellCases:
    """One cell opened: where it stands, in words, and what it counts, one line a case."""

    key: Key
    label: str
    cases: tuple[dict[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        """The cell with its cases."""
        table, row, column = self.key
        place = {"table": table, "row": row, "column": column, "label": self.label}
        return {**place, "count": len(self.cases), "cases": list(self.cases)}


def count_requests(counted: Iterable[Counted], year: int, form: TableForm) -> dict[Key, tuple[str, ...]]:
    """Table two: each cell with the numbers of its cases. A case counts in one column, its total beside it."""
    cells: dict[Key, list[str]] = {
        (REQUESTS, row, column): [] for row in form.rows for column in form.columns
    }
    for one in counted:
        for row in rows_of(one, year):
            cells[REQUESTS, row, one.kind].append(one.number)
            cells[REQUESTS, row, _TOTAL].append(one.number)
    return {key: tuple(numbers) for key, numbers in cells.items()}


def count_disputes(
    disputed: Iterable[CountedDispute], last: date, form: TableForm
) -> dict[Key, tuple[str, ...]]:
    """Table three: concluded in the year by result, or still pending on its last day."""
    cells: dict[Key, list[str]] = {
        (DISPUTES, row, column): [] for row in form.rows for column in form.columns
    }
    for one in disputed:
        for column in (one.column(last), _TOTAL):
            cells[DISPUTES, one.kind, column].append(one.number)
    return {key: tuple(numbers) for key, numbers in cells.items()}


def rows_of(one: Counted, year: int) -> list[str]:
    """The rows of table two a case counts in: where it came from, and where it went."""
    rows = ["new" if one.received.year == year else "carried_in"]
    if one.closed is None or one.closed.year > year:
        return [*rows, "carried_out"]
    return [*rows, *([one.outcome] if one.outcome else []), "total_handled"]


def open_cells(report_cells: Mapping[str, Mapping[str, Any]], form: TableForm) -> Iterator[str]:
    """The cells of table one that nobody has filled in, row by row."""
    for code, row in form.rows.items():
        columns = [form.columns[c].label for c in row.columns if report_cells[code].get(c) is None]
        if columns:
            yield f"{row.label}：{'、'.join(columns)}"


def read_address(words: str, form: ReportForm) -> Key:
    """A cell by ROW.COLUMN, in codes or in the form's own words. Raises InputError saying what there is."""
    row_words, _, column_words = words.strip().rpartition(".")
    for name in (REQUESTS, DISPUTES):
        table = form.tables[name]
        row = _named(row_words, {code: (code, one.label, one.printed) for code, one in table.rows.items()})
        column = _named(column_words, {code: (code, one.label) for code, one in table.columns.items()})
        if row and column:
            return name, row, column
    if row_words in form.tables[_PUBLICATION].rows:
        raise InputError(f"“{words}”在主动公开情况表里，由本机关填写（--facts），不从案件得出。")
    raise InputError(
        f"没有“{words}”这一格，请写成 行.栏，如 carried_out.natural_person、refuse.third_party.total、review.pending。"
        f"行：{'、'.join((*form.tables[REQUESTS].rows, *form.tables[DISPUTES].rows))}。"
        f"申请情况表的栏：{'、'.join(form.tables[REQUESTS].columns)}；"
        f"复议诉讼表的栏：{'、'.join(form.tables[DISPUTES].columns)}。"
    )


def cell_label(key: Key, form: ReportForm) -> str:
    """A cell in the form's words."""
    table = form.tables[key[0]]
    return f"{table.rows[key[1]].printed}·{table.columns[key[2]].label}"


def _named(words: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The code of what goes by a name; nothing where two do."""
    found = [code for code, all_names in names.items() if words in all_names]
    return found[0] if len(found) == 1 else None
