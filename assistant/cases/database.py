"""Where the register lies: one SQLite file in WAL mode, its transactions, its migrations.

Everything of one write happens in one transaction under one lock: it is kept whole or not at all. The file is
readable by its owner alone and lies in the data folder, outside whatever the web server shows.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.errors import RegisterFault, SettingsError
from assistant.settings import Settings

FILE = "register.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"

_SQLITE = "sqlite:///"
_LOCK_SECONDS = 30.0
_KNOWN = "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, digest TEXT NOT NULL)"


@dataclass(frozen=True)
class Database:
    """A register that has been brought to the present schema."""

    path: Path

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other writer shares; kept whole when the block ends, else not at all.

        Raises RegisterFault where the file cannot be locked, read or written.
        """
        with _told(self.path), closing(_connect(self.path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One unchanging view of the register, whatever is written meanwhile."""
        with _told(self.path), closing(_connect(self.path)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            yield connection


def open_database(settings: Settings) -> Database:
    """The register of the settings, made where there is none and migrated where it is older.

    Raises SettingsError for a database_url of another kind, RegisterFault for a file that is no register.
    """
    path = database_path(settings)
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    database = Database(path)
    with database.reading() as view:
        behind = bool(_not_made(view, path))
    if behind:
        with database.writing() as connection:
            _migrate(connection, path)
    return database


def database_path(settings: Settings) -> Path:
    """The file named by database_url, or the one in the data folder."""
    url = settings.database_url
    if url is None:
        return settings.data_dir / FILE
    if not url.startswith(_SQLITE) or len(url) == len(_SQLITE):
        kind = url.split(":")[0]
        raise SettingsError(
            f"配置项“database_url”写的是 {kind}，本程序的登记簿只用 SQLite；请写成 sqlite:///绝对路径，或者删去这一项。"
        )
    return Path(url.removeprefix(_SQLITE))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """A fault of the database in a clerk's words; a case or number is never half written."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        words = str(fault)
        if "locked" in words or "busy" in words:
            why = f"正被另一个程序占用，等了 {_LOCK_SECONDS:.0f} 秒；请稍后再试"
        elif "full" in words:
            why = "所在的磁盘已满；请腾出空间后重做这一步"
        else:
            why = f"不能使用（{words}）；请检查文件的位置和权限"
        raise RegisterFault(f"登记簿 {path} {why}。这一步没有写入任何内容。") from fault
    except sqlite3.DatabaseError as fault:
        raise RegisterFault(
            f"登记簿 {path} 拒绝了这次读写（{fault}）；没有写入任何内容。文件损坏的，请用备份恢复。"
        ) from fault
    except OSError as fault:
        raise RegisterFault(
            f"登记簿 {path} 不能使用（{fault.strerror}）；请检查文件的位置和权限。"
        ) from fault


def _not_made(connection: sqlite3.Connection, path: Path) -> dict[str, str]:
    """The migrations still to be made, in order. A changed or unknown one is refused, never guessed at."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone()
    rows = connection.execute("SELECT name, digest FROM migrations").fetchall() if known else []
    made = {row["name"]: row["digest"] for row in rows}
    ours = {file.stem: file.read_text(encoding="utf-8") for file in sorted(MIGRATIONS.glob("*.sql"))}
    strange = sorted(set(made) - set(ours))
    if strange:
        raise RegisterFault(
            f"登记簿 {path} 由较新的程序建立（{strange[0]}）；请升级本程序，旧程序不能使用它。"
        )
    for name, digest in made.items():
        if digest != _digest(ours[name]):
            raise RegisterFault(f"登记簿 {path} 的结构与程序不符（{name}）；请重新获取完整的程序。")
    return {name: text for name, text in ours.items() if name not in made}


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Looked at again under the lock: another program may have been first."""
    connection.execute(_KNOWN)
    for name, text in _not_made(connection, path).items():
        for statement in _statements(text):
            connection.execute(statement)
        connection.execute("INSERT INTO migrations (name, digest) VALUES (?, ?)", (name, _digest(text)))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _statements(text: str) -> Iterator[str]:
    """The statements of a migration one by one: run as a script they would end the transaction."""
    so_far = ""
    for line in text.splitlines(keepends=True):
        so_far += line
        if sqlite3.complete_statement(so_far):
            yield so_far
            so_far = ""
