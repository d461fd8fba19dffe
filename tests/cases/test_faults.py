"""Killed in the middle, two programs at once, a full disk: nothing lost, doubled or half written."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.cases.handling import record_event
from assistant.cases.receiving import receive
from assistant.cases.register import Register
from assistant.errors import CaseConflict, RegisterFault
from assistant.law.clock_events import Event
from assistant.settings import ROOT, Settings
from tests.cases.conftest import Opened
from tests.cases.steps import LETTER

KILLS = 200


def promised(logs: list[Path]) -> list[str]:
    """The numbers whose writes were told to be kept."""
    return [line for log in logs for line in log.read_text(encoding="utf-8").splitlines()]


def numbers(register: Register) -> list[int]:
    """The running numbers in the register."""
    with register.reading() as view:
        rows = view.execute("SELECT number FROM cases").fetchall()
    return sorted(int(row["number"].split("-")[1]) for row in rows)


def check(register: Register, logs: list[Path]) -> None:
    """Every promise kept, no number left out or doubled, no case half written, the chain whole."""
    found = numbers(register)
    assert list(range(1, len(found) + 1)) == found
    assert set(promised(logs)) <= {f"2026-{number}" for number in found}
    assert len(promised(logs)) == len(set(promised(logs)))
    with register.reading() as view:
        for table, rows in (("items", 3), ("events", 1), ("applicants", 1), ("requests", 1)):
            count = view.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            assert rows * len(found) == count, table
    proof = register.verify()
    assert proof.broken is None
    assert proof.cases == len(found)


@pytest.mark.slow
def test_killed_two_hundred_times_nothing_is_lost_or_doubled(settings: Settings, opened: Opened) -> None:
    """Two programs write at once, each killed again and again; what they said was kept is there."""
    settings.data_dir.mkdir(parents=True)
    logs = [settings.data_dir / "1.log", settings.data_dir / "2.log"]
    programs = []
    for name, log in zip(("罗敏", "杜衡"), logs, strict=True):
        command = [sys.executable, "-m", "tests.cases.killed_writer"]
        with log.open("w", encoding="utf-8") as out:
            arguments = [*command, str(settings.data_dir), name, str(KILLS // 2)]
            programs.append(subprocess.Popen(arguments, cwd=ROOT, stdout=out))
    assert [0, 0] == [program.wait() for program in programs]
    check(opened(), logs)
    assert len(promised(logs)) > KILLS // 4


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
        assert 1 == view.execute("SELECT count(*) FROM events").fetchone()[0]


def test_a_write_that_fails_in_the_middle_gives_its_number_back(register: Register) -> None:
    """The next letter gets it."""

    class PowerCut(Exception):
        pass

    with pytest.raises(PowerCut), register.writing("罗敏") as session:
        receive(session, LETTER)
        raise PowerCut
    with register.writing("罗敏") as session:
        assert "2026-1" == receive(session, LETTER).number


def test_a_full_disk_is_told_and_nothing_is_half_written(register: Register) -> None:
    """The file may not grow; then it may again."""
    with register.writing("罗敏") as session:
        receive(session, LETTER)
    long = replace(LETTER, words="申请公开道路维修合同。" * 20_000)
    with pytest.raises(RegisterFault, match="磁盘已满"), register.writing("罗敏") as session:
        pages = session.connection.execute("PRAGMA page_count").fetchone()[0]
        session.connection.execute(f"PRAGMA max_page_count = {pages}")
        receive(session, long)
    assert [1] == numbers(register)
    assert register.verify().holds
    with register.writing("罗敏") as session:
        assert "2026-2" == receive(session, long).number


def test_a_register_held_by_another_program_is_told(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the wait, with what to do."""
    monkeypatch.setattr("assistant.cases.database._LOCK_SECONDS", 0.05)
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


def counted(view: sqlite3.Connection) -> int:
    """How many cases a view shows."""
    return int(view.execute("SELECT count(*) FROM cases").fetchone()[0])
