"""A term that is running, and a term that starts again in full.

Basis: 政府信息公开条例第三十条, 第三十三条; 信息处理费管理办法第六条.
"""

from dataclasses import replace

from assistant.errors import InputError
from assistant.law.clock_course import Course, Phase, Reckoning, Said, Term
from assistant.law.clock_events import Event, name_of

_WAITING = {
    Phase.AWAITING_CORRECTION: "正在等待申请人补正",
    Phase.AWAITING_REASONS: "正在等待申请人说明理由",
    Phase.AWAITING_PAYMENT: "正在等待申请人缴费",
    Phase.ABANDONED: "申请已视为放弃",
}


def require_running(course: Course, event: Event, reckoning: Reckoning) -> None:
    """Refuse what only makes sense while the answering term is counted. Raises InputError."""
    if course.phase is Phase.RUNNING or (course.runs and course.phase is Phase.AWAITING_CORRECTION):
        return
    raise InputError(
        f"{name_of(event, reckoning.grounds.table)}：此时{_WAITING[course.phase]}，答复期限没有在计算。请检查事件和日期。"
    )


def restart(course: Course, event: Event, reckoning: Reckoning, limit_id: str) -> Course:
    """A new full term from the day after the event; the days used before are dropped."""
    limit = reckoning.grounds.table.limit(limit_id, event.on)
    term = Term(event.on, limit, limit.count)
    started = replace(
        course, phase=Phase.RUNNING, term=term, runs=True, awaited_until=None, awaited_since=None, lapsed=None
    )
    words = f"答复期限自次日起重新计算，为完整的 {limit.count} 个工作日，此前用去的天数不再计入。"
    return started.tell(event.on, event.kind, Said(words, (limit,)), reckoning)
