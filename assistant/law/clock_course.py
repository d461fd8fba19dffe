"""How a request stands after some events: its running term, what is awaited, the steps told so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.law.clock_consultations import Consultations
from assistant.law.deadlines import Convention, DeadlineTable, Limit
from assistant.law.workdays import WorkingCalendar
from assistant.settings import LocalTerms

EXPIRED = "consultation_expired"
_MARKS = {
    "received": "收到申请",
    EXPIRED: "征求意见期限届满",
    "lapsed": "视为放弃申请",
    "waiting": "等待",
    "due": "答复期限届满",
}
UNPROVED = "按实务做法或者未经核对的文本"


class Phase(StrEnum):
    """Where a request stands."""

    RUNNING = "running"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_REASONS = "awaiting_reasons"
    AWAITING_PAYMENT = "awaiting_payment"
    ABANDONED = "abandoned"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Term:
    """One answering term: the day before its first day, its row of the table, its length in working days.

    `until` is set where a delayed answer replaces the count; `extended_on` where an extension was told.
    """

    start: date
    limit: Limit
    days: int
    extended_on: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Step:
    """One line of the clock: what happened on a day, how many working days are used and left, and why."""

    on: date
    event: str
    name: str
    basis: str
    explanation: str
    days_used: int | None
    days_left: int | None
    verified: bool

    def to_json(self) -> dict[str, object]:
        """The step as the command line prints it."""
        return {
            "date": self.on.isoformat(),
            "event": self.event,
            "name": self.name,
            "basis": self.basis,
            "explanation": self.explanation,
            "days_used": self.days_used,
            "days_left": self.days_left,
            "verified": self.verified,
        }


@dataclass(frozen=True)
class Said:
    """The words of a step with the rules they rest on."""

    words: str
    rules: tuple[Limit | Convention, ...]

    @property
    def basis(self) -> str:
        """Every provision once, in print."""
        return "、".join(dict.fromkeys(words for rule in self.rules for words in rule.basis.split("、")))

    @property
    def verified(self) -> bool:
        """Whether all rules were read in proved text."""
        return all(rule.validity.verified for rule in self.rules)

    @property
    def explanation(self) -> str:
        """The words, marked where they rest on practice or on text not yet proved."""
        return self.words if self.verified else f"{self.words}（{UNPROVED}）"


@dataclass(frozen=True)
class Grounds:
    """What a clock is reckoned with."""

    table: DeadlineTable
    calendar: WorkingCalendar
    local: LocalTerms = LocalTerms()


@dataclass(frozen=True)
class Reckoning:
    """The grounds together with everybody who was asked in this case."""

    grounds: Grounds
    consultations: Consultations

    def name(self, kind: str) -> str:
        """An event, or a mark the clock itself sets, in a clerk's words."""
        return _MARKS.get(kind) or self.grounds.table.events[kind].name

    def due(self, term: Term) -> date | None:
        """Last day of a term; None while a consultation without an end stops it."""
        if term.until:
            return term.until
        return self.grounds.calendar.nth_outside(term.start, term.days, self.consultations.spans)

    def used(self, term: Term, day: date) -> int:
        """Working days of the term used up to and including a day, never more than it has."""
        return min(term.days, self.grounds.calendar.count(term.start, day, self.consultations.spans))


@dataclass(frozen=True)
class Course:
    """How a request stands. `runs`: whether the answering term is being counted."""

    phase: Phase
    term: Term
    runs: bool = True
    awaited_until: date | None = None
    awaited_since: date | None = None
    answered_on: date | None = None
    lapsed: Phase | None = None
    extensions: int = 0
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def warned(self, *lines: str) -> "Course":
        """The course with warnings a clerk should read, each once."""
        return replace(self, warnings=tuple(dict.fromkeys((*self.warnings, *lines))))

    def missing(self, *lines: str) -> "Course":
        """The course with a term that was not kept."""
        return replace(self, missed=(*self.missed, *lines))

    def tell(self, on: date, event: str, said: Said, reckoning: Reckoning) -> "Course":
        """The course with one more step; days are counted where the term runs by working days."""
        counted = self.runs and self.term.until is None and self.phase is not Phase.ABANDONED
        used = reckoning.used(self.term, on) if counted else None
        left = self.term.days - used if used is not None else None
        step = Step(on, event, reckoning.name(event), said.basis, said.explanation, used, left, said.verified)
        return replace(self, steps=(*self.steps, step))


def print_day(day: date) -> str:
    """2026年10月14日."""
    return f"{day.year}年{day.month}月{day.day}日"


def provisional_words(years: Sequence[int]) -> str:
    """Which years are counted by weekdays only, why, and what to do."""
    named = f"{years[0]}年" if len(years) == 1 else f"{years[0]}年至{years[-1]}年"
    return (
        f"{named}的放假安排尚未公布，或者程序所带日历没有收录，"
        "暂按周一至周五计算，结果是暂定的；公布后请写进 calendar_file 重新计算。"
    )


def print_runs(days: Iterable[date], calendar: WorkingCalendar, start: date) -> str:
    """Days in runs: 10月1日至10月7日; a run may bridge a weekend; the year where it is not that of `start`."""
    runs: list[list[date]] = []
    for day in days:
        if runs and not calendar.count(runs[-1][-1], day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "、".join(_print_run(run, start.year) for run in runs)


def _print_run(run: list[date], year: int) -> str:
    words = [f"{day.month}月{day.day}日" if day.year == year else print_day(day) for day in (run[0], run[-1])]
    return words[0] if run[0] == run[-1] else "至".join(words)
