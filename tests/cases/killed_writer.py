"""A clerk's program that is killed again and again (SIGKILL) in the middle of its work.

Run as `python -m tests.cases.killed_writer DATA_DIR NAME KILLS`; prints the number of each case once it is kept.
"""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.cases.handling import decide, record_event
from assistant.cases.receiving import receive
from assistant.cases.records import Decision
from assistant.cases.register import Register
from assistant.law.clock import reckon_clock
from assistant.law.clock_events import Event, Filing
from assistant.pipeline import open_assistant
from assistant.settings import Settings
from tests.cases.steps import LETTER

LONGEST_LIFE = 0.2


def main(data_dir: Path, name: str, kills: int) -> None:
    """So many lives, each ended at a moment of its own."""
    register = open_assistant(replace(Settings(), data_dir=data_dir)).register
    reckon_clock(Filing(LETTER.received_on), register.rules.grounds, LETTER.received_on)  # reads the calendar
    chance = random.Random(name)
    for _ in range(kills):
        child = os.fork()
        if not child:
            write(register, name)
        time.sleep(chance.random() * LONGEST_LIFE)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def write(register: Register, name: str) -> None:
    """One case after the other, two transactions each, until it dies."""
    while True:
        with register.writing(name) as session:
            case = receive(session, replace(LETTER, items=("合同", "验收单", "发票")))
            case = record_event(session, case.seen, Event(date(2026, 9, 15), "correction_notice", days=10))
        os.write(1, f"{case.number}\n".encode())
        with register.writing(name) as session:
            decide(session, case.seen, Decision("other.other", "", date(2026, 9, 20), "卷内材料", name))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
