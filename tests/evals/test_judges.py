"""What counts as right: an outcome, a basis, an article, a clause."""

from dataclasses import replace

import pytest

from assistant.law.provisions import ProvisionRef
from evals.baselines import Ranking
from evals.classification import judge as judge_outcome
from evals.classification import rests_on
from evals.found import READ, Found
from evals.found import judge as judge_hits
from evals.labelled import LabelledQuestion, LabelledRequest

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
    hits = {"hit1": 0.0, "hit3": 1.0, "hit5": 1.0, "hit10": 1.0}
    expected = hits | {"rank": 3.0, "mrr": 1 / 3, "ndcg": 0.5, "wrongly_refused": 0.0}
    assert expected == pytest.approx(values)


def test_the_tenth_place_is_the_last_that_counts() -> None:
    """Found at ten, not at eleven."""
    at_ten, at_eleven = refs(*range(1, 10), 38), refs(*range(1, 11), 38)
    values = [judge_hits(QUESTION, Found(units, units)).values for units in (at_ten, at_eleven)]
    assert [(10.0, 1.0, 0.1), (0.0, 0.0, 0.0)] == [(v["rank"], v["hit10"], v["mrr"]) for v in values]
    assert [0.2891, 0.0] == [round(v["ndcg"], 4) for v in values]


def test_a_cut_of_a_file_counts_for_everything_in_it() -> None:
    """Its rank is its own place; a gain for each article is not reckoned."""
    cut = Found(refs(1, 2), (None, None), also=(frozenset(), frozenset(refs(37, 38))))
    values = judge_hits(QUESTION, cut).values
    assert (2.0, 0.0, 1.0) == tuple(values[key] for key in ("rank", "hit1", "hit3"))
    assert "ndcg" not in values


def test_what_has_to_be_read_counts() -> None:
    """Found by the second hit: within the measure only if both fit into it."""
    found = Found(refs(37, 38), refs(37, 38), lengths=(READ - 1, 1))
    assert 1.0 == judge_hits(QUESTION, found).values["read"]
    assert 0.0 == judge_hits(QUESTION, replace(found, lengths=(READ, 1))).values["read"]


def test_a_clause_is_found_only_by_its_own_item() -> None:
    """The right article at the wrong item shows the clerk the wrong words."""
    asked = replace(QUESTION, relevant=(ProvisionRef(LAW, 36, item=7),))
    right = Found(refs(36), (ProvisionRef(LAW, 36, item=7),))
    wrong = Found(refs(36), (ProvisionRef(LAW, 36, item=6),))
    whole = Found(refs(36), refs(36))
    values = [judge_hits(asked, found).values for found in (right, wrong, whole)]
    assert [(1, 1, 0), (0, 0, 1), (0, 0, 0)] == [(v["item1"], v["item5"], v["other_item"]) for v in values]


def test_items_are_asked_only_of_questions_about_an_item() -> None:
    """A question about a whole article has none to find."""
    assert not {"item1", "item5", "other_item"} & set(judge_hits(QUESTION, Found(refs(38), refs(38))).values)


def test_a_question_nothing_answers_is_judged_by_the_refusal() -> None:
    """Ranks mean nothing there; a baseline that cannot refuse is not judged."""
    asked = replace(QUESTION, relevant=())
    assert {"refused": 1.0} == judge_hits(asked, Found((), (), confident=False)).values
    assert {"refused": 0.0} == judge_hits(asked, Found(refs(1), refs(1), confident=True)).values
    assert {} == judge_hits(asked, Found(refs(1), refs(1))).values
