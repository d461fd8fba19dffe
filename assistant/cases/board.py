"""The clock board: every open case in one box by what presses, with its days and who must do what next.

Nothing of it is stored: a case is placed afresh from its events, so the board moves when the calendar does. It names
cases by number only; no applicant and no word of a letter stands on it.
Basis: 政府信息公开条例第三十条至第三十六条.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from assistant.cases.board_days import BoardDay, days_of
from assistant.cases.board_next import Next, next_of
from assistant.cases.board_rules import BoardRules
from assistant.cases.clocks import Same, clock_of
from assistant.cases.entries import Entry
from assistant.cases.roles import RoleTable
from assistant.errors import InputError
from assistant.law.clock import Clock
from assistant.law.clock_course import Grounds, Phase, provisional_words

# Lines kept in the memory of the program: some days of some hundred open cases.
_KEPT = 5_000
_BY_STATE = {
    "overdue": "overdue",
    Phase.ABANDONED.value: "lapsed",
    Phase.AWAITING_CORRECTION.value: "correction",
    Phase.AWAITING_REASONS.value: "reasons",
    Phase.AWAITING_PAYMENT.value: "fee",
    "awaiting_opinion": "opinion",
}
_EXPLAINED = ("steps", "warnings", "missed")
_FIRST = ("overdue", Phase.ABANDONED.value)


@dataclass(frozen=True)
class BoardGrounds:
    """What cases are placed by: clocks, the rows of the board, who may do what."""

    grounds: Grounds
    rules: BoardRules
    roles: RoleTable


@dataclass(frozen=True)
class Line:
    """One open case on the board. `days_over`: working days since the last day, where it has passed."""

    number: str
    version: int
    received_on: date
    box: str
    clock: Clock
    days_over: int
    next: Next
    days: tuple[BoardDay, ...]

    @property
    def until(self) -> date | None:
        """The day this case presses by: when the answer is due, else when the other side's time runs out."""
        open_ends = [one.until for one in self.clock.waiting_for if one.until]
        return self.clock.due or min(open_ends, default=None)

    def to_json(self, explained: bool = False) -> dict[str, Any]:
        """The line as data; with every step of the clock where it is to be explained."""
        clock = self.clock
        told = clock.to_json() if explained else {}
        return {
            "number": self.number,
            "version": self.version,
            "received": self.received_on.isoformat(),
            "box": self.box,
            "state": clock.state,
            "due": clock.due.isoformat() if clock.due else None,
            "days_left": clock.days_left,
            "days_over": self.days_over,
            "provisional": clock.provisional,
            "provisional_years": list(clock.provisional_years),
            "waiting_for": [one.to_json() for one in clock.waiting_for],
            "next": self.next.to_json(),
            "days": [one.to_json() for one in self.days],
            **{key: told[key] for key in _EXPLAINED if explained},
        }


@dataclass(frozen=True)
class Board:
    """The board of a day: its lines in the order of the boxes, the nearest day first."""

    on: date
    lines: tuple[Line, ...]
    boxes: Mapping[str, str]

    def box(self, name: str) -> tuple[Line, ...]:
        """The lines of one box."""
        return tuple(line for line in self.lines if line.box == name)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What holds of all: years whose calendar is not published yet."""
        years = sorted({year for line in self.lines for year in line.clock.provisional_years})
        return (provisional_words(years),) if years else ()

    def to_json(self, explained: bool = False) -> dict[str, Any]:
        """The board as data."""
        return {
            "on": self.on.isoformat(),
            "counts": {name: len(self.box(name)) for name in self.boxes},
            "names": dict(self.boxes),
            "warnings": list(self.warnings),
            "cases": [line.to_json(explained) for line in self.lines],
        }


def make_board(entries: Iterable[Entry], by: BoardGrounds, on: date) -> Board:
    """The board of a day over the cases open on it."""
    lines = [place(entry, by, on) for entry in entries]
    order = {name: rank for rank, name in enumerate(by.rules.boxes)}
    lines.sort(key=lambda line: (order[line.box], line.until or date.max, line.received_on))
    return Board(on, tuple(lines), by.rules.boxes)


def place(entry: Entry, by: BoardGrounds, on: date) -> Line:
    """Where one open case stands on a day; what was decided later is not known yet, nor what was drafted for it.

    Raises InputError naming the case whose course the clock cannot follow.
    """
    if entry.decided_on and entry.decided_on > on:
        entry = replace(entry, outcome=None, paper=None, decided_on=None)
    try:
        return _placed(entry, Same(by), on)
    except InputError as fault:
        raise InputError(f"案件 {entry.number}：{fault}") from fault


@lru_cache(maxsize=_KEPT)
def _placed(entry: Entry, grounds: Same[BoardGrounds], on: date) -> Line:
    """Reckoned once for the same case at the same version, day and calendar; nothing of it is stored."""
    by = grounds.held
    filing = entry.filing
    filing = replace(filing, events=tuple(event for event in filing.events if event.on <= on))
    clock = clock_of(filing, by.grounds, on)
    box = _box(clock, on)
    over = by.grounds.calendar.count(clock.due, on) if box == "overdue" and clock.due else 0
    return Line(
        entry.number,
        entry.version,
        entry.received_on,
        box,
        clock,
        over,
        next_of(entry, filing, clock, box, (by.rules, by.roles, by.grounds)),
        days_of(filing, clock, box, by.grounds, entry.outcome is not None),
    )


def _box(clock: Clock, on: date) -> str:
    """The one box: what has passed or is given up first, then what presses this week, then what is waited for."""
    if clock.state in _FIRST:
        return _BY_STATE[clock.state]
    if clock.due == on:
        return "today"
    if clock.due and clock.due <= _last_of_week(on):
        return "week"
    if clock.state in _BY_STATE:
        return _BY_STATE[clock.state]
    return "opinion" if clock.waiting_for else "later"


def _last_of_week(on: date) -> date:
    """The Sunday of the week: a Saturday or Sunday may be a working day."""
    return on + timedelta(days=6 - on.weekday())
