"""The information-processing fee: amounts, steps, what is said beside them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.law.fees import METHODS, Fee, Method, load_fees
from assistant.settings import ROOT

CASES = yaml.safe_load((Path(__file__).parent / "fees.yaml").read_text(encoding="utf-8"))
TABLE = load_fees(ROOT / "corpus" / "rules")
ON = date(2026, 11, 27)
AMOUNTS = [(method, case) for method in METHODS for case in CASES[method]]
METHOD = st.sampled_from(METHODS)
COUNT = st.integers(0, 400)


def named(case: Any) -> str:
    """A case as pytest prints it."""
    return " ".join(f"{key}={value}" for key, value in case.items()) if isinstance(case, dict) else str(case)


@pytest.mark.parametrize(
    ("method", "case"), [row for row in AMOUNTS if "yuan" in row[1]], ids=lambda v: named(v)[:40]
)
def test_the_fee_is_what_the_measure_says(method: Method, case: dict[str, Any]) -> None:
    """Amount and, where the case gives them, every step (109号第四条、第五条)."""
    fee = TABLE.fee(method, case["count"], ON, case.get("already", 0))
    assert case["yuan"] == fee.amount
    if "steps" in case:
        assert case["steps"] == [[s.first, s.last, s.rate, s.sum] for s in fee.steps]


@pytest.mark.parametrize(
    ("method", "case"), [row for row in AMOUNTS if "refused" in row[1]], ids=lambda v: named(v)[:40]
)
def test_a_count_that_cannot_be_is_refused(method: Method, case: dict[str, Any]) -> None:
    """Negative or beyond reason: a slip of the hand, said as one."""
    with pytest.raises(InputError, match=case["refused"]):
        TABLE.fee(method, case["count"], ON, case.get("already", 0))


@pytest.mark.parametrize("case", CASES["said"], ids=named)
def test_what_is_unproved_or_limited_is_said(case: dict[str, Any]) -> None:
    """The measure's text is not held; pages across requests and the bands above 30 are doubtful."""
    fee = TABLE.of_request(case.get("by_piece"), case.get("by_page"), ON)
    told = "".join(fee.warnings)
    assert not fee.verified
    assert case.get("words", "") in told
    assert "not" not in case or case["not"] not in told


@pytest.mark.parametrize("case", CASES["next"], ids=named)
def test_one_more_request_costs_what_the_month_makes_it_cost(case: dict[str, Any]) -> None:
    """第四条: same applicant, calendar month."""
    earlier = [day for day, times in case["earlier"].items() for _ in range(times)]
    assert case["yuan"] == TABLE.of_next(earlier, case["day"], case.get("pieces", 1)).amount


def test_every_step_names_its_article() -> None:
    """第四条 by piece, 第五条 by page."""
    for method, article in (("by_piece", "第四条"), ("by_page", "第五条")):
        steps = TABLE.fee(method, 500, ON).steps  # type: ignore[arg-type]
        assert {f"《政府信息公开信息处理费管理办法》{article}"} == {step.article for step in steps}


def test_both_methods_at_once_are_refused_with_the_article() -> None:
    """第三条: one method per request, never both."""
    with pytest.raises(InputError, match="只能选一种.*《政府信息公开信息处理费管理办法》第三条"):
        TABLE.of_request(5, 5, ON)


def test_neither_method_is_refused() -> None:
    """Nothing was given to count."""
    with pytest.raises(InputError, match="没有给出件数或者页数"):
        TABLE.of_request(None, None, ON)


def test_pages_are_not_counted_on_from_another_request() -> None:
    """第五条: one request; whether several add up is unverified."""
    with pytest.raises(InputError, match="不与此前的页数累计"):
        TABLE.of_request(None, 5, ON, before=3)


def test_before_2021_there_was_no_such_fee() -> None:
    """The measure holds from 2021-01-01."""
    assert 0 == TABLE.fee("by_piece", 10, date(2021, 1, 1)).amount
    with pytest.raises(
        InputError, match="2020-12-31 没有有效的信息处理费标准（现有标准自 2021-01-01 起施行）"
    ):
        TABLE.fee("by_piece", 10, date(2020, 12, 31))


@given(METHOD, COUNT)
@settings(max_examples=80, deadline=None)
def test_the_fee_never_falls_as_the_count_grows(method: Method, count: int) -> None:
    """More never costs less."""
    assert TABLE.fee(method, count, ON).amount <= TABLE.fee(method, count + 1, ON).amount


@given(METHOD, COUNT, COUNT)
@settings(max_examples=80, deadline=None)
def test_the_steps_add_up(method: Method, before: int, count: int) -> None:
    """To the amount, to the count, and one after another without a gap."""
    fee: Fee = TABLE.fee(method, count, ON, before)
    assert fee.amount == sum(step.count * step.rate for step in fee.steps)
    units = [unit for step in fee.steps for unit in range(step.first, step.last + 1)]
    assert list(range(before + 1, before + count + 1)) == units


@given(st.lists(st.integers(0, 30), max_size=8))
@settings(max_examples=80, deadline=None)
def test_marginal_fees_sum_to_the_whole(portions: list[int]) -> None:
    """However a month's requests arrive, they cost the same."""
    before, paid = 0, 0
    for portion in portions:
        paid += TABLE.fee("by_piece", portion, ON, before).amount
        before += portion
    assert TABLE.fee("by_piece", before, ON).amount == paid
