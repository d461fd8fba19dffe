"""Asking third parties and other organs: which days do not count.

From the day the letter is sent to the day of the answer or the last day of the other side's term, whichever is
earlier. Several at once end with the last; their times are never added up.

Basis: 政府信息公开条例第三十二条, 第三十三条第三款, 第三十四条.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from assistant.errors import InputError
from assistant.law.clock_events import Event, name_of
from assistant.law.deadlines import DeadlineTable
from assistant.law.workdays import Span, WorkingCalendar

Family = Literal["third_party", "comaker", "organ"]

_STARTS: dict[str, Family] = {
    "third_party_sent": "third_party",
    "comaker_sent": "comaker",
    "organ_consulted": "organ",
}
_SERVED: dict[str, Family] = {"third_party_served": "third_party", "comaker_served": "comaker"}
_ANSWERS: dict[str, Family] = {
    "third_party_answered": "third_party",
    "comaker_answered": "comaker",
    "organ_answered": "organ",
}
LIMITS: dict[Family, str] = {
    "third_party": "third_party_opinion",
    "comaker": "comaker_opinion",
    "organ": "organ_opinion",
}
NAMES: dict[Family, str] = {"third_party": "第三方", "comaker": "共同制作机关", "organ": "其他机关"}


@dataclass(frozen=True)
class Consultation:
    """One person or organ asked for its opinion. `expires` is None until service starts its term, or without one."""

    family: Family
    who: str | None
    sent: date
    served: date | None = None
    answered: date | None = None
    expires: date | None = None
    own_section: bool = False

    @property
    def name(self) -> str:
        """Who is asked, in print."""
        return f"{NAMES[self.family]}（{self.who}）" if self.who else NAMES[self.family]

    @property
    def end(self) -> date | None:
        """The last day that does not count; None while it is open."""
        known = [day for day in (self.answered, self.expires) if day]
        return min(known) if known else None

    @property
    def silent(self) -> bool:
        """Whether the other side's term ran out, or runs out, without an answer in time."""
        return self.expires is not None and (self.answered is None or self.answered > self.expires)


@dataclass(frozen=True)
class Consultations:
    """Everybody asked in a case, in the order of sending, and which event belongs to whom."""

    asked: tuple[Consultation, ...] = ()
    places: Mapping[Event, int] = field(default_factory=dict)

    def of(self, event: Event) -> Consultation:
        """The consultation an event belongs to."""
        return self.asked[self.places[event]]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The days that do not count; asking one's own sections excludes nothing."""
        return tuple(Span(one.sent, one.end) for one in self.asked if not one.own_section)


def gather_consultations(
    ordered: Iterable[Event], table: DeadlineTable, calendar: WorkingCalendar
) -> Consultations:
    """The consultations of a case. Raises InputError naming an event that fits none."""
    found: list[Consultation] = []
    places: dict[Event, int] = {}
    for event in ordered:
        if event.kind in _STARTS:
            places[event] = len(found)
            found.append(_open(event, found, table))
        elif event.kind in _SERVED:
            place = places[event] = _place(event, _SERVED[event.kind], found, table)
            found[place] = _serve(found[place], event, table, calendar)
        elif event.kind in _ANSWERS:
            place = places[event] = _place(event, _ANSWERS[event.kind], found, table)
            found[place] = _answer(found[place], event, table)
    return Consultations(tuple(found), places)


def _open(event: Event, found: list[Consultation], table: DeadlineTable) -> Consultation:
    family = _STARTS[event.kind]
    if any(one.family == family and one.who == event.who for one in found):
        raise InputError(
            f"{name_of(event, table)}：已经记过一次。征求几方意见的，请在事件后写明是谁，如 {event.on}:{event.kind}:甲公司。"
        )
    own = family == "organ" and bool(event.who) and bool(table.own_sections.search(event.who or ""))
    return Consultation(family, event.who, event.on, own_section=own)


def _serve(one: Consultation, event: Event, table: DeadlineTable, calendar: WorkingCalendar) -> Consultation:
    if one.served:
        raise InputError(
            f"{name_of(event, table)}：已经在 {one.served} 记过一次。请删去重复的，或者改正日期。"
        )
    if one.answered and one.answered < event.on:
        raise InputError(f"{name_of(event, table)}：晚于对方提出意见之日 {one.answered}。请检查日期的先后。")
    days = table.limit(LIMITS[one.family], event.on).count
    return replace(one, served=event.on, expires=calendar.nth(event.on, days))


def _answer(one: Consultation, event: Event, table: DeadlineTable) -> Consultation:
    if one.answered:
        raise InputError(
            f"{name_of(event, table)}：已经在 {one.answered} 记过一次。请删去重复的，或者改正日期。"
        )
    return replace(one, answered=event.on)


def _place(event: Event, family: Family, found: list[Consultation], table: DeadlineTable) -> int:
    """Which consultation an answer or a proof of service belongs to."""
    own = [place for place, one in enumerate(found) if one.family == family]
    named = [place for place in own if found[place].who == event.who]
    if named:
        return named[0]
    if len(own) == 1 and (event.who is None or found[own[0]].who is None):
        return own[0]
    known = "、".join(found[place].who or "（未写明）" for place in own) or "无"
    raise InputError(
        f"{name_of(event, table)}：不知道是哪一方。已发出征求意见书的有：{known}。请写成 {event.on}:{event.kind}:名称。"
    )
