"""The days of an open case besides its deadline: until when somebody may answer, until when a notice may go out.

Basis: 政府信息公开条例第三十条、第三十二条至第三十四条; 信息处理费管理办法第六条.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.cases.board_next import awaited_opinions
from assistant.law.clock import Clock
from assistant.law.clock_consultations import LIMITS
from assistant.law.clock_course import UNPROVED, Grounds
from assistant.law.clock_events import Filing

DUE = "due"
_AWAITED = {"awaiting_correction": "correction_period", "awaiting_payment": "fee_payment"}
# After one of these the correction notice is settled: it has gone out, or the request is taken as clear.
_SETTLED = ("correction_notice", "fee_notice", "extension", "delay_notice")


@dataclass(frozen=True)
class BoardDay:
    """A day that counts: which (`key` stays the same while the case is open), when, in which words, by which article.

    `days_left`: working days after the day of the board up to it. No person is named in it.
    """

    key: str
    on: date
    days_left: int
    name: str
    says: str
    basis: str
    provisional: bool
    verified: bool

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "key": self.key,
            "date": self.on.isoformat(),
            "days_left": self.days_left,
            "name": self.name,
            "says": self.says,
            "basis": self.basis,
            "provisional": self.provisional,
            "verified": self.verified,
        }


def days_of(filing: Filing, clock: Clock, box: str, grounds: Grounds, decided: bool) -> tuple[BoardDay, ...]:
    """The days of a case as of the clock's day, the nearest first."""
    if box == "lapsed":
        return ()
    days = [*_due(clock, grounds), *_awaited(filing, clock, grounds)]
    if box in ("today", "week", "later") and not decided:
        days += _notice(filing, clock, grounds)
    return tuple(sorted(days, key=lambda one: (one.on, one.key)))


def _due(clock: Clock, grounds: Grounds) -> list[BoardDay]:
    """The last day for the answer, in the words of the clock's own last step."""
    step = next((one for one in reversed(clock.steps) if one.event == DUE), None)
    if clock.due is None or step is None:
        return []
    left, unsure = clock.days_left or 0, clock.provisional
    return [BoardDay(DUE, clock.due, left, step.name, step.explanation, step.basis, unsure, step.verified)]


def _awaited(filing: Filing, clock: Clock, grounds: Grounds) -> list[BoardDay]:
    """Until when those may answer whom the clock waits for."""
    days = []
    limit_id = _AWAITED.get(clock.state)
    if limit_id and clock.waiting_for[0].until:
        days.append(_limited(limit_id, limit_id, clock.waiting_for[0].until, (clock, grounds)))
    for place, one in awaited_opinions(filing, clock.waiting_for, grounds) if clock.waiting_for else ():
        if one.expires and one.expires >= clock.as_of:
            key = f"{one.family}_{place}"
            days.append(_limited(key, LIMITS[one.family], one.expires, (clock, grounds)))
    return days


def _notice(filing: Filing, clock: Clock, grounds: Grounds) -> list[BoardDay]:
    """The last day on which a correction may still be asked for, while nothing has settled that."""
    if any(event.kind in _SETTLED for event in filing.events):
        return []
    last = grounds.calendar.nth(
        filing.received, grounds.table.limit("correction_notice", filing.received).count
    )
    if last < clock.as_of:
        return []
    return [_limited("correction_notice", "correction_notice", last, (clock, grounds))]


def _limited(key: str, limit_id: str, on: date, by: tuple[Clock, Grounds]) -> BoardDay:
    """A day set by a row of the table of time limits."""
    clock, grounds = by
    limit = grounds.table.limit(limit_id, clock.as_of)
    words = "。".join(filter(None, (limit.silence, limit.note)))
    unsure = bool(grounds.calendar.unpublished(clock.received, on))
    proved = limit.validity.verified
    return BoardDay(
        key=key,
        on=on,
        days_left=grounds.calendar.count(clock.as_of, on),
        name=limit.name,
        says=f"{words}。" if proved or not words else f"{words}（{UNPROVED}）。",
        basis=limit.basis,
        provisional=unsure,
        verified=proved,
    )
