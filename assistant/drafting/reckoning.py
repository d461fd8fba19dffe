"""Facts of a letter that are reckoned and never typed: last days, the fee, the period this office gives.

A day a clerk gives himself is held against the clock. Basis: 政府信息公开条例第三十条、第三十三条、第四十二条.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.errors import InputError
from assistant.law.clock import Clock, reckon_clock
from assistant.law.clock_course import Grounds
from assistant.law.clock_events import Event, Filing
from assistant.law.fees import Fee, FeeTable

# Facts of a case that are events of its clock, and who was asked where somebody was.
_EVENTS = {
    "correction_notice_on": ("correction_notice", None),
    "corrected_on": ("correction_received", None),
    "consulted_on": ("third_party_sent", "第三方"),
    "third_party_answered_on": ("third_party_answered", "第三方"),
    "organ_consulted_on": ("organ_consulted", "其他机关"),
    "organ_answered_on": ("organ_answered", "其他机关"),
    "fee_notice_on": ("fee_notice", None),
    "fee_paid_on": ("fee_paid", None),
}


@dataclass(frozen=True)
class Reckoned:
    """Facts found by reckoning, and what to tell the clerk of them."""

    facts: Mapping[str, Any]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reckoner:
    """The office's calendar, dated limits and settings, and the table of fees."""

    grounds: Grounds
    fees: FeeTable

    def reckon(self, wanted: Iterable[str], facts: Mapping[str, Any], on: date) -> Reckoned:
        """Of the facts wanted those that can be reckoned from the others.

        Raises InputError where a day given lies after the last one the law allows, or a count cannot be charged.
        """
        keys = frozenset(wanted)
        found: dict[str, Any] = {}
        warnings: list[str] = []
        if "correction_workdays" in keys:
            warnings += self._correction(facts, found, on)
        if "answer_due" in keys and "received_on" in facts:
            clock = self._clock(facts, on)
            found |= {"answer_due": clock.due} if clock.due else {}
            warnings += _cautions(clock)
        if "extended_until" in keys and "extension_reason" in keys and "received_on" in facts:
            warnings += self._extension(facts, found, on)
        if "fee_sum" in keys and {"fee_method", "fee_count"} <= set(facts):
            warnings += self._fee(facts, found, on)
        for key, value in found.items():
            _refuse_other(key, facts.get(key), value)
        return Reckoned(found, tuple(dict.fromkeys(warnings)))

    def missed_by(self, kind: str, facts: Mapping[str, Any], on: date) -> tuple[str, ...]:
        """The terms of the case that a paper of this kind does not keep when it goes out on this day."""
        told = {events for events, _ in _EVENTS.values()}
        given = {name for key, (name, _) in _EVENTS.items() if isinstance(facts.get(key), date)}
        if kind in told & given or kind == "extension":
            return ()
        who = next((who for name, who in _EVENTS.values() if name == kind), None)
        return self._clock(facts, on, Event(on, kind, who)).missed

    def _correction(self, facts: Mapping[str, Any], found: dict[str, Any], on: date) -> Iterator[str]:
        """The period this office gives; one outside what is usual is told."""
        days = facts.get("correction_workdays", self.grounds.local.correction_workdays)
        if days is None:
            return
        found["correction_workdays"] = days
        limit = self.grounds.table.limit("correction_period", on)
        usual = {length.key: length.count for length in limit.lengths[1:]}
        least, most = usual.get("usual_shortest"), usual.get("usual_longest")
        if least and most and not least <= days <= most:
            yield f"补正期限写的是{days}个工作日，通常为{least}至{most}个工作日，请核对是否合理（{limit.basis}）。"

    def _extension(self, facts: Mapping[str, Any], found: dict[str, Any], on: date) -> Iterator[str]:
        """The last day of a term that is extended by a notice of this day."""
        days = facts.get("extension_workdays")
        clock = self._clock(facts, on, Event(on, "extension", facts.get("extension_approved_by"), days))
        given = facts.get("extended_until")
        if clock.due is None:
            yield "现在没有答复期限的届满日，不能算出延长到哪一天，请核对补正、征求意见等日期。"
            return
        if given and given > clock.due:
            raise InputError(
                f"“extended_until”（{given}）晚于延长后的最后一日（{clock.due}，{clock.steps[-1].basis}），请核对。"
            )
        yield from _cautions(clock)
        if clock.due > on:
            found["extended_until"] = given or clock.due
        else:
            yield f"答复期限已于{clock.due}届满，不能再告知延长，请核对（{self.grounds.table.limit('extension', on).basis}）。"

    def _fee(self, facts: Mapping[str, Any], found: dict[str, Any], on: date) -> Iterator[str]:
        fee = self.fees.fee(facts["fee_method"], facts["fee_count"], on)
        found["fee_sum"] = f"{fee.amount}元"
        found["fee_steps"] = "；".join(_steps(fee))
        if not fee.amount:
            yield f"{fee.count}{fee.unit}按照标准不收费，不必发收费通知，请核对（{fee.basis[0]}）。"
        yield from fee.warnings

    def _clock(self, facts: Mapping[str, Any], on: date, *more: Event) -> Clock:
        events = [
            Event(facts[key], kind, who)
            for key, (kind, who) in _EVENTS.items()
            if isinstance(facts.get(key), date)
        ]
        return reckon_clock(Filing(facts["received_on"], (*events, *more)), self.grounds, on)


def _refuse_other(key: str, given: Any, reckoned: Any) -> None:
    """What a clerk gives must be what is reckoned: neither takes the place of the other in silence."""
    if given is not None and given != reckoned:
        raise InputError(
            f"“{key}”写的是“{given}”，按其他事实算得“{reckoned}”，请核对；可以不写，由程序算出。"
        )


def _steps(fee: Fee) -> Iterator[str]:
    for step in fee.steps:
        span = str(step.first) if step.first == step.last else f"{step.first}至{step.last}"
        cost = f"{step.count}{fee.unit}×{step.rate}元＝{step.sum}元" if step.rate else "不收费"
        yield f"第{span}{fee.unit}，{cost}"


def _cautions(clock: Clock) -> Iterator[str]:
    """What the clock says a clerk must know before a day goes into a letter."""
    yield from clock.missed
    if clock.provisional:
        yield from (line for line in clock.warnings if "暂定" in line)
