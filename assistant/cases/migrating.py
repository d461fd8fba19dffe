"""The register brought to the present schema, from nothing or from an earlier program, on either database.

Each step is one file of migrations/versions; the file's name is the revision. A step is made once, in the same
transaction and under the same lock as any other write.
"""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text

from assistant.errors import RegisterFault

MIGRATIONS = Path(__file__).parent / "migrations"

# The steps an earlier program made as files of SQL, with the digest it noted down: the same steps, the same names.
_FORMER = {
    "0001_register": "5d21acd14589091f2fc19507666a6032fbf1762eceecc5e87ede8467bf90d418",
    "0002_append_only": "294cdc73bb3f66ae8c0b9adab327367f44ef0482b9980be987517af270065d20",
    "0003_endings": "a7ba51b1fa5b8cb5ac89ce624f7625dd6613454281d2cf13dd83e58747d0ba25",
}
_ALEMBIC, _MIGRATIONS = "alembic_version", "migrations"


def revisions() -> list[str]:
    """Every step this program knows, in order."""
    return sorted(file.stem for file in (MIGRATIONS / "versions").glob("0*.py"))


def is_present(connection: Connection, place: str) -> bool:
    """Whether nothing is left to be done. Raises RegisterFault for a register of a newer program."""
    made = _made(connection, place)
    return made == revisions()[-1]


def migrate(connection: Connection, place: str) -> None:
    """Looked at again under the lock: another program may have been first."""
    if is_present(connection, place):
        return
    _refuse_encoding(connection, place)
    _take_over(connection, place)
    _upgrade(connection)


def _made(connection: Connection, place: str) -> str | None:
    """The last step made, by the mark alembic leaves; None where there is none."""
    if not inspect(connection).has_table(_ALEMBIC):
        return None
    made = connection.execute(select(table(_ALEMBIC, column("version_num")))).scalar()
    if made is not None and made not in revisions():
        raise _newer(place, made)
    return made


def _take_over(connection: Connection, place: str) -> None:
    """A register of the earlier program goes on where that one left off; its own list of steps goes."""
    if not inspect(connection).has_table(_MIGRATIONS):
        return
    rows = connection.execute(select(table(_MIGRATIONS, column("name"), column("digest")))).all()
    made = {row.name: row.digest for row in rows}
    _check_former(made, place)
    if made:
        connection.execute(text(f"CREATE TABLE {_ALEMBIC} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        mark = text(f"INSERT INTO {_ALEMBIC} (version_num) VALUES (:last)")
        connection.execute(mark, {"last": max(made)})
    connection.execute(text(f"DROP TABLE {_MIGRATIONS}"))


def _check_former(made: Mapping[str, str], place: str) -> None:
    strange = sorted(set(made) - set(_FORMER))
    if strange:
        raise _newer(place, strange[0])
    for name, digest in made.items():
        if digest != _FORMER[name]:
            raise RegisterFault(f"登记簿 {place} 的结构与程序不符（{name}）；请重新获取完整的程序。")


def _newer(place: str, name: str) -> RegisterFault:
    return RegisterFault(f"登记簿 {place} 由较新的程序建立（{name}）；请升级本程序，旧程序不能使用它。")


def _refuse_encoding(connection: Connection, place: str) -> None:
    """A server that keeps fewer characters than people's names have is refused before the first letter."""
    if connection.dialect.name != "postgresql":
        return
    found = connection.execute(text("SHOW server_encoding")).scalar()
    if found != "UTF8":
        raise RegisterFault(f"登记簿 {place} 的字符编码是 {found}，不能用；请管理员以 UTF8 编码另建数据库。")


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
