"""What a textbook would do with a published report: cut rows by counting columns, add up the total column."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evals.report_document import LABELS
from evals.report_figures import COLUMNS, DOCUMENT_COLUMNS, LEAVES, RESULTS, REVIEWS, Key, Number

_CUT = re.compile(r"\s*\|\s*|\t|\s{2,}")
_TITLE = re.compile(r"^(?:(20\d\d)年度?(\S+?)|(\S+?)(?:关于)?(20\d\d)年度?)政府信息公开")
_ROWS = {label: ("requests", code, COLUMNS) for code, label in LABELS.items()} | {
    "规章": ("publication", "regulations", DOCUMENT_COLUMNS),
    "行政规范性文件": ("publication", "normative_documents", DOCUMENT_COLUMNS),
    "行政许可": ("publication", "permits", ("decisions",)),
    "行政处罚": ("publication", "penalties", ("decisions",)),
    "行政强制": ("publication", "coercion", ("decisions",)),
    "行政事业性收费": ("publication", "fees", ("amount",)),
}


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a report: agency, year, form, figures (None: not available), alarms by name.

    `alarms`: errors, checks and findings alike; `notices`: what it only warns of. None: it does not audit.
    """

    agency: str | None
    year: int | None
    form: str | None
    figures: Mapping[Key, Number | None]
    alarms: frozenset[str] | None
    notices: frozenset[str] = frozenset()


def textbook_reading(text: str) -> Reading:
    """Rows cut at bars, tabs and wide spaces; a row counts if its title is the official one."""
    figures = dict(_figures(text))
    found = next(filter(None, map(_TITLE.match, text.splitlines())), None)
    agency, year = (found[2] or found[3], int(found[1] or found[4])) if found else (None, None)
    return Reading(agency, year, "2019" if "对外公开总数量" in text else "2021", figures, _alarms(figures))


def _figures(text: str) -> Iterator[tuple[Key, Number | None]]:
    for line in text.splitlines():
        cells = [cell for cell in _CUT.split(line.strip()) if cell]
        if len(cells) == 15 and all(cell.isdigit() for cell in cells):
            keys = [("disputes", row, result) for row in REVIEWS for result in (*RESULTS, "total")]
            yield from zip(keys, map(int, cells), strict=True)
        for at, cell in enumerate(cells):
            if cell in _ROWS:
                table, row, columns = _ROWS[cell]
                for column, value in zip(columns, cells[at + 1 : at + 1 + len(columns)], strict=False):
                    yield (table, row, column), int(value) if value.isdigit() else _decimal(value)


def _decimal(value: str) -> Number | None:
    return Decimal(value) if re.fullmatch(r"\d+\.\d+", value) else None


def _alarms(figures: Mapping[Key, Number | None]) -> frozenset[str]:
    """The relations R1 and R2, in the total column alone."""
    totals = {row: figures.get(("requests", row, "total")) for row in LABELS}
    alarms = set()
    if _differ([totals["new"], totals["carried_in"]], [totals["total_handled"], totals["carried_out"]]):
        alarms.add("R1")
    if _differ([totals[leaf] for leaf in LEAVES], [totals["total_handled"]]):
        alarms.add("R2")
    return frozenset(alarms)


def _differ(left: list[Number | None], right: list[Number | None]) -> bool:
    """Whether two sums are known and different."""
    known = [value for value in (*left, *right) if value is not None]
    if len(known) < len(left) + len(right):
        return False
    return sum(known[: len(left)]) != sum(known[len(left) :])
