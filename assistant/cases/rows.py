"""Rows by case and new rows: the statements every step asks again, worded once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, Select, Table, bindparam, insert, select

from assistant.cases.schema import cases


def rows_by_case(
    connection: Connection, table: Table, ids: Sequence[int], order: tuple[str, ...]
) -> dict[int, list[Row[Any]]]:
    """The rows that some cases have in a table, in order; the table is asked once for all of them."""
    asked = _of_cases(table, order, len(ids) > 1)
    of = {"ids": ids} if len(ids) > 1 else {"id": ids[0] if ids else None}
    found: dict[int, list[Row[Any]]] = {}
    place = _place_of_case(table)
    for row in connection.execute(asked, of):
        found.setdefault(row[place], []).append(row)
    return found


def add_row(connection: Connection, table: Table, values: dict[str, object]) -> int:
    """One new row; its id."""
    return int(connection.execute(_adding(table), values).scalar_one())


@lru_cache
def _of_cases(table: Table, order: tuple[str, ...], many: bool) -> Select[Any]:
    case = _case_of(table)
    whose = case.in_(bindparam("ids", expanding=True)) if many else case == bindparam("id")
    return select(table).where(whose).order_by(*(table.c[name] for name in order))


@lru_cache
def _adding(table: Table) -> Insert:
    return insert(table).returning(table.c.id)


@lru_cache
def _place_of_case(table: Table) -> int:
    return list(table.c).index(_case_of(table))


def _case_of(table: Table) -> Any:
    return table.c.id if table is cases else table.c.case_id
