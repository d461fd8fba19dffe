"""The decision a person takes."""

import pytest

from assistant.errors import InputError
from assistant.triage.classifier import Classifier
from assistant.triage.decide import decide


def test_a_decision_carries_road_and_basis(classifier: Classifier) -> None:
    """Outcome, road and provisions belong together."""
    decision = decide(classifier.outcomes, "unable.not_held", "elsewhere", "王科长")
    assert ("unable.not_held", "elsewhere", "王科长") == (
        decision.outcome,
        decision.road,
        decision.decided_by,
    )
    assert "《政府信息公开条例》第三十六条第（五）项" == str(decision.basis[0])


def test_the_only_road_need_not_be_named(classifier: Classifier) -> None:
    """Most outcomes have one."""
    assert "separated" == decide(classifier.outcomes, "partial", decided_by="王科长").road


@pytest.mark.parametrize(
    ("code", "road", "by", "words"),
    [
        ("refuse.secret", None, "王科长", "不认识的处理结果代码"),
        ("unable.not_held", None, "王科长", "请指明一种.*absent.*elsewhere"),
        ("unable.not_held", "lost", "王科长", "没有名为“lost”"),
        ("partial", None, " ", "由谁决定"),
    ],
)
def test_an_unfinished_decision_is_refused(
    code: str, road: str | None, by: str, words: str, classifier: Classifier
) -> None:
    """Unknown codes, unnamed roads, decisions of nobody."""
    with pytest.raises(InputError, match=words):
        decide(classifier.outcomes, code, road, by)
