"""Figures out of a report's tables, however the page was flattened.

The tables are never cut by counting cells. Each row is found by its printed title, and the values up to
the next title are its own. A row whose values cannot be told apart stays unavailable; a lost figure is
never taken for zero.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.ingest.report_form import TableForm

Number = int | Decimal
Line = tuple[int, str]

_RULE = re.compile(r":?-{2,}:?")
_TAIL = re.compile(r"(?<=\s)[+-]?\d[\d,.]*\s*$|(?<=\s)[/*-]+\s*$")
_NUMBER = re.compile(r"([+-]?\d{1,3}(?:,\d{3})+|[+-]?\d+)(\.\d+)?(\D*)")
_VALUE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?(?:件|条|份|个|起|万元|元)?|[/*—-]+")


@dataclass(frozen=True)
class Cell:
    """One figure of a table: its value, the line of the source it stands on, and the words there.

    `value` is None where the source shows something that is no number (a masked digit, a stroke).
    """

    value: Number | None
    line: int
    raw: str


Table = Mapping[str, Mapping[str, Cell | None]]


@dataclass(frozen=True)
class _Token:
    text: str
    line: int


@dataclass
class _Run:
    """Values that follow one title; `row` is None where no title stands before them."""

    row: str | None
    values: list[_Token]


def read_table(lines: Iterable[Line], form: TableForm) -> Table:
    """Every row and column of the form; None where the source does not show the figure."""
    runs = list(_runs(_tokens(lines), form))
    found = _single_row(runs, form) if form.one_row else {}
    for run in runs:
        if run.row and any(token.text for token in run.values):
            _enter(found, run.row, _place(run.values, form.rows[run.row].columns))
    return {
        code: {column: _cell(found.get(code, {}).get(column), row.unit) for column in row.columns}
        for code, row in form.rows.items()
    }


def read_number(raw: str, unit: str) -> Number | None:
    """The number a cell shows, or None: `1,204`, `+2`, `０`, `3件` are numbers; `1*`, `/` and other units not."""
    match = _NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", raw).split()))
    if not match or match[3] not in ("", unit):
        return None
    whole = match[1].replace(",", "")
    return Decimal(whole + match[2]) if match[2] else int(whole)


def _tokens(lines: Iterable[Line]) -> Iterator[_Token]:
    """Cells in reading order; an empty cell between bars keeps its place."""
    for number, line in lines:
        for piece in line.replace("\xa0", " ").split("|"):
            if _RULE.fullmatch(piece.strip()):
                continue
            for text in _split_values(piece):
                yield _Token(text, number)


def _split_values(piece: str) -> list[str]:
    """`规章 0 0 0` is a title and three values, `1.属于国家秘密` is one title."""
    piece, tail = unicodedata.normalize("NFKC", piece).strip(), []
    while match := _TAIL.search(piece):
        tail.append(match[0].strip())
        piece = piece[: match.start()].rstrip()
    return [piece, *reversed(tail)]


def _runs(tokens: Iterable[_Token], form: TableForm) -> Iterator[_Run]:
    run = _Run(None, [])
    for token in tokens:
        if not token.text or _VALUE.fullmatch(token.text):
            run.values.append(token)
            continue
        yield run
        row = form.row_named(token.text)
        run = _Run(row.code if row else None, [])
    yield run


def _single_row(runs: Iterable[_Run], form: TableForm) -> dict[str, dict[str, _Token]]:
    """All figures in one row under the column heads, as many as the form has places."""
    places = [(row.code, column) for row in form.rows.values() for column in row.columns]
    for run in runs:
        values = [token for token in run.values if token.text]
        if len(values) == len(places):
            found: dict[str, dict[str, _Token]] = {}
            for (row, column), token in zip(places, values, strict=True):
                found.setdefault(row, {})[column] = token
            return found
    return {}


def _place(values: list[_Token], columns: tuple[str, ...]) -> dict[str, _Token]:
    """One value for each column, or none at all.

    An empty cell keeps its place only between the first and the last value: outside them it may be
    the padding of a merged cell.
    """
    filled = [at for at, token in enumerate(values) if token.text]
    if not filled:
        return {}
    between = values[filled[0] : filled[-1] + 1]
    full = [token for token in between if token.text]
    for candidates in (full, between):
        if len(candidates) == len(columns):
            return {c: token for c, token in zip(columns, candidates, strict=True) if token.text}
    return {}


def _enter(found: dict[str, dict[str, _Token]], row: str, placed: dict[str, _Token]) -> None:
    """A row that stands twice with different figures is not available: neither may be chosen."""
    before = found.get(row)
    if before is not None and [t.text for t in before.values()] != [t.text for t in placed.values()]:
        placed = {}
    found[row] = placed


def _cell(token: _Token | None, unit: str) -> Cell | None:
    return Cell(read_number(token.text, unit), token.line, token.text) if token else None
