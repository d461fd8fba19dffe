"""Killed in the middle of an import or a restore: all of it is there, or nothing is."""

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.cases.copies import back_up, restore
from assistant.cases.copy_forms import incoming
from assistant.cases.enclosures import Enclosure, broken_enclosures, enclose
from assistant.cases.receiving import receive
from assistant.cases.register import Register
from assistant.settings import Settings
from tests.cases.conftest import Opened
from tests.cases.ledgers import brought_in, csv_file
from tests.cases.steps import LETTER
from tests.cases.test_copies import digests

ROWS, KILLS = 40, 8


def killed(work: Callable[[], object], chance: random.Random, longest: float) -> bool:
    """The work in a program of its own, killed at some moment; whether it had come to its end."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(chance.random() * longest)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == 0


def seconds(work: Callable[[], object]) -> float:
    """How long the whole of it takes."""
    start = time.monotonic()
    work()
    return time.monotonic() - start


def ledger(folder: Path, year: int) -> Path:
    """Forty rows of a year."""
    first = date(year, 1, 4)
    rows = [
        (f"{year}-{n}", f"{first + timedelta(days=n)}", f"申请人{n}", "自然人", "", f"第{n}号合同", "现场",
         f"{first + timedelta(days=n + 9)}", "予以公开", "")
        for n in range(1, ROWS + 1)
    ]  # fmt: skip
    return csv_file(folder, rows)


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_no_row_or_every_row(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    """A ledger of each year, killed at a moment of its own."""
    chance = random.Random(1)
    longest = seconds(lambda: brought_in(register, settings, ledger(tmp_path, 2020)))
    whole = 1
    for year in (2021, 2022, 2023, 2024):
        for _ in range(KILLS // 4):
            path = ledger(tmp_path, year)
            killed(lambda path=path: brought_in(register, settings, path), chance, 1.2 * longest)
            count = len(digests(register))
            assert count in (whole * ROWS, (whole + 1) * ROWS)
            if count > whole * ROWS:
                whole += 1
                break
    proof = register.verify()
    assert (None, whole * ROWS) == (proof.broken, proof.entries)


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_the_former_register_or_the_new_one(
    register: Register, settings: Settings, opened: Opened, tmp_path: Path
) -> None:
    """Either, whole, with its enclosures; and it can be done again."""
    brought_in(register, settings, ledger(tmp_path, 2020))
    with register.writing("罗敏") as session:
        case = receive(session, LETTER)
        enclose(session, case.seen, Enclosure("照片.jpg", b"photo" * 1000), register.enclosures)
    back_up(register, tmp_path / "b.zip", None)
    new = digests(register)
    with register.writing("罗敏") as session:
        receive(session, LETTER)
    former, chance = digests(register), random.Random(2)
    work = lambda: restore(register, "秦岭", incoming(tmp_path / "b.zip"), replace=True)  # noqa: E731
    other = opened(data_dir=tmp_path / "elsewhere", database_url=None)
    longest = seconds(lambda: restore(other, "秦岭", incoming(tmp_path / "b.zip")))
    for _ in range(KILLS):
        killed(work, chance, 1.5 * longest)
        assert digests(register) in (former, new)
        assert register.verify().broken is None
        with register.reading() as view:
            assert [] == list(broken_enclosures(view, register.enclosures))
    work()
    assert (new, None) == (digests(register), register.verify().broken)
