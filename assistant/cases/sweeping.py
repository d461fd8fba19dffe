"""After names and words were erased: nothing of them is left in the files of the register either.

A database keeps what it deleted in free pages and in its log until they are written over. SQLite's file is written
anew and its log emptied; PostgreSQL's tables are written anew (its own archive of logs is the administrator's).
Files of enclosures that no case names any more go as well. Backups made earlier are not touched.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from assistant.cases.database import Database
from assistant.cases.engines import LOCK_SECONDS
from assistant.cases.erasing import GONE, WORDS
from assistant.cases.register import Register
from assistant.cases.schema import enclosures
from assistant.errors import RegisterFault


def sweep(register: Register) -> int:
    """Every trace of what was erased is written over; how many files of enclosures went.

    Raises RegisterFault where another program stands in the way just then: what was erased stays erased, and the
    sweep can be done again at any time.
    """
    gone = _drop_orphans(register)
    database = register.database
    try:
        done = _rewrite_file(database) if database.path else _rewrite_tables(database)
    except (DBAPIError, sqlite3.Error) as fault:
        raise _in_the_way(database) from fault
    if not done:
        raise _in_the_way(database)
    return gone


def _drop_orphans(register: Register) -> int:
    """Under the writers' lock: whoever encloses a file writes it and its row under the same."""
    with register.database.writing() as connection:
        named = set(connection.scalars(select(enclosures.c.digest)))
        lost = [path for path in _files(register.enclosures) if path.name not in named]
        for path in lost:
            path.unlink()
    return len(lost)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("??/*") if path.is_file()]


def _rewrite_file(database: Database) -> bool:
    """Whether the log could be emptied too: somebody who still reads an earlier state keeps it."""
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return not busy


def _rewrite_tables(database: Database) -> bool:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{LOCK_SECONDS:.0f}s'"))
        for name in (*WORDS, *GONE, "audit_entries"):
            connection.execute(text(f"VACUUM FULL {name}"))
    return True


def _in_the_way(database: Database) -> RegisterFault:
    return RegisterFault(
        f"登记簿 {database.place} 正被另一个程序使用，旧的字迹还没有从文件里抹去；案件里的内容已经清除。"
        "请关闭其他程序后运行 assistant case erase --sweep。"
    )
