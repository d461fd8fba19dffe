"""What asking third parties and other organs does to the clock: it does not count while they are asked.

Basis: 政府信息公开条例第三十二条, 第三十三条第三款, 第三十四条.
"""

from collections.abc import Callable, Mapping
from datetime import date

from assistant.law.clock_consultations import LIMITS, Consultation
from assistant.law.clock_course import EXPIRED, Course, Reckoning, Said, print_day
from assistant.law.clock_events import Event
from assistant.law.deadlines import Limit


def _sent(course: Course, event: Event, reckoning: Reckoning) -> Course:
    one = reckoning.consultations.of(event)
    table = reckoning.grounds.table
    if one.own_section:
        own = table.convention("own_sections", event.on)
        words = f"{own.says}。"
        told = course.tell(event.on, event.kind, Said(words, (own,)), reckoning)
        return told.warned(f"{event.on} 征求“{one.who}”的意见：{words}")
    counting = table.convention("excluded_time", event.on)
    limit = _limit(one, event.on, reckoning)
    words = f"已向{one.name}发出征求意见书。自当日起不计入答复期限，至收到意见或者对方期限届满为止。"
    if limit.term.count is None:
        words += f"{limit.note}。"
    due = reckoning.due(course.term) if course.runs else None
    if due and event.on > due:
        line = f"{event.on} 征求{one.name}意见时，答复期限已于{print_day(due)}届满，不能再扣除时间。"
        course = course.warned(line)
    return course.tell(event.on, event.kind, Said(words, (limit, counting)), reckoning)


def _served(course: Course, event: Event, reckoning: Reckoning) -> Course:
    one = reckoning.consultations.of(event)
    limit = _limit(one, event.on, reckoning)
    last = print_day(one.expires) if one.expires else ""
    words = f"{one.name}已收到征求意见书，应当自次日起 {limit.count} 个工作日内（至{last}）提出意见。{limit.silence}。"
    return course.tell(event.on, event.kind, Said(words, (limit,)), reckoning)


def _answered(course: Course, event: Event, reckoning: Reckoning) -> Course:
    one = reckoning.consultations.of(event)
    limit = _limit(one, event.on, reckoning)
    counting = reckoning.grounds.table.convention("excluded_time", event.on)
    if course.answered_on and event.on > course.answered_on:
        words = f"{one.name}的意见在答复之后收到，不影响答复期限。"
        return course.tell(event.on, event.kind, Said(words, (limit,)), reckoning)
    if one.own_section:
        own = reckoning.grounds.table.convention("own_sections", event.on)
        return course.tell(event.on, event.kind, Said(f"{own.says}。", (own,)), reckoning)
    if one.silent and one.expires:
        words = f"{one.name}的意见晚于其期限{print_day(one.expires)}，期限届满后的时间照常计入答复期限。"
        return course.tell(event.on, event.kind, Said(words, (limit, counting)), reckoning)
    if one.served is None and limit.term.count is not None:
        course = course.warned(f"没有{one.name}收到征求意见书的记录，请补记送达日期，以便核对其期限。")
    words = f"已收到{one.name}的意见。{_resumed(one, reckoning)}"
    return course.tell(event.on, event.kind, Said(words, (limit, counting)), reckoning)


def expire(course: Course, one: Consultation, reckoning: Reckoning) -> Course:
    """The other side's term runs out in silence: the organ decides, or a co-maker is taken to consent."""
    if one.expires is None:
        return course
    limit = _limit(one, one.expires, reckoning)
    counting = reckoning.grounds.table.convention("excluded_time", one.expires)
    words = f"{one.name}的期限至当日届满，未见其意见。{limit.silence}。{_resumed(one, reckoning)}"
    return course.tell(one.expires, EXPIRED, Said(words, (limit, counting)), reckoning)


def _resumed(one: Consultation, reckoning: Reckoning) -> str:
    """How many days were left out, and whether the count goes on."""
    if one.end is None:
        return ""
    days = reckoning.grounds.calendar.count(one.sent, one.end) + reckoning.grounds.calendar.is_workday(
        one.sent
    )
    words = f"{print_day(one.sent)}至{print_day(one.end)}的 {days} 个工作日不计入答复期限"
    others = [
        other
        for other in reckoning.consultations.asked
        if other is not one
        and not other.own_section
        and other.sent <= one.end
        and (other.end is None or other.end > one.end)
    ]
    if not others:
        return f"{words}，自次日起继续计算。"
    rule = reckoning.grounds.table.convention("several_consulted", one.end)
    return f"{words}；仍在等{'、'.join(other.name for other in others)}，暂不恢复计算（{rule.says}）。"


def _limit(one: Consultation, on: date, reckoning: Reckoning) -> Limit:
    return reckoning.grounds.table.limit(LIMITS[one.family], on)


CONSULTED: Mapping[str, Callable[[Course, Event, Reckoning], Course]] = {
    "third_party_sent": _sent,
    "third_party_served": _served,
    "third_party_answered": _answered,
    "comaker_sent": _sent,
    "comaker_served": _served,
    "comaker_answered": _answered,
    "organ_consulted": _sent,
    "organ_answered": _answered,
}
