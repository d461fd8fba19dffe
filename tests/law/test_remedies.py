"""Remedies follow from the provisions relied on."""

from datetime import date

import pytest

from assistant.law.outcomes import load_outcomes
from assistant.law.provisions import ProvisionRef
from assistant.law.remedies import load_remedies
from assistant.settings import ROOT

RULES = ROOT / "corpus" / "rules"
ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("grounds", "class_"),
    [
        (["《政府信息公开条例》第十六条第一款", "《政府信息公开条例》第三十六条第（三）项"], "A"),
        (["《政府信息公开条例》第十四条"], "A"),
        (["《政府信息公开条例》第三十七条", "《政府信息公开条例》第十五条"], "A"),
        (["《政府信息公开条例》第三十七条"], "B"),
        (["《政府信息公开条例》第三十六条第（七）项"], "B"),
        (["《政府信息公开条例》第三十六条第（四）项"], "B"),
        (["《政府信息公开条例》第三十九条第一款"], "B"),
    ],
)
def test_the_class_follows_from_the_grounds(grounds: list[str], class_: str) -> None:
    """条例 14, 15, 16 mean review first (行政复议法第二十三条第一款第（四）项); the rest is free choice."""
    refs = [ProvisionRef.parse(words) for words in grounds]
    assert class_ == load_remedies(RULES).for_grounds(refs, ON).class_


def test_every_outcome_of_fixed_class_agrees_with_its_own_basis() -> None:
    """The class written in a row of outcomes.yaml is the class its basis leads to."""
    table = load_remedies(RULES)
    for outcome in load_outcomes(RULES).values():
        if outcome.remedy != "by_basis":
            assert outcome.remedy == table.for_grounds(outcome.basis, ON).class_, outcome.code
