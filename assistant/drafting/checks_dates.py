"""Days of a letter: in order, inside the term the clock reckons from them, and nothing told that was not over.

Basis: 政府信息公开条例第三十条至第三十五条.
"""

from collections.abc import Iterator
from datetime import date

from assistant.drafting.reading import Days, Letter, Span, days_in
from assistant.drafting.verdict import Finding
from assistant.errors import InputError
from assistant.law.clock import Clock, reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Event, Filing

# The days a letter states, as events of the clock (deadlines.yaml), in the order of one day.
_EVENTS = {
    "correction_notice": "correction_notice",
    "corrected": "correction_received",
    "reasons_asked": "reasons_asked",
    "third_party_sent": "third_party_sent",
    "third_party_answered": "third_party_answered",
    "organ_consulted": "organ_consulted",
    "organ_answered": "organ_answered",
    "extension": "extension",
    "fee_notice": "fee_notice",
    "fee_paid": "fee_paid",
}
_POST = 10  # working days a letter to a third party may be on its way, where its receipt is not told
_NEEDED = {
    "corrected": "correction_notice",
    "third_party_answered": "third_party_sent",
    "organ_answered": "organ_consulted",
    "fee_paid": "fee_notice",
}
_TO_COME = ("至", "到", "拟于", "将于", "定于", "拟在", "将在", "计划于")
_LAPSES = {
    "correction_deadline": ("other.no_correction", "补正"),
    "fee_deadline": ("other.fee_unpaid", "缴费"),
}
_NAMES = {
    "received": "收到申请",
    "corrected": "收到补正",
    "correction_notice": "告知补正",
    "extension": "告知延期",
    "third_party_sent": "征求第三方意见",
    "third_party_answered": "第三方答复",
    "third_party_silent": "征求意见期限届满",
    "organ_consulted": "征求其他机关意见",
    "organ_answered": "其他机关答复",
    "fee_notice": "发出收费通知",
    "fee_paid": "缴费",
    "reasons_asked": "要求说明理由",
}


def check_days(letter: Letter) -> Iterator[Finding]:
    """Nothing a letter tells as done lies after its own date, and its steps follow one another."""
    yield from _after_the_reply(letter)
    days = letter.days
    for first, second in (("received", other) for other in _NAMES if other != "received"):
        yield from _disorder(days, first, second)
    for second, first in _NEEDED.items():
        yield from _disorder(days, first, second)
    yield from _disorder(days, "third_party_sent", "third_party_silent")
    yield from _lapses(letter, days)


def check_term(letter: Letter) -> Iterator[Finding]:
    """The letter goes out by the last day that the clock reckons from the days it states."""
    days, grounds = dict(letter.days), letter.rules.grounds
    if grounds is None or letter.replied_on is None:
        return
    if "received" not in days and "sent" in days:  # told when it was sent, not when it came
        sent, span = days["sent"]
        others = (day for name, (day, _) in days.items() if name in _EVENTS)
        days["received"] = (min(grounds.calendar.nth(sent, _POST), *others, date.max), span)
    if "received" not in days:
        return
    if letter.paper and not (letter.paper.within or letter.paper.code == "correction_notice"):
        return
    replied, place = letter.replied_on
    if replied < days["received"][0] or not grounds.calendar.is_published(days["received"][0].year):
        return
    try:
        clock = _clock(letter, days, grounds)
        if letter.paper and letter.paper.code == "correction_notice":
            yield from _late_notice(clock, place)
        else:
            yield from _late(letter, clock, grounds)
            for missed in clock.missed:
                yield Finding("warning", "deadline", *place, f"{missed}，请核对。")
    except InputError as fault:
        yield Finding("warning", "deadline", *place, f"文中的日期排不成一个办理过程：{fault}")


def _clock(letter: Letter, days: Days, grounds: Grounds) -> Clock:
    """The clock on the day of the letter, fed with what it states; a step without the one before it is left out."""
    replied = letter.replied_on[0] if letter.replied_on else letter.on
    events = []
    for name, kind in _EVENTS.items():
        needed = _NEEDED.get(name)
        if name in days and days[name][0] <= replied and (needed is None or needed in days):
            until = days.get("correction_deadline") if name == "correction_notice" else None
            events.append(Event(days[name][0], kind, until=until[0] if until else None))
    sent = days.get("third_party_sent")
    if sent and "third_party_answered" not in days:
        served = grounds.calendar.nth(sent[0], _POST)
        if served <= replied:
            events.append(Event(served, "third_party_served"))
    if letter.paper and letter.paper.code == "correction_notice":
        events = [Event(replied, "correction_notice")]
    return reckon_clock(Filing(days["received"][0], tuple(events)), grounds, replied)


def _late(letter: Letter, clock: Clock, grounds: Grounds) -> Iterator[Finding]:
    """Later than the last day; only a doubt where the letter tells of steps without their days."""
    assert letter.replied_on
    replied, place = letter.replied_on
    due = clock.due
    if due is None or replied <= due:
        return
    open_steps = _undated(letter)
    if "extension" in open_steps:
        due = grounds.calendar.nth(due, grounds.table.limit("extension", replied).count)
    if replied <= due:
        return
    doubtful = bool(open_steps - {"extension"}) or clock.provisional
    message = (
        f"落款日期{replied}晚于答复期限的最后一日{due}（自收到申请的次日起算，按文中写明的补正、延期、征求意见计算）。"
        + (
            "文中提到的补正、征求意见没有写明起止日期，请补写并核对。"
            if doubtful
            else "请核对日期，或者补写没有写到的延期、补正、征求意见。"
        )
    )
    yield Finding("warning" if doubtful else "error", "deadline", *place, message)


def _undated(letter: Letter) -> frozenset[str]:
    """Steps that move the last day and are told without the days the clock needs."""
    days, words = letter.days, letter.rules.parts.undated
    told = {name for name, pattern in words.items() if pattern.search(letter.body)}
    closed = {
        "extension": "extension" in days
        or (letter.paper is not None and letter.paper.code == "extension_notice"),
        "correction": "corrected" in days and "correction_notice" in days,
        "consultation": bool({"third_party_sent", "organ_answered"} & set(days)),
        "delay": False,
    }
    return frozenset(name for name in told if not closed[name])


def _late_notice(clock: Clock, place: Span) -> Iterator[Finding]:
    for missed in clock.missed:
        yield Finding("warning", "deadline", *place, f"{missed}，请核对。")


def _after_the_reply(letter: Letter) -> Iterator[Finding]:
    if letter.replied_on is None:
        return
    replied, place = letter.replied_on
    told: set[Span] = set()
    for name, event in (("received", "收到申请的日期"), ("happened", "文中所述事项的日期")):
        for match in letter.rules.parts.words[name].finditer(letter.body):
            for day, span in days_in(match[0], match.start()):
                if day > replied and span != place and span not in told and not _ahead(letter, span):
                    told.add(span)
                    message = f"{event}{day}晚于答复日期{replied}，请核对。"
                    yield Finding("error", "deadline", *span, message)


def _ahead(letter: Letter, span: Span) -> bool:
    """A day by which something is yet to be done: 于…前, 至…止."""
    after = letter.body[span[1] : span[1] + 4].lstrip()
    before = letter.body[max(0, span[0] - 6) : span[0]]
    return after.startswith(("前", "以前", "之前", "止", "内")) or before.endswith(_TO_COME)


def _disorder(days: Days, first: str, second: str) -> Iterator[Finding]:
    if first in days and second in days and days[second][0] < days[first][0]:
        message = f"{_NAMES[second]}的日期{days[second][0]}早于{_NAMES[first]}的日期{days[first][0]}，日期前后矛盾，请核对。"
        yield Finding("error", "deadline", *days[second][1], message)


def _lapses(letter: Letter, days: Days) -> Iterator[Finding]:
    """A period that has not run out by the day of the reply cannot be said to have lapsed."""
    for name, (code, what) in _LAPSES.items():
        if letter.outcome is None or letter.outcome.code != code or name not in days or not letter.replied_on:
            continue
        last, span = days[name]
        if letter.replied_on[0] <= last:
            message = f"{what}期限到{last}才届满，落款日期{letter.replied_on[0]}时还不能认定逾期。"
            yield Finding("error", "deadline", *span, message)
