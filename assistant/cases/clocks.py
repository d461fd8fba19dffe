"""Clocks of many cases: the same filing on the same day, with the same rules and calendar, is reckoned once.

Nothing is stored: what is kept lies in the memory of the program, and another calendar is another key. A list of
hundreds of open cases asks for the same clocks again and again; only what has changed is reckoned anew.
"""

from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from assistant.law.clock import Clock, reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Filing

_KEPT = 20_000
T = TypeVar("T")


class Same(Generic[T]):
    """What is reckoned with, as a key: the very same object, for a calendar read anew is another one."""

    def __init__(self, held: T) -> None:
        self.held = held

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.held is self.held

    def __hash__(self) -> int:
        return id(self.held)


def clock_of(filing: Filing, grounds: Grounds, as_of: date) -> Clock:
    """The clock of a filing as of a day, as `reckon_clock` reckons it. Raises InputError as it does."""
    return _reckoned(filing, Same(grounds), as_of)


@lru_cache(maxsize=_KEPT)
def _reckoned(filing: Filing, grounds: Same[Grounds], as_of: date) -> Clock:
    return reckon_clock(filing, grounds.held, as_of)
