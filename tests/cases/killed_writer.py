"""A clerk's program that is killed again and again (SIGKILL) in the middle of its work, or left to finish it.

Run as `python -m tests.cases.killed_writer DATA_DIR DATABASE_URL NAME KILLS CASES` (DATABASE_URL may be empty): first
so many lives are killed, then three clerks write so many cases each at once. It prints the number of each case once
it is kept.
"""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from assistant.cases.handling import decide, record_event
from assistant.cases.receiving import receive
from assistant.cases.records import Decision
from assistant.cases.register import Register
from assistant.law.clock_events import Event
from assistant.pipeline import open_assistant
from assistant.settings import Settings
from tests.cases.steps import LETTER

LONGEST_LIFE = 0.2
CLERKS = 3


def main(register: Register, name: str, kills: int, cases: int) -> None:
    """The program is warm when it forks: what it has read once is there in every life."""
    write(register, name, 1)
    chance = random.Random(name)
    for _ in range(kills):
        child = os.fork()
        if not child:
            write(register, name)
        time.sleep(chance.random() * LONGEST_LIFE)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    children = [_clerk(register, f"{name}{place}", cases) for place in range(CLERKS if cases else 0)]
    assert [0] * len(children) == [os.waitpid(child, 0)[1] for child in children]


def write(register: Register, name: str, cases: int | None = None) -> None:
    """One case after the other, two transactions each, until it dies or so many are there."""
    for _ in range(cases) if cases else count():
        with register.writing(name) as session:
            case = receive(session, replace(LETTER, items=("合同", "验收单", "发票")))
            case = record_event(session, case.seen, Event(date(2026, 9, 15), "correction_notice", days=10))
        os.write(1, f"{case.number}\n".encode())
        with register.writing(name) as session:
            decide(session, case.seen, Decision("other.other", "", date(2026, 9, 20), "卷内材料", name))


def _clerk(register: Register, name: str, cases: int) -> int:
    child = os.fork()
    if not child:
        write(register, name, cases)
        os._exit(0)
    return child


if __name__ == "__main__":
    office = replace(Settings(), data_dir=Path(sys.argv[1]), database_url=sys.argv[2] or None)
    main(open_assistant(office).register, sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
