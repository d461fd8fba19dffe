"""补正 and reasons: what the organ asks of the applicant, and the full new term that follows.

Basis: 政府信息公开条例第三十条, 第三十五条.
"""

from dataclasses import replace
from datetime import date

from assistant.errors import InputError
from assistant.law.clock_course import Course, Phase, Reckoning, Said, print_day
from assistant.law.clock_events import Event, name_of
from assistant.law.clock_restart import require_running, restart


def correction_notice(course: Course, event: Event, reckoning: Reckoning) -> Course:
    if course.term.limit.id == "answer_after_correction":
        return _second_notice(course, event, reckoning)
    require_running(course, event, reckoning)
    grounds = reckoning.grounds
    limit = grounds.table.limit("correction_notice", event.on)
    last = grounds.calendar.nth(course.term.start, limit.count)
    course, until = _set_period(course, event, reckoning)
    late = event.on > last
    words = (
        f"已一次性告知补正。告知的最后一日是{print_day(last)}（收到申请次日起 {limit.count} 个工作日）。"
        f"{_period_words(until)}收到补正的申请后，答复期限重新完整计算。"
    )
    rules = (limit, grounds.table.limit("correction_period", event.on))
    waiting = replace(
        course, phase=Phase.AWAITING_CORRECTION, awaited_until=until, awaited_since=event.on, runs=late
    )
    if late:
        waiting = _late_notice(waiting, event, reckoning, last)
    return waiting.tell(event.on, event.kind, Said(words, rules), reckoning)


def _late_notice(course: Course, event: Event, reckoning: Reckoning, last: date) -> Course:
    limit = reckoning.grounds.table.limit("correction_notice", event.on)
    safe = reckoning.grounds.table.convention("late_correction_notice", event.on)
    due = reckoning.due(course.term)
    line = f"告知补正晚于最后一日{print_day(last)}（{limit.basis}）。{safe.says}"
    line += f"，在{print_day(due)}前答复。" if due else "。"
    return course.warned(line).missing(f"{limit.name}至{print_day(last)}，实际告知于{print_day(event.on)}")


def _second_notice(course: Course, event: Event, reckoning: Reckoning) -> Course:
    limit = reckoning.grounds.table.limit("correction_notice", event.on)
    words = "补正应当一次性告知，再次告知不使答复期限重新计算；补正后内容仍不明确的，请研判“补正后申请内容仍不明确”。"
    told = course.tell(event.on, event.kind, Said(words, (limit,)), reckoning)
    return told.warned(f"{event.on} 再次告知补正：{words}")


def _set_period(course: Course, event: Event, reckoning: Reckoning) -> tuple[Course, date | None]:
    """The last day of the 补正 period: as the notice says, else as the office's setting says, else open."""
    grounds = reckoning.grounds
    limit = grounds.table.limit("correction_period", event.on)
    if event.until:
        if event.until <= event.on:
            raise InputError(
                f"{name_of(event, grounds.table)}：补正期限 {event.until} 应晚于告知之日。请检查日期。"
            )
        return course, event.until
    days = event.days or grounds.local.correction_workdays
    if days is None:
        line = f"没有写明补正期限。{limit.note}（{limit.basis}）；请在事件里写天数，如 {event.on}:correction_notice::天数，或者设置 {limit.local}。"
        return course.warned(line), None
    shortest, longest = limit.length("usual_shortest").count, limit.length("usual_longest").count
    if shortest and longest and not shortest <= days <= longest:
        course = course.warned(
            f"补正期限 {days} 个工作日，不在通常的 {shortest} 至 {longest} 个工作日之内（实务做法），请确认是否合理。"
        )
    return course, grounds.calendar.nth(event.on, days)


def _period_words(until: date | None) -> str:
    return f"补正期限至{print_day(until)}。" if until else ""


def correction_received(course: Course, event: Event, reckoning: Reckoning) -> Course:
    if course.phase is not Phase.AWAITING_CORRECTION and course.lapsed is not Phase.AWAITING_CORRECTION:
        raise InputError(
            f"{name_of(event, reckoning.grounds.table)}：此时没有在等待补正。请检查事件，或者补记告知补正。"
        )
    if course.awaited_until and event.on > course.awaited_until:
        limit = reckoning.grounds.table.limit("correction_period", event.on)
        course = course.warned(
            f"{event.on} 收到的补正晚于补正期限{print_day(course.awaited_until)}。"
            f"申请人有正当理由的，按补正处理；{limit.silence}（{limit.basis}）。"
        )
    return restart(course, event, reckoning, "answer_after_correction")


def reasons_asked(course: Course, event: Event, reckoning: Reckoning) -> Course:
    require_running(course, event, reckoning)
    grounds = reckoning.grounds
    limit = grounds.table.limit("reasons", event.on)
    if not grounds.local.reasons_asked_restarts:
        words = f"{limit.note}，答复期限照常计算。本地规定另有要求的，设置 {limit.local}。"
        return course.tell(event.on, event.kind, Said(words, (limit,)), reckoning)
    notice = grounds.table.limit("correction_notice", event.on)
    last = grounds.calendar.nth(course.term.start, notice.count)
    waiting = replace(
        course, phase=Phase.AWAITING_REASONS, runs=False, awaited_until=None, awaited_since=event.on
    )
    if event.on > last:
        waiting = waiting.missing(
            f"比照{notice.name}至{print_day(last)}，实际于{print_day(event.on)}要求说明理由"
        )
    words = f"按本地规定（{limit.local}）比照补正办理：收到说明的理由后，答复期限重新完整计算。"
    return waiting.tell(event.on, event.kind, Said(words, (limit,)), reckoning)


def reasons_given(course: Course, event: Event, reckoning: Reckoning) -> Course:
    if course.phase is Phase.AWAITING_REASONS:
        return restart(course, event, reckoning, "answer")
    limit = reckoning.grounds.table.limit("delayed_answer", event.on)
    words = f"已收到说明的理由，答复期限照常计算。{limit.note}。"
    return course.tell(event.on, event.kind, Said(words, (limit,)), reckoning)
