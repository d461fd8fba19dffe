"""Letters judged several at a time are told in their order."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import AssistantError, InputError
from assistant.settings import ROOT
from assistant.triage.abreast import in_processes, in_turn, may_fork

forking = pytest.mark.skipif(not may_fork(), reason="processes are forked on Linux only")


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_the_order_is_that_of_the_items(at_once: int) -> None:
    """Whoever is done first waits for those before."""

    def work(number: int) -> int:
        time.sleep(0.01 * (number % 3))
        return number * 2

    assert [number * 2 for number in range(20)] == list(in_turn(work, range(20), at_once))


def test_no_more_are_begun_than_set() -> None:
    """Three at one time, though twelve are asked for."""
    busy, most = 0, 0
    lock = threading.Lock()

    def work(_: int) -> None:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.02)
        with lock:
            busy -= 1

    list(in_turn(work, range(12), 3))
    assert 3 == most


def test_a_fault_is_told_in_its_place() -> None:
    """Those before it are told first."""

    def work(number: int) -> int:
        if number == 2:
            raise ValueError(number)
        return number

    found = in_turn(work, range(9), 3)
    assert [0, 1] == [next(found), next(found)]
    with pytest.raises(ValueError, match="2"):
        next(found)


def test_whoever_stops_listening_begins_no_other() -> None:
    """A batch that is broken off leaves nothing running."""
    begun = []
    found = in_turn(begun.append, range(50), 3)
    next(found)
    found.close()
    assert len(begun) <= 4


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_processes_keep_the_order_too(processes: int) -> None:
    """Whatever is done first, and however the items fall into handfuls."""
    assert [number * 2 for number in range(105)] == list(in_processes(lambda n: n * 2, range(105), processes))


@forking
def test_the_work_is_done_elsewhere_and_shared() -> None:
    """Two processes have it, neither of them this one."""

    def work(_: int) -> int:
        time.sleep(0.005)
        return os.getpid()

    found = set(in_processes(work, range(200), 2))
    assert 2 == len(found) and os.getpid() not in found


def test_a_fault_in_a_process_is_told() -> None:
    """It arrives as what it was."""

    def work(number: int) -> int:
        if number == 50:
            raise InputError("第 50 件不行。")
        return number

    with pytest.raises(InputError, match="第 50 件不行"):
        list(in_processes(work, range(90), 2))


@forking
def test_a_process_the_system_ends_is_named() -> None:
    """Out of memory, say: what happened and what to do, in a line."""
    with pytest.raises(AssistantError, match="被系统中止了.*再运行一次就接着做"):
        list(in_processes(lambda _: os.kill(os.getpid(), signal.SIGKILL), range(90), 2))


@forking
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    """Killed where it cannot tell them: they notice."""
    begin = (
        "import os, pathlib, time\n"
        "from assistant.triage.abreast import in_processes\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "work = lambda _: ((folder / str(os.getpid())).touch(), time.sleep(0.2))\n"
        "list(in_processes(work, range(10_000), 2))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", begin], cwd=ROOT)
    assert within(20, lambda: 2 == len(list(tmp_path.iterdir())))
    parent.kill()
    parent.wait()
    assert within(20, lambda: not any(Path("/proc", one.name).exists() for one in tmp_path.iterdir()))


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether something comes true in so many seconds."""
    stop = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < stop:
        time.sleep(0.05)
    return found
