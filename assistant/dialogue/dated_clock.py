"""A dated question answered by the whole clock of the request: its events, an extension thought of, what it waits for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.dialogue.dated_facts import BEFORE_END, EVENTS, want
from assistant.dialogue.dated_limits import Told, day_words, on_basis
from assistant.dialogue.dated_questions import DatedQuestion
from assistant.law.clock import Clock, reckon_clock
from assistant.law.clock_course import Grounds, Step, print_day, provisional_words
from assistant.law.clock_events import Event, Filing

_FOR_THE_COMMAND_LINE = re.compile(r"\d{4}-\d\d-\d\d:[a-z_]+")
_OWN = "本机关内设机构"
_NEXT = (
    ("correction_notice", "correction_received"),
    ("fee_notice", "fee_paid"),
    ("party_sent", "party_served"),
    ("comaker_sent", "comaker_served"),
    ("organ_consulted", "organ_answered"),
)


def notice_judged(
    told: Told, one: DatedQuestion, days: Mapping[str, date], grounds: Grounds, today: date
) -> Told:
    """Whether the applicant was told to complete the request in time, and what follows where not."""
    filing = Filing(days["receipt"], tuple(_events(one, days, grounds)), one.channel)
    clock = reckon_clock(filing, grounds, today)
    said = "告知补正超期了" if clock.missed else "告知补正没有超期"
    notes = tuple(line for line in clock.warnings if not _FOR_THE_COMMAND_LINE.search(line))
    return replace(told, lead=f"{said}：{told.lead}", notes=(*told.notes, *notes))


def clocked(one: DatedQuestion, days: Mapping[str, date], grounds: Grounds, today: date) -> Told:
    """The whole clock of the request, with an extension that is only thought of told on the last day for it."""
    filing = Filing(days["receipt"], tuple(_events(one, days, grounds)), one.channel)
    clock = reckon_clock(filing, grounds, today)
    if one.target == BEFORE_END and clock.due:
        return _before_end(clock, grounds)
    thought = "extension" in one.untold and clock.due is not None
    if thought and clock.due:
        more = Event(clock.due, "extension", days=_longer(one, grounds, filing.received))
        clock = reckon_clock(replace(filing, events=(*filing.events, more)), grounds, today)
    lines = tuple(_step_line(step, thought) for step in clock.steps)
    notes = [line for line in (*clock.missed, *clock.warnings) if not _FOR_THE_COMMAND_LINE.search(line)]
    notes = [line for line in notes if line != provisional_words(clock.provisional_years or (0,))]
    if "extension" in one.untold or "extension" in days:
        limit = grounds.table.limit("extension", filing.received)
        notes.insert(0, f"延期{limit.note}{on_basis(limit.basis)}")
    bases = tuple(step.basis for step in reversed(clock.steps))
    return Told(_lead(one, clock, thought), lines, tuple(notes), bases)


def _events(one: DatedQuestion, days: Mapping[str, date], grounds: Grounds) -> Iterator[Event]:
    for kind, name in EVENTS.items():
        if kind in days:
            lengths = {"extension": _longer(one, grounds, days["receipt"]), "correction_notice": one.period}
            yield Event(days[kind], name, _OWN if kind == "own_section" else None, lengths.get(kind))


def _longer(one: DatedQuestion, grounds: Grounds, on: date) -> int | None:
    """The working days of an extension, never more than the law allows; what was wrong with them is said elsewhere."""
    return min(one.extra, grounds.table.limit("extension", on).count) if one.extra else None


def _before_end(clock: Clock, grounds: Grounds) -> Told:
    """An extension is told before the first term ends."""
    due = clock.due or clock.received
    rule, limit = grounds.table.convention("extension_before_end", due), grounds.table.limit("extension", due)
    mark = "（暂定）" if clock.provisional else ""
    lines = tuple(_step_line(step, thought=False) for step in clock.steps)
    notes = (f"{rule.says}（按实务做法或者未经核对的文本）", f"延期{limit.note}{on_basis(limit.basis)}")
    bases = (limit.basis, *(step.basis for step in reversed(clock.steps)))
    return Told(f"延期：最晚{day_words(due)}告知申请人{mark}，即原期限届满之前。", lines, notes, bases)


def _lead(one: DatedQuestion, clock: Clock, thought: bool) -> str:
    """The day in a line; of a reply already made, whether it was in time."""
    mark = "（暂定）" if clock.provisional else ""
    if clock.due is None:
        return _standing_still(one, clock)
    if clock.met is not None:
        said = "在期限之内，没有超期" if clock.met else "超期了"
        return f"{said}：答复期限到{day_words(clock.due)}{mark}。"
    extended = thought or any(step.event == "extension" for step in clock.steps)
    after = "延期后，" if extended else ""
    if any(line.startswith("延期") for line in clock.missed):
        after = "延期告知晚了，期限没有延长："
    lead = f"{after}答复期限到{day_words(clock.due)}{mark}，最晚在这一天答复。"
    if clock.overdue:
        return f"{lead}今天是{print_day(clock.as_of)}，期限已经过了。"
    left = f"今天是{print_day(clock.as_of)}，还剩 {clock.days_left} 个工作日。"
    return lead + (left if one.status and clock.days_left is not None else "")


def _standing_still(one: DatedQuestion, clock: Clock) -> str:
    if not clock.waiting_for:
        return "这件申请现在没有答复期限，原因见下面最后一步。"
    names = "、".join(each.who for each in clock.waiting_for)
    lacks = next((want(kind) for begun, kind in _NEXT if begun in one.days and kind not in one.days), None)
    asked = f"{lacks}" if lacks else ""
    return f"现在没有届满日：正在等待{names}，答复期限暂不计算。{asked}"


def _step_line(step: Step, thought: bool) -> str:
    name = f"{step.name}（设想在原期限届满之前告知）" if thought and step.event == "extension" else step.name
    return f"{print_day(step.on)} {name}：{step.explanation}{on_basis(step.basis)}"
