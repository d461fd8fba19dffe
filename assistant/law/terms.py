"""The last day of one time limit by itself: review, suit, defence, publication, the annual report.

Basis: 行政复议法第二十条、第二十一条、第四十八条、第六十二条; 行政诉讼法第四十五条、第四十六条、第六十七条; 条例第二十六条、第四十九条.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.errors import InputError
from assistant.law.clock_course import UNPROVED, Grounds, print_day, provisional_words
from assistant.law.deadlines import Convention, Length, Limit

_MONTHS = 12
_UNIT_WORDS = {"workday": "个工作日", "day": "日", "month": "个月", "year": "年"}


@dataclass(frozen=True)
class LastDay:
    """One measured part of a limit with its last day, and the words and basis for it."""

    key: str
    name: str
    due: date
    basis: str
    explanation: str
    verified: bool


@dataclass(frozen=True)
class TermDays:
    """The last days of one limit that starts on a day; the first is the limit itself."""

    limit: Limit
    start: date
    last_days: tuple[LastDay, ...]
    provisional_years: tuple[int, ...]
    warnings: tuple[str, ...]

    @property
    def due(self) -> date:
        """Last day of the limit itself."""
        return self.last_days[0].due

    @property
    def provisional(self) -> bool:
        """Whether the limit itself reaches a year without a published calendar."""
        return bool(self.provisional_years)

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "limit": self.limit.id,
            "name": self.limit.name,
            "starts": self.limit.starts,
            "from": self.start.isoformat(),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "provisional_years": list(self.provisional_years),
            "warnings": list(self.warnings),
            "steps": [
                {
                    "date": day.due.isoformat(),
                    "event": day.key,
                    "name": day.name,
                    "basis": day.basis,
                    "explanation": day.explanation,
                    "verified": day.verified,
                }
                for day in self.last_days
            ],
        }


def reckon_term(limit_id: str, start: date, grounds: Grounds) -> TermDays:
    """The last day of a named limit that starts on a day; a yearly one is the next such day.

    Raises InputError for an unknown limit, or one for which law and settings give no number.
    """
    limit = grounds.table.known_limit(limit_id, start)
    lengths = [_with_local(limit, length, grounds) for length in limit.lengths]
    days: dict[str, date] = {}
    found = []
    for length in lengths:
        ends_from = days[length.after] if length.after else start
        raw = _raw_end(length, ends_from, grounds)
        days[length.key] = raw
        found.append(_last_day(limit, length, (ends_from, raw), grounds))
    years = (
        grounds.calendar.unpublished(min(start, found[0].due), found[0].due)
        if _counts_days(lengths[0])
        else ()
    )
    warnings = tuple(filter(None, (limit.note, limit.silence, provisional_words(years) if years else None)))
    return TermDays(limit, start, tuple(found), years, warnings)


def reckon_remedies(class_: str, known_on: date, grounds: Grounds) -> tuple[TermDays, ...]:
    """The periods a reply of a remedy class sets running; a suit at choice is no part of class A.

    Raises InputError for a class there is none of. Basis: 行政复议法第二十三条, 行政诉讼法第四十六条.
    """
    ids = grounds.table.remedies.get(class_)
    if ids is None:
        raise InputError(f"不认识的救济类别“{class_}”，可用：{'、'.join(grounds.table.remedies)}。")
    return tuple(reckon_term(limit_id, known_on, grounds) for limit_id in ids)


def add_months(day: date, months: int) -> date:
    """The same number day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year = day.year + years
    if year > date.max.year:
        raise InputError(f"从 {day} 起数 {months} 个月，超出了日历能表示的范围。请检查日期。")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _with_local(limit: Limit, length: Length, grounds: Grounds) -> Length:
    """The length the office's settings give where the law gives none."""
    local = grounds.local
    if length.count is not None or length.month_day is not None:
        return length
    if limit.id == "correction_period" and local.correction_workdays:
        return replace(length, count=local.correction_workdays, verified=False)
    if limit.id == "report_township" and local.township_report_by:
        return replace(length, month_day=local.township_report_by, verified=False)
    setting = f"本地有规定的，请设置 {limit.local}。" if limit.local else "请按个案确定。"
    raise InputError(f"“{limit.name}”没有法定的天数或者日期：{limit.note}（{limit.basis}）。{setting}")


def _raw_end(length: Length, start: date, grounds: Grounds) -> date:
    if length.month_day:
        return _next_yearly(length.month_day, start)
    count = length.count or 0
    if length.unit == "workday":
        return grounds.calendar.nth(start, count)
    if length.unit == "day":
        if (date.max - start).days < count:
            raise InputError(f"从 {start} 起数 {count} 日，超出了日历能表示的范围。请检查日期。")
        return start + timedelta(days=count)
    return add_months(start, count * (_MONTHS if length.unit == "year" else 1))


def _next_yearly(month_day: str, start: date) -> date:
    this_year = date.fromisoformat(f"{start.year}-{month_day}")
    if this_year >= start:
        return this_year
    if start.year == date.max.year:
        raise InputError(f"{start} 之后的日期超出了日历能表示的范围。请检查日期。")
    return this_year.replace(year=start.year + 1)


def _last_day(limit: Limit, length: Length, run: tuple[date, date], grounds: Grounds) -> LastDay:
    table, (start, raw) = grounds.table, run
    rules: list[Convention] = []
    if length.month_day:
        words = f"每年{raw.month}月{raw.day}日前，下一次是{print_day(raw)}。"
    else:
        starts = "前一期限届满之日" if length.after else length.starts
        words = f"自{print_day(start)}（{starts}）起 {length.count} {_UNIT_WORDS[length.unit]}，至{print_day(raw)}。"
    if length.unit in ("month", "year"):
        rules.append(table.convention("month_end", start))
    due = raw
    if length.moves and length.unit not in ("workday", "yearly"):
        due = grounds.calendar.first_workday_from(raw)
        if due != raw:
            rules.append(table.convention("last_day_off", start))
            words += f"该日是休息日，顺延至{print_day(due)}。"
    verified = length.verified and limit.validity.verified and all(rule.validity.verified for rule in rules)
    basis = "、".join((length.basis, *(rule.basis for rule in rules)))
    words += "" if verified else f"（{UNPROVED}）"
    return LastDay(length.key, length.name, due, "、".join(dict.fromkeys(basis.split("、"))), words, verified)


def _counts_days(length: Length) -> bool:
    """Whether days off can move the last day."""
    return length.unit == "workday" or length.moves
