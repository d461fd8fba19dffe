"""What happened to a request, as dated events in an order that is possible.

Basis: 政府信息公开条例第三十条至第三十五条.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from assistant.errors import InputError
from assistant.law.china_time import CHINA
from assistant.law.deadlines import DeadlineTable

REPLIED = "replied"
# An opinion that comes after the reply is a fact to record; it moves no deadline.
_AFTER_REPLY = ("third_party_answered", "comaker_answered", "organ_answered")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?"
_WRITTEN = re.compile(
    rf"\s*(?P<on>{_MOMENT}|[^:：]*)[:：](?P<kind>[^:：]*)(?:[:：](?P<who>[^:：]*))?(?:[:：](?P<detail>[^:：]*))?\s*"
)


@dataclass(frozen=True)
class Event:
    """One thing that happened on a day.

    `who`: the person or organ consulted, or who approved. `days` or `until`: the period a notice sets.
    """

    on: date
    kind: str
    who: str | None = None
    days: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        return f"{self.on} {self.kind}" + (f"（{self.who}）" if self.who else "")


@dataclass(frozen=True)
class Filing:
    """A request as the clock sees it: when it was received, through which channel, what happened since."""

    received: date
    events: tuple[Event, ...] = ()
    channel: str | None = None


def china_day(text: str) -> date:
    """The day written, or the day in China of a moment such as 2026-10-14T23:00+08:00.

    Raises InputError for what is no date.
    """
    words = text.strip()
    try:
        if _DAY.fullmatch(words):
            return date.fromisoformat(words)
        if re.fullmatch(_MOMENT, words):
            moment = datetime.fromisoformat(words)
            return (moment.astimezone(CHINA) if moment.tzinfo else moment).date()
    except ValueError:
        pass
    raise InputError(f"日期“{text}”无法识别，请写成 2026-11-23 的形式。")


def parse_event(text: str) -> Event:
    """Read `DATE:KIND`, `DATE:KIND:WHO` or `DATE:KIND:WHO:DAYS-OR-DATE`. Raises InputError naming the event."""
    match = _WRITTEN.fullmatch(text)
    if not match:
        raise InputError(f"事件“{text}”无法识别，请写成 日期:事件，如 2026-09-15:correction_notice。")
    try:
        on = china_day(match["on"])
        days, until = _read_detail((match["detail"] or "").strip())
    except InputError as fault:
        raise InputError(f"事件“{text}”：{fault}") from fault
    return Event(on, match["kind"].strip(), (match["who"] or "").strip() or None, days, until)


def _read_detail(words: str) -> tuple[int | None, date | None]:
    if not words:
        return None, None
    if words.isascii() and words.isdigit():
        if not int(words):
            raise InputError("期限的天数应为正整数。")
        return int(words), None
    return None, china_day(words)


def put_in_order(filing: Filing, table: DeadlineTable) -> tuple[Event, ...]:
    """The events by day, each of a known kind, none before receipt, doubled, or before what it needs.

    Raises InputError naming the event at fault.
    """
    rank = {kind: place for place, kind in enumerate(table.events)}
    for event in filing.events:
        if event.kind not in rank:
            names = "、".join(f"{kind}（{row.name}）" for kind, row in table.events.items())
            raise InputError(f"事件“{event}”：不认识的事件“{event.kind}”，可用：{names}。")
        if event.on < filing.received:
            raise InputError(f"{name_of(event, table)}：早于收到申请之日 {filing.received}。请检查日期。")
    ordered = tuple(sorted(filing.events, key=lambda event: (event.on, rank[event.kind])))
    for number, event in enumerate(ordered):
        _refuse_doubled(event, ordered[:number], table)
        _require_before(event, ordered[:number], table)
    return ordered


def name_of(event: Event, table: DeadlineTable) -> str:
    """An event in a clerk's words: its day, its name and whom it concerns."""
    return f"事件“{event.on} {table.events[event.kind].name}" + (f"（{event.who}）”" if event.who else "”")


def _refuse_doubled(event: Event, earlier: Iterable[Event], table: DeadlineTable) -> None:
    for other in earlier:
        same = other.kind == event.kind
        if same and (table.events[event.kind].once == "case" or other == event):
            raise InputError(
                f"{name_of(event, table)}：已经在 {other.on} 记过一次。请删去重复的，或者改正日期。"
            )


def _require_before(event: Event, earlier: Iterable[Event], table: DeadlineTable) -> None:
    kinds = {other.kind for other in earlier}
    if REPLIED in kinds and event.kind not in _AFTER_REPLY:
        raise InputError(f"{name_of(event, table)}：发生在答复之后，答复期限已经了结。请检查日期。")
    needed = table.events[event.kind].after
    if needed and not kinds & set(needed):
        names = "或者".join(f"“{table.events[kind].name}”（{kind}）" for kind in needed)
        raise InputError(f"{name_of(event, table)}：此前没有{names}。请补记，或者检查日期的先后。")
