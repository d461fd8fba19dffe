"""One limit of a dated question by itself, counted from the day that sets it running; and plain counting."""

from dataclasses import dataclass
from datetime import date

from assistant.dialogue.dated_questions import DatedQuestion
from assistant.law.clock_course import Grounds, print_day, print_runs, provisional_words
from assistant.law.terms import LastDay, TermDays, reckon_term

_WEEKDAYS = "一二三四五六日"
_SHOWN = ("term", "simplified", "extension")


@dataclass(frozen=True)
class Told:
    """An answer in parts: the day in a line, the reckoning line by line, what to mind, the printed basis."""

    lead: str
    reckoning: tuple[str, ...]
    notes: tuple[str, ...]
    basis: tuple[str, ...]


def together(told: list[Told]) -> Told:
    """Two limits asked for at once."""
    lines = [line for each in told for line in each.reckoning]
    notes = [line for each in told for line in each.notes]
    bases = [basis for each in told for basis in each.basis]
    return Told("".join(each.lead for each in told), tuple(lines), tuple(notes), tuple(bases))


def counted(one: DatedQuestion, grounds: Grounds) -> Told:
    """Working days counted from a day, as they stand in the calendar."""
    start, count = one.loose[0].readings[0], one.count or 0
    end = grounds.calendar.nth(start, count)
    words = f"{day_words(end)}{_mark(grounds, start, end)}是{print_day(start)}之后的第 {count} 个工作日。"
    rule = grounds.table.convention("workday", end)
    lines = (f"{print_day(start)}当天不计，第 1 个工作日是{print_day(grounds.calendar.nth(start, 1))}。",)
    return Told(
        words, (*lines, *_off(start, end, grounds), *_unpublished(grounds, start, end)), (), (rule.basis,)
    )


def term_by_itself(one: DatedQuestion, limit_id: str, start: date, grounds: Grounds) -> Told:
    """One limit by itself, from the day that sets it running."""
    table = grounds.table
    if limit_id == "correction_period":
        return _period(one, start, grounds)
    found = reckon_term(limit_id, start, grounds)
    first = found.last_days[0]
    lead = f"{found.limit.name}：最晚{day_words(first.due)}{_mark_of(found)}。"
    lines = [_term_line(day) for day in found.last_days if day.key in _SHOWN or day is first]
    if found.limit.term.unit == "workday":
        lines.insert(
            0,
            f"{table.convention('next_day', start).says}，第一个工作日是{print_day(grounds.calendar.nth(start, 1))}。",
        )
        lines += _off(start, first.due, grounds)
    notes = tuple(words for words in found.warnings if words)
    bases = (first.basis, *(day.basis for day in found.last_days if day.key in _SHOWN))
    return Told(lead, tuple(lines), notes, (*bases, table.convention("next_day", start).basis))


def _period(one: DatedQuestion, start: date, grounds: Grounds) -> Told:
    """The applicant's own period, of as many working days as the notice gives."""
    limit = grounds.table.limit("correction_period", start)
    end = grounds.calendar.nth(start, one.period or 1)
    lead = f"{limit.name}：最晚{day_words(end)}{_mark(grounds, start, end)}。"
    line = f"自{print_day(start)}（{limit.starts}起）数告知书写明的 {one.period} 个工作日。"
    notes = (f"{limit.note}", f"{limit.silence}")
    return Told(
        lead, (line, *_off(start, end, grounds), *_unpublished(grounds, start, end)), notes, (limit.basis,)
    )


def _term_line(day: LastDay) -> str:
    return f"{day.name}：{day.explanation}{on_basis(day.basis)}"


def _off(start: date, end: date, grounds: Grounds) -> tuple[str, ...]:
    """The weekdays off and the weekends worked on the way."""
    off, worked = grounds.calendar.differences(start, end)
    lines = [f"放假不计：{print_runs(off, grounds.calendar, start)}。"] if off else []
    days = "、".join(f"{day.month}月{day.day}日" for day in worked)
    return tuple(lines + ([f"周末上班照计：{days}。"] if worked else []))


def _unpublished(grounds: Grounds, start: date, end: date) -> tuple[str, ...]:
    years = grounds.calendar.unpublished(start, end)
    return (provisional_words(years),) if years else ()


def _mark(grounds: Grounds, start: date, end: date) -> str:
    return "（暂定）" if grounds.calendar.unpublished(start, end) else ""


def _mark_of(found: TermDays) -> str:
    return "（暂定）" if found.provisional else ""


def on_basis(printed: str) -> str:
    """The provisions a line rests on, in brackets; nothing where there is none to name."""
    words = "、".join(filter(None, printed.split("、")))
    return f"（{words}）" if words else ""


def day_words(day: date) -> str:
    return f"{print_day(day)}（周{_WEEKDAYS[day.weekday()]}）"
