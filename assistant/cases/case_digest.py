"""The digest of everything the register holds of a case: the same on SQLite and PostgreSQL, and after an update.

It is taken over whole numbers, words and nothing. A table added later counts only where it holds rows of the case,
a column added later only where it is filled: so entries written before still fit. Basis: the house's own.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Table

from assistant.cases.rows import rows_by_case
from assistant.cases.schema import LATER, METADATA, cases

_FIRST = (
    *("requests", "applicants", "agents", "items", "events", "searches", "consultations"),
    *("decisions", "drafts", "approvals", "letters", "enclosures", "disputes"),
)
_APART = ("cases", "audit_entries")


def case_digests(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The digest of each case, each table asked once for all of them."""
    of_cases = _rows_of(connection, cases, ids)
    held: dict[int, list[Any]] = {one: [of_cases.get(one, [])] for one in ids}
    for name in _FIRST:
        rows = _rows_of(connection, METADATA.tables[name], ids)
        for one in ids:
            held[one].append(rows.get(one, []))
    for table in _later_tables():
        for one, found in _rows_of(connection, table, ids).items():
            held[one].append([table.name, found])
    return {one: _digest(rows) for one, rows in held.items()}


def _digest(rows: list[Any]) -> str:
    return sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


@lru_cache
def _later_tables() -> list[Table]:
    """The tables with rows of cases that the first edition of the register had not, by name."""
    named = sorted(METADATA.tables.items())
    return [one for name, one in named if "case_id" in one.c and name not in (*_FIRST, *_APART)]


def _rows_of(connection: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[list[Any]]]:
    order, later = _shape(table)
    found = rows_by_case(connection, table, ids, order)
    return {one: [_values(row, later) for row in rows] for one, rows in found.items()}


@lru_cache
def _shape(table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns its rows are ordered by, and those the first edition had not."""
    order = tuple(column.name for column in table.primary_key.columns)
    return order, tuple(column.name for column in table.c if column.info.get(LATER))


def _values(row: Row[Any], later: Sequence[str]) -> list[Any]:
    if not later:
        return list(row)
    named = row._asdict()
    added = [[name, named.pop(name)] for name in later]
    return [*named.values(), *(one for one in added if one[1] is not None)]
