"""Killed in the middle, two programs at once, a full disk: nothing lost, doubled or half written."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from assistant.cases.handling import record_event
from assistant.cases.receiving import receive
from assistant.cases.register import Register
from assistant.errors import CaseConflict, RegisterFault
from assistant.law.clock_events import Event
from assistant.settings import ROOT, Settings
from tests.cases.conftest import Opened
from tests.cases.postgres import on_postgresql, on_sqlite
from tests.cases.steps import LETTER

KILLS, SERVER_KILLS = 200, 40


def promised(logs: list[Path]) -> list[str]:
    """The numbers whose writes were told to be kept."""
    return [line for log in logs for line in log.read_text(encoding="utf-8").splitlines()]


def numbers(register: Register) -> list[int]:
    """The running numbers in the register."""
    with register.reading() as view:
        rows = view.execute(text("SELECT number FROM cases")).all()
    return sorted(int(row.number.split("-")[1]) for row in rows)


def check(register: Register, logs: list[Path]) -> None:
    """Every promise kept, no number left out or doubled, no case half written, the chain whole."""
    found = numbers(register)
    assert list(range(1, len(found) + 1)) == found
    assert set(promised(logs)) <= {f"2026-{number}" for number in found}
    assert len(promised(logs)) == len(set(promised(logs)))
    with register.reading() as view:
        for table, rows in (("items", 3), ("events", 1), ("applicants", 1), ("requests", 1)):
            count = view.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            assert rows * len(found) == count, table
    proof = register.verify()
    assert proof.broken is None
    assert proof.cases == len(found)


def written(settings: Settings, kills: int, cases: int = 0) -> list[Path]:
    """What two programs that write at once told to be kept, each killed so often, then left to write."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    logs = [settings.data_dir / "1.log", settings.data_dir / "2.log"]
    programs = []
    for name, log in zip(("罗敏", "杜衡"), logs, strict=True):
        command = [sys.executable, "-m", "tests.cases.killed_writer", str(settings.data_dir)]
        with log.open("w", encoding="utf-8") as out:
            arguments = [*command, settings.database_url or "", name, str(kills // 2), str(cases)]
            programs.append(subprocess.Popen(arguments, cwd=ROOT, stdout=out))
    assert [0, 0] == [program.wait() for program in programs]
    return logs


@pytest.mark.slow
@on_sqlite
def test_killed_two_hundred_times_nothing_is_lost_or_doubled(settings: Settings, opened: Opened) -> None:
    """Two programs write at once, each killed again and again; what they said was kept is there."""
    logs = written(settings, KILLS)
    check(opened(), logs)
    assert len(promised(logs)) > KILLS // 4


@pytest.mark.slow
@on_postgresql
def test_killed_forty_times_on_a_server_and_then_six_clerks_at_once(
    settings: Settings, opened: Opened
) -> None:
    """A killed writer holds up nobody; six programs then draw numbers without gap or double."""
    logs = written(settings, SERVER_KILLS, cases=4)
    check(opened(), logs)
    assert len(promised(logs)) > 2 + 6 * 4


def test_two_clerks_who_register_at_once_get_numbers_without_gap_or_double(register: Register) -> None:
    """Eighty letters from four threads."""

    def one(name: str) -> str:
        with register.writing(name) as session:
            return receive(session, LETTER).number

    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(one, ["甲", "乙", "丙", "丁"] * 20))
    assert {f"2026-{number}" for number in range(1, 81)} == set(given)
    assert register.verify().holds


def test_of_clerks_who_saw_the_same_version_one_writes(register: Register) -> None:
    """The others are told, and the case has one event more."""
    with register.writing("罗敏") as session:
        case = receive(session, LETTER)

    def one(day: int) -> bool:
        try:
            with register.writing("杜衡") as session:
                record_event(session, case.seen, Event(date(2026, 9, day), "extension", "王主任"))
        except CaseConflict:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert 1 == sum(threads.map(one, range(14, 22)))
    with register.reading() as view:
        assert 1 == view.execute(text("SELECT count(*) FROM events")).scalar()


def test_a_write_that_fails_in_the_middle_gives_its_number_back(register: Register) -> None:
    """The next letter gets it."""

    class PowerCut(Exception):
        pass

    with pytest.raises(PowerCut), register.writing("罗敏") as session:
        receive(session, LETTER)
        raise PowerCut
    with register.writing("罗敏") as session:
        assert "2026-1" == receive(session, LETTER).number


@on_sqlite
def test_a_full_disk_is_told_and_nothing_is_half_written(register: Register) -> None:
    """The file may not grow; then it may again."""
    with register.writing("罗敏") as session:
        receive(session, LETTER)
    long = replace(LETTER, words="申请公开道路维修合同。" * 20_000)
    with pytest.raises(RegisterFault, match="磁盘已满"), register.writing("罗敏") as session:
        pages = session.connection.execute(text("PRAGMA page_count")).scalar()
        session.connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        receive(session, long)
    assert [1] == numbers(register)
    assert register.verify().holds
    with register.writing("罗敏") as session:
        assert "2026-2" == receive(session, long).number


@on_sqlite
def test_a_register_held_by_another_program_is_told(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the wait, with what to do."""
    monkeypatch.setattr("assistant.cases.engines.LOCK_SECONDS", 0.05)
    other = sqlite3.connect(register.database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterFault, match="正被另一个程序占用"), register.writing("罗敏") as session:
        receive(session, LETTER)
    other.close()


def test_a_reader_sees_one_view_while_another_writes(register: Register) -> None:
    """What is written meanwhile appears to the next reader."""
    with register.reading() as view:
        assert 0 == counted(view)
        with register.writing("罗敏") as session:
            receive(session, LETTER)
        assert 0 == counted(view)
    with register.reading() as view:
        assert 1 == counted(view)


def counted(view: Connection) -> int:
    """How many cases a view shows."""
    return int(view.execute(text("SELECT count(*) FROM cases")).scalar_one())
