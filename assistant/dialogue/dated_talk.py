"""A conversation about days: what a message asks, with the facts of the messages before it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.dialogue.dated_facts import ANSWER, EVENTS, STARTS
from assistant.dialogue.dated_questions import (
    DatedQuestion,
    read_message,
    wanting,
    who_received,
    whose_answer,
)
from assistant.dialogue.dated_targets import RECEIPTS
from assistant.dialogue.happenings import CUE, WHEN
from assistant.dialogue.written_days import WrittenDay

SHORT = 32
_LOOSE_KINDS = {"received", "sent_in", "replied"}
_BARE = re.compile(
    rf"^(?:那么?|所以|现在|这样|一共|我们|答复|回复|期限|到底|应该?|要|最晚|最迟|{WHEN}|之?前|到期|届满|截止|到|是|在|算|呢|了|[?。,])+$"
)


def read_dated(message: str, today: date, earlier: Sequence[str] = ()) -> DatedQuestion | None:
    """The question with the facts of the questions before it, or None where it asks for no day of ours.

    `earlier` are the clerk's questions of the same conversation, oldest first.
    """
    standing: DatedQuestion | None = None
    for words in earlier:
        standing = _follow(words, today, standing) or standing
    return _follow(message, today, standing)


def _follow(message: str, today: date, before: DatedQuestion | None) -> DatedQuestion | None:
    """One message by itself, or as the next of a conversation whose facts stand."""
    known = [day for day in before.days.values() if day.readings] if before else []
    one = read_message(message, today, known[-1] if known else None)
    if one is None:
        return None
    if before is None or (RECEIPTS & set(one.days) and one.asks):
        return one if one.asks else None
    told = bool(one.days or one.loose)
    leans = one.asks and bool(one.untold or STARTS.get(one.target) in before.days or _BARE.match(one.text))
    if leans or (told and (one.asks or len(one.text) <= SHORT)):
        return _merged(before, one)
    return one if one.asks else None


def _merged(before: DatedQuestion, one: DatedQuestion) -> DatedQuestion:
    """The facts of a conversation with those of its next message; a bare day answers what was asked for."""
    target = one.target if one.asks and one.target != ANSWER else before.target
    if {"extension", *EVENTS} & (one.untold | set(one.days)) and one.target == ANSWER and one.asks:
        target = ANSWER
    days = {**before.days, **_told_on(before, one)}
    joined = replace(
        one,
        target=target,
        days=days,
        untold=(before.untold | one.untold) - set(days),
        loose=(),
        channel=one.channel or before.channel,
        extra=one.extra or before.extra,
        period=one.period or before.period,
        count=None,
    )
    lacks = wanting(joined)
    if lacks and len(one.loose) == 1:
        kind = lacks.kind if lacks.kind in EVENTS or lacks.kind in STARTS.values() else "received"
        joined = replace(joined, days={**days, kind: one.loose[0]}, untold=joined.untold - {kind})
    elif one.loose:
        joined = replace(joined, loose=one.loose)
    return joined


def _told_on(before: DatedQuestion, one: DatedQuestion) -> dict[str, WrittenDay]:
    """The days of a next message, as what was asked for, or what comes next, where their words fit anything."""
    if len(one.days) != 1 or "申请" in one.text:
        return dict(one.days)
    ((kind, day),) = one.days.items()
    if kind in _LOOSE_KINDS and (kind in before.days or kind != "received"):
        lacks = wanting(replace(before, twice=None))
        if lacks and lacks.kind in EVENTS:
            return {lacks.kind: day}
        return whose_answer(
            {who_received(kind, before.days): day} if kind == "received" else {**before.days, kind: day},
            before.untold,
            (),
        )
    return dict(one.days)


def asks_for_day(message: str, today: date) -> bool:
    """Whether a message by itself is a question for a day of the law, however much it tells.

    >>> asks_for_day("11月3日收到的申请最晚哪天答复", date(2026, 11, 27))
    True
    """
    one = read_message(message, today)
    return one is not None and bool(set(one.days) & RECEIPTS) and bool(re.search(CUE, one.text))
