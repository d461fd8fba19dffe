"""The audit trail: every write is in it, and one changed byte anywhere is found and named."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from assistant.cases.audit_trail import ORIGIN, entries_of
from assistant.cases.engines import FILE
from assistant.cases.handling import record_search
from assistant.cases.receiving import receive
from assistant.cases.records import Search
from assistant.cases.register import Register
from tests.cases.conftest import Opened
from tests.cases.postgres import on_sqlite
from tests.cases.steps import LETTER, answered


@contextmanager
def behind_its_back(register: Register) -> Iterator[Connection]:
    """The database opened by somebody who takes the locks off first."""
    off = ["DROP TRIGGER IF EXISTS audit_entries_keep", "DROP TRIGGER IF EXISTS audit_entries_stay"]
    if not register.database.path:
        off = ["SET LOCAL session_replication_role = replica"]
    with register.database.engine.begin() as connection:
        for statement in off:
            connection.execute(text(statement))
        yield connection


@pytest.fixture
def filled(register: Register) -> Register:
    """Two cases, one answered."""
    with register.writing("罗敏") as session:
        answered(session, LETTER, "grant", date(2026, 9, 21))
        case = receive(session, LETTER)
        record_search(session, case.seen, Search(date(2026, 9, 12), "罗敏", "档案室", "合同", "一份"))
    return register


def test_an_empty_register_holds(register: Register) -> None:
    """No entry, no case, the origin as its head."""
    proof = register.verify()
    assert (True, 0, 0, ORIGIN) == (proof.holds, proof.entries, proof.cases, proof.head)


def test_every_write_has_its_entry_with_who_and_what(filled: Register) -> None:
    """Five writes, five entries, a chain that holds."""
    assert (True, 5, 2) == (filled.verify().holds, filled.verify().entries, filled.verify().cases)
    with filled.reading() as view:
        rows = view.execute(text("SELECT who, action, detail FROM audit_entries ORDER BY seq")).all()
    assert ["receive", "decide", "reply", "receive", "search"] == [row.action for row in rows]
    assert {"罗敏"} == {row.who for row in rows}
    assert "grant" == json.loads(rows[1].detail)["outcome"]


def test_the_program_itself_cannot_change_an_entry(filled: Register) -> None:
    """The table takes new entries and nothing else."""
    statements = ["UPDATE audit_entries SET who = '杜衡'", "DELETE FROM audit_entries"]
    if not filled.database.path:
        statements.append("TRUNCATE audit_entries")
    for statement in statements:
        with pytest.raises(DBAPIError, match="append only"), filled.database.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize("column", ["at", "who", "roles", "action", "detail", "state", "digest", "previous"])
def test_one_changed_letter_of_an_entry_breaks_the_chain_there(filled: Register, column: str) -> None:
    """Whatever the column, entry 3 is named."""
    with behind_its_back(filled) as connection:
        connection.execute(text(f"UPDATE audit_entries SET {column} = {column} || 'x' WHERE seq = 3"))
    assert "第 3 条" in (filled.verify().broken or "")


def test_a_removed_entry_is_missed(filled: Register) -> None:
    """In the middle by the gap; at the end by the case that was written oftener."""
    with behind_its_back(filled) as connection:
        connection.execute(text("DELETE FROM audit_entries WHERE seq = 5"))
    assert "案件 2026-2 写过 2 次，审计记录只有 1 条" in (filled.verify().broken or "")
    with behind_its_back(filled) as connection:
        connection.execute(text("DELETE FROM audit_entries WHERE seq = 2"))
    assert "之前缺第 2 条" in (filled.verify().broken or "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET outcome = 'partial'",
        "UPDATE events SET happened = '2026-09-20'",
        "UPDATE applicants SET kind = 'enterprise' WHERE case_id = 1",
        "UPDATE cases SET received_on = '2025-09-10' WHERE id = 1",
        "DELETE FROM events",
    ],
)
def test_a_row_changed_past_the_program_no_longer_fits_its_entry(filled: Register, statement: str) -> None:
    """The case and its last entry are named."""
    with behind_its_back(filled) as connection:
        connection.execute(text(statement))
    assert "案件 2026-1 的内容与审计记录第 3 条" in (filled.verify().broken or "")


@on_sqlite
def test_one_changed_byte_of_the_file_is_found(filled: Register, tmp_path: Path) -> None:
    """The reason of a decision, changed on the disk itself."""
    file = tmp_path / "data" / FILE
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = file.read_bytes()
    assert 1 == data.count("依据卷内材料".encode())
    file.write_bytes(data.replace("依据卷内材料".encode(), "依据卷外材料".encode()))
    assert "案件 2026-1 的内容" in (filled.verify().broken or "")


def test_a_digest_noted_earlier_must_still_be_in_the_chain(filled: Register) -> None:
    """A chain written anew from its first entry holds in itself, and lacks the digest noted down."""
    head = filled.verify().head
    with filled.writing("罗敏") as session:
        receive(session, LETTER)
    assert filled.verify(head).holds
    assert "记下的摘要" in (filled.verify("f" * 64).broken or "")


def test_a_clock_that_was_set_back_is_seen_and_the_order_stays(opened: Opened) -> None:
    """The entry says from when; the proof names it, and holds."""
    with opened().writing("罗敏") as session:
        receive(session, LETTER)
    with opened(date(2026, 11, 20)).writing("杜衡") as session:
        receive(session, LETTER)
    proof = opened().verify()
    told = "审计记录第 2 条记于 2026-11-20T09:00:00+08:00，早于前一条的 2026-11-27T09:00:00+08:00"
    assert [True] == [one.startswith(told) for one in proof.set_back]
    assert proof.holds
    with opened().reading() as view:
        assert ["罗敏", "杜衡"] == [entry.who for entry in entries_of(view)]
