"""The answer and what moves its last day: an extension, a delayed answer, the reply itself.

Basis: 政府信息公开条例第三十三条, 第三十五条; 国办公开办函〔2016〕235号第四项.
"""

from dataclasses import replace

from assistant.errors import InputError
from assistant.law.clock_course import Course, Phase, Reckoning, Said, print_day
from assistant.law.clock_events import Event, name_of
from assistant.law.clock_restart import require_running


def extension(course: Course, event: Event, reckoning: Reckoning) -> Course:
    require_running(course, event, reckoning)
    table = reckoning.grounds.table
    limit = table.limit("extension", event.on)
    days = _extension_days(course, event, reckoning)
    due = reckoning.due(course.term)
    before_end = table.convention("extension_before_end", event.on)
    if event.who is None:
        course = course.warned(
            f"{event.on} 延长答复期限没有写明同意人。{limit.note}（{limit.basis}），请写成 {event.on}:extension:同意人。"
        )
    if due and event.on > due:
        words = f"原期限已于{print_day(due)}届满。{before_end.says}。"
        late = course.missing(f"延期应当在{print_day(due)}前告知，实际告知于{print_day(event.on)}").warned(
            words
        )
        late = replace(late, term=replace(late.term, extended_on=event.on))
        return late.tell(event.on, event.kind, Said(words, (limit, before_end)), reckoning)
    longer = replace(course.term, days=course.term.days + days, extended_on=event.on)
    extended = replace(course, term=longer, extensions=course.extensions + 1)
    new_due = reckoning.due(longer)
    words = f"{event.who}同意，" if event.who else ""
    words += f"延长 {days} 个工作日并告知申请人"
    words += f"，期限延至{print_day(new_due)}。" if new_due else "，恢复计算后一并计入。"
    rules = [limit]
    restarted = course.term.limit.id != "answer" or course.extensions
    after = [table.convention("extension_after_restart", event.on)] if restarted else []
    return extended.tell(event.on, event.kind, Said(words, (*rules, *after)), reckoning)


def _extension_days(course: Course, event: Event, reckoning: Reckoning) -> int:
    """How long the extension is. Raises InputError for a second one, or one longer than the law allows."""
    table = reckoning.grounds.table
    limit = table.limit("extension", event.on)
    where = name_of(event, table)
    if course.term.extended_on:
        raise InputError(
            f"{where}：已经在 {course.term.extended_on} 延长过一次，答复期限只能延长一次（{limit.basis}）。"
        )
    if course.term.until:
        raise InputError(f"{where}：已经告知延迟答复至 {course.term.until}，不能再按{limit.name}处理。")
    if event.until:
        raise InputError(
            f"{where}：请写延长的工作日天数，不写日期，如 {event.on}:extension:同意人:{limit.count}。"
        )
    days = event.days or limit.count
    if days > limit.count:
        raise InputError(
            f"{where}：延长 {days} 个工作日，超过最长的 {limit.count} 个工作日（{limit.basis}）。"
        )
    return days


def delay_notice(course: Course, event: Event, reckoning: Reckoning) -> Course:
    require_running(course, event, reckoning)
    table = reckoning.grounds.table
    limit = table.limit("delayed_answer", event.on)
    if event.until is None or event.until <= event.on:
        raise InputError(
            f"{name_of(event, table)}：请写明延迟到哪一天，如 {event.on}:delay_notice::2026-12-31，且晚于告知之日。"
        )
    due = reckoning.due(course.term)
    if not any(step.event == "reasons_asked" for step in course.steps):
        course = course.warned(f"{event.on} 告知延迟答复，此前没有要求申请人说明理由（{limit.basis}）。")
    if due and event.on > due:
        words = f"原期限已于{print_day(due)}届满，届满之后的告知不改变期限。"
        late = course.missing(f"延迟答复应当在{print_day(due)}前告知，实际告知于{print_day(event.on)}")
        return late.warned(words).tell(event.on, event.kind, Said(words, (limit,)), reckoning)
    delayed = replace(course, term=replace(course.term, until=event.until))
    words = f"{limit.note}。答复期限改为{print_day(event.until)}。"
    return delayed.tell(event.on, event.kind, Said(words, (limit,)), reckoning)


def passed_on(course: Course, event: Event, reckoning: Reckoning) -> Course:
    """Handing the request over is no answer: nothing stops. Basis: 条例第三十六条第（五）项."""
    rule = reckoning.grounds.table.convention("passed_on", event.on)
    words = f"已移送{event.who}。{rule.says}。" if event.who else f"已移送。{rule.says}。"
    return course.tell(event.on, event.kind, Said(words, (rule,)), reckoning)


def replied(course: Course, event: Event, reckoning: Reckoning) -> Course:
    table = reckoning.grounds.table
    counting = table.convention("day_of_reply", event.on)
    due = reckoning.due(course.term) if course.runs else None
    done = replace(course, phase=Phase.ANSWERED, answered_on=event.on, lapsed=course.lapsed)
    done = _warn_unheard(done, event, reckoning)
    if due is None:
        words = f"已答复。此时答复期限没有在计算，不发生逾期。{counting.says}。"
        return done.tell(event.on, event.kind, Said(words, (course.term.limit, counting)), reckoning)
    if event.on > due:
        late = reckoning.grounds.calendar.count(due, event.on)
        words = f"答复晚于期限{print_day(due)}，逾期 {late} 个工作日。{counting.says}。"
        done = done.missing(f"{course.term.limit.name}至{print_day(due)}，实际答复于{print_day(event.on)}")
        return done.tell(event.on, event.kind, Said(words, (course.term.limit, counting)), reckoning)
    if event.on == course.term.start and course.term.limit.id == "answer":
        spot = table.limit("on_the_spot", event.on)
        words = f"当场答复。{spot.note}。"
        return done.tell(event.on, event.kind, Said(words, (spot,)), reckoning)
    words = f"在期限{print_day(due)}之内答复。{counting.says}。"
    return done.tell(event.on, event.kind, Said(words, (course.term.limit, counting)), reckoning)


def _warn_unheard(course: Course, event: Event, reckoning: Reckoning) -> Course:
    """A third party's term still open when the reply goes out is worth a second look."""
    for one in reckoning.consultations.asked:
        heard = one.answered is not None and one.answered <= event.on
        if one.own_section or heard or (one.end is not None and one.end < event.on):
            continue
        until = f"，其期限至{print_day(one.expires)}" if one.expires else ""
        course = course.warned(f"{event.on} 答复时，{one.name}尚未提出意见{until}。请核对能否先行答复。")
    return course
