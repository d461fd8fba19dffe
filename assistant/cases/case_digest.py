"""The digest of everything the register holds of a case: the same on SQLite and PostgreSQL, and after an update.

It is taken over whole numbers, words and nothing. A table added later counts only where it holds rows of the case,
a column added later only where it is filled: so entries written before still fit. Basis: the house's own.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select

from assistant.cases.schema import LATER, METADATA, cases

_FIRST = (
    *("requests", "applicants", "agents", "items", "events", "searches", "consultations"),
    *("decisions", "drafts", "approvals", "letters", "enclosures", "disputes"),
)
_APART = ("cases", "audit_entries")


def case_digests(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The digest of each case, each table asked once for all of them."""
    held: dict[int, list[Any]] = {one: [[]] for one in ids}
    for row in connection.execute(select(cases).where(cases.c.id.in_(ids))):
        held[row.id][0].append(_values(cases, row._mapping))
    for name in _FIRST:
        rows = _rows_of(connection, METADATA.tables[name], ids)
        for one in ids:
            held[one].append(rows.get(one, []))
    for table in _later_tables():
        for one, found in _rows_of(connection, table, ids).items():
            held[one].append([table.name, found])
    return {
        one: sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest() for one, rows in held.items()
    }


def _later_tables() -> list[Table]:
    """The tables with rows of cases that the first edition of the register had not, by name."""
    named = sorted(METADATA.tables.items())
    return [one for name, one in named if "case_id" in one.c and name not in (*_FIRST, *_APART)]


def _rows_of(connection: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[list[Any]]]:
    found: dict[int, list[list[Any]]] = {}
    asked = select(table).where(table.c.case_id.in_(ids)).order_by(*table.primary_key.columns)
    for row in connection.execute(asked):
        found.setdefault(row.case_id, []).append(_values(table, row._mapping))
    return found


def _values(table: Table, row: Any) -> list[Any]:
    first = [row[column] for column in table.c if not column.info.get(LATER)]
    later = [(column.name, row[column]) for column in table.c if column.info.get(LATER)]
    return first + [[name, value] for name, value in later if value is not None]
