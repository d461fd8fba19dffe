"""The clock of a request: when the answer is due, and every day of the way there.

A clock is reckoned afresh from the filing, the calendar and the rules; nothing of it is stored, so it moves
when the calendar does.

Basis: 政府信息公开条例第三十条至第三十五条.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.law.clock_asking import expire
from assistant.law.clock_consultations import Consultation, gather_consultations
from assistant.law.clock_course import (
    EXPIRED,
    Course,
    Grounds,
    Phase,
    Reckoning,
    Said,
    Step,
    Term,
    print_day,
    print_runs,
    provisional_words,
)
from assistant.law.clock_events import REPLIED, Event, Filing, put_in_order
from assistant.law.clock_transitions import apply_event, let_lapse

_AWAITED = {
    Phase.AWAITING_CORRECTION: "申请人补正",
    Phase.AWAITING_REASONS: "申请人说明理由",
    Phase.AWAITING_PAYMENT: "申请人缴费",
}


@dataclass(frozen=True)
class Waiting:
    """Somebody whose answer stops or restarts the clock; `until` is None where no last day is known."""

    who: str
    since: date
    until: date | None

    def to_json(self) -> dict[str, str | None]:
        """As the command line prints it."""
        return {
            "who": self.who,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True)
class Clock:
    """What a clerk must know of a request's time.

    `due` is None while the clock stands still without a known end, or once the request is given up. `met` is
    None before the reply. `missed` lists terms that were not kept, `provisional_years` the years counted by
    weekdays only.
    """

    received: date
    channel: str | None
    as_of: date
    due: date | None
    state: str
    met: bool | None
    days_left: int | None
    provisional_years: tuple[int, ...]
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]
    missed: tuple[str, ...]
    waiting_for: tuple[Waiting, ...]

    @property
    def provisional(self) -> bool:
        """Whether the result reaches a year without a published calendar."""
        return bool(self.provisional_years)

    @property
    def overdue(self) -> bool:
        """Whether the last day has passed without a reply, as of the day asked for."""
        return self.state == "overdue"

    def to_json(self) -> dict[str, Any]:
        """The fields of the contract, and those a clerk's page needs."""
        return {
            "received": self.received.isoformat(),
            "channel": self.channel,
            "due": self.due.isoformat() if self.due else None,
            "provisional": self.provisional,
            "provisional_years": list(self.provisional_years),
            "as_of": self.as_of.isoformat(),
            "state": self.state,
            "met": self.met,
            "days_left": self.days_left,
            "waiting_for": [waiting.to_json() for waiting in self.waiting_for],
            "warnings": list(self.warnings),
            "missed": list(self.missed),
            "steps": [step.to_json() for step in self.steps],
        }


def reckon_clock(filing: Filing, grounds: Grounds, as_of: date) -> Clock:
    """The clock of a request as of a day.

    Raises InputError naming an event that is unknown, doubled, impossible in its place, or before receipt.
    """
    ordered = put_in_order(filing, grounds.table)
    reckoning = Reckoning(grounds, gather_consultations(ordered, grounds.table, grounds.calendar))
    course = _receive(filing, reckoning)
    for moment in _moments(ordered, reckoning, as_of):
        if isinstance(moment, Event):
            course = apply_event(course, moment, reckoning)
        else:
            course = expire(course, moment, reckoning)
    course = let_lapse(course, as_of, reckoning)
    return _finish(filing, course, reckoning, as_of)


def _receive(filing: Filing, reckoning: Reckoning) -> Course:
    table, calendar = reckoning.grounds.table, reckoning.grounds.calendar
    limit = table.limit("answer", filing.received)
    course = Course(Phase.RUNNING, Term(filing.received, limit, limit.count))
    rules = [table.convention("next_day", filing.received)]
    words = f"{rules[0].says}，{print_day(calendar.nth(filing.received, 1))}是第一个工作日。"
    if not calendar.is_workday(filing.received):
        rules.append(table.convention("receipt_on_day_off", filing.received))
        words += f"{rules[-1].says}。"
    if filing.channel is None:
        return course.tell(filing.received, "received", Said(words, (limit, *rules)), reckoning)
    channel = table.channel(filing.channel, filing.received)
    note = f"{channel.note}。" if channel.note else ""
    words = f"{channel.name}，以{channel.day}为收到之日。{note}卷内应当有{channel.evidence}。{words}"
    said = Said(words, (limit, *rules))
    told = course.tell(filing.received, "received", said, reckoning)
    first = replace(told.steps[0], basis=f"{channel.basis}、{told.steps[0].basis}")
    return replace(told, steps=(first,))


def _moments(ordered: tuple[Event, ...], reckoning: Reckoning, as_of: date) -> list[Event | Consultation]:
    """Events and silent expiries by day; what has not run out yet, or runs out after the reply, is left out."""
    replied = next((event.on for event in ordered if event.kind == REPLIED), date.max)
    now = max([as_of, *(event.on for event in ordered)])
    silent = [
        one
        for one in reckoning.consultations.asked
        if one.silent and one.expires and one.expires < min(now, replied) and not one.own_section
    ]
    dated: list[tuple[date, int, Event | Consultation]] = [(event.on, 0, event) for event in ordered]
    dated += [(one.expires, 1, one) for one in silent if one.expires]
    return [moment for _, _, moment in sorted(dated, key=lambda row: row[:2])]


def _finish(filing: Filing, course: Course, reckoning: Reckoning, as_of: date) -> Clock:
    due = reckoning.due(course.term) if course.runs else None
    waiting = _waiting(course, reckoning, due, as_of)
    years = reckoning.grounds.calendar.unpublished(filing.received, _horizon(filing, course, reckoning, due))
    if years:
        course = course.warned(provisional_words(years))
    course = _close(course, due, years, waiting, reckoning, as_of)
    state = _state(course, due, as_of)
    now = max(as_of, course.term.start)
    left = reckoning.grounds.calendar.count(now, due, reckoning.consultations.spans) if due else None
    return Clock(
        received=filing.received,
        channel=filing.channel,
        as_of=as_of,
        due=due,
        state=state,
        met=_met(course, due),
        days_left=left if course.answered_on is None else None,
        provisional_years=years,
        steps=tuple(sorted(course.steps, key=lambda step: step.on)),
        warnings=course.warnings,
        missed=course.missed,
        waiting_for=waiting,
    )


def _close(
    course: Course,
    due: date | None,
    years: tuple[int, ...],
    waiting: tuple[Waiting, ...],
    reckoning: Reckoning,
    as_of: date,
) -> Course:
    """The last line: the day the answer is due and how it was counted, or what the clock waits for."""
    rules = [course.term.limit]
    if due is None:
        if not waiting or course.answered_on:
            return course
        names = "、".join(one.who for one in waiting)
        words = f"现在等待{names}，答复期限暂不计算，没有届满日。{_left_words(course, reckoning)}"
        last = max(as_of, course.steps[-1].on)
        return course.tell(last, "waiting", Said(words, tuple(rules)), reckoning)
    words = _count_words(course.term, due, reckoning)
    basis = [reckoning.grounds.table.convention("workday", due)] if years else []
    if any(one.until for one in waiting) and course.phase is Phase.RUNNING:
        words += "这是对方用足期限时的最后一日；提前收到意见的，期限相应提前。"
    words += provisional_words(years) if years else ""
    return course.tell(due, "due", Said(words, (*rules, *basis)), reckoning)


def _left_words(course: Course, reckoning: Reckoning) -> str:
    open_ = [one for one in reckoning.consultations.asked if one.end is None and not one.own_section]
    if not course.runs or not open_:
        return ""
    left = course.term.days - reckoning.used(course.term, min(one.sent for one in open_))
    return f"收到意见的次日起还有 {left} 个工作日。"


def _count_words(term: Term, due: date, reckoning: Reckoning) -> str:
    """How the last day was counted: days left out, days off and working weekends on the way."""
    if term.until:
        return f"按已经告知申请人的延迟答复期限，{print_day(due)}为最后一日。"
    calendar, spans = reckoning.grounds.calendar, reckoning.consultations.spans
    words = f"自{print_day(term.start)}次日起数 {term.days} 个工作日，{print_day(due)}为最后一日。"
    out = calendar.count(term.start, due) - calendar.count(term.start, due, spans)
    if out:
        words += f"其间征求意见的 {out} 个工作日没有计入。"
    off, worked = calendar.differences(term.start, due)
    if off:
        words += f"放假不计：{print_runs(off, calendar, term.start)}。"
    if worked:
        words += f"周末上班照计：{'、'.join(f'{day.month}月{day.day}日' for day in worked)}。"
    return words


def _horizon(filing: Filing, course: Course, reckoning: Reckoning, due: date | None) -> date:
    """The last day the result depends on."""
    ends = [one.end for one in reckoning.consultations.asked if one.end and not one.own_section]
    settled = course.answered_on
    last = [step.on for step in course.steps if step.event != EXPIRED]
    known = [*last, *([] if settled else [course.awaited_until, *ends]), due]
    return max(day for day in (filing.received, *known) if day)


def _waiting(course: Course, reckoning: Reckoning, due: date | None, as_of: date) -> tuple[Waiting, ...]:
    """Whom the clock waits for as of the day; nobody once the request is answered or given up."""
    if course.phase in (Phase.ANSWERED, Phase.ABANDONED):
        return ()
    found = []
    if course.phase in _AWAITED and course.awaited_since:
        found.append(Waiting(_AWAITED[course.phase], course.awaited_since, course.awaited_until))
    for one in reckoning.consultations.asked:
        bears = due is None or one.sent <= due
        if bears and not one.own_section and one.answered is None and (one.end is None or as_of <= one.end):
            found.append(Waiting(f"{one.name}的意见", one.sent, one.expires))
    return tuple(found)


def _met(course: Course, due: date | None) -> bool | None:
    if course.answered_on is None:
        return None
    return due is None or course.answered_on <= due


def _state(course: Course, due: date | None, as_of: date) -> str:
    if course.phase is Phase.ANSWERED:
        return "answered" if _met(course, due) else "answered_late"
    if course.phase is Phase.ABANDONED:
        return str(course.phase)
    if due and as_of > due:
        return "overdue"
    if due is None and course.phase is Phase.RUNNING:
        return "awaiting_opinion"
    return str(course.phase)
