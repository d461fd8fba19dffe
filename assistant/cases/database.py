"""The register's transactions: one SQLite file or one PostgreSQL database, kept whole or not at all.

Everything of one write happens in one transaction under one lock. An SQLite file is readable by its owner alone and
lies in the data folder, outside whatever the web server shows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from assistant.cases.engines import begin_reading, begin_writing, database_url, file_of, make_engine, place_of
from assistant.cases.faults import UNSURE, told
from assistant.cases.migrating import is_present, migrate
from assistant.errors import RegisterFault
from assistant.settings import Settings


@dataclass(frozen=True)
class Database:
    """A register that has been brought to the present schema; `place` names it in messages."""

    engine: Engine
    place: str

    @property
    def path(self) -> Path | None:
        """Its file; None on a server."""
        return file_of(self.engine.url)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that no other writer shares; kept whole when the block ends, else not at all.

        Raises RegisterFault where the database cannot be reached, locked, read or written.
        """
        with told(self.place), self.engine.connect() as connection:
            begin_writing(connection)
            yield connection
            self._keep(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One unchanging view of the register, whatever is written meanwhile."""
        with told(self.place), self.engine.connect() as connection:
            begin_reading(connection)
            yield connection

    def _keep(self, connection: Connection) -> None:
        """Told apart: whoever loses the connection at this moment cannot know."""
        try:
            connection.commit()
        except DBAPIError as fault:
            if not fault.connection_invalidated:
                raise
            raise RegisterFault(f"登记簿 {self.place} {UNSURE}。") from fault


def open_database(settings: Settings) -> Database:
    """The register of the settings, made where there is none and migrated where it is older.

    Raises SettingsError for a database_url of another kind, RegisterFault for what is no register or a newer one.
    """
    url = database_url(settings)
    database = Database(make_engine(url), place_of(url))
    if database.path:
        with told(database.place):
            database.path.parent.mkdir(parents=True, exist_ok=True)
            database.path.touch(mode=0o600)
    with database.reading() as view:
        present = is_present(view, database.place)
    if not present:
        with database.writing() as connection:
            migrate(connection, database.place)
    return database
