"""Which days an office works, and how working days are counted.

The yearly notice of the State Council's General Office decides; a year without a published notice is counted
by weekdays only and every result that reaches it is provisional.

Basis: 全国年节及纪念日放假办法第二条至第四条、第七条.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from assistant.errors import InputError

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included; an open span has no last day yet."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day and (self.last is None or day <= self.last)


@lru_cache(maxsize=10_000)
def shipped_calendar(day: date) -> bool | None:
    """Whether the official calendar the program ships calls the day a working day; None beyond its years."""
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None


@dataclass(frozen=True)
class WorkingCalendar:
    """The office's calendar: local days before the office's own file before the shipped calendar.

    `notices` are days of newly published years (True: working day), `notice_years` the years they cover;
    `overlay` are days of one place or changes within a year. `shipped` may be stated by a test.
    """

    notices: Mapping[date, bool] = field(default_factory=dict)
    notice_years: frozenset[int] = frozenset()
    overlay: Mapping[date, bool] = field(default_factory=dict)
    shipped: Callable[[date], bool | None] = shipped_calendar

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day; by weekday alone where no calendar is published."""
        for days in (self.overlay, self.notices):
            if day in days:
                return days[day]
        said = None if day.year in self.notice_years else self.shipped(day)
        return _is_weekday(day) if said is None else said

    def is_published(self, year: int) -> bool:
        """Whether the notice of that year is known here."""
        return year in self.notice_years or self.shipped(date(year, 1, 1)) is not None

    def unpublished(self, first: date, last: date) -> tuple[int, ...]:
        """The years between two days, both included, that have no published calendar."""
        return tuple(year for year in range(first.year, last.year + 1) if not self.is_published(year))

    def nth(self, day: date, count: int) -> date:
        """The count-th working day after a day. Raises InputError for a count below one or out of range."""
        if count < 1:
            raise InputError(f"工作日天数 {count} 应为正整数。请写 1 或者更大的整数。")
        found = self.nth_outside(day, count, ())
        if found is None:  # no open span was given
            raise AssertionError(day)
        return found

    def nth_outside(self, day: date, count: int, spans: Iterable[Span]) -> date | None:
        """The count-th working day after a day that lies in none of the spans; None where an open one is met."""
        left, skipped = count, tuple(spans)
        for current in _days_after(day):
            inside = [span for span in skipped if span.holds(current)]
            if any(span.last is None for span in inside):
                return None
            left -= not inside and self.is_workday(current)
            if not left:
                return current
        raise InputError(f"从 {day} 起数 {count} 个工作日，超出了日历能表示的范围。请检查日期和天数。")

    def count(self, start: date, end: date, spans: Iterable[Span] = ()) -> int:
        """Working days after `start` up to and including `end` that lie in none of the spans."""
        skipped = tuple(spans)
        return sum(
            self.is_workday(day) and not any(span.holds(day) for span in skipped)
            for day in _days_between(start, end)
        )

    def first_workday_from(self, day: date) -> date:
        """The day itself where the office works, else the first working day after it."""
        return day if self.is_workday(day) else self.nth(day, 1)

    def differences(self, start: date, end: date) -> tuple[list[date], list[date]]:
        """Weekdays off and weekend days worked after `start` up to `end`: what sets a count apart from weekdays."""
        days = list(_days_between(start, end))
        off = [day for day in days if _is_weekday(day) and not self.is_workday(day)]
        worked = [day for day in days if not _is_weekday(day) and self.is_workday(day)]
        return off, worked


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY


def _days_after(day: date) -> Iterator[date]:
    while day < date.max:
        day += ONE_DAY
        yield day


def _days_between(start: date, end: date) -> Iterator[date]:
    for day in _days_after(start):
        if day > end:
            return
        yield day
