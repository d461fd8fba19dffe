"""Provisions a question names outright."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.law.instruments import StatuteBook
from assistant.retrieval.addresses import named_provisions

CASES = yaml.safe_load((Path(__file__).parent / "addresses.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("query", "expected"), CASES, ids=[str(case[0]) for case in CASES])
def test_named_provisions_are_recognised(query: str, expected: list[str], statutes: StatuteBook) -> None:
    """What the question names, in its order, and nothing it does not."""
    assert expected == [str(ref) for ref in named_provisions(str(query), statutes, date(2026, 11, 23))]


def test_an_address_is_judged_by_the_day(statutes: StatuteBook) -> None:
    """Article 56 exists in the Regulation of 2019 only."""
    assert [] == named_provisions("条例56条", statutes, date(2010, 1, 1))
