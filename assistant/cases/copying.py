"""Every row of the register as lines of JSON, out of one database and into another: the same on SQLite and PostgreSQL.

The first line says what the copy is of; each other line is one row of one table. Ids and the whole audit trail go
along, so that every case keeps its digest and the chain proves itself where it arrives. Basis: the house's own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from assistant.cases.append_only import guard_lifted
from assistant.cases.audit_trail import ORIGIN, verify_trail
from assistant.cases.migrating import revisions
from assistant.cases.schema import METADATA, audit_entries, cases
from assistant.errors import InputError, RegisterFault

COPY = "disclosure-register"
VERSION = 1

_AT_ONCE = 1_000


@dataclass(frozen=True)
class CopyHead:
    """What a copy is of: the schema's last step, how many rows each table has, the audit trail's length and end."""

    schema: str
    rows: Mapping[str, int]
    entries: int
    head: str
    made: str
    agency: str | None = None
    copy: str = COPY
    version: int = VERSION

    def line(self) -> str:
        """The first line of a copy."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass
class Bundle:
    """Rows of one table on their way in."""

    table: Table | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)


def tables() -> list[Table]:
    """Every table, those that are referred to first."""
    return list(METADATA.sorted_tables)


def head_of(connection: Connection, made: str, agency: str | None) -> CopyHead:
    """What this view of the register would be copied as."""
    rows = {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables()
    }
    last = select(audit_entries.c.digest).order_by(audit_entries.c.seq.desc()).limit(1)
    head = connection.execute(last).scalar() or ORIGIN
    return CopyHead(revisions()[-1], rows, rows[audit_entries.name], head, made, agency)


def copy_rows(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row with the name of its table, in an order in which they can be put in again."""
    for table in tables():
        asked = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(asked, execution_options={"yield_per": _AT_ONCE}):
            yield table.name, dict(row._mapping)


def copy_lines(connection: Connection, head: CopyHead) -> Iterator[bytes]:
    """The copy as lines of UTF-8."""
    yield f"{head.line()}\n".encode()
    for name, row in copy_rows(connection):
        yield f"{json.dumps([name, row], ensure_ascii=False)}\n".encode()


def read_head(line: str, where: str) -> CopyHead:
    """What a copy says of itself. Raises RegisterFault where it is none, or of a newer program."""
    try:
        found = json.loads(line)
        head = CopyHead(**found)
    except (ValueError, TypeError) as fault:
        raise RegisterFault(f"“{where}”不是登记簿的副本，或者第一行已损坏；请用另一份备份。") from fault
    if head.copy != COPY or head.version != VERSION or head.schema not in revisions():
        raise RegisterFault(f"“{where}”由较新的程序写成（{head.schema}）；请升级本程序后再恢复。")
    return head


def read_row(line: str, where: str) -> tuple[str, dict[str, Any]]:
    """A row of a copy. Raises RegisterFault for a line that is none."""
    try:
        name, row = json.loads(line)
        table = METADATA.tables[name]
    except (ValueError, TypeError, KeyError) as fault:
        raise RegisterFault(f"“{where}”有一行已损坏（{line[:40]}…）；没有恢复，请用另一份备份。") from fault
    strange = set(row) - set(table.c.keys())
    if strange:
        raise RegisterFault(f"“{where}”里有不认识的栏“{name}.{min(strange)}”；请升级本程序后再恢复。")
    return name, row


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever written in the register."""
    return not any(connection.execute(select(table).limit(1)).first() for table in (cases, audit_entries))


def clear(connection: Connection) -> None:
    """Every row taken out, in the transaction in which others come in."""
    with guard_lifted(connection):
        for table in reversed(tables()):
            connection.execute(delete(table))


def put_rows(connection: Connection, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """The rows of a copy into an empty register."""
    bundle = Bundle()
    for name, row in rows:
        table = METADATA.tables[name]
        if table is not bundle.table or len(bundle.rows) >= _AT_ONCE:
            _put(connection, bundle)
            bundle = Bundle(table)
        bundle.rows.append(row)
    _put(connection, bundle)


def prove_copy(connection: Connection, head: CopyHead, where: str) -> None:
    """What came in is what the copy says of itself, and its audit trail holds. Raises RegisterFault."""
    lost = [
        f"{name}（应有 {count} 行）"
        for name, count in head.rows.items()
        if connection.execute(select(func.count()).select_from(METADATA.tables[name])).scalar() != count
    ]
    if lost:
        raise RegisterFault(f"“{where}”不完整：{'、'.join(lost)}；没有恢复，请用另一份备份。")
    proof = verify_trail(connection)
    if proof.broken or (proof.entries, proof.head) != (head.entries, head.head):
        why = proof.broken or "审计记录与副本自己写明的不一致。"
        raise RegisterFault(f"“{where}”被改动过：{why}没有恢复，请用另一份备份。")


def refuse_filled(connection: Connection) -> None:
    """Raises InputError where the register holds anything."""
    if not is_empty(connection):
        raise InputError(
            "登记簿里已有内容，没有恢复。确要换成副本里的，请加 --replace：现有的内容会先另存一份备份，不会丢失。"
        )


def _put(connection: Connection, bundle: Bundle) -> None:
    if bundle.table is not None and bundle.rows:
        connection.execute(insert(bundle.table), bundle.rows)
