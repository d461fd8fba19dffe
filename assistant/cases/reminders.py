"""Reminders for a calendar program: one all-day event for each day that counts, with alarms before it.

A file that leaves the office: it names cases by number and says what is due, never who asked, who was consulted or
what a letter says. Each event keeps its identity from file to file, so that a calendar moves it and doubles nothing.
Basis: the house's own; the days by 政府信息公开条例第三十条至第三十四条.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from assistant.cases.board import Board, BoardGrounds, Line
from assistant.cases.board_days import DUE, BoardDay
from assistant.cases.board_rules import Reminders
from assistant.law.china_time import CHINA
from assistant.law.clock_course import provisional_words
from assistant.law.workdays import ONE_DAY, WorkingCalendar

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//disclosure-assistant//clock board//ZH"
_TITLE = "政府信息公开申请期限"
PROVISIONAL = "（暂定）"


@dataclass(frozen=True)
class Reminder:
    """A day of a case, as it stands in a calendar: what is due, and at which moments an alarm rings."""

    uid: str
    on: date
    title: str
    says: str
    alarms: tuple[datetime, ...]


def reminders_of(board: Board, by: BoardGrounds, office: str | None) -> tuple[Reminder, ...]:
    """The reminders of a board. `office`: whose board it is, so that those of two offices stay apart."""
    return tuple(_reminder(line, day, board, by, office) for line in board.lines for day in line.days)


def to_icalendar(reminders: tuple[Reminder, ...], on: date) -> bytes:
    """The reminders as an iCalendar file. The same board on the same day gives the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    for key, value in (
        ("prodid", _PRODUCT),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", _TITLE),
    ):
        calendar.add(key, value)
    for one in reminders:
        calendar.add_component(_event(one, on))
    return bytes(calendar.to_ical())


def _reminder(line: Line, day: BoardDay, board: Board, by: BoardGrounds, office: str | None) -> Reminder:
    late = line.box == "overdue" and day.key == DUE
    name = f"{day.name}，已逾期" if late else day.name
    next_ = f"下一步（{line.next.who}）：{line.next.does}（{line.next.basis}）"
    unsure = provisional_words(line.clock.provisional_years) if day.provisional else ""
    own = day.says if day.key == DUE or not unsure else f"{day.says}{unsure}"
    return Reminder(
        uid=str(uuid5(NAMESPACE_URL, f"disclosure-assistant/{office or ''}/{line.number}/{day.key}")),
        on=day.on,
        title=f"{line.number} {name}{PROVISIONAL if day.provisional else ''}",
        says="\n".join(filter(None, (own, f"依据：{day.basis}", next_))),
        alarms=tuple(_alarms(day.on, board.on, by.grounds.calendar, by.rules.reminders)),
    )


def _alarms(day: date, on: date, calendar: WorkingCalendar, rules: Reminders) -> Iterator[datetime]:
    """So many working days before the day, as far as still to come; today, where the day has passed."""
    days = {_before(day, count, calendar) for count in rules.workdays} if day >= on else {on}
    for one in sorted(days):
        if one >= on:
            yield datetime.combine(one, time(rules.hour), CHINA)


def _before(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The count-th working day before a day; with 0, the day itself or the last working day before it."""
    current = day
    left = count
    while not calendar.is_workday(current) or left:
        current -= ONE_DAY
        left -= bool(left) and calendar.is_workday(current)
    return current


def _event(one: Reminder, on: date) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", one.says)
    event.add("transp", "TRANSPARENT")
    for moment in one.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", moment.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
        event.add_component(alarm)
    return event
