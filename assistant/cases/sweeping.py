"""After names and words were erased: nothing of them is left in the files of the register either.

A database keeps what it deleted in free pages and in its log until they are written over. SQLite's file is written
anew and its log emptied; PostgreSQL's tables are written anew (its own archive of logs is the administrator's).
Files of enclosures that no case names any more go as well. Backups made earlier are not touched.
"""

from pathlib import Path

from sqlalchemy import select, text

from assistant.cases.database import Database
from assistant.cases.erasing import GONE, WORDS
from assistant.cases.faults import told
from assistant.cases.register import Register
from assistant.cases.schema import enclosures
from assistant.errors import RegisterFault


def sweep(register: Register) -> int:
    """Every trace of what was erased is written over; how many files of enclosures went.

    Raises RegisterFault where another program reads just then: what was erased stays erased, and the sweep can be
    done again at any time.
    """
    gone = _drop_orphans(register)
    with told(register.database.place):
        if register.database.path:
            _rewrite_file(register.database)
        else:
            _rewrite_tables(register.database)
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


def _rewrite_file(database: Database) -> None:
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if busy:
        raise RegisterFault(
            f"登记簿 {database.place} 正被另一个程序读取，旧的字迹还没有从文件里抹去；案件里的内容已经清除。"
            "请关闭其他程序后运行 assistant case erase --sweep。"
        )


def _rewrite_tables(database: Database) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in (*WORDS, *GONE, "audit_entries"):
            connection.execute(text(f"VACUUM FULL {name}"))
