"""The two databases a register may lie in, as engines: SQLite in one file, PostgreSQL on a server.

A connection lives as long as one session: a database that was gone and came back is found again, a forked program
shares none, and no password stays in a pool. Writers come one after the other on both.
"""

import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from assistant.errors import SettingsError
from assistant.settings import Settings

FILE = "register.sqlite3"
LOCK_SECONDS = 30.0
CONNECT_SECONDS = 10
IDLE_SECONDS = 300

_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_EXAMPLE = "sqlite:////绝对路径/register.sqlite3 或者 postgresql://用户@主机/数据库"
# One number for every program that writes in a register of this kind.
LOCK = int.from_bytes(sha256(b"disclosure-assistant register").digest()[:7])
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY")


def database_url(settings: Settings) -> URL:
    """Where the register lies: as set, else one file in the data folder.

    Raises SettingsError for an address of another kind; the message holds no password.
    """
    if settings.database_url is None:
        return URL.create("sqlite", database=str(settings.data_dir / FILE))
    try:
        url = make_url(settings.database_url)
    except (ArgumentError, ValueError):
        raise SettingsError(f"配置项“database_url”读不懂；请写成 {_EXAMPLE}。") from None
    if url.drivername in _SERVERS and url.database:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:" and not url.query:
        return url
    raise SettingsError(
        f"配置项“database_url”写的是 {url.drivername}，登记簿只能放在 SQLite 文件或者 PostgreSQL 数据库里；"
        f"请写成 {_EXAMPLE}，或者删去这一项。"
    )


def place_of(url: URL) -> str:
    """The register as messages name it: the file, or server and database without user and password."""
    if url.drivername == "sqlite":
        return str(url.database)
    host = url.host or url.query.get("host") or "本机"
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{host}{port}/{url.database}"


def file_of(url: URL) -> Path | None:
    """The file of an SQLite register."""
    return Path(str(url.database)) if url.drivername == "sqlite" else None


def make_engine(url: URL) -> Engine:
    """The engine of a register; nothing is opened yet."""
    if url.drivername == "sqlite":
        engine = create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args={"isolation_level": None}
        )
        event.listen(engine, "connect", _prepare_file)
        event.listen(engine, "begin", _begin_file)
    else:
        engine = create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args=_server_options(url)
        )
    event.listen(engine, "after_cursor_execute", _count_write)
    return engine


def begin_writing(connection: Connection) -> None:
    """A transaction no other writer shares, from its first moment on; kept on the disk once it is kept at all."""
    if connection.dialect.name == "sqlite":
        connection.execution_options(begin="BEGIN IMMEDIATE")
        connection.begin()
        return
    connection.begin()
    options = {
        "lock_timeout": f"{LOCK_SECONDS * 1000:.0f}",
        "idle_in_transaction_session_timeout": f"{IDLE_SECONDS * 1000}",
        "synchronous_commit": "on",
    }
    connection.execute(select(*(func.set_config(key, value, True) for key, value in options.items())))
    connection.execute(select(func.pg_advisory_xact_lock(LOCK)))


def begin_reading(connection: Connection) -> None:
    """One unchanging view in which nothing can be written."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
    else:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        connection.begin()


def writes_of(connection: Connection) -> int:
    """How many statements have written something over this connection so far."""
    return int(connection.info.get("writes", 0))


def _server_options(url: URL) -> dict[str, Any]:
    """What the address itself does not say. No prepared statements: a pooler between may lend connections."""
    usual = {"connect_timeout": CONNECT_SECONDS, "application_name": "disclosure-assistant"}
    usual |= {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    return {key: value for key, value in usual.items() if key not in url.query} | {"prepare_threshold": None}


def _prepare_file(raw: sqlite3.Connection, _record: object) -> None:
    """Whole on the disk after every write, its references held, and patient with another writer."""
    pragmas = (
        f"busy_timeout = {LOCK_SECONDS * 1000:.0f}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    )
    for pragma in pragmas:
        raw.execute(f"PRAGMA {pragma}")


def _begin_file(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get("begin", "BEGIN")))


def _count_write(
    connection: Connection, cursor: Any, statement: str, _values: object, context: Any, _many: bool
) -> None:
    """The trail needs to know of every write, also of one in plain SQL."""
    changes = context is not None and (context.isinsert or context.isupdate or context.isdelete)
    if (changes or statement.lstrip().upper().startswith(_WRITES)) and cursor.rowcount != 0:
        connection.info["writes"] = writes_of(connection) + 1
