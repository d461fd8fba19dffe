"""The state machine: what each event does to the clock of a request.

One function an event: (how it stands, the event, what it is reckoned with) → how it stands then.

Basis: 政府信息公开条例第三十条至第三十五条; 信息处理费管理办法第六条.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from assistant.law import clock_answer, clock_correction, clock_fees
from assistant.law.clock_asking import CONSULTED
from assistant.law.clock_course import Course, Phase, Reckoning, Said, print_day
from assistant.law.clock_events import Event

Transition = Callable[[Course, Event, Reckoning], Course]

_AWAITED = {
    "correction_received": Phase.AWAITING_CORRECTION,
    "reasons_given": Phase.AWAITING_REASONS,
}
_ABSENT = {Phase.AWAITING_CORRECTION: "没有收到补正", Phase.AWAITING_PAYMENT: "没有收到缴费"}
_PERIODS = {Phase.AWAITING_CORRECTION: "correction_period", Phase.AWAITING_PAYMENT: "fee_payment"}


def apply_event(course: Course, event: Event, reckoning: Reckoning) -> Course:
    """The course after one event; a period that ran out before it is told first."""
    if _AWAITED.get(event.kind) is not course.phase:
        course = let_lapse(course, event.on, reckoning)
    return TRANSITIONS[event.kind](course, event, reckoning)


def let_lapse(course: Course, day: date, reckoning: Reckoning) -> Course:
    """Silence of the applicant after the period set means the request is given up."""
    limit_id = _PERIODS.get(course.phase)
    if limit_id is None or course.awaited_until is None or day <= course.awaited_until:
        return course
    limit = reckoning.grounds.table.limit(limit_id, course.awaited_until)
    words = f"{limit.name}至{print_day(course.awaited_until)}届满，{_ABSENT[course.phase]}。{limit.silence}。"
    given_up = replace(course, phase=Phase.ABANDONED, lapsed=course.phase, runs=False)
    return given_up.tell(course.awaited_until, "lapsed", Said(words, (limit,)), reckoning)


TRANSITIONS: Mapping[str, Transition] = {
    "correction_notice": clock_correction.correction_notice,
    "correction_received": clock_correction.correction_received,
    "reasons_asked": clock_correction.reasons_asked,
    "reasons_given": clock_correction.reasons_given,
    "delay_notice": clock_answer.delay_notice,
    "extension": clock_answer.extension,
    "passed_on": clock_answer.passed_on,
    "fee_notice": clock_fees.fee_notice,
    "fee_paid": clock_fees.fee_paid,
    "replied": clock_answer.replied,
    **CONSULTED,
}
