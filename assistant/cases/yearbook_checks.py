"""What only the cases themselves can tell of a yearly report: one result each, notices sent, reviews before suits.

Basis: 国办公开办函〔2021〕30号; 行政复议法第二十三条.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assistant.cases.counting import Counted, CountedDispute, CountingRules
from assistant.ingest.annual.checks import Status
from assistant.law.outcomes import Outcomes

Live = Mapping[str, tuple[Status, str]]

_PARTIAL, _DIRECT, _REVIEW_FIRST = "partial", "lawsuit_direct", "A"


def register_checks(
    counted: Sequence[Counted],
    disputed: Iterable[CountedDispute],
    year: int,
    rules: CountingRules,
    outcomes: Outcomes,
) -> Live:
    """The checks R7, R8, R9 and S4 by case: rule → how it stands and what was seen."""
    closed = [one for one in counted if one.closed and one.closed.year == year]
    return {
        "R7": _partial(closed),
        "R8": _notices(closed, rules),
        "R9": _one_each(closed),
        "S4": _review_first(disputed, outcomes),
    }


def _partial(closed: Sequence[Counted]) -> tuple[Status, str]:
    numbers = [one.number for one in closed if one.outcome == _PARTIAL]
    return _unless(_doubled(numbers), f"“部分公开”{len(numbers)}件，各只计一次。", "计了不止一次的：")


def _notices(closed: Sequence[Counted], rules: CountingRules) -> tuple[Status, str]:
    needed = [(one, rules.notices.get(one.outcome or "")) for one in closed]
    there = [(one, event) for one, event in needed if event]
    bare = [one.number for one, event in there if event not in one.events]
    return _unless(bare, f"应当有通知在先的{len(there)}件，都有登记。", "登记里没有相应通知或者补正的：")


def _one_each(closed: Sequence[Counted]) -> tuple[Status, str]:
    wrong = [one.number for one in closed if one.outcome is None]
    wrong += _doubled([one.number for one in closed])
    return _unless(
        wrong, f"本年办结的{len(closed)}件，各有一种处理结果。", "没有处理结果，或者计了不止一次的："
    )


def _review_first(disputed: Iterable[CountedDispute], outcomes: Outcomes) -> tuple[Status, str]:
    direct = [one for one in disputed if one.kind == _DIRECT]
    doubtful = [
        one.number
        for one in direct
        if one.outcome and one.outcome in outcomes and outcomes[one.outcome].remedy == _REVIEW_FIRST
    ]
    return _unless(
        doubtful, f"未经复议直接起诉{len(direct)}件，没有属于复议前置的。", "处理结果属于复议前置的："
    )


def _doubled(numbers: Sequence[str]) -> list[str]:
    return sorted(number for number, times in Counter(numbers).items() if times > 1)


def _unless(wrong: Sequence[str], holds: str, fails: str) -> tuple[Status, str]:
    return ("fails", f"{fails}{'、'.join(wrong)}。") if wrong else ("holds", holds)
