"""Where a case stands, reckoned afresh from its events: its clock, and whether it is withdrawn or archived.

Basis: 政府信息公开条例第三十条至第三十五条.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.cases.clocks import clock_of
from assistant.cases.records import ARCHIVED, REPLIED, WITHDRAWN
from assistant.law.clock import Clock, reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Filing

LAPSED = "lapsed"


class Dated(Protocol):
    """A case, or its line in a list: what the clock sees of it, and the days of what happens once."""

    @property
    def filing(self) -> Filing: ...
    def day_of(self, kind: str) -> date | None: ...


@dataclass(frozen=True)
class Standing:
    """A case as of a day: one word for its state, and the clock with the explanation of each date.

    `state`: archived, withdrawn, or the state of the clock.
    """

    state: str
    clock: Clock

    @property
    def due(self) -> date | None:
        """The last day for the answer, where one is running."""
        return None if self.state in (WITHDRAWN, ARCHIVED) else self.clock.due


def standing_of(case: Dated, grounds: Grounds, as_of: date) -> Standing:
    """Where the case stands as of a day; what happened later is not yet known."""
    known = tuple(event for event in case.filing.events if event.on <= as_of)
    clock = clock_of(replace(case.filing, events=known), grounds, as_of)
    for kind in (ARCHIVED, WITHDRAWN):
        on = case.day_of(kind)
        if on and on <= as_of:
            return Standing(kind, clock)
    return Standing(clock.state, clock)


def lapsed_on(filing: Filing, grounds: Grounds, as_of: date) -> date | None:
    """The day on which the applicant's silence ended the case, seen as of a day; None where it did not.

    The reply that tells of it comes afterwards and changes nothing of the day.
    """
    silent = replace(filing, events=tuple(event for event in filing.events if event.kind != REPLIED))
    steps = reckon_clock(silent, grounds, as_of).steps
    last = next((step for step in reversed(steps) if step.event == LAPSED), None)
    revived = last and any(event.on > last.on for event in silent.events)
    return last.on if last and not revived else None
