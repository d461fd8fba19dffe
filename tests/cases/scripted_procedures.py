"""What may happen between the receipt of a scripted request and its answer, each procedure on plausible days."""

from collections.abc import Callable
from datetime import date, timedelta

from chinese_calendar import is_workday

from tests.cases.scripted_acts import Act, event, opened, struck


def workday_after(day: date, number: int) -> date:
    """The working day so many after a day, by the published calendar."""
    while number:
        day += timedelta(days=1)
        number -= is_workday(day)
    return day


def _straight(received: date) -> tuple[list[Act], date]:
    return [], received


def _extended(received: date) -> tuple[list[Act], date]:
    day = workday_after(received, 18)
    return [event(day, "extension", "王主任")], day


def corrected(received: date) -> tuple[list[Act], date]:
    """Asked to correct within the seven days, and corrected in time."""
    notice, came = workday_after(received, 4), workday_after(received, 9)
    return [event(notice, "correction_notice", days=10), event(came, "correction_received")], came


def _asked_and_heard(received: date) -> tuple[list[Act], date]:
    return _consulted(received, "third_party", "某建设公司", "third_party_served", heard=True)


def _asked_in_vain(received: date) -> tuple[list[Act], date]:
    return _consulted(received, "third_party", "某建设公司", "third_party_served", heard=False)


def _with_comaker(received: date) -> tuple[list[Act], date]:
    return _consulted(received, "comaker", "云河区住建局", "comaker_served", heard=True)


def _other_organ(received: date) -> tuple[list[Act], date]:
    return _consulted(received, "organ", "云河区财政局", None, heard=True)


def _consulted(
    received: date, family: str, who: str, served: str | None, heard: bool
) -> tuple[list[Act], date]:
    """Somebody is asked, gets the letter, and answers or lets fifteen working days pass."""
    sent, day = workday_after(received, 3), workday_after(received, 5)
    acts = [opened(family, who, sent)]
    if served:
        acts.append(event(day, served, who))
    end = workday_after(day, 6 if heard else 16)
    return ([*acts, opened(family, who, end, "同意公开，隐去账号")] if heard else acts), end


def _paid(received: date) -> tuple[list[Act], date]:
    notice, paid = workday_after(received, 6), workday_after(received, 14)
    return [event(notice, "fee_notice"), event(paid, "fee_paid")], paid


def _reasoned(received: date) -> tuple[list[Act], date]:
    asked, given = workday_after(received, 2), workday_after(received, 7)
    return [event(asked, "reasons_asked"), event(given, "reasons_given")], given


def _recorded_wrongly(received: date) -> tuple[list[Act], date]:
    day = workday_after(received, 4)
    return [event(day, "fee_notice"), struck("fee_notice", "记到了另一件申请上")], day


def _corrected_and_extended(received: date) -> tuple[list[Act], date]:
    acts, came = corrected(received)
    day = workday_after(came, 15)
    return [*acts, event(day, "extension", "王主任")], day


PROCEDURES: tuple[Callable[[date], tuple[list[Act], date]], ...] = (
    *(_straight, _extended, corrected, _asked_and_heard, _asked_in_vain, _with_comaker, _other_organ),
    *(_paid, _reasoned, _recorded_wrongly, _corrected_and_extended),
)
