"""The guard of the audit trail lifted for two steps that need it: an empty register, and words that are erased.

It keeps this program from changing an entry by mistake; what proves that nobody did is the chain. Both steps leave
an entry of their own, in the same transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

_ON_FILE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'")
_ON_SERVER = "ALTER TABLE audit_entries {} TRIGGER USER"


@contextmanager
def guard_lifted(connection: Connection) -> Iterator[None]:
    """Within the block entries can be changed and removed; afterwards, or where the transaction fails, no more."""
    if connection.dialect.name == "sqlite":
        guards = connection.execute(_ON_FILE).all()
        for guard in guards:
            connection.execute(text(f"DROP TRIGGER {guard.name}"))
        yield
        for guard in guards:
            connection.exec_driver_sql(guard.sql)
    else:
        connection.execute(text(_ON_SERVER.format("DISABLE")))
        yield
        connection.execute(text(_ON_SERVER.format("ENABLE")))
