"""Words of a question that mean a row, a column, or deliberately neither.

*Find* never guesses: at each place the longest known phrase wins, so that 不予公开 is never read as 公开
and 政府信息公开申请 never as an answer that was given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from assistant.ingest.annual.form import ReportForm, TableForm

Kind = Literal["row", "open", "weak", "column", "vague", "elsewhere", "neutral", "change"]

_BLANK = "\n"
_CLAUSE_END = re.compile(r"[,。;、?!:]|其中|以及|[和与及]")


@dataclass(frozen=True)
class Sense:
    """What a phrase means: rows or one column of a table, or (elsewhere) tables that do not hold it."""

    kind: Kind
    table: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A phrase found in the question, where it stands, and in which clause."""

    start: int
    end: int
    clause: int
    sense: Sense


def find_marks(text: str, form: ReportForm) -> list[Mark]:
    """Every known phrase of a plain question, longest first, none overlapping."""
    senses = dict(senses_of(form))
    phrases = sorted(senses, key=len, reverse=True)
    found = list(re.finditer("|".join(map(re.escape, phrases)), text))
    rest = blank(text, [match.span() for match in found])
    ends = [match.start() for match in _CLAUSE_END.finditer(rest)]
    return [Mark(m.start(), m.end(), sum(end < m.start() for end in ends), senses[m[0]]) for m in found]


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans made blank, every other character in its place."""
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


def senses_of(form: ReportForm) -> Iterator[tuple[str, Sense]]:
    """Each phrase of the form with its meaning."""
    words = form.words
    yield from ((phrase, Sense("neutral")) for phrase in words["neutral"])
    yield from ((phrase, Sense("change")) for phrase in words["change"])
    for phrase in dict.fromkeys(chain(*words["elsewhere"].values())):
        tables = tuple(table for table, phrases in words["elsewhere"].items() if phrase in phrases)
        yield phrase, Sense("elsewhere", codes=tables)
    for vague in words["vague"]:
        yield vague["words"], Sense("vague", "requests", tuple(vague["rows"]))
    for table in form.tables.values():
        yield from _senses_of_table(table)


def _senses_of_table(table: TableForm) -> Iterator[tuple[str, Sense]]:
    for row in (*table.rows.values(), *table.groups.values()):
        kinds: dict[Kind, tuple[str, ...]] = {"row": row.asks, "open": row.open, "weak": row.weak}
        for kind, phrases in kinds.items():
            yield from ((phrase, Sense(kind, table.code, (row.code,))) for phrase in phrases)
    for column in (*table.columns.values(), *table.column_groups.values()):
        yield from ((phrase, Sense("column", table.code, (column.code,))) for phrase in column.asks)
