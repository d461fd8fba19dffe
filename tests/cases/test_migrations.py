"""How a register comes to the present schema: from nothing, from an earlier program, by two programs at once."""

import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from assistant.cases.database import open_database
from assistant.cases.engines import FILE
from assistant.cases.migrating import MIGRATIONS, revisions
from assistant.cases.reading import list_cases, load_case
from assistant.cases.receiving import receive
from assistant.cases.register import Register
from assistant.cases.schema import METADATA
from assistant.errors import RegisterFault, SettingsError
from assistant.settings import Settings
from tests.cases.conftest import Opened
from tests.cases.postgres import Server, on_postgresql, on_sqlite
from tests.cases.steps import LETTER

FORMER = Path(__file__).parent / "former_register.sql"
# The digest of the last entry when the earlier program wrote it.
FORMER_HEAD = "f417c1bd1e74c52f684e53ce0b465b7315c4b315b0b6052a53aaba6d6ca7de2f"


@pytest.fixture
def untouched(settings: Settings, kind: str, request: pytest.FixtureRequest) -> Settings:
    """An office that has no register yet."""
    if kind == "sqlite":
        return settings
    server: Server = request.getfixturevalue("server")
    return replace(settings, database_url=server.bare())


def differences(connection: Connection) -> list[Any]:
    """What the tables are and the schema says otherwise."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def test_the_migrations_end_in_the_schema(untouched: Settings) -> None:
    """Table by table, column by column, index by index, on both databases."""
    with open_database(untouched).reading() as view:
        assert [] == differences(view)
        assert revisions()[-1] == view.execute(text("SELECT version_num FROM alembic_version")).scalar()


def test_the_partial_indices_are_those_of_the_schema(untouched: Settings) -> None:
    """What alembic does not compare: which rows they hold, and whether each may be there once."""
    from sqlalchemy import inspect

    with open_database(untouched).reading() as view:
        for table in METADATA.tables.values():
            made = {one["name"]: one for one in inspect(view).get_indexes(table.name)}
            for index in table.indexes:
                where = index.dialect_options["sqlite"]["where"] is not None
                options = made[index.name].get("dialect_options", {})
                assert index.unique == bool(made[index.name]["unique"])
                assert where == any(name.endswith("_where") for name in options), index.name


def test_the_steps_are_one_chain_and_named_as_their_files() -> None:
    """The last file by name is the last step: so an up-to-date register is known without alembic."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(MIGRATIONS))
    chain = [step.revision for step in script.walk_revisions()][::-1]
    assert revisions() == chain
    for before, after in pairwise(chain):
        assert before == script.get_revision(after).down_revision


def former(settings: Settings, changed: Callable[[str], str] = str) -> None:
    """The register of the earlier program, as it lay on the disk."""
    settings.data_dir.mkdir(parents=True)
    with closing(sqlite3.connect(settings.data_dir / FILE)) as connection:
        connection.executescript(changed(FORMER.read_text(encoding="utf-8")))


@on_sqlite
def test_a_register_of_the_earlier_program_goes_on_without_loss(settings: Settings, opened: Opened) -> None:
    """Every case, every entry, the last digest, the numbers; the next letter is the next number."""
    former(settings)
    register = opened()
    proof = register.verify(FORMER_HEAD)
    assert (None, 20, 3, FORMER_HEAD) == (proof.broken, proof.entries, proof.cases, proof.head)
    with register.reading() as view:
        assert ["2026-1", "2026-2", "2026-3"] == [one.number for one in list_cases(view, open_only=False)]
        case = load_case(view, "2026-1")
        assert ("partial", "replied") == (case.decision and case.decision.outcome, case.events[-1].event.kind)
        keys = [one for one in differences(view) if one[0][0] != "modify_nullable"]
        assert [] == keys
    with register.writing("罗敏") as session:
        assert "2026-4" == receive(session, LETTER).number
    assert opened().verify(FORMER_HEAD).holds


def first_steps_only(script: str) -> str:
    """The register as it stood before the second and third step of the earlier program."""
    script = re.sub(r"INSERT INTO \"migrations\" VALUES\('000[23].*\n", "", script)
    script = re.sub(r"CREATE TRIGGER [^;]*;\nEND;\n", "", script)
    return re.sub(r"CREATE (UNIQUE )?INDEX events_(archived|ended_on)[^;]*;\n", "", script)


@on_sqlite
def test_a_register_left_off_halfway_gets_the_steps_it_lacks(settings: Settings, opened: Opened) -> None:
    """The triggers of the trail and the indices of endings, once each."""
    former(settings, first_steps_only)
    register = opened()
    assert register.verify(FORMER_HEAD).holds
    with register.reading() as view:
        made = set(view.execute(text("SELECT name FROM sqlite_master")).scalars())
    assert {"audit_entries_keep", "audit_entries_stay", "events_archived", "events_ended_on"} <= made
    assert "migrations" not in made


@on_sqlite
@pytest.mark.parametrize(
    ("found", "written", "words"),
    [
        ("'0003_endings'", "'0009_later'", "由较新的程序建立（0009_later）"),
        ("'a7ba51b1", "'00000000", "结构与程序不符（0003_endings）"),
    ],
)
def test_an_earlier_list_of_steps_that_is_not_ours_is_refused(
    settings: Settings, opened: Opened, found: str, written: str, words: str
) -> None:
    """And the file stays as it was."""
    former(settings, lambda script: script.replace(found, written))
    with pytest.raises(RegisterFault, match=words):
        opened()
    with closing(sqlite3.connect(settings.data_dir / FILE)) as connection:
        assert (3,) == connection.execute("SELECT count(*) FROM migrations").fetchone()


def test_a_register_of_a_newer_program_is_refused(register: Register, opened: Opened, kind: str) -> None:
    """By the name of the step this program does not know."""
    with register.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_later'"))
    with pytest.raises(RegisterFault, match="由较新的程序建立（9999_later）；请升级本程序"):
        opened()
    with register.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :last"), {"last": revisions()[-1]})
    assert opened().verify().holds


def test_programs_that_open_a_new_register_at_once_make_it_once(untouched: Settings) -> None:
    """Six at the same moment."""
    with ThreadPoolExecutor(6) as threads:
        databases = list(threads.map(open_database, [untouched] * 6))
    with databases[0].reading() as view:
        assert 1 == view.execute(text("SELECT count(*) FROM alembic_version")).scalar()


def test_a_step_that_fails_leaves_the_register_as_it_was(
    untouched: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On both databases the whole of it is one transaction."""

    class PowerCut(Exception):
        pass

    def upgraded(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr("assistant.cases.migrating._upgrade", upgraded)
        with pytest.raises(PowerCut):
            open_database(untouched)
    with open_database(untouched).reading() as view:
        assert [] == differences(view)


@on_sqlite
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://localhost/x", "写的是 mysql"),
        ("sqlite://", "写的是 sqlite"),
        ("postgresql://秘密:口令@/", "写的是 postgresql"),
        ("postgresql://a:secret@host:port/x", "读不懂"),
        ("register.sqlite3", "读不懂"),
    ],
)
def test_an_address_of_another_kind_is_refused_without_its_password(
    opened: Opened, address: str, words: str
) -> None:
    """With the two forms that can be used."""
    with pytest.raises(SettingsError, match=words) as told:
        opened(database_url=address)
    assert "postgresql://用户@主机/数据库" in str(told.value)
    assert not {"secret", "口令"} & set(re.findall(r"\w+", str(told.value)))


@on_postgresql
def test_a_database_that_cannot_hold_every_name_is_refused(opened: Opened, server: Server) -> None:
    """Before the first letter."""
    latin = server.bare("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(RegisterFault, match="字符编码是 LATIN1，不能用；请管理员以 UTF8 编码另建数据库"):
        opened(database_url=latin)


@on_sqlite
def test_what_is_no_register_is_refused(opened: Opened, tmp_path: Path) -> None:
    """Another kind of file."""
    file = tmp_path / "note.txt"
    file.write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(RegisterFault, match="拒绝了这次读写"):
        opened(database_url=f"sqlite:///{file}")


@on_sqlite
def test_the_file_is_its_owners_alone(register: Register, tmp_path: Path) -> None:
    """Citizens' names lie in it."""
    assert 0o600 == (tmp_path / "data" / FILE).stat().st_mode & 0o777
