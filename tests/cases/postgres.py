"""A real PostgreSQL for tests: started once a run, emptied for each test."""

import atexit
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from assistant.cases.database import open_database
from assistant.cases.schema import METADATA
from assistant.settings import Settings

on_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)

REGISTER = "register"
GUARDED = "local all guarded scram-sha-256\n"


@dataclass
class Server:
    """The server with one register, emptied for each test, and databases without anything for those that need one."""

    folder: Path
    running: Any
    places: Iterator[int] = field(default_factory=count)

    def address(self, database: str) -> str:
        """The address of a database."""
        return str(self.running.get_uri(database))

    def emptied(self) -> str:
        """The register with nothing in it; its address."""
        emptying = [f"DELETE FROM {table}" for table in METADATA.tables]
        self.say("SET session_replication_role = replica", *emptying, database=REGISTER)
        return self.address(REGISTER)

    def bare(self, kind: str = "") -> str:
        """A new database with nothing in it, of a kind; its address."""
        name = f"bare_{next(self.places)}"
        self.say(f"CREATE DATABASE {name} {kind}")
        return self.address(name)

    def say(self, *statements: str, database: str = "postgres") -> None:
        """Statements of the administrator."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def runs(self) -> bool:
        """Whether it is on."""
        return (self.folder / "postmaster.pid").exists()

    def stop(self) -> None:
        """Broken off like a machine whose power fails."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """On again, with what was on the disk."""
        socket = self.running.get_postmaster_info().socket_dir
        self._control("-l", str(self.folder / "log"), "-o", f'-h "" -k {socket}', "start")

    def _control(self, *arguments: str) -> None:
        from pgserver._commands import pg_ctl

        pg_ctl(["-w", *arguments], pgdata=self.folder, user=self.running.system_user)


@contextmanager
def started() -> Iterator[Server]:
    """The server. A machine on which it cannot run skips these tests and says so."""
    folder = Path(mkdtemp(prefix="pg"))
    server = Server(folder, _running(folder))
    try:
        yield _prepared(server)
    finally:
        atexit.unregister(server.running._cleanup)
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _running(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pgserver

        try:
            return pgserver.get_server(folder, cleanup_mode="stop")
        except (OSError, subprocess.SubprocessError, AssertionError) as fault:
            pytest.skip(f"PostgreSQL cannot be started here: {fault}")


def _prepared(server: Server) -> Server:
    """Quick, since no power cut of the machine is tried; one user needs a password."""
    access = server.folder / "pg_hba.conf"
    access.write_text(GUARDED + access.read_text(encoding="utf-8"), encoding="utf-8")
    server.say(
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET full_page_writes = off",
        "CREATE ROLE guarded LOGIN PASSWORD 'right'",
        "SELECT pg_reload_conf()",
        f"CREATE DATABASE {REGISTER}",
    )
    open_database(replace(Settings(), database_url=server.address(REGISTER)))
    return server
