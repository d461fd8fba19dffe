"""Many new rows at once, in the transaction of one session: ids are drawn here and each table is written once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from assistant.cases.schema import METADATA


@dataclass
class NewRows:
    """Rows on their way in. Nobody else draws ids meanwhile: writers come one after the other."""

    connection: Connection
    rows: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def add(self, table: Table, **values: object) -> int:
        """One more row; its id."""
        if table.name not in self.last:
            self.last[table.name] = self.connection.execute(select(func.max(table.c.id))).scalar() or 0
        self.last[table.name] += 1
        self.rows.setdefault(table.name, []).append({"id": self.last[table.name], **values})
        return self.last[table.name]

    def put(self) -> None:
        """All of them, those that are referred to first."""
        for table in METADATA.sorted_tables:
            if self.rows.get(table.name):
                self.connection.execute(insert(table), self.rows.pop(table.name))
