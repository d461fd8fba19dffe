"""Fee notice and payment: the term stands still until the fee is paid, and starts again in full.

Basis: 政府信息公开信息处理费管理办法第六条.
"""

from dataclasses import replace

from assistant.law.clock_course import Course, Phase, Reckoning, Said, print_day
from assistant.law.clock_events import Event
from assistant.law.clock_restart import require_running, restart


def fee_notice(course: Course, event: Event, reckoning: Reckoning) -> Course:
    require_running(course, event, reckoning)
    table, calendar = reckoning.grounds.table, reckoning.grounds.calendar
    notice, payment = table.limit("fee_notice", event.on), table.limit("fee_payment", event.on)
    due = reckoning.due(course.term)
    until = calendar.nth(event.on, payment.count)
    waiting = replace(
        course, phase=Phase.AWAITING_PAYMENT, runs=False, awaited_until=until, awaited_since=event.on
    )
    if due and event.on > due:
        line = f"收费通知晚于答复期限{print_day(due)}（{notice.basis}）。{notice.note}。"
        waiting = waiting.warned(line).missing(
            f"{notice.name}至{print_day(due)}，实际通知于{print_day(event.on)}"
        )
    words = (
        f"收费通知已送达。缴费期限自收到通知次日起 {payment.count} 个工作日，至{print_day(until)}；"
        "缴费完毕后，答复期限自缴费次日起重新计算。"
    )
    return waiting.tell(event.on, event.kind, Said(words, (notice, payment)), reckoning)


def fee_paid(course: Course, event: Event, reckoning: Reckoning) -> Course:
    late = course.awaited_until is not None and event.on > course.awaited_until
    if course.phase is Phase.AWAITING_PAYMENT and not late:
        return restart(course, event, reckoning, "answer_after_payment")
    limit = reckoning.grounds.table.limit("fee_payment", event.on)
    words = f"缴费晚于缴费期限。{limit.silence}；是否另行受理，由本机关决定并告知申请人。"
    told = course.tell(event.on, event.kind, Said(words, (limit,)), reckoning)
    return told.warned(f"{event.on} {words}")
