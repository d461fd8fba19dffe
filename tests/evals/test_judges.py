"""What counts as right: an outcome, a basis, an article, a clause."""

from dataclasses import replace

import pytest

from assistant.law.provisions import ProvisionRef
from evals.baselines import Ranking
from evals.classification import judge as judge_outcome
from evals.classification import rests_on
from evals.labelled import LabelledQuestion, LabelledRequest
from evals.retrieval import Found
from evals.retrieval import judge as judge_hits

LAW = "政府信息公开条例"
REQUEST = LabelledRequest(
    "x", "申请公开会议纪要", "", "grant", ("partial",), ("第三十六条第（二）项",), None, "plain", "f", "test"
)
QUESTION = LabelledQuestion("q", "要重新统计的给不给", (ProvisionRef(LAW, 38),), "terse", "test")


def refs(*numbers: int) -> tuple[ProvisionRef, ...]:
    """Articles of the Regulation."""
    return tuple(ProvisionRef(LAW, number) for number in numbers)


def test_a_defensible_outcome_is_not_right_but_acceptable() -> None:
    """Both figures are kept apart."""
    values = judge_outcome(REQUEST, Ranking(("partial", "grant"))).values
    assert {"top1": 0.0, "top2": 1.0, "acceptable": 1.0} == values


def test_an_abstention_is_neither_right_nor_wrong() -> None:
    """It lowers the share answered, and stays out of the share right when answered."""
    values = judge_outcome(REQUEST, Ranking(("grant",), probability=0.4, abstain=True)).values
    assert 0.0 == values["answered"]
    assert "right_when_answered" not in values


def test_the_basis_is_judged_only_where_the_outcome_is_right() -> None:
    """A right basis of a wrong outcome is no merit."""
    ranking = Ranking(("grant",), basis=("《政府信息公开条例》第三十六条第（二）项",))
    assert 1.0 == judge_outcome(REQUEST, ranking).values["basis"]
    assert "basis" not in judge_outcome(replace(REQUEST, outcome="partial"), ranking).values


@pytest.mark.parametrize(
    ("printed", "gold", "expected"),
    [
        ("《政府信息公开条例》第三十六条第（一）项", ["第三十六条第（二）项"], False),
        ("《政府信息公开条例》第十六条", ["第十六条第二款"], True),
        ("《政府信息公开条例》第三十六条第（三）项", ["《统计法》", "第三十六条第（三）项"], True),
        ("《档案法》第二十八条", ["第二十八条"], False),
    ],
)
def test_a_basis_is_the_labelled_provision_or_holds_it(printed: str, gold: list[str], expected: bool) -> None:
    """An unnamed law is the Regulation; a law without an article proves nothing."""
    assert expected == rests_on(printed, gold)


def test_the_rank_of_the_article_counts() -> None:
    """Third place: not the first hit, among the first three, a third of a point."""
    values = judge_hits(QUESTION, Found(refs(36, 37, 38), refs(36, 37, 38), confident=True)).values
    expected = {"hit1": 0.0, "hit3": 1.0, "hit5": 1.0, "mrr": 1 / 3, "ndcg": 0.5, "kept": 1.0}
    assert expected == pytest.approx(values)


def test_a_clause_is_found_only_by_its_own_item() -> None:
    """The right article at the wrong item shows the clerk the wrong words."""
    asked = replace(QUESTION, relevant=(ProvisionRef(LAW, 36, item=7),))
    right = Found(refs(36), (ProvisionRef(LAW, 36, item=7),))
    wrong = Found(refs(36), (ProvisionRef(LAW, 36, item=6),))
    assert (1.0, 0.0) == tuple(judge_hits(asked, found).values["clause"] for found in (right, wrong))


def test_a_question_nothing_answers_is_judged_by_the_refusal() -> None:
    """Ranks mean nothing there; a baseline that cannot refuse is not judged."""
    asked = replace(QUESTION, relevant=())
    assert {"refused": 1.0} == judge_hits(asked, Found((), (), confident=False)).values
    assert {"refused": 0.0} == judge_hits(asked, Found(refs(1), refs(1), confident=True)).values
    assert {} == judge_hits(asked, Found(refs(1), refs(1))).values
